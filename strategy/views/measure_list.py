"""The list of measures, and what is shown there as a spreadsheet."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisation.rules import AuthenticatedRequest, duties
from strategy import rules
from strategy.exports.measures import FILE_NAMES, measures_file
from strategy.forms.measure_list import MeasureFilter
from strategy.queries.measure_list import listed_page, visible_measures
from strategy.views.measure_rows import rows_markup
from web.downloads import download
from web.formats import whole_number
from web.http import render_page

PAGE_SIZE = 50
PARTS = {"tiltak": "measures"}


@require_safe
def all_measures(request: AuthenticatedRequest) -> HttpResponse:
    """Filters live in the address; what cannot be understood there is told, and filters nothing."""
    chosen = _filtered(request)
    listed = listed_page(chosen.qs, _page_number(request), PAGE_SIZE)
    may_edit = rules.may_edit(request.user)
    context = {
        "page_title": _("Tiltak og virkemidler"),
        "filter": chosen,
        "rows": rows_markup(listed.rows),
        "page": Paginator(range(listed.count), PAGE_SIZE).get_page(listed.number),
        "count": listed.count,
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "query": _query(request),
        "may_edit": may_edit,
        "own_units": _own_units(request, chosen),
    }
    return render_page(request, "strategy/measures.html", context, partials=PARTS)


@require_safe
def export_measures(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """What the list shows, all pages of it."""
    if file_format not in FILE_NAMES:
        raise Http404
    return download(measures_file(_filtered(request).qs, file_format), FILE_NAMES[file_format])


def _own_units(request: AuthenticatedRequest, chosen: MeasureFilter) -> list[tuple[int, str]]:
    """Those of her units that answer for measures, unless she has chosen one already; no query."""
    own = duties(request.user).own_units
    if chosen.form["virksomhet"].value():
        return []
    return [(pk, name) for pk, name in chosen.filters["virksomhet"].extra["choices"] if pk in own]


def _filtered(request: AuthenticatedRequest) -> MeasureFilter:
    drafts = rules.may_read_drafts(request.user)
    return MeasureFilter(request.GET, queryset=visible_measures(drafts=drafts), drafts=drafts)


def _page_number(request: AuthenticatedRequest) -> int:
    """The page asked for; the first where the address holds no number."""
    return whole_number(request.GET.get("side", ""), 1)


def _query(request: AuthenticatedRequest) -> str:
    """The filters of the address without the page, for links to other pages and to the files."""
    query = request.GET.copy()
    query.pop("side", None)
    for name in [name for name, value in query.items() if not value]:
        del query[name]
    return query.urlencode()
