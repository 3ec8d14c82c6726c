"""Pages of the strategies as people read them."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisation.rules import AuthenticatedRequest, Permission, has_permission
from strategy import rules
from strategy.enums import HearingState, StrategyState, TargetKind
from strategy.models import HearingRound, Strategy
from strategy.queries.comparison import content_of
from strategy.queries.hearings import rounds_of
from strategy.queries.strategies import outline, visible_strategies
from strategy.queries.targets import target_standings
from strategy.views.access import readable_strategy
from strategy.views.crumbs import crumbs_above
from strategy.words import comparison
from web.http import render_page


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    strategies = list(visible_strategies(drafts=rules.may_read_drafts(request.user)))
    in_force = [one for one in strategies if one.state == StrategyState.ADOPTED]
    standings = target_standings(in_force)
    return render_page(
        request,
        "strategy/index.html",
        {
            "page_title": _("Strategi"),
            "strategies": in_force,
            "others": [one for one in strategies if one.state != StrategyState.ADOPTED],
            "emission_targets": [s for s in standings if s.target.kind == TargetKind.EMISSION],
            "qualitative_targets": [s for s in standings if s.target.kind == TargetKind.QUALITATIVE],
            "may_edit": rules.may_edit(request.user),
        },
    )


@require_safe
def detail(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    strategy = readable_strategy(request, slug)
    parts = outline(strategy)
    rounds = _rounds(request, strategy)
    return render_page(
        request,
        "strategy/detail.html",
        {
            "page_title": strategy.title,
            "strategy": strategy,
            "goals": [
                link.goal for link in strategy.goal_links.select_related("goal").order_by("goal__code")
            ],
            "relatives": _relatives(request, strategy),
            "rounds": rounds,
            "open_round": any(one.state == HearingState.OPEN for one in rounds),
            "parts": parts,
            "measure_count": sum(part.measure_count for part in parts),
            "standings": target_standings([strategy]),
            "may_edit": rules.may_edit(request.user),
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
        },
    )


def _relatives(request: AuthenticatedRequest, strategy: Strategy) -> list[Strategy]:
    """The version before and those that build on this one, as far as the reader may see them."""
    near = Strategy.objects.filter(Q(pk=strategy.replaces_id) | Q(replaces=strategy)).order_by("order", "pk")
    return [one for one in near if rules.may_read(request.user, one)]


def _rounds(request: AuthenticatedRequest, strategy: Strategy) -> list[HearingRound]:
    """Hearings of the strategy that the reader may open."""
    access = rules.hearing_access(request.user)
    rounds = rounds_of(strategy)
    if not access.reads_all:
        units = list(access.own_units | access.below)
        rounds = rounds.filter(Q(state=HearingState.PUBLISHED) | Q(answers__unit__in=units)).distinct()
    return list(rounds)


@require_safe
def compare(request: AuthenticatedRequest, slug: str, other: str) -> HttpResponse:
    """Two strategies side by side: `slug` is the newer, `other` what it is held against."""
    newer, older = readable_strategy(request, slug), readable_strategy(request, other)
    parts = comparison.compare(content_of(older), content_of(newer))
    return render_page(
        request,
        "strategy/compare.html",
        {
            "page_title": _("{newer} sammenlignet med {older}").format(newer=newer.title, older=older.title),
            "crumbs": crumbs_above((newer.title, newer.get_absolute_url()), (_("Sammenlign"), "")),
            "newer": newer,
            "older": older,
            "parts": parts,
            "counts": comparison.summary(parts),
        },
    )
