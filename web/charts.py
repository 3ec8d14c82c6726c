"""Charts drawn on the server: emissions with paths and ceiling, and many sectors side by side.

A chart is drawn twice, wide with labels at the line ends and compact with a key below; CSS shows the one
that fits. Each carries the chart's message as its title. The exact numbers stand in a table beside it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

from web.chart_drawing import Drawing
from web.chart_layout import Band, Curve, Pen, Plot, Role, Scale, paint_compact, paint_wide

Style: TypeAlias = Literal["history", "reference", "measures", "scenario", "ceiling"]
Points: TypeAlias = Sequence[tuple[int, Decimal | None]]
Limits: TypeAlias = Sequence[tuple[int, Decimal, Decimal]]


@dataclass(frozen=True)
class Series:
    """One curve: (year, value) in the chart's unit. None is a gap in the curve, never zero."""

    name: str
    points: Points
    style: Style = "history"


@dataclass(frozen=True)
class LineChart:
    """Emissions so far and the paths ahead.

    `title` is the message as one sentence; a screen reader says it, and it is the alternative text in PDF.
    `unit` is the unit of the values as given («tonn CO₂e»); large values are shown in thousands or millions.
    `shade_between` names two styles, the path first and what it should stay below last.
    A path that begins the year after `last_history_year` is drawn from the last point of the history.
    `band` is (year, lowest, highest) of the measure path, in the years that have a range; say beside the
    chart what the field is.
    `width` is 860 for a full page, 680 on paper or beside something else.
    `names` are what is written for points that are not years but numbered months or quarters.
    """

    title: str
    unit: str
    series: Sequence[Series]
    shade_between: tuple[Style, Style] | None = None
    plan_period: tuple[int, int] | None = None
    last_history_year: int | None = None
    band: Limits = ()
    width: int = 860
    height: int = 360
    names: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Chart:
    """Computed geometry; `{% include "charts/line.html" with chart=chart only %}` draws it."""

    id: str
    title: str
    wide: Drawing
    compact: Drawing


PENS: dict[Style, Pen] = {
    "history": Pen("#1e2b3c", "#1e2b3c", 2.5, every_point=True),
    "reference": Pen("#6b7785", "#4b5563", 2, "7 4"),
    "measures": Pen("#00664f", "#00664f", 2.5),
    "scenario": Pen("#7a2f8f", "#7a2f8f", 2.5, "10 3 2 3"),
    "ceiling": Pen("#b3261e", "#b3261e", 2, "2 3"),
}

# At least 4.5:1 against white; neighbours differ in marker and dash, so greyscale print tells them apart.
SECTOR_PENS = (
    Pen("#00664f", "#00664f", 2, "", "circle", every_point=True),
    Pen("#b3261e", "#b3261e", 2, "7 4", "square", every_point=True),
    Pen("#1d5fa6", "#1d5fa6", 2, "2 3", "triangle", every_point=True),
    Pen("#8a5200", "#8a5200", 2, "", "diamond", hollow=True, every_point=True),
    Pen("#7a2f8f", "#7a2f8f", 2, "10 3 2 3", "circle", hollow=True, every_point=True),
    Pen("#1e2b3c", "#1e2b3c", 2, "5 3", "wedge", every_point=True),
    Pen("#0b6e7d", "#0b6e7d", 2, "", "square", hollow=True, every_point=True),
    Pen("#a3195b", "#a3195b", 2, "2 3", "diamond", every_point=True),
    Pen("#566700", "#566700", 2, "10 3 2 3", "triangle", hollow=True, every_point=True),
    Pen("#5f6b7a", "#5f6b7a", 2, "7 4", "wedge", hollow=True, every_point=True),
)


def line_chart(chart: LineChart) -> Chart:
    """Geometry of emissions, paths and ceiling. Raises ValueError when two series have the same style."""
    styles = [series.style for series in chart.series]
    if len(set(styles)) != len(styles):
        raise ValueError("Each style stands for one curve; use multi_line_chart for several of a kind.")
    scale = _scale(chart.unit, chart.series)
    curves = {
        series.style: _curve(series, series.style, PENS[series.style], scale)
        for series in chart.series
        if _has_values(series)
    }
    _set_out_from_history(curves, chart.last_history_year)
    shaded = None
    if chart.shade_between:
        path, limit = (curves.get(style) for style in chart.shade_between)
        shaded = (path, limit) if path and limit else None
    band = _band(chart, curves, scale)
    plot = Plot(
        tuple(curves.values()),
        scale,
        shaded,
        chart.plan_period,
        chart.last_history_year,
        band=band,
        names=chart.names,
    )
    return _chart(chart.title, plot, chart.width, chart.height)


def multi_line_chart(title: str, unit: str, series: Sequence[Series], *, width: int = 860) -> Chart:
    """Geometry of many curves, such as one per sector; the first ten look different from each other.

    `title`, `unit` and `width` as in LineChart; `Series.style` plays no part.
    """
    scale = _scale(unit, series)
    curves = [
        _curve(one, "sector", SECTOR_PENS[index % len(SECTOR_PENS)], scale)
        for index, one in enumerate(series)
        if _has_values(one)
    ]
    return _chart(title, Plot(curves, scale), width)


def _chart(title: str, plot: Plot, width: int, height: int = 360) -> Chart:
    # From the content, so that the same data give the same bytes in page and PDF.
    key = hashlib.sha256(repr((title, plot, width)).encode()).hexdigest()[:12]
    return Chart(f"chart-{key}", title, paint_wide(plot, width, height), paint_compact(plot))


def _has_values(series: Series) -> bool:
    return any(value is not None for _year, value in series.points)


def _curve(series: Series, role: Role, pen: Pen, scale: Scale) -> Curve:
    values = {year: float(value / scale.factor) for year, value in series.points if value is not None}
    return Curve(series.name, role, pen, values, values)


def _band(chart: LineChart, curves: dict[Style, Curve], scale: Scale) -> Band | None:
    """Lowest and highest, setting out from the last measured point as the path itself does."""
    low, high = ({limit[0]: float(limit[side] / scale.factor) for limit in chart.band} for side in (1, 2))
    path = curves.get("measures")
    if not low or path is None:
        return None
    before = min(low) - 1
    if before in path.drawn and before not in path.values:
        low[before] = high[before] = path.drawn[before]
    return Band(low, high, path.pen.stroke)


def _set_out_from_history(curves: dict[Style, Curve], last_history_year: int | None) -> None:
    """Let reference and measure path begin in the last measured point, so no year is left undrawn."""
    history = curves.get("history")
    if history is None or last_history_year is None or last_history_year not in history.values:
        return
    start = history.values[last_history_year]
    for style in ("reference", "measures", "scenario"):
        curve = curves.get(style)
        if curve and min(curve.values) == last_history_year + 1:
            curves[style] = replace(curve, drawn={last_history_year: start, **curve.values})


def _scale(unit: str, series: Sequence[Series]) -> Scale:
    largest = max(
        (abs(value) for one in series for _year, value in one.points if value is not None), default=Decimal(0)
    )
    if largest >= 10_000_000:
        shown, factor = _("mill. {unit}").format(unit=unit), 1_000_000
    elif largest >= 10_000:
        shown, factor = _("1000 {unit}").format(unit=unit), 1000
    else:
        shown, factor = unit, 1
    # Three significant digits in the largest label; more is for the table.
    decimals = next((count for count, least in enumerate((100, 10)) if largest / factor >= least), 2)
    return Scale(shown, factor, decimals if largest else 0)
