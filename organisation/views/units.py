"""The pages of the organisation."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisation.queries.units import unit_tree
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from web.http import render_page


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    """Units as a tree, with leaders and contacts."""
    rows = unit_tree()
    without_contact = [row.name for row in rows if row.reports and not row.contacts]
    return render_page(
        request,
        "organisation/index.html",
        {
            "page_title": _("Organisasjon"),
            "rows": rows,
            "without_contact": without_contact,
            "may_name": has_permission(request.user, Permission.NAME_THINGS),
        },
    )
