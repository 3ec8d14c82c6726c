"""Which measures are in whose report once a period is open, and who answers: for Klima."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.models import User
from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions import measures as measure_actions
from reporting.actions.extensions import extend_deadline
from reporting.forms.chain import AddMeasureForm, MoveForm, ReporterForm
from reporting.forms.periods import ExtensionForm
from reporting.models import MeasureStatus, UnitReport
from reporting.queries.progress import addable_measures
from reporting.rules.reports import why_not_nameable
from reporting.views.crumbs import period_crumb, report_crumb, start_crumb
from reporting.views.period_files import get_period
from reporting.views.report_page import address, get_report
from strategy.models import Responsibility
from web.form_page import FormPage, run_form
from web.formats import whole_number
from web.sorting import NorskSort


@require_http_methods(["GET", "HEAD", "POST"])
def add_measure(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Puts a measure in a report; «tiltak» in the address chooses it, and the unit that answers for it."""
    _require_klima(request)
    period = get_period(code)
    page = FormPage(
        title=_("Legg til et tiltak i {period}").format(period=period),
        button=_("Legg til"),
        back_url=reverse("publishing:progress", args=[code]),
        done=_("Tiltaket er lagt til."),
        crumbs=[start_crumb(), period_crumb(period)],
        lead=_("Det står ved tiltaket at det kom til etter at perioden åpnet, og hvorfor."),
    )
    chosen = whole_number(request.GET.get("tiltak", ""), 0)
    initial: dict[str, object] = {}
    if chosen:
        answers = Responsibility.objects.current().filter(measure=chosen).values_list("unit", flat=True)
        initial = {"measure": chosen, "unit": answers.first()}

    def work(form: AddMeasureForm) -> str:
        data = form.cleaned_data
        added = measure_actions.add_measure(
            by=request.user,
            period=period,
            unit=data["unit"],
            measure=data["measure"],
            reason=data["reason"],
        )
        return address("report", added.report)

    def make(data: QueryDict | None) -> AddMeasureForm:
        return AddMeasureForm(data, measures=addable_measures(period), initial=initial)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def move_measure(request: AuthenticatedRequest, code: str, unit: int, pk: int) -> HttpResponse:
    """Lets another unit answer for one measure, with what is answered."""
    report = _report_for_klima(request, code, unit)
    status = report.statuses.select_related("measure", "report").filter(pk=pk).first()
    if status is None:
        raise Http404
    page = FormPage(
        title=_("Flytt {measure} til en annen rapport").format(measure=status.measure.code),
        button=_("Flytt tiltaket"),
        back_url=address("report", report),
        done=_("Tiltaket er flyttet, med det som var svart."),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=status.measure.title,
        note=_(
            "Svaret følger med, og den som overtar, må bekrefte det. Ansvaret i strategien endres ikke her."
        ),
    )
    answers = Responsibility.objects.current().filter(measure=status.measure_id)
    now_answers = answers.exclude(unit=unit).values_list("unit", flat=True).first()

    def work(form: MoveForm) -> str:
        data = form.cleaned_data
        moved = measure_actions.move_measure(
            by=request.user,
            status=status,
            version=data["version"],
            to_unit=data["unit"],
            reason=data["reason"],
        )
        return address("report", moved.report)

    def make(data: QueryDict | None) -> MoveForm:
        version = MeasureStatus.objects.values_list("version", flat=True).get(pk=pk)
        return MoveForm(data, version=version, unit=now_answers)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """A unit that is closed down: its successor answers for all its measures."""
    report = _report_for_klima(request, code, unit)
    page = FormPage(
        title=_("Overfør rapporten til {unit}").format(unit=report.unit),
        button=_("Overfør rapporten"),
        back_url=address("report", report),
        done=_("Rapporten er overført, med det som var svart."),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=_("Etterfølgeren svarer for alle tiltakene. Loggen og det som er sendt, blir stående."),
    )

    def work(form: MoveForm) -> str:
        data = form.cleaned_data
        moved = measure_actions.hand_over_report(
            by=request.user,
            report=report,
            version=data["version"],
            to_unit=data["unit"],
            reason=data["reason"],
        )
        return address("report", moved.report)

    def make(data: QueryDict | None) -> MoveForm:
        return MoveForm(data, version=UnitReport.objects.get(pk=report.pk).version)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def name_reporter(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Names somebody to report for a unit that has nobody. A KF names its own; its page takes proposals."""
    report = _report_for_klima(request, code, unit)
    page = FormPage(
        title=_("Hvem rapporterer for {unit}?").format(unit=report.unit),
        button=_("Pek ut"),
        back_url=reverse("publishing:progress", args=[code]),
        done=_("Personen er satt opp som kontaktperson fra i dag."),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=_("Den du peker ut, blir kontaktperson for virksomheten fra i dag, også i andre perioder."),
        closed=why_not_nameable(report.unit),
        template="reporting/name_reporter.html",
        context={"unit_url": reverse("organisation:unit", args=[unit])},
    )

    def work(form: ReporterForm) -> None:
        data = form.cleaned_data
        measure_actions.name_reporter(
            by=request.user, report=report, user=data["user"], reason=data["reason"]
        )

    def make(data: QueryDict | None) -> ReporterForm:
        people = User.objects.filter(is_active=True).order_by(NorskSort("name"), "pk")
        return ReporterForm(data, people=people)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """More time for one unit."""
    report = _report_for_klima(request, code, unit)
    page = FormPage(
        title=_("Utsett fristen for {unit}").format(unit=report.unit),
        button=_("Utsett fristen"),
        back_url=address("report", report),
        done=lambda form: " ".join([_("Fristen er utsatt."), *form.notes()]),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=_("Bare denne virksomheten får lengre frist. Svar innen den nye fristen er ikke for sent."),
    )

    def work(form: ExtensionForm) -> None:
        data = form.cleaned_data
        extend_deadline(
            by=request.user,
            report=report,
            version=data["version"],
            contact_deadline=data["contact_deadline"],
            leader_deadline=data["leader_deadline"],
            reason=data["reason"],
        )

    def make(data: QueryDict | None) -> ExtensionForm:
        fresh, _who = get_report(request, code, unit)
        return ExtensionForm(data, report=fresh)

    return run_form(request, page, make, work)


def _require_klima(request: AuthenticatedRequest) -> None:
    if Permission.ASSURE_REPORT not in duties(request.user).permissions:
        raise PermissionDenied


def _report_for_klima(request: AuthenticatedRequest, code: str, unit: int) -> UnitReport:
    report, who = get_report(request, code, unit)
    if not who.assures:
        raise PermissionDenied
    return report
