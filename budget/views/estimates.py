"""Calculators: work out a line's effect, put it in, and do it again with newer factors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from budget.actions.editing import closed_sentence
from budget.actions.estimates import may_move_outside, renew_estimate, save_estimate, scope_sentence
from budget.enums import Calculator
from budget.forms.estimates import EstimateForm, SeenForm, initial_from
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
from budget.views.access import get_line
from budget.views.frames import closed_to, crumbs
from budget.words.estimates import arithmetic, cannot_estimate_sentence, estimate_reading, factor_reading
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS
from organisation.rules import AuthenticatedRequest
from web.form_page import FormPage, run_form, show_form
from web.formats import format_number
from web.http import render_page

CALCULATOR_SLUGS = {
    "kjoretoy": Calculator.VEHICLES,
    "maskiner": Calculator.MACHINERY,
    "energi": Calculator.ENERGY,
    "matsvinn": Calculator.FOOD_WASTE,
    "reiser": Calculator.TRAVEL,
    "innkjop": Calculator.PROCUREMENT,
}
PUT_IN, MOVE = "legg-inn", "flytt"
ONE_DECIMAL = 1


@require_safe
def estimate_choice(request: AuthenticatedRequest, line_id: int) -> HttpResponse:
    """Which calculator fits the line."""
    line = get_line(request, line_id)
    links = [
        (str(CALCULATOR_LABELS[one]), reverse("budget:estimate", args=[line.pk, slug]))
        for slug, one in CALCULATOR_SLUGS.items()
    ]
    context = {
        "page_title": _("Regn ut effekten"),
        "line": line,
        "budget": line.budget,
        "back_url": line.get_absolute_url(),
        # Whoever may not edit reads why only where the budget is the reason.
        "closed": "" if line.budget.state == "draft" else closed_sentence(line.budget.state),
        "links": links,
    }
    return render_page(request, "budget/estimate_choice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def estimate(request: AuthenticatedRequest, line_id: int, calculator: str) -> HttpResponse:
    """Shows what the figures give; puts it into the line only when the other button is used."""
    line = get_line(request, line_id)
    if calculator not in CALCULATOR_SLUGS:
        raise Http404
    kind = CALCULATOR_SLUGS[calculator]
    is_posted = request.method == "POST"

    def make(data: QueryDict | None) -> EstimateForm:
        factors = latest_factors(kind)
        before = line.estimates.filter(calculator=kind).order_by("-pk").first()
        return EstimateForm(
            data,
            calculator=kind,
            years=horizon_of(line.budget),
            factors=factors,
            **_versions(line),
            # Of what was typed nothing is stored: a conflict is about the figures in the line.
            initial=request.POST.dict() if is_posted else initial_from(before, factors),
        )

    def work(form: EstimateForm) -> None:
        save_estimate(
            by=request.user,
            line=line,
            data=form.estimate_data(),
            seen=form.seen,
            move_outside=request.POST["step"] == MOVE,
        )

    result = SimpleLazyObject(lambda: _result_of(line, make(request.POST)) if is_posted else None)
    page = _estimate_page(request, line, kind, result)
    if not is_posted or page.closed or request.POST.get("step") in (PUT_IN, MOVE):
        return run_form(request, page, make, work)
    form = make(request.POST)
    if form.is_valid():
        try:
            calculate(form.estimate_data(), line)
        except CannotEstimate as problem:
            form.add_error(None, cannot_estimate_sentence(problem))
    return show_form(request, page, form, status=422 if form.errors else 200)


def _estimate_page(request: AuthenticatedRequest, line: Line, kind: Calculator, result: object) -> FormPage:
    choice_url = reverse("budget:estimate_choice", args=[line.pk])
    return FormPage(
        title=str(CALCULATOR_LABELS[kind]),
        lead=_("Effekten av «{title}», tonn CO₂e per år mot referansebanen.").format(
            title=line.measure.title
        ),
        back_url=line.get_absolute_url(),
        done=_("Effekten er lagt inn i linjen."),
        crumbs=[*crumbs(line.budget, line), (_("Regn ut effekten"), choice_url)],
        closed=closed_to(request, line.budget),
        template="budget/estimate.html",
        context={"result": result},
    )


def _result_of(line: Line, form: EstimateForm) -> dict[str, Any] | None:
    """What the figures give, beside what stands in the line now; None while they give nothing."""
    if not form.is_valid():
        return None
    try:
        return _result(line, calculate(form.estimate_data(), line), _effects(line))
    except CannotEstimate:
        return None


def _effects(line: Line) -> dict[int, Effect]:
    return {effect.year: effect for effect in Effect.objects.filter(line=line)}


def _versions(line: Line) -> dict[str, Any]:
    """The line and its effects as they are now, for the hidden fields that tell what somebody has seen."""
    version = Line.objects.values_list("version", flat=True).get(pk=line.pk)
    return {"effects": _effects(line), "line_version": version}


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
    page = FormPage(
        title=_("Regn på nytt"),
        back_url=line.get_absolute_url(),
        button=_("Legg inn de nye tallene"),
        done=_("Effekten er regnet på nytt med dagens faktorer."),
        crumbs=crumbs(line.budget, line),
        closed=closed_to(request, line.budget),
        template="budget/estimate_again.html",
        context={"again": SimpleLazyObject(lambda: _again(found))},
    )

    def make(data: QueryDict | None) -> SeenForm:
        return SeenForm(data, years=horizon_of(line.budget), **_versions(line))

    def work(form: SeenForm) -> None:
        renew_estimate(by=request.user, estimate=found, seen=form.seen)

    return run_form(request, page, make, work)


def _again(found: Estimate) -> dict[str, Any]:
    """The result with today's factors and the factors before and now, or why there is none."""
    try:
        now = recalculate(found)
    except CannotEstimate as problem:
        return {"result": None, "factors": [], "error": cannot_estimate_sentence(problem)}
    pairs = [(now.factors[name], found.factors[name]) for name in now.factors]
    return {
        "result": _result(found.line, now, _effects(found.line)),
        "factors": [
            (factor.name, old["value"], old["version"], factor_reading(factor)) for factor, old in pairs
        ],
        "error": "",
    }


def line_estimate(line: Line) -> dict[str, Any] | None:
    """For the page of the line: the estimate behind its figures, and where it can be done again."""
    found = estimate_of(line)
    if found is None:
        return None
    again_url = reverse("budget:estimate_again", args=[found.estimate.pk])
    return {"reading": estimate_reading(found), "again_url": again_url}
