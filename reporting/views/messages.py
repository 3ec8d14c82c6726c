"""The page of mail: what will be sent, what was sent, what failed. And everybody's calendar file.

Klima acts on it, the auditor reads it.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.models import User
from organisation.rules import AuthenticatedRequest, Permission, has_permission
from reporting.actions.messages import release_escalation, retry_message
from reporting.forms.messages import ReleaseForm
from reporting.models import Period, ReportMessage
from reporting.queries.calendar import calendar_of
from reporting.queries.message_facts import facts_of
from reporting.queries.message_overview import log_of, overview_of, planned_message, queue_state
from reporting.queries.reports import period_by_code, report_of
from reporting.rules.messages import why_not_releasable
from reporting.views.crumbs import start_crumb
from reporting.words.calendar import calendar_events
from reporting.words.messages import letters
from web.calendar_file import calendar_file
from web.downloads import download
from web.enums import MailState
from web.form_page import FormPage, run_form, show_form
from web.http import render_page, see_other

PAGE_SIZE = 50


@require_safe
def overview(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """What will be sent to whom, reports beyond their deadline, and the log."""
    period = _period(code)
    log = log_of(period)
    pages: Paginator[ReportMessage] = Paginator(log, PAGE_SIZE)
    page: Page[ReportMessage] = pages.get_page(request.GET.get("side"))
    now = timezone.now()
    context = {
        "page_title": _("Varsler, {period}").format(period=period),
        "period": period,
        "overview": overview_of(period, now),
        "failed": list(log.filter(mail__state=MailState.FAILED)),
        "page": page,
        "queue": queue_state(),
        "sends_mail": settings.SENDS_MAIL,
        "today": timezone.localdate(now),
        "may_act": _may_act(request),
    }
    return render_page(request, "reporting/messages.html", context)


@require_safe
def planned(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A message to come, as it would be written now."""
    period = _period(code)
    found = planned_message(period, request.GET.get("melding", ""), timezone.now())
    if found is None:
        raise Http404
    names = {found.message.user: found.name}
    _due, words = next(letters([found.message], names, found.materials))
    context = {
        "page_title": words.subject,
        "period": period,
        "day": found.day,
        "name": found.name,
        "text": words.text,
        "mail": None,
        "retry_url": "",
    }
    return render_page(request, "reporting/message.html", context)


@require_safe
def message(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """A message as it was queued, and what came of it."""
    found = _message(code, pk)
    may_retry = found.mail.state == MailState.FAILED and _may_act(request)
    context = {
        "page_title": found.mail.subject,
        "period": found.period,
        "mail": found.mail,
        "text": found.mail.text,
        "retry_url": reverse("reporting:retry_message", args=[code, pk]) if may_retry else "",
    }
    return render_page(request, "reporting/message.html", context)


@require_POST
def retry(request: AuthenticatedRequest, code: str, pk: int) -> HttpResponse:
    """Puts a failed mail back in the queue. The second click finds it there, and says the same."""
    found = _message(code, pk)
    retry_message(by=_user(request), message=found)
    messages.success(request, _("E-posten er lagt i kø og blir forsøkt sendt igjen."))
    return see_other(reverse("reporting:messages", args=[code]))


@require_http_methods(["GET", "HEAD", "POST"])
def release(request: AuthenticatedRequest, code: str, unit: int) -> HttpResponse:
    """Lets the leader above a unit hear that its report is overdue, with a reason."""
    report = report_of(code, unit)
    if report is None:
        raise Http404
    now = timezone.now()
    facts = facts_of(report.period, now, [report.pk])
    above = User.objects.filter(pk__in=facts.reports[0].leaders_above).order_by("name")
    why_not = why_not_releasable(facts, facts.reports[0], now)
    back_url = reverse("reporting:messages", args=[code])
    page = FormPage(
        title=_("Varsle lederen over {unit}").format(unit=report.unit.name),
        button=_("Varsle lederen over"),
        back_url=back_url,
        done=_("Lederen over blir varslet."),
        crumbs=[start_crumb(), (_("Varsler"), back_url)],
        lead=f"{report.unit.name} · {report.get_state_display()}",
        note=_("{names} får e-post om at klimarapporten for {period} mangler.").format(
            names=", ".join(user.name for user in above), period=report.period
        ),
        closed=why_not,
    )
    if why_not and request.method != "POST":
        # Nobody has tried anything yet: the page says why there is nothing to do.
        return show_form(request, page, None, closed=why_not)

    def work(form: ReleaseForm) -> None:
        release_escalation(by=request.user, report=report, reason=form.cleaned_data["reason"])

    return run_form(request, page, ReleaseForm, work)


@require_safe
def calendar(request: AuthenticatedRequest) -> HttpResponse:
    """The user's own deadlines as a file for her calendar."""
    now = timezone.now()
    content = calendar_file(
        calendar_events(calendar_of(_user(request), now)),
        name=_("Frister i klimarapporteringen"),
        made_at=now,
    )
    return download(content, "klimarapportering.ics")


def _may_act(request: AuthenticatedRequest) -> bool:
    return has_permission(request.user, Permission.ASSURE_REPORT)


def _period(code: str) -> Period:
    found = period_by_code(code)
    if found is None:
        raise Http404
    return found


def _message(code: str, pk: int) -> ReportMessage:
    found = ReportMessage.objects.select_related("mail", "period").filter(pk=pk).first()
    if found is None or found.period.code != code:
        raise Http404
    return found


def _user(request: AuthenticatedRequest) -> User:
    return request.user
