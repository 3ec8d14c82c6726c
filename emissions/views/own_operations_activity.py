"""One activity of a unit and year by itself: the amount, a note to it, and the way to its history."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from emissions.actions.own_operations import ActivityChange, set_activities
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
from web.concurrency import StaleFigures, StaleObject
from web.form_page import FormPage, run_form, show_form
from web.refusals import Refusal, Refused


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: AuthenticatedRequest, year: int, unit_id: int, type_id: int) -> HttpResponse:
    """A form for those who enter the unit's activities, a page to read for others who may see them."""
    unit = visible_unit(request, unit_id, year)
    kind = get_object_or_404(ActivityType, pk=type_id)
    row = _row(unit, kind, year)
    back_url = _back(year, unit)
    page = FormPage(
        title=_("{activity} {year}, {unit}").format(activity=kind.name, year=year, unit=unit.name),
        back_url=back_url,
        done=_("{activity} er lagret.").format(activity=kind.name),
        crumbs=[
            (_("Klimaregnskap"), reverse("emissions:index")),
            (_("Egen virksomhet"), reverse("emissions:own_operations")),
            (_("{unit}: aktiviteter {year}").format(unit=unit.name, year=year), back_url),
        ],
        template="emissions/own_activity.html",
        context=_context(request, kind, row),
    )
    if request.method != "POST" and not may_enter(duties(request.user), unit.pk):
        return show_form(request, page, None)

    def make(data: QueryDict | None) -> ActivityForm:
        now = _row(unit, kind, year)
        return ActivityForm(data, measure=_measure(kind), initial=_initial(now.activity if now else None))

    return run_form(request, page, make, lambda form: _save(request, unit, kind, year, form))


def _row(unit: Unit, kind: ActivityType, year: int) -> ActivityRow | None:
    rows = activity_rows(unit_id=unit.pk, of_year=year)
    return next((one for one in rows if one.activity.activity_type_id == kind.pk), None)


def _save(
    request: AuthenticatedRequest, unit: Unit, kind: ActivityType, year: int, form: ActivityForm
) -> None:
    given = form.cleaned_data
    try:
        quantity, reason = parse_quantity(given["amount"])
        change = ActivityChange(unit, kind, year, quantity, reason, given["version"], given["note"])
        set_activities(by=request.user, changes=[change])
    except StaleFigures as stale:
        raise StaleObject(stale.figures[0][1]) from None
    except (Refused, ValueError) as refused:
        raise Refused(Refusal(str(refused), field="amount")) from None


def _back(year: int, unit: Unit) -> str:
    return reverse("emissions:own_entry", args=[year, unit.pk])


def _measure(kind: ActivityType) -> str:
    return str(MEASURED_IN_LABELS[MeasuredIn(kind.measured_in)])


def _initial(stored: Activity | None) -> dict[str, object]:
    if stored is None:
        return {"version": 0}
    return {"amount": stored_text(stored), "note": stored.note, "version": stored.version}


def _context(request: AuthenticatedRequest, kind: ActivityType, row: ActivityRow | None) -> dict[str, object]:
    stored = row.activity if row else None
    return {
        "stored": stored,
        "amount": stored_text(stored),
        "measure": _measure(kind),
        "tonnes": exact_text(row.amount) if row and not row.is_blank else "",
        "factor": factor_text(row.factor.kg_co2e, MeasuredIn(kind.measured_in), row.factor.version)
        if row and row.factor
        else "",
        "may_read_history": has_permission(request.user, Permission.READ_HISTORY),
    }
