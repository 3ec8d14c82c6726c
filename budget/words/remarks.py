"""What cannot stay in a figure: said under its cell. A draft saves it; no budget is handed over with it."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from web.formats import format_number


def above_reference_sentence(reference: Decimal) -> str:
    """What a cell says when it cuts more than its source emits that year, tCO2e."""
    text = _("Mer enn kilden slipper ut: {tonnes} tonn. Må rettes før budsjettet klargjøres.")
    return text.format(tonnes=format_number(reference, 0))
