"""The barometer in sentences and drawings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.enums import MissingReason
from emissions.models import MISSING_LABELS
from strategy.calculations import Verdict, period_number, shifted
from strategy.enums import Direction, Frequency
from strategy.models import BarometerValue, format_period, short_period
from strategy.queries.barometer import IndicatorStanding
from web.charts import Chart, LineChart, Series, line_chart
from web.formats import NBSP, format_number

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


def sentence(standing: IndicatorStanding) -> str:
    """«Andelen var 48,2 % i 3. kvartal 2026, opp 3,1 prosentpoeng på ett år. Det går rett vei.»"""
    indicator, newest = standing.indicator, standing.newest
    if newest is None:
        return _("{name}: ingen tall ennå.").format(name=indicator.name)
    start = _("{name} var {value} i {period}").format(
        name=indicator.name,
        value=_measured(newest.value, indicator.unit_label),
        period=format_period(indicator.frequency, newest.period),
    )
    if standing.change is None:
        return _("{start}. Tallet for ett år før er ikke kjent.").format(start=start)
    if not standing.change:
        return _("{start}, uendret på ett år.").format(start=start)
    unit = _("prosentpoeng") if indicator.unit_label == "%" else indicator.unit_label
    pattern = (
        _("{start}, opp {size} på ett år.") if standing.change > 0 else _("{start}, ned {size} på ett år.")
    )
    said = pattern.format(start=start, size=f"{format_number(abs(standing.change))}{NBSP}{unit}")
    if indicator.direction == Direction.KEEP:
        return f"{said} {_('Det skal holdes.')}"
    return f"{said} {_verdict(standing.verdict)}".rstrip()


def _verdict(verdict: Verdict | None) -> str:
    if verdict == Verdict.RIGHT:
        return _("Det går rett vei.")
    return _("Det går feil vei.") if verdict == Verdict.WRONG else ""


def freshness(standing: IndicatorStanding) -> str:
    """What is known of the newest period that is over."""
    frequency = standing.indicator.frequency
    if standing.unknown is not None:
        return _("Tallet for {period} mangler: {reason}.").format(
            period=format_period(frequency, standing.unknown.period),
            reason=MISSING_LABELS[MissingReason(standing.unknown.missing_reason)],
        )
    if standing.awaited is not None:
        return _("Tallet for {period} er ikke lagt inn ennå.").format(
            period=format_period(frequency, standing.awaited)
        )
    return _("Oppdatert: siste periode er med.") if standing.newest else ""


def value_text(standing: IndicatorStanding, value: BarometerValue) -> str:
    if value.value is None:
        return str(MISSING_LABELS[MissingReason(value.missing_reason)])
    return _measured(value.value, standing.indicator.unit_label)


def _measured(value: Decimal | None, unit: str) -> str:
    return f"{format_number(value)}{NBSP}{unit}"


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
