"""Pages of the strategies."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from climate_portal.web.http import render_page
from organisation.rules import Permission, has_permission
from strategy import queries, rules
from strategy.enums import TargetKind
from strategy.views.access import readable_strategy


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    strategies = list(queries.visible_strategies(drafts=rules.may_read_drafts(request.user)))  # type: ignore[arg-type]
    standings = queries.target_standings(strategies)
    return render_page(
        request,
        "strategy/index.html",
        {
            "page_title": _("Strategi"),
            "strategies": strategies,
            "emission_targets": [s for s in standings if s.target.kind == TargetKind.EMISSION],
            "qualitative_targets": [s for s in standings if s.target.kind == TargetKind.QUALITATIVE],
        },
    )


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    strategy = readable_strategy(request, slug)
    parts = queries.outline(strategy)
    return render_page(
        request,
        "strategy/detail.html",
        {
            "page_title": strategy.title,
            "strategy": strategy,
            "parts": parts,
            "measure_count": sum(part.measure_count for part in parts),
            "standings": queries.target_standings([strategy]),
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),  # type: ignore[arg-type]
        },
    )
