"""One form on a page of its own: what most steps of following up look like, and what a post becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.rules import AuthenticatedRequest
from web.concurrency import STALE, StaleObject
from web.forms import PortalForm
from web.http import render_page, see_other
from web.refusals import Refused

Crumb = tuple[str, str]


@dataclass(frozen=True)
class OneForm:
    """The words around a form. `crumbs` are (title, address) down to the page itself, which is added.

    `facts` are (label, text) of what the form is about.
    """

    title: str
    button: str
    back_url: str
    crumbs: Sequence[Crumb] = ()
    lead: str = ""
    facts: Sequence[tuple[str, str]] = ()
    extra: dict[str, Any] = field(default_factory=dict)


def show_one(
    request: AuthenticatedRequest, page: OneForm, form: PortalForm, *, alert: str = "", status: int = 200
) -> HttpResponse:
    start = (_("Rapportering"), reverse("publishing:index"))
    parts = (start, *page.crumbs, (page.title, ""))
    context = {
        "page_title": page.title,
        "page": page,
        "crumbs": [{"title": title, "url": url} for title, url in parts],
        "form": form,
        "alert": alert,
        "action_url": request.path,
        **page.extra,
    }
    return render_page(request, "reporting/one_form.html", context, status=status)


def take_one(
    request: AuthenticatedRequest, page: OneForm, form: PortalForm, save: Callable[[], object], *, done: str
) -> HttpResponse:
    """Saves a posted form and goes back, or shows it again with what is wrong: 422, or 409 when too late."""
    if not form.is_valid():
        return show_one(request, page, form, status=422)
    try:
        save()
    except Refused as refused:
        fields = [reason.field for reason in refused.reasons if reason.field in form.fields]
        if fields:
            form.add_error(fields[0], str(refused))
            return show_one(request, page, form, status=422)
        return show_one(request, page, form, alert=str(refused), status=409)
    except StaleObject as stale:
        data = request.POST.copy()
        data["version"] = str(getattr(stale.obj, "version", 0))
        form.data = data
        return show_one(request, page, form, alert=str(STALE), status=409)
    messages.success(request, done)
    return see_other(page.back_url)
