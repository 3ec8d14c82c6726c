"""Milestones and indicators of a measure: Klima and the unit that answers for it write."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest
from strategy import rules
from strategy.actions import measure_plan as plan_actions
from strategy.forms.measure_plan import IndicatorForm, MilestoneForm
from strategy.models import Indicator, Measure, Milestone
from strategy.queries.measures import responsible_units
from strategy.queries.removed import removed
from strategy.views.access import readable_measure
from strategy.views.buttons import already_removed, press
from strategy.views.crumbs import measure_crumbs
from web.form_page import TEMPLATE, FormPage, run_form


@require_http_methods(["GET", "HEAD", "POST"])
def new_milestone(request: AuthenticatedRequest, code: str) -> HttpResponse:
    measure = _own_measure(request, code)

    def add(form: MilestoneForm) -> None:
        plan_actions.add_milestone(by=request.user, measure=measure, **form.values())

    return run_form(request, _page(measure, _("Ny milepæl"), _("Milepælen er lagret.")), MilestoneForm, add)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    row = _part(measure.milestones, pk)
    page = _page(
        measure,
        _("Endre milepæl"),
        _("Milepælen er lagret."),
        template="strategy/measure_milestone.html",
        row=row,
    )

    def make(data: QueryDict | None) -> MilestoneForm:
        return MilestoneForm(data, initial=MilestoneForm.initial_of(_part(measure.milestones, pk)))

    def save(form: MilestoneForm) -> None:
        version = form.cleaned_data["version"] or 0
        plan_actions.edit_milestone(by=request.user, milestone=row, version=version, **form.values())

    return run_form(request, page, make, save)


@require_POST
def remove_milestone(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    if _is_removed(measure, Milestone, pk):
        return already_removed(request, _plan_url(measure))
    row = _part(measure.milestones, pk)
    return press(
        request,
        lambda version: plan_actions.remove_milestone(by=request.user, milestone=row, version=version),
        done=_("Milepælen er fjernet."),
        stale=_changed(),
        url=_plan_url(measure),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_indicator(request: AuthenticatedRequest, code: str) -> HttpResponse:
    measure = _own_measure(request, code)
    page = _page(
        measure,
        _("Ny resultatindikator"),
        _("Resultatindikatoren er lagret."),
        template="strategy/measure_indicator.html",
    )

    def add(form: IndicatorForm) -> None:
        plan_actions.add_indicator(by=request.user, measure=measure, **form.values(), targets=form.targets())

    return run_form(request, page, IndicatorForm, add)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    row = _part(measure.indicators, pk)
    page = _page(
        measure,
        _("Endre resultatindikator"),
        _("Resultatindikatoren er lagret."),
        template="strategy/measure_indicator.html",
        row=row,
    )

    def make(data: QueryDict | None) -> IndicatorForm:
        now = _part(measure.indicators, pk)
        return IndicatorForm(data, initial=IndicatorForm.initial_of(now), targets=list(now.targets.all()))

    def save(form: IndicatorForm) -> None:
        plan_actions.edit_indicator(
            by=request.user,
            indicator=row,
            version=form.cleaned_data["version"] or 0,
            **form.values(),
            targets=form.targets(),
        )

    return run_form(request, page, make, save)


@require_POST
def remove_indicator(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    if _is_removed(measure, Indicator, pk):
        return already_removed(request, _plan_url(measure))
    row = _part(measure.indicators, pk)
    return press(
        request,
        lambda version: plan_actions.remove_indicator(by=request.user, indicator=row, version=version),
        done=_("Resultatindikatoren er fjernet."),
        stale=_changed(),
        url=_plan_url(measure),
    )


def _own_measure(request: AuthenticatedRequest, code: str) -> Measure:
    """A measure whose plan the user may write; others may read it, so it is 403 and not 404."""
    measure = readable_measure(request, code)
    unit = responsible_units([measure.pk]).get(measure.pk)
    if not rules.may_edit_plan(request.user, unit):
        raise PermissionDenied
    return measure


def _is_removed(measure: Measure, kind: type[Milestone | Indicator], pk: int) -> bool:
    row = removed(kind, pk)
    return row is not None and row.measure_id == measure.pk


def _part(rows: Any, pk: int) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _page(
    measure: Measure,
    title: str,
    done: str,
    *,
    template: str = TEMPLATE,
    row: Milestone | Indicator | None = None,
) -> FormPage:
    """`row` is what stands already, and can be removed."""
    url = _plan_url(measure)
    return FormPage(
        title=title,
        back_url=url,
        done=done,
        crumbs=measure_crumbs(measure),
        lead=measure.title,
        template=template,
        context={"measure": measure, "row": row},
    )


def _plan_url(measure: Measure) -> str:
    return f"{reverse('strategy:measure', args=[measure.code])}#plan"


def _changed() -> str:
    return _("Noen andre endret den mens du arbeidet. Se over, og fjern den igjen om du vil.")
