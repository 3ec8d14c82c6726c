"""A measure's head and state: Klima writes."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest
from strategy import rules
from strategy.actions import measure_states as measure_state_actions
from strategy.actions import measures as measure_actions
from strategy.enums import Level, MeasureKind, MeasureState
from strategy.forms.measures import MeasureForm, MoveForm
from strategy.models import MEASURE_STATE_LABELS, Measure
from strategy.queries.measure_table import measure_records
from strategy.views.access import readable_measure
from strategy.views.buttons import press
from strategy.views.crumbs import measure_crumbs
from web.form_page import Done, FormPage, run_form


@require_http_methods(["GET", "HEAD", "POST"])
def new_measure(request: AuthenticatedRequest) -> HttpResponse:
    _klima_only(request)
    page = FormPage(
        title=_("Nytt tiltak eller virkemiddel"),
        back_url=reverse("strategy:measures"),
        done=lambda form: _("Tiltaket %(code)s er lagret.") % {"code": form.cleaned_data["code"]},
        crumbs=measure_crumbs(),
    )

    def make(data: QueryDict | None) -> MeasureForm:
        initial = {"kind": MeasureKind.TILTAK, "level": Level.MUNICIPAL, "state": MeasureState.PROPOSED}
        return MeasureForm(data, initial=initial)

    def create(form: MeasureForm) -> str:
        measure = measure_actions.create_measure(
            by=request.user,
            head=form.head(),
            state=MeasureState(form.cleaned_data["state"]),
            unit=form.cleaned_data["unit"],
        )
        return reverse("strategy:measure", args=[measure.code])

    return run_form(request, page, make, create)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    found = readable_measure(request, code)
    _klima_only(request)
    page = _page(found, _("Rediger %(code)s") % {"code": found.code}, _("Endringene er lagret."))

    def make(data: QueryDict | None) -> MeasureForm:
        record = measure_records([get_object_or_404(Measure, pk=found.pk)])[0]
        return MeasureForm(data, initial=MeasureForm.initial_of(record), record=record)

    def save(form: MeasureForm) -> str:
        version = form.cleaned_data["version"]
        saved = measure_actions.edit_measure(
            by=request.user, measure=found, version=version, head=form.head()
        )
        return reverse("strategy:measure", args=[saved.code])

    return run_form(request, page, make, save)


def _page(found: Measure, title: str, done: Done, *, lead: str = "", button: str = "") -> FormPage:
    return FormPage(
        title=title,
        back_url=reverse("strategy:measure", args=[found.code]),
        done=done,
        button=button,
        crumbs=measure_crumbs(found),
        lead=lead or found.title,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def move_measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    found = readable_measure(request, code)
    _klima_only(request)
    page = _page(
        found,
        _("Endre tilstand"),
        _moved,
        lead=_("%(title)s står nå som «%(state)s».")
        % {"title": found.title, "state": found.get_state_display()},
        button=_("Endre tilstand"),
    )

    def make(data: QueryDict | None) -> MoveForm:
        now = get_object_or_404(Measure, pk=found.pk)
        return MoveForm(data, initial={"version": now.version}, state=now.state)

    def save(form: MoveForm) -> None:
        measure_state_actions.move_measure(
            by=request.user,
            measure=found,
            version=form.cleaned_data["version"],
            state=MeasureState(form.cleaned_data["state"]),
            reason=form.cleaned_data["reason"],
        )

    return run_form(request, page, make, save)


def _moved(form: MoveForm) -> str:
    state = MEASURE_STATE_LABELS[MeasureState(form.cleaned_data["state"])]
    return _("Tilstanden er nå «%(state)s».") % {"state": state}


@require_POST
def assure_measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A stamp on what was read: if the plan has changed since, Klima is asked to look again."""
    found = readable_measure(request, code)
    _klima_only(request)
    return press(
        request,
        lambda version: measure_state_actions.assure_plan(by=request.user, measure=found, version=version),
        done=_("Planen er kvalitetssikret."),
        stale=_("Tiltaket er endret siden du åpnet siden. Se over planen, og kvalitetssikre igjen."),
        url=f"{reverse('strategy:measure', args=[found.code])}#plan",
    )


def _klima_only(request: AuthenticatedRequest) -> None:
    if not rules.may_edit(request.user):
        raise PermissionDenied
