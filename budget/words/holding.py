"""What of the budgets hangs on a unit or a person, and where it goes, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget.enums import HoldingKind
from budget.models import Scenario
from budget.queries.holding import HeldByUnit
from web.contributions import Holding, HoldingGoes, Move
from web.formats import format_number


def unit_holdings(held: HeldByUnit) -> Iterator[Holding]:
    """Lines follow their measures, and an adopted one keeps its name: nothing here is moved by itself."""
    if held.open_lines:
        yield Holding(
            kind=HoldingKind.OPEN_LINES,
            count=held.open_lines,
            sentence=ngettext(
                "{n} linje i klimabudsjett som ikke er vedtatt",
                "{n} linjer i klimabudsjett som ikke er vedtatt",
                held.open_lines,
            ).format(n=format_number(held.open_lines)),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("De følger ansvaret for tiltaket."),
            url=reverse("budget:index"),
        )
    if held.adopted_lines:
        yield Holding(
            kind=HoldingKind.ADOPTED_LINES,
            count=held.adopted_lines,
            sentence=ngettext(
                "{n} linje i vedtatt klimabudsjett",
                "{n} linjer i vedtatt klimabudsjett",
                held.adopted_lines,
            ).format(n=format_number(held.adopted_lines)),
            goes=HoldingGoes.STAYS,
            why=_("Vedtatte linjer beholder navnet. Vedtatte tall endres ikke."),
            url=reverse("budget:unit", args=[held.unit]),
        )


def person_holdings(scenarios: Sequence[Scenario], moves: Mapping[HoldingKind, Move]) -> Iterator[Holding]:
    """What somebody has tried on the budgets under her own name."""
    if scenarios:
        yield Holding(
            kind=HoldingKind.SCENARIOS,
            count=len(scenarios),
            sentence=_("{n} «hva om»").format(n=format_number(len(scenarios))),
            goes=HoldingGoes.TO_SUCCESSOR,
            why=_("Den som overtar, kan endre og slette dem."),
            url=scenarios[0].get_absolute_url(),
            move=moves[HoldingKind.SCENARIOS],
        )
