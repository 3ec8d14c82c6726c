"""One form on a page of its own: what most changes of the strategy look like, and what a post becomes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.rules import AuthenticatedRequest
from strategy.models import Strategy
from web.concurrency import STALE, StaleObject
from web.formats import whole_number
from web.forms import PortalForm
from web.http import invalid, render_page, see_other
from web.refusals import Refusal, Refused

Crumb = tuple[str, str]


@dataclass(frozen=True)
class FormPage:
    """The words around a form. `crumbs` are (title, address) down to the page itself, which is added."""

    title: str
    button: str
    back_url: str
    crumbs: Sequence[Crumb] = ()
    lead: str = ""
    note: str = ""
    danger: bool = False
    template: str = "strategy/form.html"
    extra: dict[str, Any] = field(default_factory=dict)


def crumbs_of(*parts: Crumb) -> list[dict[str, str]]:
    start = (_("Strategi"), reverse("strategy:index"))
    return [{"title": title, "url": url} for title, url in (start, *parts)]


def strategy_crumbs(strategy: Strategy, *, editing: bool = True) -> list[Crumb]:
    crumbs = [(strategy.title, strategy.get_absolute_url())]
    if editing:
        crumbs.append((_("Rediger"), reverse("strategy:edit", args=[strategy.slug])))
    return crumbs


def show_form(
    request: AuthenticatedRequest,
    page: FormPage,
    form: PortalForm | None,
    *,
    reasons: Iterable[Refusal] = (),
    alert: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": page.title,
        "page": page,
        "crumbs": crumbs_of(*page.crumbs, (page.title, "")),
        "form": form,
        "reasons": list(reasons),
        "alert": alert,
        "action_url": request.path,
        **page.extra,
    }
    answer = invalid if status == 422 else render_page
    return answer(request, page.template, context, status=status)


def take_form(
    request: AuthenticatedRequest,
    page: FormPage,
    form: PortalForm,
    save: Callable[[], str],
    *,
    done: str,
    version: Callable[[], int] = lambda: 0,
    stale: Callable[[StaleObject], HttpResponse] | None = None,
) -> HttpResponse:
    """Save a posted form and go where `save` says, or show it again with what is wrong.

    `version` is what the row stands at now, so that a form that came too late can be looked over and sent
    again; `stale` answers instead where both versions can be shown side by side.
    """
    if not form.is_valid():
        return show_form(request, page, form, status=422)
    try:
        url = save()
    except Refused as refused:
        plain = add_refusals(form, refused)
        return show_form(request, page, form, reasons=plain, status=422)
    except StaleObject as late:
        if stale is not None and late.obj is not None:
            return stale(late)
        data = request.POST.copy()
        data["version"] = str(version())
        form.data = data
        return show_form(request, page, form, alert=str(STALE), status=409)
    messages.success(request, done)
    return see_other(url)


def add_refusals(form: PortalForm, refused: Refused) -> list[Refusal]:
    """Put refusals at the fields they concern; gives back those that lead to another page."""
    elsewhere = []
    for reason in refused.reasons:
        if reason.url:
            elsewhere.append(reason)
        else:
            form.add_error(reason.field if reason.field in form.fields else None, reason.text)
    return elsewhere


def posted_version(request: AuthenticatedRequest) -> int:
    """The version in the post of a button without a form of its own; −1 for nonsense."""
    return whole_number(request.POST.get("version", ""), -1)
