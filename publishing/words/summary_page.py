"""The summary made ready to be read: sentences and chart beside the figures, for page and PDF alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from publishing.enums import MISSING, DashboardLevel
from publishing.queries.period_summary import (
    Change,
    Decision,
    EditionYear,
    Loss,
    MeasureRow,
    NewEdition,
    PeriodSummary,
    UnitRow,
    YearRow,
)
from publishing.words.money import MoneyPart, money_part
from publishing.words.summary import (
    counts_of_unit,
    hidden_changes,
    loss_words,
    missing_sentence,
    remaining_words,
    span,
    state_of_unit,
    tonnes,
    unknown_losses,
)
from reporting.enums import OFF_PLAN, ReportState
from web.charts import Chart, LineChart, Series, line_chart
from web.formats import format_number

CHART_WIDTH = 680
# Of the rows of the økonomiplan: as many as are read at a glance.
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class DecisionLine:
    decision: Decision
    loss: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """`loss` is the cell's text: a figure, «ikke anslått», or «–» where there is nothing to lose."""

    change: Change
    loss: str


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """`tonnes` and `loss` are the cells' texts."""

    measure: MeasureRow
    tonnes: str
    loss: str


@dataclass(frozen=True, slots=True)
class PathYear:
    """One year of the paths; the newest edition's own figures are None where the budget is built on it."""

    year: int
    reference: Decimal | None
    path: Decimal | None
    ceiling: Decimal | None
    gap: Decimal | None
    newest_ceiling: Decimal | None
    newest_gap: Decimal | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    unit: UnitRow
    state: str
    counts: str


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """The units whose reports are in one state: `names` with their measures' statuses where approved."""

    state: str
    names: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """What templates need beyond the figures. `hidden` is the number of changes that are not shown.

    `other_decisions` names the decisions that wait and have no line of their own.
    """

    span: str
    missing: str
    missing_names: str
    unknown: str
    decisions: tuple[DecisionLine, ...]
    other_decisions: str
    changes: tuple[ChangeLine, ...]
    hidden: int
    hidden_words: str
    measures: tuple[MeasureLine, ...]
    remaining: str
    units: tuple[UnitLine, ...]
    unit_groups: tuple[UnitGroup, ...]
    money: MoneyPart | None
    years: tuple[PathYear, ...]
    chart: Chart | None


def page_of(
    summary: PeriodSummary,
    today: date | None,
    *,
    most_changes: int | None = None,
    most_rows: int = MOST_ROWS,
    most_decisions: int | None = None,
) -> SummaryPage:
    """Without `today`, as in a PDF, nothing is counted from the day it is read.

    Of more than `most_changes` changes only the worst are shown, and of more than `most_rows` rows of the
    økonomiplan those furthest from their budget. Of more than `most_decisions` decisions that wait, the first
    have a line each and the others are named.
    """
    listed, shown = summary.decisions[:most_decisions], summary.changes[:most_changes]
    hidden = len(summary.changes) - len(shown)
    units = tuple(
        UnitLine(unit, state_of_unit(unit, today), counts_of_unit(unit.counts)) for unit in summary.units
    )
    return SummaryPage(
        span=span(summary),
        missing=missing_sentence(summary),
        missing_names=", ".join(_missing_name(unit) for unit in summary.missing),
        unknown=unknown_losses(summary.unknown_losses),
        decisions=tuple(DecisionLine(one, loss_words(one.loss, summary)) for one in listed),
        other_decisions=_named(summary.decisions[len(listed) :]),
        changes=tuple(ChangeLine(one, _loss_cell(one.loss, off_plan=one.off_plan)) for one in shown),
        hidden=hidden,
        hidden_words=hidden_changes(hidden),
        measures=tuple(_measure_line(one) for one in summary.measures),
        remaining=remaining_words(summary.remaining),
        units=units,
        unit_groups=_unit_groups(units),
        money=money_part(
            summary.money,
            year=summary.basis.year,
            most=most_rows,
            name_units=summary.level != DashboardLevel.UNIT,
        ),
        years=tuple(_path_year(row, summary.new_edition) for row in summary.path_years),
        chart=summary_chart(summary),
    )


