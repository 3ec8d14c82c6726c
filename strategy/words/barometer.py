"""The barometer in sentences."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.enums import MissingReason
from emissions.models import MISSING_LABELS
from strategy.calculations import Verdict
from strategy.enums import Direction
from strategy.models import BarometerValue, format_period
from strategy.queries.barometer import IndicatorStanding, PeriodRow
from web.formats import NBSP, format_number


def sentence(standing: IndicatorStanding) -> str:
    """«Andelen var 48,2 % i 3. kvartal 2026, opp 3,1 prosentpoeng på ett år. Det går rett vei.»"""
    indicator, newest = standing.indicator, standing.newest
    if newest is None:
        return _("{name}: ingen tall ennå.").format(name=indicator.name)
    start = _("{name} var {value} i {period}").format(
        name=indicator.name,
        value=value_text(standing, newest),
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


def measured(value: Decimal | None, missing_reason: str, unit: str) -> str:
    """A figure with its unit, or why there is none."""
    if value is None:
        return str(MISSING_LABELS[MissingReason(missing_reason)])
    return f"{format_number(value)}{NBSP}{unit}"


def value_text(standing: IndicatorStanding, value: BarometerValue) -> str:
    return measured(value.value, value.missing_reason, standing.indicator.unit_label)


def newest_before(row: PeriodRow) -> str:
    """What an indicator's row of a period is held against: the newest figure from before it."""
    indicator, before = row.indicator, row.before
    if before is None:
        return _("{unit}, ingen tall ennå").format(unit=indicator.unit_label)
    return _("Sist {value} i {period}").format(
        value=measured(before.value, before.missing_reason, indicator.unit_label),
        period=format_period(indicator.frequency, before.period),
    )
