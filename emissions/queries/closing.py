"""What an account of own operations would freeze, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max

from emissions.enums import MissingReason, Scope
from emissions.models import ActivityType, Figure
from emissions.queries.accounts import Amount
from emissions.queries.own_operations import ActivityRow, activity_rows, sum_amounts, was_open
from organisation.models import Unit

# The shape of an edition that is made here, of what is entered.
SHAPE = "own_operations"


@dataclass(frozen=True, slots=True)
class Gap:
    """A unit, activity and year nobody has said anything of, or that has no factor."""

    unit: str
    activity_type: str
    year: int
    lacks_factor: bool
    source_id: int


@dataclass(frozen=True, slots=True)
class ClosingAccount:
    """Everything of one scope up to a year. `years` are those somebody has entered something for."""

    scope: Scope
    rows: tuple[ActivityRow, ...]
    gaps: tuple[Gap, ...]
    years: tuple[int, ...]

    @property
    def is_example(self) -> bool:
        return any(row.activity.is_example or row.activity.activity_type.is_example for row in self.rows)

    def amounts(self, reason: MissingReason | None) -> dict[tuple[str, str, int], Amount]:
        """Sector, source and year → amount; the gaps count as missing for `reason`."""
        parts: dict[tuple[str, str, int], list[Amount]] = {}
        sources: dict[int, tuple[str, str]] = {}
        for row in self.rows:
            source = row.activity.activity_type.source
            sources[source.pk] = (source.sector.name, source.name)
            if not row.is_blank and not row.lacks_factor:
                parts.setdefault((*sources[source.pk], row.activity.year), []).append(row.amount)
        for gap in self.gaps:
            if reason:
                parts.setdefault((*sources[gap.source_id], gap.year), []).append(Amount(None, (reason,)))
        return {key: sum_amounts(amounts) for key, amounts in sorted(parts.items())}


def closed_through() -> dict[str, int]:
    """By scope, the last year somebody has frozen as an edition; none before the first. One query."""
    rows = Figure.objects.filter(edition__shape=SHAPE).order_by().values_list("edition__scope")
    return dict(rows.annotate(Max("year")))


def closing_account(scope: Scope, year: int) -> ClosingAccount:
    """The account of a scope through `year`, with every gap; two queries.

    A unit that has entered an activity in one year is expected to say something of it in every year of
    the account in which the unit existed: a figure, zero, or a reason.
    """
    rows = activity_rows(scope=scope, until=year)
    said = [row for row in rows if not row.is_blank]
    years = tuple(sorted({row.activity.year for row in said}))
    return ClosingAccount(scope, tuple(rows), tuple(_gaps(said, years)), years)


def _gaps(said: Sequence[ActivityRow], years: Sequence[int]) -> list[Gap]:
    at = {(row.activity.unit_id, row.activity.activity_type_id, row.activity.year): row for row in said}
    pairs: dict[tuple[int, int], tuple[Unit, ActivityType]] = {
        (row.activity.unit_id, row.activity.activity_type_id): (
            row.activity.unit,
            row.activity.activity_type,
        )
        for row in said
    }
    found = []
    for (unit_id, type_id), (unit, activity_type) in pairs.items():
        for year in years:
            row = at.get((unit_id, type_id, year))
            if (row is None and was_open(unit, year)) or (row is not None and row.lacks_factor):
                found.append(
                    Gap(unit.name, activity_type.name, year, row is not None, activity_type.source_id)
                )
    return found
