"""Budgets made from others: a numbered revision of an adopted one, and next year's from this year's."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType

from django.db.models import Max
from django.utils.translation import gettext as _

from budget.actions.creating import create_budget
from budget.actions.editing import check_tonnes
from budget.actions.estimates import copy_estimates
from budget.enums import OPEN_STATES, BudgetState, ReferenceRule
from budget.models import (
    ClimateBudget,
    Cost,
    Effect,
    Line,
    LineSource,
    Overlap,
    OverlapMember,
    OverlapYear,
    ReferencePath,
    ReferencePolicy,
    ReferenceSource,
)
from budget.queries.copying import lines_to_ask_about
from budget.queries.rows import horizon_of
from emissions.models import Edition
from organisation.rules import Permission, require
from strategy.models import Target
from web.actors import Actor, acting
from web.refusals import Refused, refuse

ANY_YEAR = range(10_000)


def start_revision(*, by: Actor, budget: ClimateBudget) -> ClimateBudget:
    """A draft with the next number and everything the adopted budget says; the adopted one stays in force.

    Names, units and target are read from the other rooms again, until the revision is adopted. Funding
    stays with the budget in force and moves at adoption.
    Raises Refused unless the budget is adopted and no other revision is under way; PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    with acting(by, _("Revisjon påbegynt")):
        source = ClimateBudget.objects.select_for_update().get(pk=budget.pk)
        same = ClimateBudget.objects.filter(year=source.year, scope=source.scope)
        if source.state != BudgetState.ADOPTED:
            raise Refused(_("Bare et vedtatt klimabudsjett kan revideres."))
        if same.filter(state__in=OPEN_STATES).exists():
            raise Refused(_("En revisjon av dette budsjettet er allerede under arbeid."))
        newest = same.aggregate(newest=Max("revision"))["newest"]
        revision = ClimateBudget.objects.create(
            year=source.year,
            scope=source.scope,
            revision=newest + 1,
            target=source.target,
            edition=source.edition,
            reference_rule=source.reference_rule,
            reference_note=source.reference_note,
            trend_years=source.trend_years,
            inventory_until=source.inventory_until,
            copied_from=source.copied_from,
            is_example=source.is_example,
        )
        _copy_reference(source, revision)
        _copy_policies(source, revision)
        _copy_overlaps(source, revision, _copy_lines(source, revision))
    return revision


def copy_forward(
    *,
    by: Actor,
    source: ClimateBudget,
    year: int,
    target: Target,
    edition: Edition,
    reference_rule: ReferenceRule,
    already_counted: Mapping[int, Decimal],
    trend_years: int | None = None,
) -> ClimateBudget:
    """Next year's draft with the lines, overlaps and policies of an adopted budget, on a new edition.

    The reference path is made again. `already_counted` is the answer, tCO2e per old line id, to how much of
    its effect the new edition's last year shows; it must be given for every line with tonnes in scope.
    Figures of years the new budget does not have stay behind.
    Raises Refused with every line without an answer, and as `create_budget`.
    """
    require(by, Permission.EDIT_BUDGET)
    if source.state != BudgetState.ADOPTED or source.year >= year or source.scope != target.scope:
        raise Refused(_("Kopier fra et vedtatt klimabudsjett for et tidligere år, med samme mål."))
    missing = [line for line in lines_to_ask_about(source, edition.pk) if line.pk not in already_counted]
    text = _(
        "Skriv hvor mye av effekten av {line} som allerede er med i regnskapet. Skriv 0 når ingenting er det."
    )
    refuse(*(text.format(line=line.name) for line in missing))
    for tonnes in already_counted.values():
        check_tonnes(tonnes)
    with acting(by, _("Klimabudsjett kopiert fra {budget}").format(budget=source)):
        budget = create_budget(
            by=by,
            year=year,
            scope=source.scope,
            target=target,
            edition=edition,
            reference_rule=reference_rule,
            reference=None,
            trend_years=trend_years,
            copied_from=source,
            is_example=source.is_example,
        )
        years = horizon_of(budget)
        _copy_policies(source, budget)
        lines = _copy_lines(source, budget, years=years, already_counted=already_counted)
        _copy_overlaps(source, budget, lines, years=years)
    return budget


