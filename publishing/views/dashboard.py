"""Klimastatus: the period for leadership, of the municipality, an area or a unit."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.rules import AuthenticatedRequest, Duties, duties
from publishing.enums import Audience, DashboardLevel
from publishing.exports.summary_pdf import summary_title
from publishing.queries.audiences import Addressee
from publishing.queries.period_facts import period_facts
from publishing.queries.period_summary import PeriodSummary
from publishing.queries.publications import Published, is_published, published_summary
from publishing.queries.reach import WHOLE, Choice, Reach, Reaches
from publishing.rules.publications import may_preview, may_publish, may_see_level
from publishing.views.publications import dashboard_url, publication_url
from publishing.words.period_summary import summary_of
from publishing.words.summary import budget_name, edition_name, state_line
from publishing.words.summary_page import page_of
from reporting.queries.questions import unanswered
from reporting.queries.reports import period_by_code, periods_newest_first
from reporting.views.period_files import get_period
from web.formats import whole_number
from web.http import render_page, see_other

# In the address: the whole municipality, where an area or a unit is its number.
ALL = "kommunen"
# As many changes as are read at a glance; the rest are a click away.
MOST_CHANGES = 20
# Of the questions between leaders that nobody has answered in time: the oldest.
MOST_QUESTIONS = 10


def dashboard(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The period as it stands, for those who read from inside; what is published, for everybody else.

    A leader sees her own units, and the areas and units below, «til orientering».
    """
    asked = request.GET.get("periode", "")
    if asked and asked != code and period_by_code(asked) is not None:
        return see_other(_with_query(dashboard_url(asked), _kept(request, "niva")))
    period = get_period(code)
    held = duties(request.user)
    reaches = Reaches(period)
    reach = _asked_reach(request, held, reaches)
    single = reach.level == DashboardLevel.UNIT
    published = None if single else published_summary(period, reach.unit_id)
    live = may_see_level(held, reach.unit_id)
    if live:
        summary = summary_of(period_facts(period, reach))
    elif published:
        summary = published.summary
    else:
        raise Http404
    context = _summary_context(request, summary, published, live=live)
    whole = reach == WHOLE or may_see_level(held, None) or is_published(period)
    context |= _level_context(held, reaches, reach, whole=whole)
    context |= _publishing_context(held, code, reach, published)
    newest = context["periods"][:1] == [period]
    # They are not the period's own: who looks back at an older one is not told of what waits today.
    context["late"] = unanswered(units=reach.units)[:MOST_QUESTIONS] if live and newest else ()
    context["today"] = timezone.localdate()
    return render_page(request, "publishing/dashboard.html", context)


def _asked_reach(request: AuthenticatedRequest, held: Duties, reaches: Reaches) -> Reach:
    """The level in the address, or the one a person begins at. For those who may not see it: Http404."""
    asked = request.GET.get("niva", "")
    if not asked:
        return _first_reach(held, reaches)
    if asked == ALL:
        return WHOLE
    found = reaches.of(whole_number(asked, 0))
    if found is None or not may_see_level(held, found.unit_id):
        raise Http404
    return found


def _first_reach(held: Duties, reaches: Reaches) -> Reach:
    """The municipality; for those who only lead a part of it, that part."""
    if may_see_level(held, None) or not held.leader_units:
        return WHOLE
    own = (one.reach for one in reaches.choices() if one.reach.unit_id in held.leader_units)
    return next(own, None) or reaches.of(min(held.leader_units)) or WHOLE


def _level_context(held: Duties, reaches: Reaches, reach: Reach, *, whole: bool) -> dict[str, object]:
    visible = [one for one in reaches.choices() if may_see_level(held, one.reach.unit_id)]
    if reach != WHOLE and all(one.reach != reach for one in visible):
        visible.append(Choice(reach, 0))
    options = [(ALL, _("Hele kommunen"))] if whole else []
    # Indented by em spaces, which a select keeps.
    options += [(str(one.reach.unit_id), "\u2003" * one.depth + one.reach.name) for one in visible]
    return {
        "levels": options if len(options) > 1 else [],
        "level": ALL if reach == WHOLE else str(reach.unit_id),
        "single": reach.level == DashboardLevel.UNIT,
        "part": reach != WHOLE,
        "oriented": reach != WHOLE and not may_see_level(held, None),
    }


def _publishing_context(
    held: Duties, code: str, reach: Reach, published: Published | None
) -> dict[str, object]:
    """Where the summary of this level is ordered and published; a single unit has none."""
    audience = Audience.LEADERSHIP if reach == WHOLE else Audience.AREA
    whom = Addressee(audience, reach.unit_id)
    has_summary = reach.level != DashboardLevel.UNIT
    publish_url = _with_query(reverse("publishing:publish", args=[code]), {"for": whom.slug})
    return {
        "publication": published,
        "publication_url": publication_url(code, whom, published.number, "pdf") if published else "",
        "publications_url": reverse("publishing:publications", args=[code]),
        "whom": whom.slug,
        "may_order": has_summary and may_preview(held, audience),
        "order_url": reverse("publishing:order_summary", args=[code]),
        "publish_url": publish_url if has_summary and may_publish(held, audience) else "",
    }


def _summary_context(
    request: AuthenticatedRequest, summary: PeriodSummary, published: Published | None, *, live: bool
) -> dict[str, Any]:
    at = timezone.now() if live or published is None else published.at
    most = None if request.GET.get("endringer") == "alle" else MOST_CHANGES
    url = dashboard_url(summary.period)
    return {
        "page_title": summary_title(summary),
        "summary": summary,
        "page": page_of(summary, timezone.localdate(at), most_changes=most),
        "state": state_line(summary, at),
        "budget_name": budget_name(summary.basis),
        "edition_name": edition_name(summary.basis),
        "periods": periods_newest_first(),
        "dashboard_url": url,
        "all_changes_url": _with_query(url, _kept(request, "niva") | {"endringer": "alle"}) + "#endret",
        # The report of one unit is this followed by the unit's number.
        "report_base": url if live else "",
    }


def _kept(request: AuthenticatedRequest, name: str) -> dict[str, str]:
    value = request.GET.get(name, "")
    return {name: value} if value else {}


def _with_query(url: str, query: dict[str, str]) -> str:
    return f"{url}?{urlencode(query)}" if query else url
