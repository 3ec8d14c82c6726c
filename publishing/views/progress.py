"""How a period goes: every report, whom it waits for and for how long, and what needs a hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.models import UnitReport
from reporting.queries.chain import waiting_of
from reporting.queries.progress import closed_units, measures_outside, moved_responsibilities
from reporting.queries.reports import reports_in
from reporting.queries.usage import median_minutes
from reporting.rules.reports import is_late, past_close
from reporting.views.crumbs import crumbs_of
from reporting.views.period_files import get_period
from reporting.words.chain import SaidWaiting, all_said
from reporting.words.usage import minutes_words
from web.http import render_page
from web.names import naming


@dataclass(frozen=True, slots=True)
class ProgressRow:
    report: UnitReport
    waiting: SaidWaiting
    late: bool


@require_safe
def progress(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """For those who read from inside; Klima also gets the ways to help."""
    period = get_period(code)
    held = duties(request.user)
    now = timezone.now()
    reports = reports_in([period])
    waiting = all_said(waiting_of(reports, now))
    is_open = not past_close(period, now)
    helps = Permission.ASSURE_REPORT in held.permissions
    context = {
        "page_title": _("Framdrift, {period}").format(period=period),
        "crumbs": crumbs_of((_("Framdrift, {period}").format(period=period), "")),
        "period": period,
        "rows": [
            ProgressRow(one, waiting[one.pk], is_late(one, one.first_sent))  # type: ignore[attr-defined]
            for one in reports
        ],
        "counts": _counts(list(waiting.values())),
        "helps": helps,
        "is_open": is_open,
        "may_close": helps and period.closed_at is None and period.opens_at <= now,
        "reads_history": Permission.READ_HISTORY in held.permissions,
        "minutes": minutes_words(median_minutes(period)) if helps else "",
        "nobody": [one for one in waiting.values() if one.lacks_people],
        "closed_units": closed_units(reports) if is_open else [],
        "moved": moved_responsibilities(period) if is_open else [],
        "outside": measures_outside(period) if is_open and helps else [],
        "report_base": reverse("publishing:dashboard", args=[code]),
    }
    return render_page(request, "publishing/progress.html", context)


def _counts(waiting: list[SaidWaiting]) -> list[tuple[str, int]]:
    """(words, how many) of each step that something waits at, in the order of the chain."""
    words = {
        "contact": _("hos virksomhetene"),
        "system": _("i virksomhetsstyringssystemet"),
        "leader": _("til godkjenning hos leder"),
        "area": _("til godkjenning hos området"),
        "climate": naming(_("til kvalitetssikring hos {climate_name}")),
        "done": _("ferdig eller lukket"),
    }
    counted = ((label, sum(one.step == step for one in waiting)) for step, label in words.items())
    return [(label, count) for label, count in counted if count]