def _copy_reference(source: ClimateBudget, revision: ClimateBudget) -> None:
    ReferencePath.objects.bulk_create(
        ReferencePath(
            budget=revision, source_id=row.source_id, year=row.year,
            tonnes=row.tonnes, low=row.low, high=row.high,
        )
        for row in source.reference_path.order_by("pk")
    )  # fmt: skip
    ReferenceSource.objects.bulk_create(
        ReferenceSource(
            budget=revision, source_id=row.source_id, rule=row.rule,
            trend_years=row.trend_years, note=row.note,
        )
        for row in source.reference_sources.order_by("pk")
    )  # fmt: skip


def _copy_policies(source: ClimateBudget, budget: ClimateBudget) -> None:
    ReferencePolicy.objects.bulk_create(
        ReferencePolicy(budget=budget, title=row.title, level=row.level, measure_id=row.measure_id)
        for row in source.reference_policies.order_by("pk")
    )


# What a line says about itself goes with it, field by field.
_OWN_FIELDS = (
    "measure_id", "order", "scope", "not_quantified_reason", "already_counted", "assumptions",
    "calculated_by", "calculated_by_user_id", "calculated_on", "attachment_url", "plan_reference",
    "decision_reference", "decision_id", "extra_cost_nok", "lifetime_years", "discount_percent",
)  # fmt: skip


def _copy_lines(
    source: ClimateBudget,
    budget: ClimateBudget,
    *,
    years: Collection[int] = ANY_YEAR,
    already_counted: Mapping[int, Decimal] = MappingProxyType({}),
) -> dict[int, Line]:
    """The new line for each old line id, with its figures of the given years."""
    old = list(source.lines.order_by("order", "pk"))
    new = Line.objects.bulk_create(
        Line(
            **{name: getattr(line, name) for name in _OWN_FIELDS}
            | {"already_counted": already_counted.get(line.pk, line.already_counted)},
            budget=budget,
            copied_from=line,
        )
        for line in old
    )
    lines = {before.pk: after for before, after in zip(old, new, strict=True)}
    LineSource.objects.bulk_create(
        LineSource(line=lines[row.line_id], source_id=row.source_id, share=row.share)
        for row in LineSource.objects.filter(line__in=old).order_by("pk")
    )
    Effect.objects.bulk_create(
        Effect(line=lines[row.line_id], year=row.year, tonnes=row.tonnes, low=row.low, high=row.high)
        for row in Effect.objects.filter(line__in=old).order_by("pk")
        if row.year in years
    )
    Cost.objects.bulk_create(
        Cost(line=lines[row.line_id], year=row.year, kind=row.kind, nok=row.nok)
        for row in Cost.objects.filter(line__in=old).order_by("pk")
        if row.year in years
    )
    copy_estimates(lines)
    return lines


def _copy_overlaps(
    source: ClimateBudget,
    budget: ClimateBudget,
    lines: Mapping[int, Line],
    *,
    years: Collection[int] = ANY_YEAR,
) -> None:
    """Decisions about overlap, with the tonnes of the given years."""
    for overlap in source.overlaps.order_by("pk").prefetch_related("members", "years"):
        copy = Overlap.objects.create(
            budget=budget,
            source_id=overlap.source_id,
            method=overlap.method,
            reason=overlap.reason,
            decided_by=overlap.decided_by,
        )
        OverlapMember.objects.bulk_create(
            OverlapMember(overlap=copy, line=lines[member.line_id]) for member in overlap.members.all()
        )
        OverlapYear.objects.bulk_create(
            OverlapYear(overlap=copy, year=row.year, tonnes=row.tonnes)
            for row in overlap.years.all()
            if row.year in years
        )
