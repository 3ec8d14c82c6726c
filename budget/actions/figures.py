"""Costs and low and high estimates of a line, a year at a time, as the pages of one line save them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.editing import check_nok, check_tonnes, editing, problems_of, refuse_new_problems
from budget.actions.effects import lock_line, never_again
from budget.enums import CostKind
from budget.models import Cost, Effect, Line
from budget.queries.rows import horizon_of
from web.actors import Actor
from web.concurrency import StaleFigures, save_versioned
from web.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class CostChange:
    """NOK of one kind in one year; None takes it away. `version` as the editor saw it, 0 for no figure."""

    year: int
    kind: CostKind
    nok: Decimal | None
    version: int


@dataclass(frozen=True, slots=True)
class RangeChange:
    """Low and high estimate of one year's effect, tCO2e; None is not given.

    `version`: `Effect.range_version` as the editor saw it, 0 for no effect.
    """

    year: int
    low: Decimal | None
    high: Decimal | None
    version: int


def set_costs(*, by: Actor, line: Line, changes: Sequence[CostChange]) -> None:
    """Save several costs of a line, NOK against the zero alternative, all or none.

    The same figure again changes nothing, whatever the version. Raises StaleFigures with those somebody
    else saved first, Refused, Closed, PermissionDenied.
    """
    for change in changes:
        if change.nok is not None:
            check_nok(change.nok)
    with editing(by, line.budget, _("Kostnad endret")):
        lock_line(line)
        years = horizon_of(line.budget)
        outside = sorted({change.year for change in changes if change.year not in years})
        if outside:
            raise Refused(_("{year} er ikke med i budsjettet.").format(year=outside[0]))
        stored = {(cost.year, cost.kind): cost for cost in Cost.objects.filter(line=line)}
        stale = []
        for change in changes:
            current = stored.get((change.year, change.kind))
            if (current.nok if current else None) == change.nok:
                continue
            if (current.version if current else 0) != change.version:
                stale.append((change, current))
            else:
                _write_cost(line, change, current)
        if stale:
            raise StaleFigures(stale)


def _write_cost(line: Line, change: CostChange, current: Cost | None) -> None:
    if change.nok is None:
        if current is not None:
            current.delete()
            never_again(line, current.version)
    elif current is None:
        Cost.objects.create(
            line=line, year=change.year, kind=change.kind, nok=change.nok, version=line.version
        )
    else:
        save_versioned(current, expected=current.version, fields={"nok": change.nok})


def set_ranges(*, by: Actor, line: Line, changes: Sequence[RangeChange]) -> None:
    """Save low and high estimates of a line's effects, tCO2e, all or none.

    The effect itself must be there, between them. Raises StaleFigures, Refused, Closed,
    PermissionDenied.
    """
    for change in changes:
        for tonnes in (change.low, change.high):
            if tonnes is not None:
                check_tonnes(tonnes)
    with editing(by, line.budget, _("Lavt og høyt anslag endret")):
        lock_line(line)
        before = problems_of(line.budget)
        stored = {effect.year: effect for effect in Effect.objects.filter(line=line)}
        stale = []
        for change in changes:
            current = stored.get(change.year)
            if (current.low, current.high) == (change.low, change.high) if current else _is_empty(change):
                continue
            if (current.range_version if current else 0) != change.version:
                stale.append((change, current))
                continue
            _write_range(change, current)
        if stale:
            raise StaleFigures(stale)
        refuse_new_problems(line.budget, before)


def _is_empty(change: RangeChange) -> bool:
    return change.low is None and change.high is None


def _write_range(change: RangeChange, current: Effect | None) -> None:
    if current is None:
        text = _("Legg inn effekten i {year} før du skriver lavt og høyt anslag.")
        raise Refused(Refusal(text.format(year=change.year), field=f"low-{change.year}"))
    low, high = change.low, change.high
    if (low is not None and low > current.tonnes) or (high is not None and high < current.tonnes):
        text = _("Lavt og høyt anslag i {year} må ligge på hver sin side av effekten.")
        raise Refused(Refusal(text.format(year=change.year), field=f"low-{change.year}"))
    # The line is locked. Each estimate counts by itself, as in the grid; the effect stands as it was.
    if low != current.low:
        current.low, current.low_version = low, current.low_version + 1
    if high != current.high:
        current.high, current.high_version = high, current.high_version + 1
    current.save(update_fields=["low", "low_version", "high", "high_version"])
