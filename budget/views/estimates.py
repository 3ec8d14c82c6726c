"""Calculators: work out a line's effect, put it in, and do it again with newer factors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions.editing import closed_sentence
from budget.actions.effects import StaleCells
from budget.actions.estimates import Seen, may_move_outside, renew_estimate, save_estimate, scope_sentence
from budget.actions.refusals import BudgetClosed, BudgetRefused
from budget.enums import Calculator
from budget.forms.estimates import EstimateForm, initial_from
from budget.models import CALCULATOR_LABELS, Effect, Estimate, Line
from budget.queries.estimates import (
    Calculation,
    CannotEstimate,
    calculate,
    estimate_of,
    latest_factors,
    recalculate,
)
from budget.queries.rows import horizon_of
from budget.rules import may_edit
from budget.views.access import get_line
from budget.words.estimates import arithmetic, cannot_estimate_sentence, estimate_reading, factor_reading
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest
from web.concurrency import StaleObject
from web.formats import (
    format_number,
    whole_number,
)
from web.http import invalid, render_page, see_other

CALCULATOR_SLUGS = {
    "kjoretoy": Calculator.VEHICLES,
    "maskiner": Calculator.MACHINERY,
    "energi": Calculator.ENERGY,
    "matsvinn": Calculator.FOOD_WASTE,
    "reiser": Calculator.TRAVEL,
    "innkjop": Calculator.PROCUREMENT,
}
PUT_IN, MOVE = "legg-inn", "flytt"
FORM_PAGE, RENEW_PAGE = "budget/estimate.html", "budget/estimate_again.html"
ONE_DECIMAL = 1


@require_safe
def estimate_choice(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """Which calculator fits the line."""
    line = get_line(request, line_id)
    links = [
        (str(CALCULATOR_LABELS[one]), reverse("budget:estimate", args=[line.pk, slug]))
        for slug, one in CALCULATOR_SLUGS.items()
    ]
    context = _frame(line, _("Regn ut effekten")) | {"links": links}
    return render_page(request, "budget/estimate_choice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def estimate(request: AuthenticatedRequest, line_id: int, calculator: str) -> HttpResponse:
    """Shows what the figures give; puts it into the line only when the other button is used."""
    line = get_line(request, line_id)
    if calculator not in CALCULATOR_SLUGS:
        raise Http404
    kind = CALCULATOR_SLUGS[calculator]
    effects = {effect.year: effect for effect in line.effects.all()}
    factors = latest_factors(kind)
    before = line.estimates.filter(calculator=kind).order_by("-pk").first()
    options: dict[str, Any] = {
        "calculator": kind,
        "years": horizon_of(line.budget),
        "factors": factors,
        "effects": effects,
        "line_version": line.version,
    }
    if request.method != "POST" or not may_edit(request.user, line.budget.state):
        form = EstimateForm(initial=initial_from(before, factors), **options)
        return _form_page(request, line, form, status=_closed_status(request, line))
    form = EstimateForm(request.POST, **options)
    if not form.is_valid():
        return _form_page(request, line, form, status=422)
    try:
        calculation = calculate(form.estimate_data(), line)
    except CannotEstimate as problem:
        form.add_error(None, cannot_estimate_sentence(problem))
        return _form_page(request, line, form, status=422)
    step = request.POST.get("step", "")
    if step not in (PUT_IN, MOVE):
        return _form_page(request, line, form, calculation, effects)
    return _put_in(request, line, form, calculation, options)


def _put_in(
    request: AuthenticatedRequest,
    line: Line,
    form: EstimateForm,
    calculation: Calculation,
    options: dict[str, Any],
) -> HttpResponse:
    try:
        stored = save_estimate(
            by=request.user,
            line=line,
            data=form.estimate_data(),
            seen=_seen(form),
            move_outside=request.POST["step"] == MOVE,
            token=request.POST.get("submission_token", ""),
        )
    except BudgetClosed:
        line.budget.refresh_from_db()
        return _form_page(request, line, form, status=409)
    except BudgetRefused as refused:
        form.add_error(None, str(refused))
        return _form_page(request, line, form, calculation, options["effects"], status=422)
    except (StaleObject, StaleCells):
        line = get_line(request, line.pk)
        options |= {
            "effects": {effect.year: effect for effect in line.effects.all()},
            "line_version": line.version,
        }
        fresh = EstimateForm(_with_versions(request, options), **options)
        fresh.is_valid()
        fresh.add_error(None, _changed_sentence())
        return _form_page(request, line, fresh, calculation, options["effects"], status=409)
    if stored:
        messages.success(request, _("Effekten er lagt inn i linjen."))
    return see_other(line.get_absolute_url())


def _with_versions(request: AuthenticatedRequest, options: Mapping[str, Any]) -> Any:
    """What was sent, with the versions as they are now: sending it again overwrites on purpose."""
    data = request.POST.copy()
    data["version"] = str(options["line_version"])
    for year in options["years"]:
        effect = options["effects"].get(year)
        data[f"version-{year}"] = str(effect.version if effect else 0)
    return data


def _changed_sentence() -> str:
    return _(
        "Noen andre har endret linjen siden du åpnet siden. Ingenting er lagret. "
        "Se tallene som står der nå, og legg inn på nytt hvis dine skal gjelde."
    )


def _seen(form: EstimateForm) -> Seen:
    data = form.cleaned_data
    return Seen(data["version"], {year: data[f"version-{year}"] for year in form.years})


def _closed_status(request: AuthenticatedRequest, line: Line) -> int:
    return 200 if may_edit(request.user, line.budget.state) else 409


def _frame(line: Line, title: str) -> dict[str, Any]:
    """What every page about a line's estimate has. `closed` is why nothing can be entered, or empty."""
    closed = "" if line.budget.state == "draft" else closed_sentence(line.budget.state)
    return {
        "page_title": title,
        "line": line,
        "budget": line.budget,
        "back_url": line.get_absolute_url(),
        "closed": closed,
    }


