"""What a line's page says beside its figures: indicators, last year's line, and all its funding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from budget.models import Funding, Line
from strategy.models import IndicatorTarget
from web.formats import format_number


def indicator_texts(measures: Collection[int]) -> dict[int, list[str]]:
    """Per measure «Elbiler levert, biler: 12 etter 1. tertial 2026, 24 i 2026», each goal with its period, as
    the strategy says today; one query.
    """
    targets: dict[tuple[int, int, str], list[str]] = defaultdict(list)
    rows = IndicatorTarget.objects.filter(indicator__measure__in=measures).order_by(
        "indicator", "year", F("tertial").asc(nulls_last=True)
    )
    for row in rows.select_related("indicator"):
        indicator = row.indicator
        words = _("{value} i {period}") if row.tertial is None else _("{value} etter {period}")
        text = words.format(value=format_number(row.value.normalize() + 0), period=row.period)
        targets[indicator.measure_id, indicator.pk, f"{indicator.name}, {indicator.unit_label}"].append(text)
    found: dict[int, list[str]] = defaultdict(list)
    for (measure, _pk, title), texts in targets.items():
        found[measure].append(f"{title}: {', '.join(texts)}")
    return found


def indicators_of(line: Line, *, frozen: bool) -> list[str]:
    """The line's indicators with their måltall: as adopted, or as the strategy has them today."""
    if frozen:
        return line.adopted_indicators.splitlines()
    return indicator_texts([line.measure_id]).get(line.measure_id, [])


def fundings_of(line: Line, states: Collection[str]) -> QuerySet[Funding]:
    """The line's own funding, and the same measure's in earlier budgets the reader may see; one query."""
    earlier = Q(
        line__measure=line.measure_id,
        line__budget__scope=line.budget.scope,
        line__budget__state__in=states,
        line__budget__year__lt=line.budget.year,
    )
    rows = Funding.objects.filter(Q(line=line) | earlier).select_related("line__budget")
    return rows.order_by("-line__budget__year", "pk")
