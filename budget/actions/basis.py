"""Another edition or another target under a draft."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType

from django.utils.translation import gettext as _

from budget.actions.creating import basis_mistakes, check_rule, hold, refuse_unknown, write_too_short
from budget.actions.editing import check_tonnes, closed_sentence
from budget.actions.effects import never_again
from budget.enums import BudgetState
from budget.models import (
    ClimateBudget,
    Cost,
    Effect,
    Line,
    LineSource,
    OverlapYear,
    ReferencePath,
    ReferenceSource,
)
from budget.queries.basis import BasisPlan, NewBasis, basis_plan, overlaps_that_go
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Closed, Refused, refuse


def change_basis(
    *,
    by: Actor,
    budget: ClimateBudget,
    version: int,
    new: NewBasis,
    already_counted: Mapping[int, Decimal] = MappingProxyType({}),
    seen: str = "",
) -> ClimateBudget:
    """Put a draft on another edition or target of its scope, with a reference path that reaches its years.

    What the new path has no place for goes: shares on sources that are gone, overlaps on them, and figures
    of years the budget no longer has. already_counted: tCO2e per line id, for every line of
    `BasisPlan.to_ask`. `seen` is the fingerprint of the plan somebody said yes to, empty for whoever has
    seen none. The same change sent again changes nothing.
    Raises Closed when it is no draft, StaleObject when it or the plan is no longer as seen,
    Refused with what is missing, PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    if new.rule is not None:
        check_rule(new.rule, new.trend_years)
    for tonnes in already_counted.values():
        check_tonnes(tonnes)
    with acting(by, _("Utgave eller mål byttet")):
        # The budget before the edition (`hold`, below). Who undoes the edition holds that one and no budget.
        rows = ClimateBudget.objects.select_related("target", "edition__municipality")
        fresh = rows.select_for_update(of=("self",)).get(pk=budget.pk)
        is_there = (fresh.target_id, fresh.edition_id) == (new.target.pk, new.edition.pk)
        if is_there and fresh.version == version + 1:
            return fresh
        if fresh.state != BudgetState.DRAFT:
            raise Closed(closed_sentence(fresh.state))
        if fresh.version != version:
            raise StaleObject(fresh)
        if is_there:
            raise Refused(_("Budsjettet bygger allerede på dette målet og denne utgaven."))
        refuse(*basis_mistakes(fresh.year, fresh.scope, new.target, new.edition, fresh.inventory_until))
        hold(new.edition)
        plan = basis_plan(fresh, new)
        if seen and plan.seen != seen:
            raise StaleObject(fresh)
        _check(plan, new, already_counted)
        _write(fresh, plan, new, already_counted)
        save_versioned(fresh, expected=version, fields=_fields(fresh, new))
    return fresh


def _check(plan: BasisPlan, new: NewBasis, already_counted: Mapping[int, Decimal]) -> None:
    if plan.ruled is not None:
        refuse_unknown(plan.ruled, plan.years[0] - 1)
    if plan.missing:
        text = _("Referansebanen mangler tall for {sources}. Lag den på nytt, eller fyll den ut først.")
        raise Refused(text.format(sources=", ".join(plan.missing)))
    text = _(
        "Skriv hvor mye av effekten av {line} som allerede er med i regnskapet. Skriv 0 når ingenting er det."
    )
    refuse(*(text.format(line=line.name) for line in plan.to_ask if line.pk not in already_counted))


def _fields(budget: ClimateBudget, new: NewBasis) -> dict[str, object]:
    fields: dict[str, object] = {"target": new.target, "edition": new.edition}
    if new.rule is not None:
        # The note was about the path that was.
        fields |= {"reference_rule": new.rule, "trend_years": new.trend_years, "reference_note": ""}
    return fields


def _write(
    budget: ClimateBudget, plan: BasisPlan, new: NewBasis, already_counted: Mapping[int, Decimal]
) -> None:
    for overlap in overlaps_that_go(budget, plan.sources, plan.years):
        overlap.delete()
    OverlapYear.objects.filter(overlap__budget=budget).exclude(year__in=plan.years).delete()
    _write_path(budget, plan)
    _write_lines(budget, plan, already_counted)


def _write_path(budget: ClimateBudget, plan: BasisPlan) -> None:
    if plan.ruled is None:
        ReferencePath.objects.filter(budget=budget).exclude(year__in=plan.years).delete()
        return
    ReferencePath.objects.filter(budget=budget).delete()
    ReferenceSource.objects.filter(budget=budget).delete()
    ReferencePath.objects.bulk_create(
        ReferencePath(budget=budget, source_id=source, year=year, tonnes=figure.tonnes)
        for (source, year), figure in plan.path.items()
    )
    write_too_short(budget, plan.ruled.too_short)


def _write_lines(budget: ClimateBudget, plan: BasisPlan, already_counted: Mapping[int, Decimal]) -> None:
    """Every line that changes counts its version up, so that whoever is editing it is warned."""
    answers = {line.pk: already_counted[line.pk] for line in plan.to_ask}
    versions = _take_figures(budget, plan)
    split = {loss.line_id for loss in plan.lines}
    LineSource.objects.filter(line__in=split).exclude(source__in=plan.sources).delete()
    for line in Line.objects.filter(budget=budget, pk__in={*answers, *versions, *split}).order_by("pk"):
        counted = answers.get(line.pk, line.already_counted)
        if line.pk not in versions and line.pk not in split and counted == line.already_counted:
            continue
        save_versioned(line, expected=line.version, fields={"already_counted": counted})
        if line.pk in versions:
            never_again(line, *versions[line.pk])


def _take_figures(budget: ClimateBudget, plan: BasisPlan) -> dict[int, list[int]]:
    """Delete figures of years that go; the versions they had, by line."""
    versions: dict[int, list[int]] = defaultdict(list)
    effects = Effect.objects.filter(line__budget=budget).exclude(year__in=plan.years)
    for effect in effects:
        versions[effect.line_id] += [effect.version, effect.low_version, effect.high_version]
    costs = Cost.objects.filter(line__budget=budget).exclude(year__in=plan.years)
    for cost in costs:
        versions[cost.line_id].append(cost.version)
    effects.delete()
    costs.delete()
    return versions
