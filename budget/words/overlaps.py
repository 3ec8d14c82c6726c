"""What is to be decided about lines that share emissions, in sentences."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from budget.queries.overlaps import UndecidedSource
from budget.words.figures import listed, span
from budget.words.problems import Place, Refusal


def undecided_refusals(sources: Iterable[UndecidedSource]) -> list[Refusal]:
    """A sentence per source that lines share without a decision."""
    text = _("{source}: {lines} virker på de samme utslippene i {years}. Avgjør om de overlapper.")
    return [
        Refusal(
            text.format(source=one.source, lines=listed(one.lines), years=span(one.years)),
            place=Place.OVERLAPS,
        )
        for one in sources
    ]
