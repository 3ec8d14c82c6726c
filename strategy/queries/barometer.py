"""Reads of the klimabarometer: each indicator with its newest figure, and how far the inventory reaches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Max, Prefetch
from django.utils import timezone

from emissions.enums import Scope
from emissions.models import Edition, Figure
from emissions.queries.editions import edition_in_force
from strategy.calculations import Verdict, last_finished, shifted, verdict
from strategy.enums import Direction, Frequency
from strategy.models import BarometerIndicator, BarometerValue


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """An indicator with all its values, oldest first, and what the newest figure says.

    `newest` is the newest value with a figure, `change` its difference from the same period a year before in
    the indicator's unit (None when either is unknown). `awaited` is the first day of the newest period that
    is over, when it has neither figure nor reason; `unknown` is that value when it has a reason.
    """

    indicator: BarometerIndicator
    values: tuple[BarometerValue, ...]
    newest: BarometerValue | None
    change: Decimal | None
    verdict: Verdict | None
    awaited: date | None
    unknown: BarometerValue | None


def standings(today: date | None = None) -> list[IndicatorStanding]:
    """The indicators in use, in their order; two queries."""
    indicators = (
        BarometerIndicator.objects.filter(active=True)
        .select_related("sector")
        .prefetch_related(Prefetch("values", BarometerValue.objects.order_by("period")))
        .order_by("order", "name")
    )
    return [standing(indicator, today) for indicator in indicators]


def standing(indicator: BarometerIndicator, today: date | None = None) -> IndicatorStanding:
    """One indicator's standing; one query, or none where the values are prefetched."""
    frequency = Frequency(indicator.frequency)
    values = tuple(sorted(indicator.values.all(), key=lambda value: value.period))
    by_period = {value.period: value for value in values}
    newest = next((value for value in reversed(values) if value.value is not None), None)
    change = _change_in_a_year(newest, by_period)
    due = last_finished(frequency, today or timezone.localdate())
    there = by_period.get(due)
    return IndicatorStanding(
        indicator=indicator,
        values=values,
        newest=newest,
        change=change,
        verdict=None if change is None else verdict(Direction(indicator.direction), change),
        awaited=due if there is None and (newest is None or newest.period < due) else None,
        unknown=there if there is not None and there.value is None else None,
    )


def _change_in_a_year(newest: BarometerValue | None, by_period: dict[date, BarometerValue]) -> Decimal | None:
    if newest is None or newest.value is None:
        return None
    before = by_period.get(shifted(Frequency.YEAR, newest.period, -1).replace(month=newest.period.month))
    return None if before is None or before.value is None else newest.value - before.value


def retired_indicators() -> list[BarometerIndicator]:
    """Indicators no longer in use: their history stays, the barometer leaves them out."""
    return list(BarometerIndicator.objects.filter(active=False).order_by("name"))


def last_inventory_year(municipality: str) -> tuple[Edition, int] | None:
    """The inventory in force for the community's direct emissions, and the last year it has figures for."""
    edition = edition_in_force(municipality, Scope.COMMUNITY_DIRECT)
    if edition is None:
        return None
    year = Figure.objects.filter(edition=edition, tonnes__isnull=False).aggregate(last=Max("year"))["last"]
    return None if year is None else (edition, year)


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """An indicator in one period: what stands there, and the newest figure from before it."""

    indicator: BarometerIndicator
    value: BarometerValue | None
    before: BarometerValue | None


def period_rows(frequency: Frequency, start: date) -> list[PeriodRow]:
    """The indicators in use that get a figure this often, in their order; two queries."""
    until = BarometerValue.objects.filter(period__lte=start).order_by("period")
    rows = []
    for indicator in (
        BarometerIndicator.objects.filter(active=True, frequency=frequency)
        .prefetch_related(Prefetch("values", until))
        .order_by("order", "name")
    ):
        values = list(indicator.values.all())
        there = values.pop() if values and values[-1].period == start else None
        before = next((value for value in reversed(values) if value.value is not None), None)
        rows.append(PeriodRow(indicator, there, before))
    return rows


def frequencies_in_use() -> list[Frequency]:
    """How often figures come, the most frequent first; one query."""
    found = set(BarometerIndicator.objects.filter(active=True).values_list("frequency", flat=True))
    return [frequency for frequency in Frequency if frequency in found]
