"""Klimalaget: who represents which unit, and who is missing."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from klimalaget.enums import SeatKind
from klimalaget.queries import meetings_between, network_coverage
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.http import render_page
from web.names import naming

AHEAD = timedelta(days=180)


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    coverage = network_coverage()
    now = timezone.now()
    return render_page(
        request,
        "klimalaget/index.html",
        {
            "page_title": naming("{network}"),
            "coverage": coverage,
            "fixed_count": sum(seat.kind == SeatKind.FIXED for seat in coverage.seats),
            "meetings": meetings_between(now, now + AHEAD),
            "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
            "has_examples": any(seat.is_example for seat in coverage.seats),
        },
    )
