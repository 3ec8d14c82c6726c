"""Pages of a period for Klima: opening it, moving its deadlines, closing it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.queries.year import year_plan
from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions import periods as period_actions
from reporting.enums import PeriodKind, ReportState
from reporting.forms.chain import VersionedForm
from reporting.forms.periods import DeadlinesForm, OpenPeriodForm
from reporting.queries.chain import waiting_of
from reporting.queries.opening import Opening, adopted_budgets, next_period_guess, opening_of
from reporting.queries.reports import reports_in
from reporting.rules.deadlines import suggested_deadlines
from reporting.views.crumbs import period_crumb, start_crumb
from reporting.views.period_files import get_period
from reporting.words.chain import all_said
from web.form_page import FormPage, run_form, show_form
from web.formats import whole_number

ASK = "vis"
PREVIEW = "oversikt"


@require_http_methods(["GET", "HEAD", "POST"])
def open_period(request: AuthenticatedRequest) -> HttpResponse:
    """GET suggests, and with «vis=oversikt» shows what opening will make; POST opens."""
    _require_klima(request)
    page = _open_page()
    if request.method == "POST":
        return run_form(request, page, OpenPeriodForm, lambda form: _open(request, form))
    if request.GET.get(ASK) != PREVIEW:
        return show_form(request, page, _suggestion(request.GET))
    form = OpenPeriodForm(request.GET)
    if not form.is_valid():
        return show_form(request, page, form, status=422)
    opening = opening_of(form.cleaned_data["budget"], timezone.localdate())
    return show_form(request, _open_page(opening), form)


def _suggestion(asked: QueryDict) -> OpenPeriodForm:
    """The form for the period that is asked for, or the next one, with deadlines that can be changed."""
    year, kind = next_period_guess(timezone.localdate())
    wanted_year, wanted_kind, wanted = (asked.get(name, "") for name in ("year", "kind", "budget"))
    if 2000 <= (number := whole_number(wanted_year, 0)) <= 2100:
        year = number
    if wanted_kind in list(PeriodKind):
        kind = PeriodKind(wanted_kind)
    budgets = adopted_budgets()
    budget = budgets.filter(pk=wanted).first() if wanted.isdecimal() and len(wanted) < 10 else None
    budget = budget or budgets.filter(year=year).first() or budgets.first()
    return OpenPeriodForm(
        stored=suggested_deadlines(year, kind, timezone.now(), year_plan()),
        initial={
            "year": year,
            "kind": kind,
            "budget": budget.pk if budget else None,
            "case_number": asked.get("case_number", ""),
        },
    )


def _open(request: AuthenticatedRequest, form: OpenPeriodForm) -> str:
    data = form.cleaned_data
    period = period_actions.open_period(
        by=request.user,
        year=data["year"],
        kind=PeriodKind(data["kind"]),
        budget=data["budget"],
        case_number=data["case_number"],
        **form.deadlines(),
    )
    return reverse("publishing:progress", args=[period.code])


def _open_page(opening: Opening | None = None) -> FormPage:
    return FormPage(
        title=_("Åpne en rapporteringsperiode"),
        back_url=reverse("publishing:index"),
        done=lambda form: " ".join([_("Rapporteringen er åpnet."), *form.notes()]),
        crumbs=[start_crumb()],
        template="reporting/open_period.html",
        context={"opening": opening, "has_budgets": adopted_budgets().exists()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def deadlines(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """New deadlines for everybody, until the period is closed."""
    _require_klima(request)
    period = get_period(code)
    back = reverse("publishing:progress", args=[code])
    page = FormPage(
        title=_("Endre frister for {period}").format(period=period),
        button=_("Lagre"),
        back_url=back,
        done=lambda form: " ".join([_("Fristene er endret."), *form.notes()]),
        crumbs=[start_crumb(), period_crumb(period)],
        lead=_("Fristene gjelder alle. Én virksomhet kan få lengre frist fra rapportens egen side."),
    )
    opened = period.opens_at <= timezone.now()

    def work(form: DeadlinesForm) -> None:
        period_actions.change_deadlines(
            by=request.user,
            period=period,
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
            case_number=form.cleaned_data["case_number"],
            **form.deadlines(),
        )

    def make(data: QueryDict | None) -> DeadlinesForm:
        return DeadlinesForm(data, period=get_period(code), opened=opened)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Asks before it closes: names what is not finished, and says what closing does."""
    _require_klima(request)
    period = get_period(code)
    now = timezone.now()
    reports = [one for one in reports_in([period]) if one.handed_over_to_id is None]
    waiting = all_said(waiting_of(reports, now))
    page = FormPage(
        title=_("Lukke {period}?").format(period=period),
        button=_("Lukk perioden"),
        back_url=reverse("publishing:progress", args=[code]),
        done=_("Perioden er lukket."),
        crumbs=[start_crumb(), period_crumb(period)],
        danger=True,
        template="reporting/close.html",
        context={
            "period": period,
            "unfinished": [waiting[one.pk] for one in reports if one.state != ReportState.ASSURED],
            "early": period.closed_at is None and now < period.closes_at,
        },
    )

    def work(form: Any) -> None:
        period_actions.close_period(by=request.user, period=period, version=form.cleaned_data["version"])

    def make(data: QueryDict | None) -> VersionedForm:
        return VersionedForm(data, version=get_period(code).version)

    return run_form(request, page, make, work)


def _require_klima(request: AuthenticatedRequest) -> None:
    if Permission.ASSURE_REPORT not in duties(request.user).permissions:
        raise PermissionDenied
