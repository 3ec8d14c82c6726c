"""One of the two accounts of own operations as it is shown and taken out: per activity, per unit, in all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from emissions.calculations import Factor
from emissions.enums import MeasuredIn, Scope
from emissions.models import Edition
from emissions.queries.accounts import Amount
from emissions.queries.editions import edition_in_force
from emissions.queries.own_operations import ActivityRow, by_label
from organisation.models import Unit
from web.names import own_municipality

Lines = Mapping[str, Mapping[int, Amount]]


@dataclass(frozen=True, slots=True)
class UsedFactor:
    """The factor an activity of the year was counted with, kg CO2e per unit of measure."""

    activity: str
    measured_in: MeasuredIn
    factor: Factor


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """Label → year → amount, tCO2e. `years` are those somebody has said something of; `rows` are all the
    activities of these years. `edition` is what targets and budgets build on.
    """

    scope: Scope
    years: tuple[int, ...]
    rows: tuple[ActivityRow, ...]
    by_activity: Lines
    by_unit: Lines
    totals: Mapping[int, Amount]
    edition: Edition | None

    @property
    def is_example(self) -> bool:
        return any(row.activity.is_example for row in self.rows)

    @property
    def is_partial(self) -> bool:
        return any(total.is_partial for total in self.totals.values())

    @property
    def units(self) -> dict[str, Unit]:
        """The units of the account by name; of two with one name, the one that came last."""
        found = sorted({row.activity.unit for row in self.rows}, key=lambda unit: unit.valid_from)
        return {unit.name: unit for unit in found}

    def of_year(self, year: int) -> list[ActivityRow]:
        return [row for row in self.rows if row.activity.year == year]

    def factors(self, year: int) -> list[UsedFactor]:
        """Which factor, in which version, each activity of the year was counted with."""
        used = {
            row.activity.activity_type.name: UsedFactor(
                row.activity.activity_type.name,
                MeasuredIn(row.activity.activity_type.measured_in),
                row.factor,
            )
            for row in self.of_year(year)
            if row.factor
        }
        return [used[name] for name in sorted(used)]


def own_account(scope: Scope, all_rows: Iterable[ActivityRow]) -> OwnAccount:
    """The account of one scope out of everything that is entered; one query, for its edition."""
    rows = [row for row in all_rows if row.activity.activity_type.scope == scope]
    years = tuple(sorted({row.activity.year for row in rows if not row.is_blank}))
    rows = [row for row in rows if row.activity.year in years]
    return OwnAccount(
        scope=scope,
        years=years,
        rows=tuple(rows),
        by_activity=by_label(rows, lambda one: one.activity_type.name),
        by_unit=by_label(rows, lambda one: one.unit.name),
        totals=by_label(rows, lambda _one: "").get("", {}),
        edition=edition_in_force(own_municipality(), scope),
    )
