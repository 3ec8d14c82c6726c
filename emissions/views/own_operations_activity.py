"""One activity of a unit and year by itself: the amount, a note to it, and the way to its history."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from emissions.actions.own_operations import ActivityChange, ActivityRefused, set_activities
from emissions.enums import MeasuredIn
from emissions.forms.own_operations import ActivityForm
from emissions.importers.activities import parse_quantity
from emissions.models import MEASURED_IN_LABELS, Activity, ActivityType
from emissions.queries.own_operations import ActivityRow, activity_rows
from emissions.rules import may_enter
from emissions.views.access import visible_unit
from emissions.views.own_operations_grid import stored_text
from emissions.words.accounts import exact_text, factor_text
from organisation.models import Unit
from organisation.rules import AuthenticatedRequest, Permission, duties, has_permission
from web.concurrency import StaleFigures
from web.http import ConflictField, conflict, invalid, render_page, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: AuthenticatedRequest, year: int, unit_id: int, type_id: int) -> HttpResponse:
    """A form for those who enter the unit's activities, a page to read for others who may see them."""
    unit = visible_unit(request, unit_id, year)
    kind = get_object_or_404(ActivityType, pk=type_id)
    rows = activity_rows(unit_id=unit.pk, of_year=year)
    row = next((one for one in rows if one.activity.activity_type_id == kind.pk), None)
    stored = row.activity if row else None
    if request.method != "POST":
        form = ActivityForm(measure=_measure(kind), initial=_initial(stored))
        return _page(request, unit, kind, year, row, form)
    form = ActivityForm(request.POST, measure=_measure(kind))
    if form.is_valid():
        try:
            quantity, reason = parse_quantity(form.cleaned_data["amount"])
            change = ActivityChange(
                unit, kind, year, quantity, reason, form.cleaned_data["version"], form.cleaned_data["note"]
            )
            set_activities(by=request.user, changes=[change])
        except StaleFigures as stale:
            return _conflict(request, form, stale.figures[0][1], _back(year, unit))
        except (ActivityRefused, ValueError) as refused:
            form.add_error("amount", str(refused))
        else:
            messages.success(request, _("{activity} er lagret.").format(activity=kind.name))
            return see_other(_back(year, unit))
    return _page(request, unit, kind, year, row, form)


def _back(year: int, unit: Unit) -> str:
    return reverse("emissions:own_entry", args=[year, unit.pk])


def _measure(kind: ActivityType) -> str:
    return str(MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)])


def _initial(stored: Activity | None) -> dict[str, object]:
    if stored is None:
        return {"version": 0}
    return {"amount": stored_text(stored), "note": stored.note, "version": stored.version}


def _page(
    request: AuthenticatedRequest,
    unit: Unit,
    kind: ActivityType,
    year: int,
    row: ActivityRow | None,
    form: ActivityForm,
) -> HttpResponse:
    stored = row.activity if row else None
    user = request.user
    context = {
        "page_title": _("{activity} {year}, {unit}").format(activity=kind.name, year=year, unit=unit.name),
        "list_title": _("{unit}: aktiviteter {year}").format(unit=unit.name, year=year),
        "list_url": _back(year, unit),
        "form": form if may_enter(duties(user), unit.pk) else None,
        "stored": stored,
        "amount": stored_text(stored),
        "measure": _measure(kind),
        "tonnes": exact_text(row.amount) if row and not row.is_blank else "",
        "factor": factor_text(row.factor.kg_co2e, MeasuredIn(kind.measured_in), row.factor.version)
        if row and row.factor
        else "",
        "may_read_history": has_permission(user, Permission.READ_HISTORY),
    }
    answer = invalid if form.is_bound else render_page
    return answer(request, "emissions/own_activity.html", context)


def _conflict(
    request: AuthenticatedRequest, form: ActivityForm, now: Activity | None, back_url: str
) -> HttpResponse:
    mine = form.cleaned_data
    theirs = {"amount": stored_text(now), "note": now.note if now else ""}
    return conflict(
        request,
        title=_("Noen andre har ført aktiviteten mens du skrev"),
        yours=[ConflictField(name, str(form[name].label), mine[name]) for name in theirs],
        theirs=[ConflictField(name, str(form[name].label), text) for name, text in theirs.items()],
        action_url=request.path,
        hidden={"version": str(now.version if now else 0)},
        back_url=back_url,
        changed_by=now.entered_by_name if now else "",
    )
