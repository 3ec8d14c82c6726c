"""The summary made ready to be read: sentences and chart beside the figures, for page and PDF alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from climate_portal.web.charts import Chart, LineChart, Series, line_chart
from climate_portal.web.formats import format_number
from reporting.queries.sentences import (
    counts_of_unit,
    loss_words,
    missing_sentence,
    span,
    state_of_unit,
    unknown_losses,
)
from reporting.queries.summary import Change, Decision, LeadershipSummary, UnitRow, YearRow

CHART_WIDTH = 680


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
class UnitLine:
    unit: UnitRow
    state: str
    counts: str


@dataclass(frozen=True, slots=True)
class SummaryPage:
    """What templates need beyond the figures."""

    span: str
    missing: str
    unknown: str
    decisions: tuple[DecisionLine, ...]
    changes: tuple[ChangeLine, ...]
    units: tuple[UnitLine, ...]
    chart: Chart | None


def page_of(summary: LeadershipSummary, today: date | None) -> SummaryPage:
    """Without `today`, as in a PDF, nothing is counted from the day it is read."""
    return SummaryPage(
        span=span(summary),
        missing=missing_sentence(summary),
        unknown=unknown_losses(summary.unknown_losses),
        decisions=tuple(DecisionLine(one, loss_words(one.loss, summary)) for one in summary.decisions),
        changes=tuple(ChangeLine(one, _loss_cell(one)) for one in summary.changes),
        units=tuple(
            UnitLine(unit, state_of_unit(unit, today), counts_of_unit(unit.counts)) for unit in summary.units
        ),
        chart=summary_chart(summary),
    )


def _loss_cell(change: Change) -> str:
    if change.loss is None:
        return _("ikke anslått") if change.off_plan else "–"
    figure = format_number(change.loss.total, 0)
    return figure if change.loss.counts else _("{n} utenfor systemgrensen").format(n=figure)


def summary_chart(summary: LeadershipSummary) -> Chart | None:
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
