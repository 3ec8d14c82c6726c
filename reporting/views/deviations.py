"""Deviations: the list, and one of them with its whole story."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisation.rules import AuthenticatedRequest, Permission, duties
from reporting.exports.deviations import deviations_sheet
from reporting.forms.deviations import DeviationFilter
from reporting.models import Deviation
from reporting.queries.delays import years_summed
from reporting.queries.deviation_story import story_of
from reporting.queries.deviations import overdue, tonnes_together, visible_deviations
from reporting.rules.deviations import DeviationAccess, deviation_access, level_words
from reporting.words.deviation_story import chapters
from web.downloads import sheets_download
from web.http import render_page

PAGE_SIZE = 50


@require_safe
def deviations(request: AuthenticatedRequest) -> HttpResponse:
    """Filters live in the address; what cannot be understood there is told, and filters nothing."""
    user = request.user
    # The list tells the names of units and how they are doing: for those who have a part in it.
    if not _has_a_part(request):
        raise Http404
    chosen = _filtered(request)
    pages: Paginator[Deviation] = Paginator(chosen.qs, PAGE_SIZE)
    page: Page[Deviation] = pages.get_page(request.GET.get("side"))
    everything = visible_deviations(user)
    today = timezone.localdate()
    context = {
        "page_title": _("Avvik"),
        "filter": chosen,
        "page": page,
        "rows": page.object_list,
        "count": pages.count,
        "overdue_count": overdue(everything, today).count(),
        "tonnes": tonnes_together(row for row in chosen.qs if row.is_open),
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "query": query_without_page(request),
        "today": today,
    }
    return render_page(request, "reporting/deviations.html", context, partials={"avvik": "deviations"})


@require_safe
def deviations_export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """What the list shows, all pages of it."""
    if not _has_a_part(request):
        raise Http404
    sheet = deviations_sheet(_filtered(request).qs, timezone.localdate())
    return sheets_download([sheet], "avvik", file_format)


@require_safe
def deviation(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    found, who = get_deviation(request, pk)
    status = found.status
    context = {
        "page_title": _("Avvik i {measure}").format(measure=found.measure),
        "deviation": found,
        "who": who,
        "level": level_words(found.decision_level),
        "story": chapters(story_of(found)),
        "on_plan_again": found.is_open and not status.off_plan,
        "late": found.is_open and found.due_on is not None and found.due_on < timezone.localdate(),
        "years": years_of(found),
    }
    return render_page(request, "reporting/deviation.html", context)


def get_deviation(request: AuthenticatedRequest, pk: int) -> tuple[Deviation, DeviationAccess]:
    """The deviation and what the user is to it. To a stranger it does not exist: raises Http404."""
    rows = Deviation.objects.select_related(
        "measure", "unit__parent", "owner", "closed_by", "decision", "status__report__period__budget", "line"
    )
    found = rows.filter(pk=pk).first()
    who = deviation_access(request.user, found) if found else DeviationAccess()
    if found is None or not who.reads:
        raise Http404
    return found, who


def query_without_page(request: AuthenticatedRequest) -> str:
    """The filters of the address without the page, for links to other pages and to the files."""
    query = request.GET.copy()
    query.pop("side", None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return query.urlencode()


def years_of(found: Deviation) -> str:
    """«2026–2030», the years the tonnes at stake are summed over."""
    years = years_summed(found.status.report.period.budget)
    return f"{years[0]}–{years[-1]}"


def _has_a_part(request: AuthenticatedRequest) -> bool:
    user = request.user
    held = duties(user)
    inside = Permission.READ_INTERNAL in held.permissions
    return inside or bool(held.own_units | held.units_below) or user.deviations.exists()


def _filtered(request: AuthenticatedRequest) -> DeviationFilter:
    return DeviationFilter(request.GET, queryset=visible_deviations(request.user))
