"""Klimaledelse: what the municipality does to steer and to make others act."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leadership.queries import leadership_measures
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.http import render_page


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    themes = leadership_measures()
    rows = [row for theme in themes for row in theme.measures]
    # What leaders have approved is internal until it is published.
    show_status = has_permission(request.user, Permission.READ_INTERNAL)
    return render_page(
        request,
        "leadership/index.html",
        {
            "page_title": _("Klimaledelse"),
            "themes": themes,
            "measure_count": len(rows),
            "without_status": sum(not row.status for row in rows),
            "show_status": show_status,
        },
    )
