"""A page with one form: asked, refused, in conflict or done. What the budget's editing pages share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from budget.actions.editing import closed_sentence
from budget.actions.figures import StaleFigures
from budget.actions.refusals import BudgetClosed, BudgetRefused
from budget.forms.creating import AlreadyCountedForm
from budget.models import ClimateBudget, Line
from budget.rules import may_edit
from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleObject
from web.http import invalid, render_page, see_other
from web.once import FIELD_NAME, do_once, submitted_result

TEMPLATE = "budget/form_page.html"
# What the button is called in what it sends.
SUGGESTIONS = "forslag"

MakeForm = Callable[[QueryDict | None], forms.Form]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what was typed is not what is stored now."""

    label: str
    yours: str
    theirs: str


@dataclass(slots=True)
class FormPage:
    """Where the form stands and what surrounds it. `makes` is the reason in history for a form that makes
    something new, which is then made once however often it is sent.
    """

    title: str
    action_url: str
    back_url: str
    budget: ClimateBudget | None = None
    line: Line | None = None
    lead: str = ""
    button: str = ""
    done: str = ""
    makes: str = ""
    danger: bool = False
    only_draft: bool = True
    links: list[tuple[str, str]] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)


def run(
    request: AuthenticatedRequest, page: FormPage, make: MakeForm, work: Callable[[Any], str | None]
) -> HttpResponse:
    """GET asks, POST does: `work` takes the valid form and answers where it leads, None for the way back.

    `make` builds the form from what is stored now, so that a conflict can show both.
    """
    budget = page.budget
    if budget and page.only_draft and not may_edit(request.user, budget.state):
        return _render(request, page, make(None), closed=closed_sentence(budget.state), status=409)
    if request.method != "POST":
        return _render(request, page, make(None))
    form = make(request.POST)
    if SUGGESTIONS in request.POST and isinstance(form, AlreadyCountedForm):
        return _with_suggestions(request, page, make(form.with_suggestions()))
    if not form.is_valid():
        # Sent twice, what the first click made may be what the second one is refused for.
        if page.makes and (url := made_before(request)):
            return see_other(url)
        return _render(request, page, form, status=422)
    try:
        url = _do(request, page, form, work)
    except BudgetClosed as closed:
        return _render(request, page, form, closed=str(closed), status=409)
    except BudgetRefused as refused:
        for reason in refused.reasons:
            form.add_error(None, reason.text)
        return _render(request, page, form, status=422)
    except (StaleObject, StaleFigures):
        return _conflict(request, page, make)
    messages.success(request, page.done or _("Lagret."))
    return see_other(url)


def _with_suggestions(request: AuthenticatedRequest, page: FormPage, form: forms.Form) -> HttpResponse:
    """The form again with the suggestions in it, to look over. Nothing is saved."""
    if not form.is_valid():
        return _render(request, page, form, status=422)
    return _render(request, page, form, filled=True)


def made_before(request: AuthenticatedRequest) -> str:
    """Where this very form led when it was sent before; empty the first time, or without a token."""
    token = request.POST.get(FIELD_NAME, "")
    return submitted_result(token, request.user) if token else ""


def _do(
    request: AuthenticatedRequest, page: FormPage, form: forms.Form, work: Callable[[Any], str | None]
) -> str:
    if not page.makes:
        return work(form) or page.back_url
    return do_once(
        by=request.user,
        token=request.POST.get(FIELD_NAME, ""),
        reason=page.makes,
        work=lambda: work(form) or page.back_url,
    )


def _conflict(request: AuthenticatedRequest, page: FormPage, make: MakeForm) -> HttpResponse:
    """The form again with what was typed and the versions that stand now: sending it again is a choice."""
    stored = make(None)
    data = request.POST.copy()
    for hidden in stored.hidden_fields():
        data[hidden.html_name] = str(hidden.value())
    form = make(data)
    form.is_valid()
    return _render(request, page, form, conflict=list(_differences(form, stored)), status=409)


def _differences(form: forms.Form, stored: forms.Form) -> Iterable[Difference]:
    for mine in form.visible_fields():
        if mine.name in stored.fields:
            yours, theirs = _shown(mine), _shown(stored[mine.name])
            if yours != theirs:
                yield Difference(str(mine.label), yours or "–", theirs or "–")


def _shown(bound: BoundField) -> str:
    """A field's value as people read it, whether it was typed or stored."""
    value = bound.value()
    if value in (None, "", []):
        return ""
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        wanted = {str(one) for one in (value if isinstance(value, list | tuple) else [value])}
        return ", ".join(str(label) for key, label in _flat(choices) if str(key) in wanted)
    try:
        cleaned = bound.field.to_python(bound.field.widget.format_value(value))
    except ValidationError:
        return str(value)
    return str(bound.field.widget.format_value(cleaned) or "")


def _flat(choices: Any) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _render(
    request: AuthenticatedRequest,
    page: FormPage,
    form: forms.Form,
    *,
    closed: str = "",
    conflict: list[Difference] | None = None,
    filled: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": page.title,
        "page": page,
        "form": form,
        "table_rows": getattr(form, "table_rows", []),
        "plain_fields": getattr(form, "plain_fields", form.visible_fields()),
        "closed": closed,
        "conflict": conflict or [],
        "is_conflict": conflict is not None,
        "suggestions": SUGGESTIONS if getattr(form, "suggests", False) else "",
        "filled": filled,
        "sentences": [],
        "tables": [],
        **page.more,
    }
    if status == 200:
        return render_page(request, TEMPLATE, context)
    return invalid(request, TEMPLATE, context, status=status)
