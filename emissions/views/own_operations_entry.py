"""Entering activities of a year: one cell as it is typed, or a whole form without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.own_operations import ActivityChange, set_activities
from emissions.enums import Scope
from emissions.importers.activities import parse_quantity
from emissions.models import Activity, ActivityType
from emissions.queries.own_operations import (
    activity_rows,
    activity_types,
    missing_figures,
    sum_amounts,
    was_open,
)
from emissions.rules import may_enter, may_enter_some
from emissions.views.access import check_year, visible_unit
from emissions.views.own_operations_grid import (
    FORM_ID,
    key_of,
    no_factor,
    page_context,
    stored_text,
    tonnes_cell,
    total_cell,
)
from organisation.models import Unit
from organisation.queries.units import responsible_choices
from organisation.rules import AuthenticatedRequest, duties
from web.grid_cells import At, CellError, Grid, Posted, Standing, Told, posted_cells, save_cell, save_cells
from web.http import invalid, render_page, see_other

_FIGURE = re.compile(r"effect-([0-9]{1,18})-([0-9]{1,18})-([0-9]{4})")
PAGE = "emissions/own_entry.html"


@require_safe
def units(request: AuthenticatedRequest, year: int) -> HttpResponse:
    """The units she may enter for; straight on to the form when there is only one."""
    held = duties(request.user)
    check_year(year)
    if not may_enter_some(held):
        raise Http404
    known = [unit for unit in responsible_choices() if may_enter(held, unit.pk) and was_open(unit, year)]
    if len(known) == 1:
        return see_other(entry_url(year, known[0].pk))
    filled: dict[int, int] = {}
    for row in activity_rows(of_year=year):
        filled[row.activity.unit_id] = filled.get(row.activity.unit_id, 0) + (not row.is_blank)
    missing = missing_figures(year)
    context = {
        "page_title": _("Før aktiviteter for {year}").format(year=year),
        "year": year,
        "lines": [(unit, filled.get(unit.pk, 0), missing.get(unit.pk, 0)) for unit in known],
    }
    return render_page(request, "emissions/own_units.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: AuthenticatedRequest, year: int, unit_id: int) -> HttpResponse:
    """The grid of one unit; posted without JavaScript it saves every cell, or none.

    Those who see the unit's account without entering it get the figures to read.
    """
    unit = visible_unit(request, unit_id, year)
    if request.method != "POST":
        editable = may_enter(duties(request.user), unit_id)
        return render_page(request, PAGE, page_context(unit, year, editable=editable))
    kinds = {kind.pk: kind for kind in activity_types()}
    return save_cells(
        request,
        _grid(request, unit, year, kinds),
        _all_posted(request, unit, year, kinds),
        lambda changes: set_activities(by=request.user, changes=changes),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def save_figure(request: AuthenticatedRequest, year: int, unit_id: int, type_id: int) -> HttpResponse:
    """One figure. Answers with the tonnes it moved."""
    unit = visible_unit(request, unit_id, year)
    if request.method != "POST":
        return see_other(entry_url(year, unit_id))
    kind = get_object_or_404(ActivityType, pk=type_id)

    def save(change: ActivityChange) -> None:
        set_activities(by=request.user, changes=[change])

    return save_cell(request, _grid(request, unit, year, {type_id: kind}), type_id, save, _tell)


def entry_url(year: int, unit_id: int) -> str:
    """Where one unit's activities of a year are entered."""
    return reverse("emissions:own_entry", args=[year, unit_id])


def _all_posted(
    request: AuthenticatedRequest, unit: Unit, year: int, kinds: Mapping[int, object]
) -> dict[int, Posted]:
    """Every cell in the form by type. Raises Http404 for another unit's, another year's or an unknown one."""

    def place(match: re.Match[str]) -> int:
        unit_id, type_id, of_year = map(int, match.groups())
        if (unit_id, of_year) != (unit.pk, year) or type_id not in kinds:
            raise Http404
        return type_id

    return posted_cells(request.POST, _FIGURE, place)


def _grid(
    request: AuthenticatedRequest, unit: Unit, year: int, kinds: Mapping[int, ActivityType]
) -> Grid[int, ActivityChange]:
    """The unit's activities of the year; a cell is told by its type."""

    def read(type_id: int, posted: Posted) -> ActivityChange:
        quantity, reason = parse_quantity(posted.typed)
        return ActivityChange(unit, kinds[type_id], year, quantity, reason, posted.version)

    def whole(errors: Mapping[int, CellError], status: int) -> HttpResponse:
        return invalid(request, PAGE, page_context(unit, year, errors=errors), status=status)

    return Grid(
        at=lambda type_id: At(key_of(unit.pk, type_id, year)),
        read=read,
        place=lambda change: change.activity_type.pk,
        label=lambda change: f"{change.activity_type.name}, {year}",
        standing=_standing,
        whole=whole,
        template="emissions/own_cell.html",
        title=lambda: _("{unit}: noen andre har lagret").format(unit=unit.name),
        back_url=lambda: entry_url(year, unit.pk),
        done=_("Aktivitetene er lagret."),
        form_id=FORM_ID,
    )


def _standing(activity: Activity | None) -> Standing:
    return Standing(stored_text(activity), activity.version if activity else 0)


def _tell(change: ActivityChange, saved: object) -> Told:
    """The cell as it stands, its tonnes, and the sum of the account it is in."""
    rows = activity_rows(unit_id=change.unit.pk, scope=Scope(change.activity_type.scope))
    of_year = [row for row in rows if row.activity.year == change.year]
    own = next((row for row in of_year if row.activity.activity_type_id == change.activity_type.pk), None)
    note = no_factor(change.year) if own and own.lacks_factor else ""
    now = _standing(own.activity if own else None)._replace(note=note)
    total = sum_amounts(row.amount for row in of_year if not row.is_blank)
    sums = tonnes_cell(key_of(*change.key), own) + total_cell(
        change.activity_type.scope, total, bool(of_year)
    )
    return Told(now, {"sums": SafeString(sums)})
