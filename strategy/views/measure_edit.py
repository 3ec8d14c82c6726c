"""A measure's head and state: Klima writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest
from strategy import rules
from strategy.actions import measure_states as measure_state_actions
from strategy.actions import measures as measure_actions
from strategy.enums import Level, MeasureKind, MeasureState
from strategy.forms.measures import MeasureForm, MoveForm
from strategy.models import CO_BENEFIT_LABELS, MEASURE_STATE_LABELS, Measure
from strategy.queries.measure_table import MeasureRecord, measure_records
from strategy.views.access import readable_measure
from strategy.views.form_page import add_refusals
from web.concurrency import StaleObject, conflict_fields
from web.formats import whole_number
from web.http import ConflictField, conflict, invalid, render_page, see_other
from web.once import FIELD_NAME, submitted_result
from web.refusals import Refused

PLAIN_FIELDS = (
    *("code", "title", "kind", "level", "description", "start_year", "end_year", "decision_reference"),
    *("external_actor", "external_kind", "co_benefits_note"),
)


@require_http_methods(["GET", "HEAD", "POST"])
def new_measure(request: AuthenticatedRequest) -> HttpResponse:
    _klima_only(request)
    initial = {"kind": MeasureKind.TILTAK, "level": Level.MUNICIPAL, "state": MeasureState.PROPOSED}
    form = MeasureForm(request.POST or None, initial=initial)
    if request.method == "POST":
        form = MeasureForm(request.POST)
        if form.is_valid():
            try:
                measure = measure_actions.create_measure(
                    by=request.user,
                    head=form.head(),
                    state=MeasureState(form.cleaned_data["state"]),
                    unit=form.cleaned_data["unit"],
                    token=request.POST.get(FIELD_NAME, ""),
                )
            except Refused as refused:
                add_refusals(form, refused)
            else:
                code = measure.code if measure else _sent_before(request)
                messages.success(request, _("Tiltaket %(code)s er lagret.") % {"code": code})
                return see_other(reverse("strategy:measure", args=[code]))
    context = {"page_title": _("Nytt tiltak eller virkemiddel"), "form": form, "measure": None}
    answer = invalid if form.is_bound else render_page
    return answer(request, "strategy/measure_form.html", context)


def _sent_before(request: AuthenticatedRequest) -> str:
    return submitted_result(request.POST.get(FIELD_NAME, ""), request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    found = readable_measure(request, code)
    _klima_only(request)
    record = measure_records([found])[0]
    if request.method != "POST":
        form = MeasureForm(initial=_initial(record), record=record)
        return render_page(request, "strategy/measure_form.html", _edit_context(found, form))
    form = MeasureForm(request.POST, record=record)
    if form.is_valid():
        try:
            saved = measure_actions.edit_measure(
                by=request.user,
                measure=found,
                version=form.cleaned_data["version"],
                head=form.head(),
            )
        except Refused as refused:
            add_refusals(form, refused)
        except StaleObject as stale:
            return _stale(request, form, stale.obj)
        else:
            messages.success(request, _("Endringene er lagret."))
            return see_other(reverse("strategy:measure", args=[saved.code]))
    return invalid(request, "strategy/measure_form.html", _edit_context(found, form))


def _edit_context(found: Measure, form: MeasureForm) -> dict[str, object]:
    return {
        "page_title": _("Rediger %(code)s") % {"code": found.code},
        "form": form,
        "measure": found,
    }


def _initial(record: MeasureRecord) -> dict[str, Any]:
    measure = record.measure
    codes = Measure.objects.filter(pk__in=record.needs).order_by("code_key").values_list("code", flat=True)
    return {
        **{name: getattr(measure, name) for name in PLAIN_FIELDS},
        "co_benefits": measure.co_benefits,
        "contributing": record.contributing,
        "sources": record.sources,
        "needs": ", ".join(codes),
        "version": measure.version,
    }


def _stale(request: AuthenticatedRequest, form: MeasureForm, now: Measure | None) -> HttpResponse:
    """Yours beside theirs; what was ticked follows along as hidden fields."""
    if now is None:
        raise Http404
    record = measure_records([now])[0]
    yours, theirs = conflict_fields(form, now, PLAIN_FIELDS)
    stored = _initial(record)
    shown = {
        "co_benefits": lambda codes: ", ".join(str(CO_BENEFIT_LABELS[code]) for code in codes),
        "contributing": lambda ids: _names(form, "contributing", ids),
        "sources": lambda ids: _names(form, "sources", ids),
    }
    hidden = [("version", str(now.version))]
    for name, words in shown.items():
        sent = request.POST.getlist(name)
        hidden += [(name, value) for value in sent]
        label = str(form.fields[name].label)
        # The row is for reading only: the values themselves are the hidden ones.
        yours.append(ConflictField(f"{name}-vist", label, "", words(sent)))
        theirs.append(ConflictField(f"{name}-vist", label, "", words(stored[name])))
    label = str(form.fields["needs"].label)
    yours.append(ConflictField("needs", label, request.POST.get("needs", "")))
    theirs.append(ConflictField("needs", label, stored["needs"]))
    return conflict(
        request,
        title=_("Noen andre endret tiltaket mens du arbeidet"),
        yours=yours,
        theirs=theirs,
        action_url=reverse("strategy:edit_measure", args=[now.code]),
        hidden=hidden,
        back_url=reverse("strategy:measure", args=[now.code]),
    )


def _names(form: MeasureForm, name: str, ids: Sequence[Any]) -> str:
    field: Any = form.fields[name]
    wanted = {str(one) for one in ids}
    rows: list[Model] = [row for row in field.queryset if str(row.pk) in wanted]
    return ", ".join(field.label_from_instance(row) for row in rows)


@require_http_methods(["GET", "HEAD", "POST"])
def move_measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    found = readable_measure(request, code)
    _klima_only(request)
    form = MoveForm(initial={"version": found.version}, state=found.state)
    if request.method == "POST":
        form = MoveForm(request.POST, state=found.state)
        if form.is_valid():
            state = MeasureState(form.cleaned_data["state"])
            try:
                measure_state_actions.move_measure(
                    by=request.user,
                    measure=found,
                    version=form.cleaned_data["version"],
                    state=state,
                    reason=form.cleaned_data["reason"],
                )
            except Refused as refused:
                add_refusals(form, refused)
            except StaleObject as stale:
                return _stale_move(request, form, stale.obj)
            else:
                messages.success(
                    request, _("Tilstanden er nå «%(state)s».") % {"state": MEASURE_STATE_LABELS[state]}
                )
                return see_other(reverse("strategy:measure", args=[found.code]))
    context = {"page_title": _("Endre tilstand"), "form": form, "measure": found}
    answer = invalid if form.is_bound else render_page
    return answer(request, "strategy/measure_move.html", context)


def _stale_move(request: AuthenticatedRequest, form: MoveForm, now: Measure) -> HttpResponse:
    state = MeasureState(form.cleaned_data["state"])
    label = str(form.fields["state"].label)
    yours = [
        ConflictField("state", label, state, str(MEASURE_STATE_LABELS[state])),
        ConflictField("reason", str(form.fields["reason"].label), form.cleaned_data["reason"]),
    ]
    theirs = [ConflictField("state", label, now.state, now.get_state_display())]
    return conflict(
        request,
        title=_("Noen andre endret tiltaket mens du arbeidet"),
        yours=yours,
        theirs=theirs,
        action_url=reverse("strategy:move_measure", args=[now.code]),
        hidden={"version": str(now.version)},
        back_url=reverse("strategy:measure", args=[now.code]),
    )


@require_POST
def assure_measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A stamp on what was read: if the plan has changed since, Klima is asked to look again."""
    found = readable_measure(request, code)
    _klima_only(request)
    try:
        measure_state_actions.assure_plan(
            by=request.user,
            measure=found,
            version=whole_number(request.POST.get("version", ""), 0),
        )
    except StaleObject:
        messages.warning(
            request, _("Tiltaket er endret siden du åpnet siden. Se over planen, og kvalitetssikre igjen.")
        )
    else:
        messages.success(request, _("Planen er kvalitetssikret."))
    return see_other(f"{reverse('strategy:measure', args=[found.code])}#plan")


def _klima_only(request: AuthenticatedRequest) -> None:
    if not rules.may_edit(request.user):
        raise PermissionDenied
