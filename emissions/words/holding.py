"""What of own operations hangs on a unit, and where it goes, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from emissions.enums import HoldingKind
from emissions.queries.holding import HeldByUnit
from web.contributions import Holding, HoldingGoes, Move
from web.formats import format_number


def unit_holdings(held: HeldByUnit, moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    """What a unit has entered; `moves` by kind."""
    if held.activities:
        yield Holding(
            kind=HoldingKind.ACTIVITIES,
            count=held.activities,
            sentence=_("{n} tall for egen virksomhet i år som ikke er lukket").format(
                n=format_number(held.activities)
            ),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("Har den som overtar, ført det samme selv, eller fantes ikke da, blir tallet stående."),
            url=reverse("emissions:own_entry", args=[held.last_year, held.unit]),
            move=moves[HoldingKind.ACTIVITIES],
        )
    if held.closed:
        yield Holding(
            kind=HoldingKind.CLOSED_ACTIVITIES,
            count=held.closed,
            sentence=_("{n} tall for egen virksomhet i lukkede år").format(n=format_number(held.closed)),
            goes=HoldingGoes.STAYS,
            why=_("Året er lukket som utgave."),
            url=reverse("emissions:own_operations"),
        )
