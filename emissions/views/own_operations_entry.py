"""Entering activities of a year: one cell as it is typed, or a whole form without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from emissions.actions.own_operations import ActivityChange, StaleActivities, set_activities
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
    Posted,
    key_of,
    no_factor,
    page_context,
    stored_text,
    tonnes_cell,
    total_cell,
)
from organisation.models import Unit
from organisation.queries import responsible_choices
from organisation.rules import AuthenticatedRequest, duties
from web.formats import whole_number
from web.grid import GridCell
from web.http import invalid, render_page, see_other, wants_part
from web.refusals import Refused

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
    types = {kind.pk: kind for kind in activity_types()}
    posted = _all_posted(request.POST, unit, year, types)
    changes, errors = _changes(posted, unit, year, types)
    if not errors:
        try:
            set_activities(by=request.user, changes=changes)
        except StaleActivities as stale:
            return _stale_page(request, unit, year, posted, stale)
        except Refused as refused:
            errors = {change.activity_type.pk: str(refused) for change in changes}
        else:
            messages.success(request, _("Aktivitetene er lagret."))
            return see_other(request.path)
    context = page_context(unit, year, posted=posted, errors=errors)
    return invalid(request, PAGE, context)


@require_http_methods(["GET", "HEAD", "POST"])
def save_cell(request: AuthenticatedRequest, year: int, unit_id: int, type_id: int) -> HttpResponse:
    """One figure. Answers with its message and the tonnes it moved, never with the cell itself."""
    unit = visible_unit(request, unit_id, year)
    if request.method != "POST":
        return see_other(entry_url(year, unit_id))
    kind = get_object_or_404(ActivityType, pk=type_id)
    posted = _posted(request.POST, key_of(unit_id, type_id, year))
    try:
        quantity, reason = parse_quantity(posted.typed)
        change = ActivityChange(unit, kind, year, quantity, reason, posted.version)
        set_activities(by=request.user, changes=[change])
    except StaleActivities as stale:
        if not wants_part(request):
            return _stale_page(request, unit, year, {type_id: posted}, stale)
        return _somebody_else(request, change, posted, stale.found[0][1])
    except (Refused, ValueError) as refused:
        if not wants_part(request):
            context = page_context(unit, year, posted={type_id: posted}, errors={type_id: str(refused)})
            return invalid(request, PAGE, context)
        key = key_of(unit_id, type_id, year)
        cell = _cell(key, posted.typed, max(posted.version, 0), error=str(refused))
        return render_page(request, "emissions/own_cell.html", {"cell": cell, "sums": ""}, status=422)
    if not wants_part(request):
        return see_other(entry_url(year, unit_id))
    return _saved(request, change)


def entry_url(year: int, unit_id: int) -> str:
    """Where one unit's activities of a year are entered."""
    return reverse("emissions:own_entry", args=[year, unit_id])


def _posted(data: QueryDict, key: str) -> Posted:
    return Posted(data.get(f"effect-{key}", ""), whole_number(data.get(f"version-{key}", ""), -1))


def _all_posted(data: QueryDict, unit: Unit, year: int, types: Mapping[int, object]) -> dict[int, Posted]:
    """Every cell in the form by type. Raises Http404 for another unit's, another year's or an unknown one."""
    found = {}
    for name in data:
        if match := _FIGURE.fullmatch(name):
            unit_id, type_id, of_year = map(int, match.groups())
            if (unit_id, of_year) != (unit.pk, year) or type_id not in types:
                raise Http404
            found[type_id] = _posted(data, key_of(unit_id, type_id, of_year))
    return found


def _changes(
    posted: Mapping[int, Posted], unit: Unit, year: int, types: Mapping[int, ActivityType]
) -> tuple[list[ActivityChange], dict[int, str]]:
    changes, errors = [], {}
    for type_id, cell in posted.items():
        try:
            quantity, reason = parse_quantity(cell.typed)
        except ValueError as refused:
            errors[type_id] = str(refused)
            continue
        changes.append(ActivityChange(unit, types[type_id], year, quantity, reason, cell.version))
    return changes, errors


def _cell(
    key: str, value: str, version: int, *, error: str = "", saved: str = "", note: str = ""
) -> GridCell:
    """The cell for its answer, which has no use for a label."""
    return GridCell(key, FORM_ID, value, str(version), "", error, saved, note)


def _saved(request: AuthenticatedRequest, change: ActivityChange) -> HttpResponse:
    rows = activity_rows(unit_id=change.unit.pk, scope=Scope(change.activity_type.scope))
    of_year = [row for row in rows if row.activity.year == change.year]
    own = next((row for row in of_year if row.activity.activity_type_id == change.activity_type.pk), None)
    note = no_factor(change.year) if own and own.lacks_factor else ""
    version = own.activity.version if own else 0
    cell = _cell(key_of(*change.key), stored_text(own.activity if own else None), version, note=note)
    total = sum_amounts(row.amount for row in of_year if not row.is_blank)
    sums = tonnes_cell(key_of(*change.key), own) + total_cell(
        change.activity_type.scope, total, bool(of_year)
    )
    return render_page(request, "emissions/own_cell.html", {"cell": cell, "sums": SafeString(sums)})


def _somebody_else(
    request: AuthenticatedRequest, change: ActivityChange, posted: Posted, current: Activity | None
) -> HttpResponse:
    stored = stored_text(current)
    text = _("Noen andre har lagret {theirs} her. Ditt tall er ikke lagret.").format(
        theirs=stored or _("en tom celle")
    )
    version = current.version if current else 0
    cell = _cell(key_of(*change.key), posted.typed, version, error=text, saved=stored)
    context = {"cell": cell, "conflict": True, "sums": ""}
    return render_page(request, "emissions/own_cell.html", context, status=409)


def _stale_page(
    request: AuthenticatedRequest, unit: Unit, year: int, posted: Mapping[int, Posted], stale: StaleActivities
) -> HttpResponse:
    """What was typed stays in its cells, with what others saved said under it, and their versions."""
    text = _("Noen andre har lagret {theirs} her. Lagre igjen for å beholde ditt.")
    errors, fresh = {}, dict(posted)
    for change, current in stale.found:
        type_id = change.activity_type.pk
        errors[type_id] = text.format(theirs=stored_text(current) or _("en tom celle"))
        fresh[type_id] = Posted(posted[type_id].typed, current.version if current else 0)
    context = page_context(unit, year, posted=fresh, errors=errors)
    return invalid(request, PAGE, context, status=409)
