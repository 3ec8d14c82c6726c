"""Where everything in a chart stands: the ground, the curves, and what is written beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Literal, TypeAlias

from django.utils.translation import gettext as _

from web.chart_drawing import Drawing, Marker
from web.chart_geometry import (
    Axis,
    Point,
    areas_between,
    consecutive_runs,
    nice_ticks,
    spread,
    text_width,
    vertical_extent,
    wrap_text,
    year_ticks,
)
from web.formats import format_number, format_or_under

Role: TypeAlias = Literal["history", "reference", "measures", "scenario", "ceiling", "sector"]

INK, MUTED, GRID, BASELINE, PLAN = "#1e2b3c", "#4b5563", "#dfe3e7", "#9aa3ad", "#eaf2ee"
OVER, UNDER = "#b3261e", "#00664f"
_COMPACT_WIDTH = 340
_LINE_HEIGHT = 18


@dataclass(frozen=True)
class Pen:
    """How one curve looks; any two pens differ in more than colour."""

    stroke: str
    text: str
    width: float
    dash: str = ""
    marker: Marker = "circle"
    hollow: bool = False
    every_point: bool = False


@dataclass(frozen=True)
class Curve:
    """A series in the unit shown. `drawn` may begin one year before `values`: where the path sets out."""

    name: str
    role: Role
    pen: Pen
    values: Mapping[int, float]
    drawn: Mapping[int, float]

    @property
    def end(self) -> tuple[int, float]:
        year = max(self.values)
        return year, self.values[year]


@dataclass(frozen=True)
class Scale:
    """The unit shown, how many of the unit given it is, and decimals in labels."""

    unit: str
    factor: int
    decimals: int

    def label(self, value: float) -> str:
        return format_or_under(value, self.decimals)


@dataclass(frozen=True)
class Band:
    """Between which values a curve may lie, year by year."""

    low: Mapping[int, float]
    high: Mapping[int, float]
    colour: str


@dataclass(frozen=True)
class Plot:
    """What is to be drawn, in the unit shown; curves without any value are left out beforehand."""

    curves: Sequence[Curve]
    scale: Scale
    shaded: tuple[Curve, Curve] | None = None
    plan_period: tuple[int, int] | None = None
    last_history_year: int | None = None
    band: Band | None = None
    # What is written where the points are not years but numbered months or quarters.
    names: Mapping[int, str] = field(default_factory=dict)

    def name(self, point: int) -> str:
        return self.names.get(point, str(point))


@dataclass(frozen=True)
class _EndLabel:
    lines: Sequence[str]
    y: float
    colour: str
    bold: bool = True
    curve: Curve | None = None


@dataclass(frozen=True)
class _Gap:
    """How far the first shaded curve lies above the second in the last year both have."""

    year: int
    upper: float
    lower: float
    text: str

    @property
    def colour(self) -> str:
        return OVER if self.upper > self.lower else UNDER


def paint_wide(plot: Plot, width: int, height: int = 360) -> Drawing:
    """Labels at the line ends, for pages and paper."""
    labels_limit = width * 0.3
    texts = [_end_text(plot, curve) for curve in _labelled(plot)]
    gap = _gap(plot)
    texts += [gap.text] if gap else []
    widest = max(
        (text_width(line, 13) for text in texts for line in wrap_text(text, 13, labels_limit)), default=0
    )
    sector = any(curve.role == "sector" for curve in plot.curves)
    beside = (34 if sector else 18) + widest + 4 if texts else 12
    height = max(height, 90 + _LINE_HEIGHT * len(texts)) if plot.curves else 140
    drawing = Drawing(width, height)
    axis = _axis(plot, drawing, top=40, bottom=height - 30, right=width - beside, size=12)
    _paint_ground(drawing, plot, axis, size=12)
    _paint_curves(drawing, plot, axis)
    _paint_callouts(drawing, plot, axis, size=12, last=_("{value} i {year}, siste regnskapsår"))
    _paint_end_labels(drawing, plot, axis, gap, labels_limit)
    return drawing


def paint_compact(plot: Plot) -> Drawing:
    """Values at the line ends and a key below, for a phone: one pixel of the drawing is about one of hers."""
    drawing = Drawing(_COMPACT_WIDTH)
    values = [plot.scale.label(curve.end[1]) for curve in _labelled(plot)]
    beside = max((text_width(value, 13) for value in values), default=0) + 12
    axis = _axis(plot, drawing, top=48, bottom=250, right=_COMPACT_WIDTH - beside, size=13)
    _paint_ground(drawing, plot, axis, size=13)
    _paint_curves(drawing, plot, axis)
    _paint_callouts(drawing, plot, axis, size=13, last=_("{value} i {year}"))
    _paint_end_values(drawing, plot, axis)
    _paint_key(drawing, plot, axis)
    return drawing


def _labelled(plot: Plot) -> list[Curve]:
    """Curves named at their end; history is named where it ends, unless it stands alone."""
    return [curve for curve in plot.curves if curve.role != "history"]


def _end_text(plot: Plot, curve: Curve) -> str:
    year, value = curve.end
    text = f"{curve.name} {plot.scale.label(value)}"
    return text if year == _years(plot)[-1] else _("{text} i {year}").format(text=text, year=plot.name(year))


def _years(plot: Plot) -> list[int]:
    return sorted({year for curve in plot.curves for year in curve.drawn})


def _axis(plot: Plot, drawing: Drawing, *, top: float, bottom: float, right: float, size: int) -> Axis:
    values = [value for curve in plot.curves for value in curve.drawn.values()]
    if plot.band:
        values += [*plot.band.low.values(), *plot.band.high.values()]
    low, high = min([0.0, *values]) * 1.06, max([0.0, *values]) * 1.06
    years = _years(plot) or [0]
    left = max(text_width(_tick_text(tick), size) for tick in nice_ticks(low, high)) + 10
    return Axis(left, right, top, bottom, years[0], years[-1], low, high)


def _tick_text(tick: float) -> str:
    # Ten significant digits: 3 · 0.1 is 0.3 on an axis.
    return format_number(Decimal(f"{tick:.10g}"))


def _paint_ground(drawing: Drawing, plot: Plot, axis: Axis, *, size: int) -> None:
    if not plot.curves:
        middle = ((axis.left + axis.right) / 2, (axis.top + axis.bottom) / 2)
        drawing.line((axis.left, axis.bottom), (axis.right, axis.bottom), BASELINE)
        drawing.text(middle, _("Ingen tall å vise ennå"), size + 1, MUTED, anchor="middle")
        return
    _paint_plan_period(drawing, plot, axis, size)
    for tick in nice_ticks(axis.low, axis.high):
        y = axis.y(tick)
        drawing.line((axis.left, y), (axis.right, y), BASELINE if tick == 0 else GRID)
        drawing.text((axis.left - 8, y + size / 3), _tick_text(tick), size, MUTED, anchor="end")
    widest = max((text_width(name, size) + size for name in plot.names.values()), default=0)
    for year in year_ticks(_wanted_years(plot), axis, gap=max(size * 3.5, widest)):
        x = axis.x(year)
        drawing.line((x, axis.bottom), (x, axis.bottom + 4), BASELINE)
        half = text_width(plot.name(year), size) / 2
        inside = min(max(x, half), drawing.width - half) if plot.names else x
        drawing.text((inside, axis.bottom + 8 + size), plot.name(year), size, MUTED, anchor="middle")
    drawing.text((0, size + 1), plot.scale.unit, size, MUTED)


def _wanted_years(plot: Plot) -> list[int]:
    """Years worth naming on the axis, most important first."""
    years = _years(plot)
    plan = plot.plan_period or ()
    known = [year for year in (plot.last_history_year, *plan) if year is not None]
    # Over a long time every fifth year is enough; more would only make the distances uneven.
    others = years if plot.names or years[-1] - years[0] < 10 else [year for year in years if year % 5 == 0]
    return [years[-1], years[0], *known, *others]


def _paint_plan_period(drawing: Drawing, plot: Plot, axis: Axis, size: int) -> None:
    if plot.plan_period is None or axis.first_year == axis.last_year:
        return
    first, last = plot.plan_period
    margin = 0.5 if first == last else 0
    left = max(axis.left, axis.x(first - margin))
    right = min(axis.right, axis.x(last + margin))
    if left >= right:
        return
    drawing.rect(left, axis.top, right - left, axis.bottom - axis.top, PLAN)
    text = _("planperioden")
    half = text_width(text, size) / 2
    middle = min(max((left + right) / 2, axis.left + half), drawing.width - half)
    drawing.text((middle, axis.top - 6), text, size, MUTED, anchor="middle")


def _paint_curves(drawing: Drawing, plot: Plot, axis: Axis) -> None:
    if plot.shaded:
        upper, lower = plot.shaded
        for over, outline in areas_between(upper.drawn, lower.drawn):
            drawing.polygon((axis.point(*corner) for corner in outline), OVER if over else UNDER, "0.13")
    if plot.band:
        for _over, outline in areas_between(plot.band.high, plot.band.low):
            drawing.polygon((axis.point(*corner) for corner in outline), plot.band.colour, "0.22")
    # What has happened is painted last: it is the surest.
    for curve in sorted(plot.curves, key=lambda curve: curve.role == "history"):
        pen = curve.pen
        for run in consecutive_runs(curve.drawn):
            points = [axis.point(year, curve.drawn[year]) for year in run]
            if len(points) > 1:
                drawing.polyline(points, pen.stroke, pen.width, pen.dash)
            if pen.every_point or len(points) == 1:
                for point in points:
                    drawing.marker(point, pen.marker, 3, pen.stroke, hollow=pen.hollow)


def _segments(plot: Plot, axis: Axis) -> Iterator[tuple[Point, Point]]:
    for curve in plot.curves:
        for run in consecutive_runs(curve.drawn):
            points = [axis.point(year, curve.drawn[year]) for year in run]
            yield from pairwise(points)
            yield points[-1], points[-1]


def _paint_callouts(drawing: Drawing, plot: Plot, axis: Axis, *, size: int, last: str) -> None:
    """First and last figure of the history, each above (or else below) every curve it would touch."""
    history = next((curve for curve in plot.curves if curve.role == "history"), None)
    if history is None:
        return
    year, value = history.end
    # The note is only true of the year the inventory in force ends with.
    pattern = last if year == plot.last_history_year else _("{value} i {year}")
    text = pattern.format(value=plot.scale.label(value), year=plot.name(year))
    width = text_width(text, size)
    x = axis.x(year)
    left = min(max(x - width / 2, axis.left), max(drawing.width - width, axis.left))
    y = _free_baseline(plot, axis, left, left + width, size, lift=16)
    drawing.text((left + width / 2, y), text, size, INK, anchor="middle", bold=True)
    above = y < axis.y(value)
    near, far = (y + 5, axis.y(value) - 6) if above else (y - size, axis.y(value) + 6)
    if abs(far - near) > 4:
        drawing.line((x, near), (x, far), INK)
    first_year = min(history.values)
    first = _("{value} i {year}").format(
        value=plot.scale.label(history.values[first_year]), year=plot.name(first_year)
    )
    start = axis.x(first_year) - 3
    end = start + text_width(first, size)
    if end + 12 < left:
        baseline = _free_baseline(plot, axis, start, end, size, lift=6)
        drawing.text((start, baseline), first, size, INK, bold=True)


def _free_baseline(plot: Plot, axis: Axis, left: float, right: float, size: int, *, lift: float) -> float:
    extent = vertical_extent(_segments(plot, axis), left - 4, right + 4)
    highest, lowest = extent if extent else (axis.bottom, axis.bottom)
    above = highest - 5 - lift
    below = lowest + 5 + lift + size * 0.75
    if above - size < axis.top - 20 and below < axis.bottom - 4:
        return below
    for tick in nice_ticks(axis.low, axis.high):
        if above - size < axis.y(tick) < above + 3:
            # Off the grid line, which would run through the figure.
            return axis.y(tick) - 4
    return above


def _gap(plot: Plot) -> _Gap | None:
    if plot.shaded is None:
        return None
    upper, lower = (curve.values for curve in plot.shaded)
    both = sorted(upper.keys() & lower.keys())
    if not both:
        return None
    apart = abs(upper[year := both[-1]] - lower[year])
    size = plot.scale.label(apart)
    if not round(apart, plot.scale.decimals):
        text = _("lik rammen")
    elif upper[year] > lower[year]:
        text = _("{tonnes} over rammen").format(tonnes=size)
    else:
        text = _("{tonnes} under rammen").format(tonnes=size)
    if year != _years(plot)[-1]:
        text = _("{text} i {year}").format(text=text, year=year)
    return _Gap(year, upper[year], lower[year], text)


def _paint_end_labels(drawing: Drawing, plot: Plot, axis: Axis, gap: _Gap | None, limit: float) -> None:
    labels: list[_EndLabel] = []
    for curve in _labelled(plot):
        lines = wrap_text(_end_text(plot, curve), 13, limit)
        labels.append(_EndLabel(lines, axis.y(curve.end[1]), curve.pen.text, curve=curve))
        if gap and plot.shaded and curve is plot.shaded[0]:
            # Right after its path, so that it stays between the two also where they end together.
            middle = axis.y((gap.upper + gap.lower) / 2)
            labels.append(_EndLabel(wrap_text(gap.text, 13, limit), middle, gap.colour, bold=False))
    if gap and gap.year == axis.last_year:
        ends = (axis.right + 7, axis.y(gap.upper)), (axis.right + 7, axis.y(gap.lower))
        if abs(ends[0][1] - ends[1][1]) > 3:
            drawing.line(*ends, gap.colour, 3)
    boxes = [(label.y, _LINE_HEIGHT * float(len(label.lines))) for label in labels]
    for label, centre in zip(labels, spread(boxes, 6, axis.bottom + _LINE_HEIGHT / 2), strict=True):
        _paint_end_label(drawing, axis, label, centre)


def _paint_end_label(drawing: Drawing, axis: Axis, label: _EndLabel, centre: float) -> None:
    x = axis.right + 18
    if label.curve and label.curve.role == "sector":
        pen = label.curve.pen
        drawing.line((axis.right + 5, label.y), (x, centre), pen.stroke)
        drawing.marker((x + 6, centre), pen.marker, 3.4, pen.stroke, hollow=pen.hollow)
        x += 16
    first = centre - (len(label.lines) - 1) * _LINE_HEIGHT / 2 + 4.5
    for number, line in enumerate(label.lines):
        drawing.text((x, first + number * _LINE_HEIGHT), line, 13, label.colour, bold=label.bold)


def _paint_end_values(drawing: Drawing, plot: Plot, axis: Axis) -> None:
    curves = [curve for curve in _labelled(plot) if curve.end[0] == axis.last_year]
    # Ten sectors have no room for ten numbers here; the key has them all.
    if len(curves) > 4:
        return
    boxes = [(axis.y(curve.end[1]), 15.0) for curve in curves]
    for curve, centre in zip(curves, spread(boxes, axis.top, axis.bottom + 6), strict=True):
        value = plot.scale.label(curve.end[1])
        drawing.text((axis.right + 8, centre + 4.5), value, 13, curve.pen.text, bold=True)


def _paint_key(drawing: Drawing, plot: Plot, axis: Axis) -> None:
    """One row per curve, the highest at its end first, with the gap where it belongs."""
    y = axis.bottom + 52
    if plot.curves:
        drawing.text(
            (0, y),
            _("I {year}, {unit}").format(year=plot.name(axis.last_year), unit=plot.scale.unit),
            13,
            MUTED,
        )
    rows: list[tuple[float, Curve | _Gap]] = [(curve.end[1], curve) for curve in plot.curves]
    if gap := _gap(plot):
        rows.append(((gap.upper + gap.lower) / 2, gap))
    for _height, row in sorted(rows, key=lambda pair: -pair[0]):
        y += 6
        text, colour = (
            (row.text, row.colour) if isinstance(row, _Gap) else (_end_text(plot, row), row.pen.text)
        )
        _paint_sample(drawing, row, y + _LINE_HEIGHT - 4.5)
        for line in wrap_text(text, 13, _COMPACT_WIDTH - 44):
            y += _LINE_HEIGHT
            drawing.text((40, y), line, 13, colour, bold=isinstance(row, Curve))
    drawing.height = int(y + 10)


def _paint_sample(drawing: Drawing, row: Curve | _Gap, y: float) -> None:
    if isinstance(row, _Gap):
        drawing.rect(0, y - 6, 30, 12, row.colour, "0.13")
        return
    pen = row.pen
    drawing.line((0, y), (30, y), pen.stroke, pen.width, pen.dash)
    if pen.every_point:
        drawing.marker((15, y), pen.marker, 3.2, pen.stroke, hollow=pen.hollow)
