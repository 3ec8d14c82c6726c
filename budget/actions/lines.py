"""Lines of a draft budget with their costs, funding and overlaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.costs import check_nok
from budget.actions.editing import check_tonnes, editing
from budget.actions.effects import EffectChange, EffectSaved, set_effects
from budget.actions.refusals import BudgetRefused, refuse
from budget.calculations import BudgetProblem, problems
from budget.enums import OverlapMethod
from budget.models import (
    ClimateBudget,
    Funding,
    Line,
    LineSource,
    Overlap,
    OverlapMember,
    OverlapYear,
    ReferencePath,
)
from budget.queries import budget_inputs, budget_table
from budget.queries.problem_words import problem_sentences
from budget.queries.reading import horizon_of
from climate_portal.web.actors import Actor, acting
from climate_portal.web.concurrency import save_versioned
from emissions.models import Source
from organisation.rules import Permission, require
from strategy.models import Measure

HUNDRED = Decimal(100)


def add_line(
    *,
    by: Actor,
    budget: ClimateBudget,
    measure: Measure,
    scope: str,
    order: int,
    sources: Mapping[int, Decimal],
    not_quantified_reason: str = "",
    already_counted: Decimal = Decimal(0),
    assumptions: str = "",
) -> Line:
    """Put a measure into a draft.

    sources: percent per source id, 100 together for a quantified line in scope.
    already_counted: tonnes of the effect that the edition's last year already shows.
    Raises BudgetRefused (also when the measure is there already), BudgetClosed, PermissionDenied.
    """
    check_tonnes(already_counted)
    with editing(by, budget.pk, _("Tiltak lagt inn i klimabudsjettet")):
        if Line.objects.filter(budget=budget, measure=measure).exists():
            raise BudgetRefused([_("{measure} står allerede i budsjettet.").format(measure=measure)])
        if scope == budget.scope and not not_quantified_reason:
            _check_sources(budget, sources)
        line = Line.objects.create(
            budget=budget,
            measure=measure,
            scope=scope,
            order=order,
            not_quantified_reason=not_quantified_reason,
            already_counted=already_counted,
            assumptions=assumptions,
        )
        LineSource.objects.bulk_create(
            LineSource(line=line, source_id=source, share=share) for source, share in sources.items()
        )
    return line


def _check_sources(budget: ClimateBudget, sources: Mapping[int, Decimal]) -> None:
    known = ReferencePath.objects.filter(budget=budget, source__in=sources)
    if set(sources) - set(known.values_list("source_id", flat=True)):
        raise BudgetRefused([_("Velg blant utslippskildene som er med i referansebanen.")])
    if any(share <= 0 for share in sources.values()) or sum(sources.values()) != HUNDRED:
        raise BudgetRefused([_("Andelene på utslippskildene må summere til 100 prosent.")])


def update_line(
    *,
    by: Actor,
    line: Line,
    version: int,
    not_quantified_reason: str,
    already_counted: Decimal,
    assumptions: str,
    effects: Iterable[EffectChange] = (),
) -> list[EffectSaved]:
    """Save what a line says about itself, and changed effects with it, all or nothing.

    Raises StaleObject for the line, StaleCells for its effects, and otherwise as `set_effect`.
    """
    check_tonnes(already_counted)
    reason = not_quantified_reason.strip()
    changes = list(effects)
    with editing(by, line.budget_id, _("Tiltak endret i klimabudsjettet")):
        before = problems(budget_inputs(line.budget))
        fields = {
            "not_quantified_reason": reason,
            "already_counted": already_counted,
            "assumptions": assumptions.strip(),
        }
        current = Line.objects.filter(pk=line.pk, **fields)
        if not current.exists():
            save_versioned(line, expected=version, fields=fields)
        saved = set_effects(by=by, budget=line.budget, changes=changes)
        if reason and line.effects.exists():
            raise BudgetRefused([_("Fjern effektene før du skriver at tiltaket ikke er tallfestet.")])
        _refuse_new_problems(line.budget, before)
    return saved


def _refuse_new_problems(budget: ClimateBudget, before: tuple[BudgetProblem, ...]) -> None:
    """A budget that could be computed still can. Raises BudgetRefused with what is wrong."""
    if set(problems(budget_inputs(budget))) - set(before):
        raise BudgetRefused(problem_sentences(budget_table(budget)))


def add_funding(
    *,
    by: Actor,
    line: Line,
    scheme: str,
    applied_nok: Decimal | None = None,
    granted_nok: Decimal | None = None,
    deadline: date | None = None,
    report_due: date | None = None,
) -> Funding:
    """Note money from outside (Klimasats, Enova …), NOK. Open after adoption too: it is follow-up.

    Raises BudgetRefused, PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    for nok in (applied_nok, granted_nok):
        if nok is not None:
            check_nok(nok)
    if not scheme.strip():
        raise BudgetRefused([_("Skriv hvilken ordning pengene kommer fra.")])
    with acting(by, _("Finansiering lagt inn")):
        return Funding.objects.create(
            line=line,
            scheme=scheme.strip(),
            applied_nok=applied_nok,
            granted_nok=granted_nok,
            deadline=deadline,
            report_due=report_due,
        )


def add_overlap(
    *,
    by: Actor,
    budget: ClimateBudget,
    source: Source,
    method: OverlapMethod,
    lines: Iterable[Line],
    years: Mapping[int, Decimal],
    reason: str,
    decided_by: str,
) -> Overlap:
    """Decide that lines act on the same emissions. years: the shared basis (product) or tonnes (fixed).

    Raises BudgetRefused, with nothing written, for what the arithmetic cannot take: a line in two overlaps
    of the same source and year, a basis above the reference, an effect above the basis.
    """
    members = list(lines)
    refuse(*_overlap_mistakes(budget, members, reason))
    for tonnes in years.values():
        check_tonnes(tonnes)
    with editing(by, budget.pk, _("Overlapp lagt inn")):
        if set(years) - set(horizon_of(budget)):
            raise BudgetRefused([_("Overlappet har år som ikke er med i budsjettet.")])
        before = problems(budget_inputs(budget))
        overlap = Overlap.objects.create(
            budget=budget, source=source, method=method, reason=reason.strip(), decided_by=decided_by
        )
        OverlapMember.objects.bulk_create(OverlapMember(overlap=overlap, line=line) for line in members)
        OverlapYear.objects.bulk_create(
            OverlapYear(overlap=overlap, year=year, tonnes=tonnes) for year, tonnes in years.items()
        )
        _refuse_new_problems(budget, before)
    return overlap


def _overlap_mistakes(budget: ClimateBudget, lines: list[Line], reason: str) -> list[str]:
    mistakes = []
    if len({line.pk for line in lines}) < 2:
        mistakes.append(_("Velg minst to tiltak som virker på de samme utslippene."))
    if any(line.budget_id != budget.pk for line in lines):
        mistakes.append(_("Alle tiltakene må stå i dette budsjettet."))
    if not reason.strip():
        mistakes.append(_("Skriv hvorfor tiltakene overlapper."))
    return mistakes
