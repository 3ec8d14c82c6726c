"""Fetch what the user may know exists."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from strategy import queries, rules
from strategy.models import Measure, Strategy


def readable_strategy(request: HttpRequest, slug: str) -> Strategy:
    strategy = Strategy.objects.filter(slug=slug).first()
    if strategy is None or not rules.may_read(request.user, strategy):  # type: ignore[arg-type]
        raise Http404
    return strategy


def readable_measure(request: HttpRequest, code: str) -> Measure:
    """The measure, if it stands in a strategy the user may read, or in none."""
    measure = queries.measure_by_code(code)
    if measure is None:
        raise Http404
    placements = list(measure.placements.all())
    if placements and not any(rules.may_read(request.user, p.strategy) for p in placements):  # type: ignore[arg-type]
        raise Http404
    return measure
