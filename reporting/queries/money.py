"""Money per row of the økonomiplan, and so per line of the budget. NOK; what is not given is None."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from budget.models import Line
from reporting.models import MeasureStatus, MoneyImport, Period, PlanRowMoney
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True)
class Amounts:
    """NOK so far this year, by the accounts."""

    budgeted: Decimal | None = None
    spent: Decimal | None = None
    forecast: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LineMoney:
    """What the row of a line has had and used. `shared_with` are the other lines' measures on the same row:
    the amounts are theirs together, and are never divided."""

    plan_row: str
    amounts: Amounts
    shared_with: tuple[str, ...]
    comment: str


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
    """Every row one unit's lines are linked to, counted once. `shared` when another unit has lines on one."""

    unit: str
    rows: int
    amounts: Amounts
    shared: bool


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


def row_key(plan_row: str) -> str:
    """Rows are the same whatever their capitals and spaces."""
    return " ".join(plan_row.casefold().split())


def newest_import(period: Period) -> MoneyImport | None:
    """The file that counts."""
    return period.money_imports.select_related("by").order_by("-at", "-pk").first()


def plan_row_of(line: Line) -> str:
    """The analyst's link, or what the budget says. Reads `line.plan_link`: select it for several."""
    link = getattr(line, "plan_link", None)
    return str(link.plan_row) if link is not None else line.plan_reference.strip()


def money_of(period: Period) -> dict[int, LineMoney]:
    """By line's id, for the lines whose row is in the newest file; three queries."""
    lines, rows = _lines(period), _rows(newest_import(period))
    return _money(lines, rows)


def period_money(period: Period) -> PeriodMoney:
    """Lines with and without a row, rows without lines, and sums per unit; four queries."""
    source = newest_import(period)
    lines, rows = _lines(period), _rows(source)
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
    used = {row_key(one.plan_row) for one in planned}
    loose = tuple(row for key, row in rows.items() if key not in used)
    return PeriodMoney(source, planned, loose, tuple(_per_unit(planned)))


def added(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of what is given; None when nothing is."""
    given = [amount for amount in amounts if amount is not None]
    return sum(given, Decimal(0)) if given else None


def _lines(period: Period) -> list[Line]:
    rows = Line.objects.filter(budget_id=period.budget_id).select_related("measure", "plan_link")
    return list(rows.order_by(NorskSort("measure__code"), "pk"))


def _rows(source: MoneyImport | None) -> dict[str, PlanRowMoney]:
    found = source.rows.order_by(NorskSort("plan_row")) if source else ()
    return {row_key(row.plan_row): row for row in found}


def _units(period: Period) -> dict[int, str]:
    """The unit that reports on each line in this period."""
    rows = MeasureStatus.objects.filter(report__period=period, line__isnull=False)
    return {
        line: name for line, name in rows.values_list("line_id", "report__unit__name") if line is not None
    }


def _money(lines: Iterable[Line], rows: Mapping[str, PlanRowMoney]) -> dict[int, LineMoney]:
    on_row: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        on_row[row_key(plan_row_of(line))].append(line)
    return {
        line.pk: LineMoney(
            plan_row=rows[key].plan_row,
            amounts=_amounts(rows[key]),
            shared_with=tuple(other.measure.code for other in together if other is not line),
            comment=rows[key].comment,
        )
        for key, together in on_row.items()
        if key in rows
        for line in together
    }


def _amounts(row: PlanRowMoney) -> Amounts:
    return Amounts(row.budgeted, row.spent, row.forecast)


def _per_unit(lines: Iterable[PlannedLine]) -> Iterable[UnitMoney]:
    of_unit: dict[str, dict[str, Amounts]] = defaultdict(dict)
    units_on: dict[str, set[str]] = defaultdict(set)
    for one in lines:
        if one.money is not None:
            of_unit[one.unit][one.money.plan_row] = one.money.amounts
            units_on[one.money.plan_row].add(one.unit)
    for unit in sorted(of_unit):
        rows = of_unit[unit]
        yield UnitMoney(
            unit=unit,
            rows=len(rows),
            amounts=Amounts(
                added(amounts.budgeted for amounts in rows.values()),
                added(amounts.spent for amounts in rows.values()),
                added(amounts.forecast for amounts in rows.values()),
            ),
            shared=any(len(units_on[row]) > 1 for row in rows),
        )
