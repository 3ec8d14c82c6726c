"""One indicator of the barometer as its page shows it: sentence, curve and values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from strategy.calculations import period_number, shifted
from strategy.enums import Frequency
from strategy.models import BarometerValue, format_period, short_period
from strategy.queries.barometer import IndicatorStanding
from strategy.words.barometer import freshness, sentence, value_text
from web.charts import Chart, LineChart, Series, line_chart

FEWEST_POINTS = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A value as the table shows it."""

    period: str
    start: date
    text: str
    note: str
    pk: int


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator as the page shows it."""

    standing: IndicatorStanding
    sentence: str
    freshness: str
    chart: Chart | None
    lines: tuple[Line, ...]


def panel(standing: IndicatorStanding) -> Panel:
    said = sentence(standing)
    return Panel(
        standing,
        said,
        freshness(standing),
        _chart(standing, said),
        tuple(_line(standing, value) for value in reversed(standing.values)),
    )


def _line(standing: IndicatorStanding, value: BarometerValue) -> Line:
    return Line(
        period=format_period(standing.indicator.frequency, value.period),
        start=value.period,
        text=value_text(standing, value),
        note=value.source_note,
        pk=value.pk,
    )


def _chart(standing: IndicatorStanding, title: str) -> Chart | None:
    """The values over time; a period without a figure is a gap. Too few to be a curve: none."""
    known = [value for value in standing.values if value.value is not None]
    if len(known) < FEWEST_POINTS:
        return None
    frequency = Frequency(standing.indicator.frequency)
    first, last = known[0].period, known[-1].period
    count = period_number(frequency, last) - period_number(frequency, first) + 1
    starts = [shifted(frequency, first, step) for step in range(count)]
    points = [(period_number(frequency, value.period), value.value) for value in known]
    return line_chart(
        LineChart(
            title=title,
            unit=standing.indicator.unit_label,
            series=[Series(standing.indicator.name, points)],
            width=680,
            height=260,
            names={period_number(frequency, start): short_period(frequency, start) for start in starts},
        )
    )
