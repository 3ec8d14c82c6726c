"""The account of own operations: activities with the factor that counts and the tonnes they make.

Direct emissions and footprint are two accounts; nothing here adds one to the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from emissions.calculations import Factor, activity_tonnes, exact_sum, factor_in
from emissions.enums import MissingReason, Scope
from emissions.models import Activity, ActivityType, EmissionFactor
from emissions.queries.accounts import KNOWN_ZERO, Amount
from emissions.rules import may_enter, may_enter_some
from organisation.models import Unit
from organisation.rules import Permission, duties
from web.sorting import NorskSort

Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One unit, activity and year. `tonnes` (tCO2e) is None without a quantity or without a factor."""

    activity: Activity
    factor: Factor | None
    tonnes: Decimal | None

    @property
    def is_blank(self) -> bool:
        """Neither a number nor a reason: not filled in."""
        return self.activity.quantity is None and not self.activity.missing_reason

    @property
    def lacks_factor(self) -> bool:
        """A quantity nobody can make tonnes of."""
        return self.activity.quantity is not None and self.factor is None

    @property
    def amount(self) -> Amount:
        """The tonnes, or why there are none; a quantity without a factor is not estimated."""
        if self.tonnes is not None:
            return Amount(self.tonnes)
        if self.lacks_factor:
            return Amount(None, (MissingReason.NOT_ESTIMATED,))
        reason = self.activity.missing_reason
        return Amount(None, (MissingReason(reason) if reason else MissingReason.NOT_YET_DELIVERED,))


def factors_by_type() -> dict[int, list[Factor]]:
    """Every factor by activity type, all versions; one query."""
    found: dict[int, list[Factor]] = {}
    for row in EmissionFactor.objects.values_list(
        "activity_type_id", "pk", "valid_from_year", "valid_to_year", "version", "kg_co2e"
    ):
        found.setdefault(row[0], []).append(Factor(*row[1:]))
    return found


def activity_rows(
    *,
    scope: Scope | None = None,
    unit_id: int | None = None,
    until: int | None = None,
    of_year: int | None = None,
) -> list[ActivityRow]:
    """Activities with their tonnes, by unit, type and year; two queries."""
    activities = Activity.objects.select_related("unit", "activity_type__source__sector").order_by(
        NorskSort("unit__name"), NorskSort("activity_type__name"), "year"
    )
    if scope is not None:
        activities = activities.filter(activity_type__scope=scope)
    if unit_id is not None:
        # A unit's own page also says who entered a figure; the accounts of all units never do.
        activities = activities.filter(unit=unit_id).select_related("entered_by")
    if until is not None:
        activities = activities.filter(year__lte=until)
    if of_year is not None:
        activities = activities.filter(year=of_year)
    factors = factors_by_type()
    return [_activity_row(activity, factors) for activity in activities]


def _activity_row(activity: Activity, factors: Mapping[int, list[Factor]]) -> ActivityRow:
    factor = factor_in(activity.year, factors.get(activity.activity_type_id, ()))
    tonnes = activity_tonnes(activity.quantity, factor.kg_co2e if factor else None)
    return ActivityRow(activity, factor, tonnes)


def sum_amounts(amounts: Iterable[Amount]) -> Amount:
    """The known tonnes together, with every reason why a part is not there; an empty sum is unknown."""
    parts = list(amounts)
    known = [part.tonnes for part in parts if part.tonnes is not None]
    reasons = sorted({reason for part in parts for reason in part.reasons})
    if not known and reasons and all(reason in KNOWN_ZERO for reason in reasons):
        return Amount(None, tuple(reasons))
    return Amount(exact_sum(known) if known else None, tuple(reasons))


def by_label(rows: Iterable[ActivityRow], label: Callable[[Activity], str]) -> dict[str, dict[int, Amount]]:
    """Label → year → amount, such as per unit or per activity. All rows must be of one scope."""
    parts: dict[str, dict[int, list[Amount]]] = {}
    for row in rows:
        parts.setdefault(label(row.activity), {}).setdefault(row.activity.year, []).append(row.amount)
    return {
        name: {year: sum_amounts(amounts) for year, amounts in years.items()} for name, years in parts.items()
    }


def was_open(unit: Unit, year: int) -> bool:
    """Whether the unit existed on some day of the year."""
    return unit.valid_from <= date(year, 12, 31) and (
        unit.valid_to is None or unit.valid_to >= date(year, 1, 1)
    )


def activity_types(scope: Scope | None = None) -> QuerySet[ActivityType]:
    """Activity types in Norwegian alphabetical order, direct emissions first."""
    found = ActivityType.objects.select_related("source__sector").order_by("scope", NorskSort("name"))
    return found if scope is None else found.filter(scope=scope)


def activities_at(keys: Collection[Key]) -> dict[Key, Activity]:
    """The activities that stand at these (unit, type, year); one query."""
    years = {year for _unit, _type, year in keys}
    found = Activity.objects.filter(year__in=years, unit__in={unit for unit, _type, _year in keys})
    by_key = {(one.unit_id, one.activity_type_id, one.year): one for one in found}
    return {key: by_key[key] for key in keys if key in by_key}


def factor_history(activity_type: ActivityType) -> QuerySet[EmissionFactor]:
    """Every factor of a type, the newest version of the latest years first."""
    found = EmissionFactor.objects.filter(activity_type=activity_type).select_related("created_by")
    return found.order_by("-valid_from_year", "-version", "-pk")


def missing_figures(year: int) -> dict[int, int]:
    """Unit → how many activities it has entered for some year before, and not for `year`; one query.

    A figure that is said not to be delivered yet is missing still; other reasons are answers.
    """
    expected: set[tuple[int, int]] = set()
    said: set[tuple[int, int]] = set()
    entered = Activity.objects.filter(year__lte=year).values_list(
        "unit_id", "activity_type_id", "year", "quantity", "missing_reason"
    )
    for unit, kind, of_year, quantity, reason in entered:
        if quantity is None and not reason:
            continue  # emptied: as if it were never filled in
        if of_year < year:
            expected.add((unit, kind))
        elif reason != MissingReason.NOT_YET_DELIVERED:
            said.add((unit, kind))
        else:
            expected.add((unit, kind))
    return dict(Counter(unit for unit, _kind in expected - said))


@dataclass(frozen=True, slots=True)
class MissingFigures:
    """Who lacks figures of a year: the user's own units, each with how many activities, and for Klima the
    other units. By name.
    """

    year: int
    own: tuple[tuple[Unit, int], ...] = ()
    others: tuple[Unit, ...] = ()


def figures_to_enter(user: AbstractBaseUser, year: int) -> MissingFigures:
    """What of `year` waits for the user; no queries beyond the user's duties for those who enter nothing."""
    held = duties(user)
    if not may_enter_some(held):
        return MissingFigures(year)
    missing = missing_figures(year)
    waiting = [
        unit
        for unit in Unit.objects.filter(pk__in=missing).order_by(NorskSort("name"))
        if may_enter(held, unit.pk) and was_open(unit, year)
    ]
    own = tuple((unit, missing[unit.pk]) for unit in waiting if unit.pk in held.own_units)
    if Permission.EDIT_OWN_OPERATIONS not in held.permissions:
        return MissingFigures(year, own)
    return MissingFigures(year, own, tuple(unit for unit in waiting if unit.pk not in held.own_units))
