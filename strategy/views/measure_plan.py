"""Milestones and indicators of a measure: Klima and the unit that answers for it write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest
from strategy import rules
from strategy.actions import measure_plan as plan_actions
from strategy.actions.measure_plan import TargetValue
from strategy.forms.measure_plan import IndicatorForm, MilestoneForm
from strategy.models import Indicator, IndicatorTarget, Measure, Milestone
from strategy.queries.measures import responsible_units
from strategy.views.access import readable_measure
from strategy.views.form_page import add_refusals
from web.concurrency import StaleObject, conflict_fields
from web.formats import (
    format_number,
    whole_number,
)
from web.http import ConflictField, conflict, invalid, render_page, see_other
from web.once import FIELD_NAME
from web.refusals import Refused

MILESTONE_FIELDS = ("title", "due", "done_on")
INDICATOR_FIELDS = ("name", "unit_label", "direction")


@require_http_methods(["GET", "HEAD", "POST"])
def new_milestone(request: AuthenticatedRequest, code: str) -> HttpResponse:
    measure = _own_measure(request, code)
    form = MilestoneForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        plan_actions.add_milestone(
            by=request.user,
            measure=measure,
            **{name: form.cleaned_data[name] for name in MILESTONE_FIELDS},
            token=request.POST.get(FIELD_NAME, ""),
        )
        return _saved(request, measure, _("Milepælen er lagret."))
    return _milestone_page(request, measure, form, _("Ny milepæl"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def milestone(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    row = _part(measure.milestones, pk)
    title = _("Endre milepæl")
    if request.method != "POST":
        initial = {name: getattr(row, name) for name in (*MILESTONE_FIELDS, "version")}
        return _milestone_page(request, measure, MilestoneForm(initial=initial), title, row)
    form = MilestoneForm(request.POST)
    if not form.is_valid():
        return _milestone_page(request, measure, form, title, row)
    try:
        plan_actions.edit_milestone(
            by=request.user,
            milestone=row,
            version=form.cleaned_data["version"] or 0,
            **{name: form.cleaned_data[name] for name in MILESTONE_FIELDS},
        )
    except StaleObject as stale:
        if stale.obj is None:
            return _gone(request, measure)
        yours, theirs = conflict_fields(form, stale.obj, MILESTONE_FIELDS)
        return _conflict(request, measure, "strategy:milestone", stale.obj, yours, theirs, [])
    return _saved(request, measure, _("Milepælen er lagret."))


@require_POST
def remove_milestone(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    return _removed(
        request,
        measure,
        lambda version: plan_actions.remove_milestone(
            by=request.user,
            milestone=_part(measure.milestones, pk),
            version=version,
        ),
        _("Milepælen er fjernet."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def new_indicator(request: AuthenticatedRequest, code: str) -> HttpResponse:
    measure = _own_measure(request, code)
    form = IndicatorForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            plan_actions.add_indicator(
                by=request.user,
                measure=measure,
                **{name: form.cleaned_data[name] for name in INDICATOR_FIELDS},
                targets=form.targets(),
                token=request.POST.get(FIELD_NAME, ""),
            )
        except Refused as refused:
            add_refusals(form, refused)
        else:
            return _saved(request, measure, _("Resultatindikatoren er lagret."))
    return _indicator_page(request, measure, form, _("Ny resultatindikator"), None)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    row = _part(measure.indicators, pk)
    title = _("Endre resultatindikator")
    if request.method != "POST":
        initial = {name: getattr(row, name) for name in (*INDICATOR_FIELDS, "version")}
        form = IndicatorForm(initial=initial, targets=list(row.targets.all()))
        return _indicator_page(request, measure, form, title, row)
    form = IndicatorForm(request.POST)
    if form.is_valid():
        try:
            plan_actions.edit_indicator(
                by=request.user,
                indicator=row,
                version=form.cleaned_data["version"] or 0,
                **{name: form.cleaned_data[name] for name in INDICATOR_FIELDS},
                targets=form.targets(),
            )
        except Refused as refused:
            add_refusals(form, refused)
        except StaleObject as stale:
            if stale.obj is None:
                return _gone(request, measure)
            return _indicator_conflict(request, measure, form, stale.obj)
        else:
            return _saved(request, measure, _("Resultatindikatoren er lagret."))
    return _indicator_page(request, measure, form, title, row)


@require_POST
def remove_indicator(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    measure = _own_measure(request, code)
    return _removed(
        request,
        measure,
        lambda version: plan_actions.remove_indicator(
            by=request.user,
            indicator=_part(measure.indicators, pk),
            version=version,
        ),
        _("Resultatindikatoren er fjernet."),
    )


def _own_measure(request: AuthenticatedRequest, code: str) -> Measure:
    """A measure whose plan the user may write; others may read it, so it is 403 and not 404."""
    measure = readable_measure(request, code)
    unit = responsible_units([measure.pk]).get(measure.pk)
    if not rules.may_edit_plan(request.user, unit):
        raise PermissionDenied
    return measure


def _part(rows: Any, pk: int) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _milestone_page(
    request: AuthenticatedRequest, measure: Measure, form: MilestoneForm, title: str, row: Milestone | None
) -> HttpResponse:
    context = {"page_title": title, "form": form, "measure": measure, "row": row}
    answer = invalid if form.is_bound else render_page
    return answer(request, "strategy/measure_milestone.html", context)


def _indicator_page(
    request: AuthenticatedRequest, measure: Measure, form: IndicatorForm, title: str, row: Indicator | None
) -> HttpResponse:
    forms = [form, *form.rows]
    context = {"page_title": title, "form": form, "forms": forms, "measure": measure, "row": row}
    answer = invalid if form.is_bound else render_page
    return answer(request, "strategy/measure_indicator.html", context)


def _saved(request: AuthenticatedRequest, measure: Measure, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return see_other(f"{reverse('strategy:measure', args=[measure.code])}#plan")


def _gone(request: AuthenticatedRequest, measure: Measure) -> HttpResponse:
    messages.warning(request, _("Noen andre har fjernet den mens du arbeidet. Ingenting er lagret."))
    return see_other(f"{reverse('strategy:measure', args=[measure.code])}#plan")


def _removed(
    request: AuthenticatedRequest, measure: Measure, remove: Callable[[int], None], sentence: str
) -> HttpResponse:
    try:
        remove(whole_number(request.POST.get("version", ""), 0))
    except StaleObject:
        messages.warning(
            request, _("Noen andre endret den mens du arbeidet. Se over, og fjern den igjen om du vil.")
        )
        return see_other(f"{reverse('strategy:measure', args=[measure.code])}#plan")
    return _saved(request, measure, sentence)


def _indicator_conflict(
    request: AuthenticatedRequest, measure: Measure, form: IndicatorForm, now: Indicator
) -> HttpResponse:
    yours, theirs = conflict_fields(form, now, INDICATOR_FIELDS)
    label = _("Måltall")
    stored = [TargetValue(one.year, one.tertial, one.value) for one in now.targets.all()]
    # The row is for reading only: the values themselves are the hidden ones.
    yours.append(ConflictField("vist", label, "", _in_words(form.targets())))
    theirs.append(ConflictField("vist", label, "", _in_words(stored)))
    hidden = [(name, str(value)) for name, value in request.POST.items() if name[:1] == "t" and "-" in name]
    return _conflict(request, measure, "strategy:indicator", now, yours, theirs, hidden)


def _in_words(targets: list[TargetValue]) -> str:
    ordered = sorted(targets, key=lambda one: (one.year, one.tertial or 0))
    return ", ".join(
        f"{IndicatorTarget(year=one.year, tertial=one.tertial).period}: {format_number(one.value)}"
        for one in ordered
    )


def _conflict(
    request: AuthenticatedRequest,
    measure: Measure,
    route: str,
    now: Milestone | Indicator,
    yours: list[ConflictField],
    theirs: list[ConflictField],
    hidden: list[tuple[str, str]],
) -> HttpResponse:
    return conflict(
        request,
        title=_("Noen andre endret planen mens du arbeidet"),
        yours=yours,
        theirs=theirs,
        action_url=reverse(route, args=[measure.code, now.pk]),
        hidden=[("version", str(now.version)), *hidden],
        back_url=reverse("strategy:measure", args=[measure.code]),
    )