def _path_year(row: YearRow, newest: NewEdition | None) -> PathYear:
    found = newest.of(row.year) if newest else EditionYear(row.year, None, None)
    return PathYear(row.year, row.reference, row.path, row.ceiling, row.gap, found.ceiling, found.gap)


def _named(decisions: Sequence[Decision]) -> str:
    """«kommunedirektørens ledergruppe: Sykkelveinett, Bilpool; direktøren: Bygg», in the order they come."""
    levels: dict[str, list[str]] = {}
    for one in decisions:
        levels.setdefault(one.level_label, []).append(one.title)
    return "; ".join(f"{level}: {', '.join(titles)}" for level, titles in levels.items())


def _unit_groups(lines: Sequence[UnitLine]) -> tuple[UnitGroup, ...]:
    """Those who are furthest first, without those who have sent nothing: they are named as missing.

    On paper sixty units take a third of a page, not two.
    """
    found: dict[str, list[str]] = {}
    sent = [line for line in lines if line.unit.state != ReportState.DRAFT]
    for line in sorted(sent, key=lambda one: not one.unit.approved):
        name = f"{line.unit.name} ({line.counts})" if line.unit.counts else line.unit.name
        found.setdefault(line.state, []).append(name)
    return tuple(UnitGroup(state, "; ".join(names)) for state, names in found.items())


def _missing_name(unit: UnitRow) -> str:
    """«Kjøp el-busser», with what its measures cut where they cut anything."""
    return f"{unit.name} ({tonnes(unit.tonnes)})" if unit.tonnes else unit.name


def _measure_line(one: MeasureRow) -> MeasureLine:
    return MeasureLine(
        one,
        tonnes=_("uten tonn") if one.tonnes is None else format_number(one.tonnes, 0),
        loss="–" if one.status == MISSING else _loss_cell(one.loss, off_plan=one.status in OFF_PLAN),
    )


def _loss_cell(loss: Loss | None, *, off_plan: bool) -> str:
    if loss is None:
        return _("ikke anslått") if off_plan else "–"
    figure = format_number(loss.total, 0)
    return figure if loss.counts else _("{n} utenfor systemgrensen").format(n=figure)


def summary_chart(summary: PeriodSummary) -> Chart | None:
    """The four curves; None where there are no paths to draw."""
    basis = summary.basis
    return paths_chart(
        summary.years,
        title=summary.answers[0].text if summary.answers else _("Utslipp og baner"),
        plan_period=(basis.year, basis.last_plan_year),
        last_history_year=basis.last_history_year,
    )


def paths_chart(
    years: Sequence[YearRow],
    *,
    title: str,
    plan_period: tuple[int, int],
    last_history_year: int,
    width: int = CHART_WIDTH,
) -> Chart | None:
    """Inventory, reference path, measure path and ceiling, tCO2e; None where there are no paths."""
    if all(row.path is None and row.reference is None for row in years):
        return None

    def points(name: str) -> list[tuple[int, Decimal | None]]:
        found = [(row.year, getattr(row, name)) for row in years]
        known = [year for year, tonnes in found if tonnes is not None]
        return [pair for pair in found if known and known[0] <= pair[0] <= known[-1]]

    return line_chart(
        LineChart(
            title=title,
            unit=_("tonn CO₂e"),
            series=[
                Series(_("Klimaregnskap"), points("history"), "history"),
                Series(_("Referansebane"), points("reference"), "reference"),
                Series(_("Tiltaksbane"), points("path"), "measures"),
                Series(_("Utslippsramme"), points("ceiling"), "ceiling"),
            ],
            shade_between=("measures", "ceiling"),
            plan_period=plan_period,
            last_history_year=last_history_year,
            width=width,
        )
    )
