"""The sentence of each remark at the review desk."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from reporting.calculations.remarks import Found
from reporting.enums import Remark
from web.formats import format_number


def sentence(found: Found, year: int) -> str:
    """What stands out or is missing, as Klima reads it. Tonnes are tCO2e in `year`."""
    words = {
        Remark.EFFECT_ABOVE_BUDGET: _(
            "Resultatet er langt over måltallet. Regnet om ville tiltaket kuttet {said} tonn i {year}, "
            "og budsjettet regner med {against}."
        ),
        Remark.BETTER_THAN_INDICATOR: _(
            "Statusen er bedre enn resultatet: {said}, mens det burde vært minst {against} nå."
        ),
        Remark.SHARE_MISSING: _(
            "Tiltaket er tatt igjen først etter {year}, men ingen del er sagt å være forsinket. "
            "Budsjettet regner med {against} tonn i {year}."
        ),
        Remark.DATE_PASSED: _("Datoen det skulle være tatt igjen, er passert."),
        Remark.FELL_BACK: _("Resultatet er dårligere enn sist: {said}, mot {against}."),
        Remark.NOT_STARTED_BUT_COUNTED: _(
            "Ikke startet etter plan, men budsjettet regner med {against} tonn i {year}."
        ),
        Remark.STATUS_MISSING: _("Ikke svart."),
        Remark.CAUSE_MISSING: _("Årsak eller hva som gjøres mangler."),
        Remark.CHANGE_UNEXPLAINED: _("Statusen er ny, men det står ikke hva som har skjedd."),
        Remark.RESULT_MISSING: _("Resultatet mangler."),
        Remark.FOLLOW_UP_MISSING: _("En beslutning er tatt, men det står ikke hva som er gjort med den."),
    }
    return words[found.remark].format(said=_figure(found.said), against=_figure(found.against), year=year)


def _figure(value: Decimal | None) -> str:
    """With one decimal, and none where there is nothing in it."""
    return format_number(None if value is None else round(value, 1))
