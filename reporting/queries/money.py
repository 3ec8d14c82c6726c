"""Money per row of the økonomiplan, and so per line of the budget. NOK; what is not given is None."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from budget.models import Line
from reporting.models import MeasureStatus, MoneyImport, Period, PlanRowMoney
from web.formats import folded
from web.sorting import NorskSort

AMOUNTS = ("budgeted", "spent", "forecast")


@dataclass(frozen=True, slots=True)
class LineMoney:
    """What the row of a line has had and used. `shared_with` are the other lines' measures on the same row:
    the amounts are theirs together, and are never divided."""

    row: PlanRowMoney
    shared_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A line of the period's budget with the row it is linked to, if any, and the money found there."""

    line: Line
    unit: str
    plan_row: str
    by_analyst: bool
    money: LineMoney | None


@dataclass(frozen=True, slots=True)
class UnitMoney:
    """Every row one unit's lines are linked to, counted once, and their sums; an amount nobody has given is
    None. `shared` when another unit has lines on one.
    """

    unit: str
    rows: int
    shared: bool
    budgeted: Decimal | None
    spent: Decimal | None
    forecast: Decimal | None


@dataclass(frozen=True, slots=True)
class PeriodMoney:
    """The money of a period as the analyst sees it."""

    source: MoneyImport | None
    lines: tuple[PlannedLine, ...]
    loose_rows: tuple[PlanRowMoney, ...]
    units: tuple[UnitMoney, ...]

    @property
    def unlinked(self) -> list[PlannedLine]:
        """Lines without a row: nobody can say what they have cost."""
        return [one for one in self.lines if not one.plan_row]

    @property
    def not_in_file(self) -> list[PlannedLine]:
        """Lines linked to a row the newest file does not have."""
        return [one for one in self.lines if one.plan_row and one.money is None]

    @property
    def with_money(self) -> list[PlannedLine]:
        return [one for one in self.lines if one.money is not None]


def newest_import(period: Period) -> MoneyImport | None:
    """The file that counts."""
    return period.money_imports.select_related("by").order_by("-at", "-pk").first()


def plan_row_of(line: Line) -> str:
    """The analyst's link, or what the budget says. Reads `line.plan_link`: select it for several."""
    link = getattr(line, "plan_link", None)
    return str(link.plan_row) if link is not None else line.plan_reference.strip()


def money_of(period: Period) -> dict[int, LineMoney]:
    """By line's id, for the lines whose row is in the newest file; three queries."""
    return _money(lines_of(period), _rows(newest_import(period)))


def period_money(period: Period) -> PeriodMoney:
    """Lines with and without a row, rows without lines, and sums per unit; four queries."""
    source = newest_import(period)
    lines, rows = list(lines_of(period)), _rows(source)
    money = _money(lines, rows)
    units = _units(period)
    planned = tuple(
        PlannedLine(
            line=line,
            unit=units.get(line.pk) or line.adopted_unit_name,
            plan_row=plan_row_of(line),
            by_analyst=hasattr(line, "plan_link"),
            money=money.get(line.pk),
        )
        for line in lines
    )
    used = {folded(one.plan_row) for one in planned}
    loose = tuple(row for key, row in rows.items() if key not in used)
    return PeriodMoney(source, planned, loose, tuple(_per_unit(planned)))


def added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is given; None when nothing is."""
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal(0)) if given else None


def lines_of(period: Period) -> QuerySet[Line]:
    """The lines of the period's budget, each with its measure and its link."""
    rows = Line.objects.filter(budget_id=period.budget_id).select_related("measure", "plan_link")
    return rows.order_by(NorskSort("measure__code"), "pk")


def rows_of(source: MoneyImport | None) -> QuerySet[PlanRowMoney]:
    """What a file has, by row; nothing before there is one."""
    return PlanRowMoney.objects.filter(source=source).order_by(NorskSort("plan_row"))


def _rows(source: MoneyImport | None) -> dict[str, PlanRowMoney]:
    return {folded(row.plan_row): row for row in rows_of(source)}


def _units(period: Period) -> dict[int | None, str]:
    """The unit that reports on each line in this period."""
    rows = MeasureStatus.objects.filter(report__period=period, line__isnull=False)
    return dict(rows.values_list("line_id", "report__unit__name"))


def _money(lines: Iterable[Line], rows: Mapping[str, PlanRowMoney]) -> dict[int, LineMoney]:
    on_row: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        on_row[folded(plan_row_of(line))].append(line)
    return {
        line.pk: LineMoney(rows[key], tuple(other.measure.code for other in together if other is not line))
        for key, together in on_row.items()
        if key in rows
        for line in together
    }


def _per_unit(lines: Iterable[PlannedLine]) -> Iterable[UnitMoney]:
    of_unit: dict[str, dict[int, PlanRowMoney]] = defaultdict(dict)
    units_on: dict[int, set[str]] = defaultdict(set)
    for one in lines:
        if one.money is not None:
            of_unit[one.unit][one.money.row.pk] = one.money.row
            units_on[one.money.row.pk].add(one.unit)
    for unit in sorted(of_unit):
        rows = of_unit[unit]
        yield UnitMoney(
            unit=unit,
            rows=len(rows),
            shared=any(len(units_on[row]) > 1 for row in rows),
            **{name: added(getattr(row, name) for row in rows.values()) for name in AMOUNTS},
        )
