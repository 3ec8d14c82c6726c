"""Editing one line on a page of its own: the way without JavaScript, and to what the grid has no room for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budget.actions.editing import closed_sentence
from budget.actions.effects import EffectChange, StaleCells
from budget.actions.lines import update_line
from budget.actions.refusals import BudgetClosed, BudgetRefused
from budget.forms.lines import DETAIL_FIELDS, LineForm
from budget.models import Effect, Line
from budget.queries.rows import horizon_of
from budget.rules import may_edit
from budget.views.access import get_line
from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleObject
from web.formats import format_number, format_numeric_date
from web.http import ConflictField, conflict, invalid, render_page, see_other

TEMPLATE = "budget/edit_line.html"
TEXT_FIELDS = ("already_counted", "assumptions", "not_quantified_reason")
OWN_FIELDS = (*TEXT_FIELDS, *DETAIL_FIELDS)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_line(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """422 with what to correct, 409 when somebody else saved first or the budget is no longer a draft."""
    line = get_line(request, line_id)
    effects = {effect.year: effect for effect in line.effects.all()}
    years = horizon_of(line.budget)
    if not may_edit(request.user, line.budget.state):
        form = LineForm(years=years, effects=effects, initial=_initial(line))
        return _page(request, line, form, closed_sentence(line.budget.state), status=409)
    if request.method != "POST":
        form = LineForm(years=years, effects=effects, initial=_initial(line))
        return _page(request, line, form)
    form = LineForm(request.POST, years=years, effects=effects)
    if not form.is_valid():
        return _page(request, line, form, status=422)
    try:
        update_line(
            by=request.user,
            line=line,
            version=form.cleaned_data["version"],
            effects=_changes(line, form),
            details=form.details,
            **{name: form.cleaned_data[name] for name in TEXT_FIELDS},
        )
    except BudgetClosed as closed:
        return _page(request, line, form, str(closed), status=409)
    except BudgetRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, line, form, status=422)
    except StaleObject:
        return _conflict(request, line, form, [])
    except StaleCells as stale:
        return _conflict(request, line, form, stale.cells)
    messages.success(request, _("Lagret."))
    return see_other(reverse("budget:line", args=[line.pk]))


def _initial(line: Line) -> dict[str, object]:
    return {
        **{name: _stored(line, name) for name in OWN_FIELDS},
        "already_counted": line.already_counted.normalize() + 0,
        "version": line.version,
    }


def _page(
    request: AuthenticatedRequest, line: Line, form: LineForm, closed: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "page_title": _("Rediger {title}").format(title=line.measure.title),
        "budget": line.budget,
        "line": line,
        "form": form,
        "closed": closed,
        "action_url": reverse("budget:edit_line", args=[line.pk]),
        "back_url": line.get_absolute_url(),
    }
    if status == 200:
        return render_page(request, TEMPLATE, context)
    return invalid(request, TEMPLATE, context, status=status)


def _changes(line: Line, form: LineForm) -> list[EffectChange]:
    data = form.cleaned_data
    return [
        EffectChange(line, year, data[f"effect-{year}"], data[f"version-{year}"])
        for year in form.years
        if f"effect-{year}" in form.changed_data or f"version-{year}" in form.changed_data
    ]


def _conflict(
    request: AuthenticatedRequest,
    line: Line,
    form: LineForm,
    cells: Iterable[tuple[EffectChange, Effect | None]],
) -> HttpResponse:
    """Yours and theirs for whatever differs; sending yours again takes the rest of the form with it."""
    fresh = Line.objects.get(pk=line.pk)
    stored = {f"effect-{change.year}": effect for change, effect in cells}
    yours, theirs, hidden = [], [], {}
    for field in form:
        name, sent = field.name, str(form.data.get(field.name, ""))
        if name in stored or name in OWN_FIELDS:
            effect = stored.get(name)
            value = (
                _own(fresh, name) if name in OWN_FIELDS else format_number(effect.tonnes) if effect else ""
            )
            yours.append(ConflictField(name, str(field.label), sent, _shown(field, sent)))
            theirs.append(ConflictField(name, str(field.label), value, _shown(field, value)))
        else:
            hidden[name] = sent
    hidden["version"] = str(fresh.version)
    for name, effect in stored.items():
        hidden[name.replace("effect", "version")] = str(effect.version if effect else 0)
    return conflict(
        request,
        title=line.measure.title,
        yours=yours,
        theirs=theirs,
        action_url=reverse("budget:edit_line", args=[line.pk]),
        hidden=hidden,
        back_url=line.get_absolute_url(),
    )


def _shown(field: BoundField, value: str) -> str:
    """A choice in its words, anything else as it is."""
    return str(dict(getattr(field.field, "choices", ())).get(value, value)) if value else value


def _stored(line: Line, name: str) -> object:
    return line.calculated_by_name if name == "calculated_by" else getattr(line, name)


def _own(line: Line, name: str) -> str:
    value = _stored(line, name)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format_number(value)
    return format_numeric_date(value) if isinstance(value, date) else str(value)
