"""The leader's list of what has no owner, each with its action."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisation.enums import Role
from organisation.queries.unowned import Unowned, units_to_answer_for, unowned
from organisation.rules import AuthenticatedRequest, Duties, duties, roles_to_give
from organisation.views.addresses import handover_url, organisation_crumb
from organisation.words.unowned import left_text, unowned_sentence
from web.http import render_page


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    held = duties(request.user)
    units = units_to_answer_for(held)
    if units is not None and not units:
        raise PermissionDenied
    found = unowned(units, timezone.localdate())
    title = _("Uten ny eier")
    context = {
        "page_title": title,
        "crumbs": [organisation_crumb(), (title, "")],
        "lead": unowned_sentence(found),
        "unowned": unowned_rows(found, held),
    }
    return render_page(request, "organisation/unowned.html", context)


def unowned_rows(found: Sequence[Unowned], held: Duties) -> list[dict[str, Any]]:
    """Each with where somebody chooses who takes over, for those who may."""
    return [
        {
            "person": one.appointment.user,
            "text": left_text(one.appointment),
            "holdings": one.holdings,
            "url": handover_url(
                one.appointment,
                may_change=Role(one.appointment.role) in roles_to_give(held, one.appointment.unit),
            ),
        }
        for one in found
    ]
