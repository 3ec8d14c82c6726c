"""Where units report and who approves: the settings, and using them in a period that is open."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.actions import settings as setting_actions
from reporting.enums import Place
from reporting.forms.chain import SettingsForm, SetUpForm, UseSettingsForm
from reporting.models import PLACE_LABELS, Period
from reporting.queries.settings import SetUpChange, reporting_settings, set_up_changes, unit_places
from reporting.rules.reports import past_close
from reporting.views.crumbs import report_crumb, start_crumb
from reporting.views.period_files import get_period
from reporting.views.report_page import address, get_report
from web.form_page import FormPage, run_form


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: AuthenticatedRequest) -> HttpResponse:
    """The settings. Open periods stay as they are: using the settings there is a choice of its own."""
    _require_set_up(request)
    units = unit_places()

    def make(data: QueryDict | None) -> SettingsForm:
        return SettingsForm(data, settings=reporting_settings(), units=units)

    def work(form: SettingsForm) -> str:
        setting_actions.save_settings(
            by=request.user,
            version=form.cleaned_data["version"],
            answers=form.answers(),
            places=form.places(),
        )
        return reverse("reporting:settings")

    page = FormPage(
        title=_("Innstillinger for rapportering"),
        back_url=reverse("publishing:index"),
        done=_("Innstillingene er lagret. De gjelder perioder som åpnes fra nå av."),
        crumbs=[start_crumb()],
        lead=_(
            "Innstillingene gjelder perioder som åpnes. "
            "Rapporter i åpne perioder endres bare når du velger det."
        ),
        template="reporting/settings.html",
        context={"open_periods": _open_periods()},
    )
    return run_form(request, page, make, work)


def _open_periods() -> list[tuple[Period, int]]:
    """Periods that are not closed, with how many reports are set up differently from the settings."""
    now = timezone.now()
    periods = Period.objects.filter(closed_at__isnull=True).order_by("-opens_at")
    return [(one, len(set_up_changes(one))) for one in periods if not past_close(one, now)]


@require_http_methods(["GET", "HEAD", "POST"])
def use_settings(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Shows which reports of an open period the settings would change, and changes them when told to."""
    _require_set_up(request)
    period = get_period(code)
    changes = set_up_changes(period)
    page = FormPage(
        title=_("Bruk innstillingene i {period}").format(period=period),
        button=_("Endre rapportene"),
        back_url=reverse("reporting:settings"),
        done=_("Innstillingene er tatt i bruk."),
        crumbs=[start_crumb(), (_("Innstillinger for rapportering"), reverse("reporting:settings"))],
        template="reporting/use_settings.html",
        context={"changes": [(one.report.unit.name, change_words(one)) for one in changes]},
    )

    def work(form: UseSettingsForm) -> None:
        setting_actions.use_settings(
            by=request.user,
            period=period,
            reason=form.cleaned_data["reason"],
            expected=form.cleaned_data["expected"],
        )

    def make(data: QueryDict | None) -> UseSettingsForm:
        return UseSettingsForm(data, initial={"expected": len(changes)})

    return run_form(request, page, make, work)


def change_words(change: SetUpChange) -> str:
    """«rapporteres her i portalen; området skal godkjenne»"""
    parts = []
    if change.place is not None:
        parts.append(_("rapporteres {where}").format(where=PLACE_LABELS[change.place]))
    if change.needs_area is not None:
        parts.append(_("området skal godkjenne") if change.needs_area else _("området skal ikke godkjenne"))
    return "; ".join(parts)


@require_http_methods(["GET", "HEAD", "POST"])
def set_up_report(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Where one report is answered and whether its area approves, in this period only."""
    report, who = get_report(request, code, unit)
    if not who.assures:
        raise PermissionDenied
    page = FormPage(
        title=_("Oppsett for {unit}").format(unit=report.unit),
        button=_("Lagre"),
        back_url=address("report", report),
        done=_("Oppsettet er endret."),
        crumbs=[start_crumb(), report_crumb(report)],
        lead=_("Gjelder bare denne perioden. Det som er svart, blir stående."),
    )

    def work(form: SetUpForm) -> None:
        data = form.cleaned_data
        setting_actions.set_up_report(
            by=request.user,
            report=report,
            version=data["version"],
            place=Place(data["place"]),
            needs_area=data["needs_area"],
            reason=data["reason"],
        )

    def make(data: QueryDict | None) -> SetUpForm:
        fresh, _who = get_report(request, code, unit)
        initial = {"place": fresh.place, "needs_area": fresh.needs_area}
        return SetUpForm(data, version=fresh.version, initial=initial)

    return run_form(request, page, make, work)


def _require_set_up(request: AuthenticatedRequest) -> None:
    if Permission.SET_UP_REPORTING not in duties(request.user).permissions:
        raise PermissionDenied
