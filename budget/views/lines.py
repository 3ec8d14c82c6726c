"""Editing one line on a page of its own: the way without JavaScript, and to what the grid has no room for."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from budget.actions.effects import EffectChange
from budget.actions.lines import update_line
from budget.forms.lines import DETAIL_FIELDS, LineForm
from budget.models import Line
from budget.queries.rows import horizon_of
from budget.views.access import get_line
from budget.views.frames import closed_to, crumbs
from organisation.rules import AuthenticatedRequest
from web.form_page import FormPage, run_form

TEXT_FIELDS = ("already_counted", "assumptions", "not_quantified_reason")
OWN_FIELDS = (*TEXT_FIELDS, *DETAIL_FIELDS)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_line(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """What the line says about itself, and an effect per year: one save for all of it."""
    line = get_line(request, line_id)
    page = FormPage(
        title=_("Rediger {title}").format(title=line.measure.title),
        back_url=line.get_absolute_url(),
        done=_("Lagret."),
        crumbs=crumbs(line.budget, line),
        closed=closed_to(request, line.budget),
        note=_(
            "Effekt per år mot referansebanen, tonn CO₂e. Reduksjon skrives som positivt tall. "
            "Tomt felt betyr ukjent."
        ),
    )

    def make(data: QueryDict | None) -> LineForm:
        now = get_line(request, line_id)
        effects = {effect.year: effect for effect in now.effects.all()}
        return LineForm(data, years=horizon_of(now.budget), effects=effects, initial=_initial(now))

    def work(form: LineForm) -> None:
        update_line(
            by=request.user,
            line=line,
            version=form.cleaned_data["version"],
            effects=_changes(line, form),
            details=form.details,
            **{name: form.cleaned_data[name] for name in TEXT_FIELDS},
        )

    return run_form(request, page, make, work)


def _initial(line: Line) -> dict[str, object]:
    return {
        **{name: getattr(line, name) for name in OWN_FIELDS},
        "calculated_by": line.calculated_by_name,
        "already_counted": line.already_counted.normalize() + 0,
        "version": line.version,
    }


def _changes(line: Line, form: LineForm) -> list[EffectChange]:
    data = form.cleaned_data
    return [
        EffectChange(line, year, data[f"effect-{year}"], data[f"version-{year}"])
        for year in form.years
        if f"effect-{year}" in form.changed_data or f"version-{year}" in form.changed_data
    ]
