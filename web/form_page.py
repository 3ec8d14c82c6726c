"""A page with one form: asked, refused, in conflict or done. Every ordinary page that changes something.

@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    unit = get_unit(request, pk)
    page = FormPage(title=…, back_url=unit.get_absolute_url(), done=_("Navnet er endret."))
    return run_form(
        request,
        page,
        lambda data: RenameForm(data, initial=…),
        lambda form: rename_unit(by=request.user, unit=unit, **form.cleaned_data),
    )
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from web.actors import acting
from web.concurrency import StaleObject
from web.forms import PortalForm
from web.http import render_page, see_other
from web.once import FIELD_NAME, InvalidSubmission, do_once, said_in, submitted_result
from web.refusals import Closed, Refusal, Refused

TEMPLATE = "web/form_page.html"
# (title, address) of a page on the way down to this one; the last, itself, without an address.
Crumb = tuple[str, str]
# The form, empty of what was posted or with it. Called again in a conflict: it reads what is stored now.
Make = Callable[[QueryDict | None], forms.BaseForm]
# Takes the valid form to an action, and answers where that leads; None for the way back.
Work = Callable[[Any], str | None]
# Shows the form where it stands; as `show_form`, which gives it a page of its own.
Show = Callable[..., HttpResponse]
# What is said when it is done; asked after the work where it depends on what was chosen.
Done = str | Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """What stands around the form.

    `done` is told afterwards, and may be a function of the valid form; empty where the page it leads to says
    it. `crumbs` are the pages above this one.
    `facts` are (label, text) of what the form is about. `danger`: the button does what cannot be taken back.
    `reason` stands in history, for a page of several actions.
    `closed` says why there is no form. A template of its own extends `web/form_page.html`, takes `context`.
    """

    title: str
    back_url: str
    done: Done
    button: str = ""
    crumbs: Sequence[Crumb] = ()
    lead: str = ""
    note: str = ""
    facts: Sequence[tuple[str, str]] = ()
    danger: bool = False
    reason: str = ""
    closed: str = ""
    template: str = TEMPLATE
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which what was typed is not what is stored now, both as people read them."""

    label: str
    yours: str
    theirs: str


def run_form(
    request: HttpRequest, page: FormPage, make: Make, work: Work, *, show: Show | None = None
) -> HttpResponse:
    """GET asks; POST does it, once however often the form is sent.

    422 with the error at its field, 409 with yours beside theirs or where it can no longer be done, 303 when
    it is done. `show` is for a form that stands on another page than its own.
    """
    show = show or show_form
    if page.closed:
        return done_before(request) or _closed(request, page, page.closed)
    if request.method != "POST":
        return show(request, page, make(None))
    form = make(request.POST)
    if not form.is_valid():
        return done_before(request) or show(request, page, form, status=422)
    try:
        url = _do(request, page, lambda: work(form) or page.back_url)
    except Closed as closed:
        return _closed(request, page, str(closed))
    except Refused as refused:
        return show(request, page, form, reasons=_at_fields(form, refused), status=422)
    except StaleObject as stale:
        return (
            _conflict(request, page, make, show) if stale.obj is not None else _closed(request, page, _gone())
        )
    if done := page.done if isinstance(page.done, str) else page.done(form):
        messages.success(request, done)
    return see_other(url)


def done_before(request: HttpRequest) -> HttpResponse | None:
    """Sent twice, what the first click did may be what the second one is refused for.

    A token that is made up was never sent before: what is wrong is told, and nothing typed is lost.
    """
    token = request.POST.get(FIELD_NAME, "")
    try:
        before = submitted_result(token, _user(request), said_in(request)) if token else ""
    except InvalidSubmission:
        return None
    return see_other(before) if before else None


def _do(request: HttpRequest, page: FormPage, work: Callable[[], str]) -> str:
    token = request.POST.get(FIELD_NAME, "")
    # What is posted by hand has no token, and no second click to guard against.
    if not token:
        with acting(_user(request), page.reason) if page.reason else transaction.atomic():
            return work()
    said = said_in(request)
    return do_once(by=_user(request), token=token, reason=page.reason, work=work, said=said)


def _user(request: HttpRequest) -> Any:
    return request.user


def _gone() -> str:
    return _("Noen andre har fjernet dette mens du arbeidet. Det du skrev, er ikke lagret.")


def _at_fields(form: forms.BaseForm, refused: Refused) -> list[Refusal]:
    """Puts each reason at its field; gives back those that lead to another page."""
    elsewhere = []
    for reason in refused.reasons:
        if reason.url:
            elsewhere.append(reason)
        else:
            form.add_error(reason.field if reason.field in form.fields else None, reason.text)
    return elsewhere


def _conflict(request: HttpRequest, page: FormPage, make: Make, show: Show) -> HttpResponse:
    """The form with what was typed and the versions that stand now: sending it again is a choice."""
    stored = make(None)
    data = request.POST.copy()
    for hidden in stored.hidden_fields():
        data[hidden.html_name] = str(hidden.value())
    form = make(data)
    form.is_valid()
    return show(request, page, form, conflict=list(differences(form, stored)), status=409)


def differences(form: forms.BaseForm, stored: forms.BaseForm) -> Iterator[Difference]:
    """The visible fields, and what the form has besides them, in which the two do not read the same.

    What the form was given nothing for, such as the reason for a change, is stored nowhere to differ from.
    A field that carries what stood in it, and was left alone, is no opinion about what stands there now.
    """
    for mine in form.visible_fields():
        left_alone = mine.field.show_hidden_initial and mine.name not in form.changed_data
        if mine.name in stored.fields and not left_alone:
            yours, theirs = _shown(mine), _shown(stored[mine.name])
            if yours != theirs and (theirs or mine.name in stored.initial):
                yield Difference(str(mine.label), yours or "–", theirs or "–")
    if isinstance(form, PortalForm) and isinstance(stored, PortalForm):
        now = stored.besides_fields()
        for label, yours in form.besides_fields().items():
            if yours != now.get(label, ""):
                yield Difference(label, yours or "–", now.get(label) or "–")


def _shown(bound: BoundField) -> str:
    """A field's value as people read it, whether it was typed or stored."""
    value = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return _("ja") if value else _("nei")
    if value in (None, "", []):
        return ""
    choices = getattr(bound.field, "choices", None)
    if choices is not None:
        wanted = {
            str(getattr(one, "pk", one)) for one in (value if isinstance(value, list | tuple) else [value])
        }
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


def _closed(request: HttpRequest, page: FormPage, why: str) -> HttpResponse:
    return show_form(request, page, None, closed=why, status=409)


def show_form(
    request: HttpRequest,
    page: FormPage,
    form: forms.BaseForm | None,
    *,
    closed: str = "",
    reasons: Sequence[Refusal] = (),
    conflict: Sequence[Difference] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page as it stands. For a button that only fills the form in; all else goes through `run_form`."""
    context = {
        "page_title": page.title,
        "page": page,
        "crumbs": [*page.crumbs, (page.title, "")],
        "form": form,
        "action_url": request.path,
        "closed": closed,
        "reasons": reasons,
        "conflict": conflict or (),
        "is_conflict": conflict is not None,
        **page.context,
    }
    return render_page(request, page.template, context, status=status)
