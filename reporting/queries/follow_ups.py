"""The leaders' yearly part: one unit's, and all units' as a matrix with its blanks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils import timezone

from organisation.enums import UnitKind
from organisation.models import Unit
from organisation.queries.units import active_units
from organisation.rules import duties
from reporting.models import FOLLOW_UP_FIELDS, Period, StrategyFollowUp
from reporting.rules.leaders import why_not_writable


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """One unit in the matrix: its words in the fields' order, blank where nothing is written."""

    unit: Unit
    texts: tuple[str, ...]
    confirmed_at: datetime | None
    confirmed_by: str
    is_example: bool

    @property
    def written(self) -> int:
        return sum(1 for text in self.texts if text)


@dataclass(frozen=True, slots=True)
class FollowUpMatrix:
    """All units of a year. `counts` are how many have written something in each field."""

    year: int
    headers: tuple[str, ...]
    rows: tuple[FollowUpRow, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        return tuple(sum(1 for row in self.rows if row.texts[index]) for index in range(len(self.headers)))

    @property
    def confirmed(self) -> int:
        return sum(1 for row in self.rows if row.confirmed_at is not None)

    @property
    def silent(self) -> int:
        """Units that have written nothing at all."""
        return sum(1 for row in self.rows if not row.written)


def follow_up_matrix(year: int, units: Collection[int] | None = None) -> FollowUpMatrix:
    """Every unit in operation that year (of these, or of all) but the areas: two queries."""
    found = {
        one.unit_id: one for one in StrategyFollowUp.objects.filter(year=year).select_related("confirmed_by")
    }
    rows = active_units(_day_in(year)).exclude(kind=UnitKind.AREA)
    if units is not None:
        rows = rows.filter(pk__in=list(units))
    return FollowUpMatrix(
        year=year,
        headers=tuple(str(short) for _name, short, _question in FOLLOW_UP_FIELDS),
        rows=tuple(_follow_up_row(unit, found.get(unit.pk)) for unit in rows),
    )


def _follow_up_row(unit: Unit, found: StrategyFollowUp | None) -> FollowUpRow:
    if found is None:
        return FollowUpRow(unit, ("",) * len(FOLLOW_UP_FIELDS), None, "", is_example=False)
    return FollowUpRow(
        unit,
        tuple(getattr(found, name) for name, _short, _question in FOLLOW_UP_FIELDS),
        found.confirmed_at,
        found.confirmed_by_name,
        found.is_example,
    )


def _day_in(year: int) -> date:
    """Today for this year; for others the last day, so that a unit that has closed since is still there."""
    today = timezone.localdate()
    return today if year == today.year else date(year, 12, 31)


def unit_in_year(unit_id: int, year: int) -> Unit | None:
    """The unit, if it has a yearly part that year."""
    rows = active_units(_day_in(year)).exclude(kind=UnitKind.AREA)
    found: Unit | None = rows.filter(pk=unit_id).first()
    return found


def follow_up_of(unit_id: int, year: int) -> StrategyFollowUp | None:
    return StrategyFollowUp.objects.select_related("confirmed_by").filter(unit=unit_id, year=year).first()


def years_with_follow_ups(today: date) -> list[int]:
    """The years there is something to read from, and this year, newest first."""
    found = set(StrategyFollowUp.objects.values_list("year", flat=True).distinct())
    return sorted(found | {today.year}, reverse=True)


def _newest_period(now: datetime) -> Period | None:
    return Period.objects.filter(opens_at__lte=now).order_by("-opens_at").first()


def follow_up_year(now: datetime) -> int:
    """The year leaders write about now: the newest period's, or the calendar's while there is none."""
    newest = _newest_period(now)
    return newest.year if newest else timezone.localdate(now).year


def unconfirmed_follow_ups(user: AbstractBaseUser, now: datetime) -> tuple[int, list[FollowUpRow]]:
    """(year, rows) for a leader while a period of the year is open: what she has not confirmed, of her
    units and those she leads for now.
    """
    led = duties(user).approves_for
    newest = _newest_period(now) if led else None
    if newest is None or now >= newest.closes_at:
        return 0, []
    if why_not_writable(newest.year, timezone.localdate(now)):
        return newest.year, []
    rows = follow_up_matrix(newest.year, led).rows
    return newest.year, [row for row in rows if row.confirmed_at is None]
