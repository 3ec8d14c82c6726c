"""Fetch what the user may know exists."""

from __future__ import annotations

from django.http import Http404

from organisation.rules import AuthenticatedRequest
from strategy import rules
from strategy.models import FocusArea, HearingRound, Measure, Placement, Strategy, Target, Theme
from strategy.queries.measures import measure_by_code
from strategy.queries.removed import removed


def readable_strategy(request: AuthenticatedRequest, slug: str) -> Strategy:
    strategy = Strategy.objects.select_related("edition__municipality", "replaces").filter(slug=slug).first()
    if strategy is None or not rules.may_read(request.user, strategy):
        raise Http404
    return strategy


def strategy_of_removed(
    request: AuthenticatedRequest, model: type[Target | FocusArea | Theme | Placement], pk: int
) -> Strategy | None:
    """The strategy that something was removed from, if the user may read it; None for what never was."""
    row = removed(model, pk)
    if row is not None and model is Theme:
        # The focus area may have been removed after it.
        row = FocusArea.objects.filter(pk=row.focus_area_id).first() or removed(FocusArea, row.focus_area_id)
    strategy = Strategy.objects.filter(pk=row.strategy_id).first() if row else None
    return strategy if strategy is not None and rules.may_read(request.user, strategy) else None


def readable_target(request: AuthenticatedRequest, pk: int) -> Target:
    """The target, if the user may read its strategy."""
    target = (
        Target.objects.filter(pk=pk).select_related("strategy").prefetch_related("adopted_ceilings").first()
    )
    if target is None or not rules.may_read(request.user, target.strategy):
        raise Http404
    return target


def readable_round(request: AuthenticatedRequest, pk: int) -> tuple[HearingRound, rules.HearingAccess]:
    """The round, if it is published, or the user reads all or has a unit in it."""
    access = rules.hearing_access(request.user)
    hearing = HearingRound.objects.select_related("strategy").filter(pk=pk).first()
    if hearing is None or not rules.may_read_round(request.user, access, hearing):
        raise Http404
    return hearing, access


def readable_measure(request: AuthenticatedRequest, code: str) -> Measure:
    """The measure, if it stands in a strategy the user may read, or in none."""
    drafts = rules.may_read_drafts(request.user)
    measure = measure_by_code(code, drafts=drafts)
    if measure is None:
        raise Http404
    if not drafts and not measure.placements.all() and Placement.objects.filter(measure=measure).exists():
        raise Http404
    return measure