def _form_page(
    request: AuthenticatedRequest,
    line: Line,
    form: EstimateForm,
    calculation: Calculation | None = None,
    effects: Mapping[int, Effect] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = _frame(line, str(CALCULATOR_LABELS[form.calculator])) | {
        "form": form,
        "choice_url": reverse("budget:estimate_choice", args=[line.pk]),
        "action_url": request.path,
        "adds_up": form.shape.needs_each,
        "result": _result(line, calculation, effects or {}) if calculation else None,
    }
    if status == 200:
        return render_page(request, FORM_PAGE, context)
    return invalid(request, FORM_PAGE, context, status=status)


def _result(line: Line, calculation: Calculation, effects: Mapping[int, Effect]) -> dict[str, Any]:
    """Tonnes per year before and after, the arithmetic in words, and what the scope allows."""
    fits = calculation.scope == line.scope
    return {
        "sentences": list(arithmetic(calculation.data.calculator, calculation.inputs, calculation.tonnes)),
        "rows": _before_after(calculation.tonnes, effects),
        "scope": str(SCOPE_LABELS[calculation.scope]),
        "is_example": any(factor.is_example for factor in calculation.factors.values()),
        "refusal": "" if fits else scope_sentence(calculation.scope, line),
        "may_move": not fits and may_move_outside(line, calculation.scope),
        "outside": [] if fits else _outside_lines(line, calculation.scope, calculation.data.calculator),
    }


def _before_after(tonnes: Mapping[int, Any], effects: Mapping[int, Effect]) -> list[tuple[int, str, str]]:
    return [
        (
            year,
            format_number(effects[year].tonnes, ONE_DECIMAL) if year in effects else "–",
            format_number(value, ONE_DECIMAL),
        )
        for year, value in tonnes.items()
    ]


def _outside_lines(line: Line, scope: Scope, kind: Calculator) -> Iterable[tuple[str, str]]:
    """Lines of «Virkning utenfor systemgrensen» where such a result belongs."""
    slug = next(slug for slug, one in CALCULATOR_SLUGS.items() if one == kind)
    rows = Line.objects.filter(budget=line.budget_id, scope=scope).exclude(pk=line.pk)
    return [
        (row.measure.title, reverse("budget:estimate", args=[row.pk, slug]))
        for row in rows.select_related("measure").order_by("order", "pk")
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def estimate_again(request: AuthenticatedRequest, estimate_id: int) -> HttpResponse:
    """What today's factors change, before → after; a post puts it in."""
    found = Estimate.objects.filter(pk=estimate_id).first() if estimate_id < 2**63 else None
    if found is None:
        raise Http404
    found.line = line = get_line(request, found.line_id)
    status, error = _closed_status(request, line), ""
    if request.method == "POST" and status == 200:
        try:
            stored = renew_estimate(
                by=request.user,
                estimate=found,
                seen=_posted_seen(request, line),
                token=request.POST.get("submission_token", ""),
            )
        except BudgetRefused as refused:
            status, error = (409 if isinstance(refused, BudgetClosed) else 422), str(refused)
            line.budget.refresh_from_db()
        except (StaleObject, StaleCells):
            status, error = 409, _changed_sentence()
        else:
            if stored:
                messages.success(request, _("Effekten er regnet på nytt med dagens faktorer."))
            return see_other(line.get_absolute_url())
    return _again_page(request, found, error, status)


def _posted_seen(request: AuthenticatedRequest, line: Line) -> Seen:
    def number(name: str) -> int:
        return whole_number(request.POST.get(name, ""), -1)

    return Seen(number("version"), {year: number(f"version-{year}") for year in horizon_of(line.budget)})


def _again_page(request: AuthenticatedRequest, found: Estimate, error: str, status: int) -> HttpResponse:
    line = found.line
    effects = {effect.year: effect for effect in line.effects.all()}
    context = _frame(line, _("Regn på nytt")) | {"error": error, "action_url": request.path, "result": None}
    try:
        now = recalculate(found)
        context["result"] = _result(line, now, effects)
        context["factors"] = [
            (factor.name, old["value"], old["version"], factor_reading(factor))
            for factor, old in ((now.factors[name], found.factors[name]) for name in now.factors)
        ]
    except CannotEstimate as problem:
        context["error"] = error or cannot_estimate_sentence(problem)
    context["versions"] = [("version", line.version)] + [
        (f"version-{year}", effects[year].version if year in effects else 0)
        for year in horizon_of(line.budget)
    ]
    if status == 200:
        return render_page(request, RENEW_PAGE, context)
    return invalid(request, RENEW_PAGE, context, status=status)


def line_estimate(line: Line) -> dict[str, Any] | None:
    """For the page of the line: the estimate behind its figures, and where it can be done again."""
    found = estimate_of(line)
    if found is None:
        return None
    again_url = reverse("budget:estimate_again", args=[found.estimate.pk])
    return {"reading": estimate_reading(found), "again_url": again_url}
