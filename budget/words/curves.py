"""The budget's curves: history, reference path, measure path and ceiling; tonnes of CO2e."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from budget.queries.tables import BudgetTable, TableYear
from budget.words.answers import chart_message
from web.charts import Chart, LineChart, Series, line_chart


def chart(table: BudgetTable, *, width: int = 860) -> Chart:
    """The four curves, and the field between low and high estimates in the years that have them."""
    return _chart(table, chart_message(table), [], width)


def scenario_chart(table: BudgetTable, name: str, years: Iterable[TableYear], message: str) -> Chart:
    """The budget's curves with the path of something tried beside them; `message` is what the chart shows."""
    tried = Series(name, [(row.year, row.path if row.known else None) for row in years], "scenario")
    return _chart(table, message, [tried], 860)


def _chart(table: BudgetTable, title: str, more: list[Series], width: int) -> Chart:
    years = table.years
    path = [(row.year, row.path if row.known else None) for row in years]
    bands = [(row.year, row.band) for row in years if row.band is not None and row.known]
    return line_chart(
        LineChart(
            title=title,
            unit=_("tonn CO₂e"),
            series=[
                Series(_("Utslipp"), list(table.history.items()), "history"),
                Series(_("Referansebane"), [(row.year, row.reference) for row in years], "reference"),
                Series(_("Tiltaksbane"), path, "measures"),
                *more,
                Series(_("Utslippsramme"), [(row.year, row.ceiling) for row in years], "ceiling"),
            ],
            shade_between=None if more else ("measures", "ceiling"),
            plan_period=(table.budget.year, table.budget.last_plan_year),
            last_history_year=table.edition.last_year,
            band=[] if more else [(year, band.path_low, band.path_high) for year, band in bands],
            width=width,
        )
    )
