"""One form on a page of its own: what each change of the chain looks like, and what a post becomes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.rules import AuthenticatedRequest
from reporting.models import Period, UnitReport
from web.concurrency import STALE, StaleObject
from web.forms import PortalForm
from web.http import render_page, see_other
from web.once import FIELD_NAME, do_once, submitted_result
from web.refusals import Refused

Crumb = tuple[str, str]


@dataclass(frozen=True)
class FormPage:
    """The words around a form. `crumbs` are (title, address) down to the page itself, which is added."""

    title: str
    button: str
    back_url: str
    done: str
    crumbs: Sequence[Crumb] = ()
    lead: str = ""
    note: str = ""
    danger: bool = False
    template: str = "reporting/chain_form.html"
    extra: dict[str, Any] = field(default_factory=dict)


def crumbs_of(*parts: Crumb) -> list[dict[str, str]]:
    start = (_("Rapportering"), reverse("publishing:index"))
    return [{"title": title, "url": url} for title, url in (start, *parts)]


def period_crumb(period: Period) -> Crumb:
    return (
        _("Framdrift, {period}").format(period=period),
        reverse("publishing:progress", args=[period.code]),
    )


def report_crumb(report: UnitReport) -> Crumb:
    return (report.unit.name, reverse("reporting:report", args=[report.period.code, report.unit_id]))


def run(
    request: AuthenticatedRequest,
    page: FormPage,
    make: Callable[[QueryDict | None], PortalForm],
    work: Callable[[Any], str | None],
) -> HttpResponse:
    """GET asks, POST does, once however often the form is sent.

    `work` takes the valid form and answers where it leads, None for the way back. `make` builds the form
    from what is stored now, so that a form that came too late can be looked over and sent again.
    """
    if request.method != "POST":
        return show(request, page, make(None))
    form = make(request.POST)
    token = request.POST.get(FIELD_NAME, "")
    if not form.is_valid():
        # Sent twice, what the first click did may be what the second one is refused for.
        done_before = submitted_result(token, request.user) if token else ""
        return see_other(done_before) if done_before else show(request, page, form, status=422)
    try:
        url = do_once(by=request.user, token=token, work=lambda: work(form) or page.back_url)
    except Refused as refused:
        for reason in refused.reasons:
            form.add_error(reason.field if reason.field in form.fields else None, reason.text)
        return show(request, page, form, status=422)
    except StaleObject:
        data = request.POST.copy()
        data["version"] = str(make(None).initial.get("version", ""))
        return show(request, page, make(data), alert=str(STALE), status=409)
    messages.success(request, page.done)
    for sentence in getattr(form, "notes", list)():
        messages.info(request, sentence)
    return see_other(url)


def show(
    request: AuthenticatedRequest, page: FormPage, form: BaseForm, *, alert: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page_title": page.title,
        "page": page,
        "crumbs": crumbs_of(*page.crumbs, (page.title, "")),
        "form": form,
        "pairs": list(form.pairs()) if hasattr(form, "pairs") else [],
        "plain_fields": form.plain_fields() if hasattr(form, "plain_fields") else form.visible_fields(),
        "alert": alert,
        "action_url": request.path,
        **page.extra,
    }
    return render_page(request, page.template, context, status=status)
