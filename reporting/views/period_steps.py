"""The steps of the analysis unit in a period."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions.period_steps import finish_step, set_step_deadline, undo_step
from reporting.enums import PeriodStepKind
from reporting.forms.period_steps import StepDeadlineForm, StepForm, day_of
from reporting.models import Period
from reporting.queries.period_steps import StepState, step_of
from reporting.views.crumbs import start_crumb
from reporting.views.period_files import get_period
from reporting.views.report_cards import version_in
from web.concurrency import STALE, StaleObject
from web.form_page import FormPage, run_form
from web.http import see_other


@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: AuthenticatedRequest, code: str, kind: str) -> HttpResponse:
    """The step is done, with what was found."""
    period, step = _found(code, kind)
    page = _page(period, step, _("Fullfør steget"), _("Merk som gjort"), _("Steget er merket som gjort."))
    if request.method != "POST" and step.done:
        return see_other(page.back_url)

    def make(data: QueryDict | None) -> StepForm:
        now = step_of(period, step.kind)
        return StepForm(data, initial={"comment": now.comment, "version": now.version})

    def work(form: StepForm) -> None:
        finish_step(by=request.user, period=period, kind=step.kind, **form.cleaned_data)

    return run_form(request, page, make, work)


@require_POST
def undo(request: AuthenticatedRequest, code: str, kind: str) -> HttpResponse:
    """The step is not done after all."""
    period, step = _found(code, kind)
    try:
        undo_step(
            by=request.user,
            period=period,
            kind=step.kind,
            version=version_in(request.POST.get("version", "")),
        )
    except StaleObject:
        messages.error(request, str(STALE))
    else:
        messages.success(request, _("Steget er åpnet igjen."))
    return see_other(reverse("reporting:money", args=[code]))


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: AuthenticatedRequest, code: str, kind: str) -> HttpResponse:
    """When the step is due."""
    period, step = _found(code, kind)
    permissions = duties(request.user).permissions
    if not {Permission.ANALYSE_PERIOD, Permission.ASSURE_REPORT} & permissions:
        raise PermissionDenied
    page = _page(period, step, _("Frist for steget"), _("Lagre fristen"), _("Fristen er lagret."))

    def make(data: QueryDict | None) -> StepDeadlineForm:
        now = step_of(period, step.kind)
        return StepDeadlineForm(data, initial={"due_on": day_of(now.due_at), "version": now.version})

    def work(form: StepDeadlineForm) -> None:
        set_step_deadline(
            by=request.user,
            period=period,
            kind=step.kind,
            version=form.cleaned_data["version"],
            due_at=form.due_at,
        )

    return run_form(request, page, make, work)


def _found(code: str, kind: str) -> tuple[Period, StepState]:
    period = get_period(code)
    if kind not in list(PeriodStepKind):
        raise Http404
    return period, step_of(period, PeriodStepKind(kind))


def _page(period: Period, step: StepState, title: str, button: str, done: str) -> FormPage:
    back = reverse("reporting:money", args=[period.code])
    return FormPage(
        title=title,
        button=button,
        back_url=back,
        done=done,
        crumbs=[start_crumb(), (_("Penger, {period}").format(period=period), back)],
        lead=str(capfirst(step.label)),
        facts=[(_("Hva som skal være på plass"), step.what)],
    )
