"""New climate budgets: the first of a year, and numbered revisions of an adopted one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.conf import settings
from django.db.models import Max
from django.utils.translation import gettext as _

from budget.actions.editing import check_tonnes
from budget.actions.estimates import copy_estimates
from budget.actions.refusals import BudgetRefused, refuse
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
)
from budget.queries.reading import figures_of, horizon, last_year_of
from climate_portal.web.actors import Actor, acting
from emissions.models import Edition, Source
from organisation.rules import Permission, require
from strategy.models import Target

Reference = Mapping[tuple[int, int], Decimal]


def create_budget(
    *,
    by: Actor,
    year: int,
    scope: str,
    target: Target,
    edition: Edition,
    reference_rule: ReferenceRule,
    reference: Reference | None,
    reference_note: str = "",
    is_example: bool = False,
) -> ClimateBudget:
    """Make a draft on one target and one edition, with its reference path, tCO2e per (source id, year).

    reference None is allowed for the flat rule only: each source as in the edition's last year.
    Raises BudgetRefused with every reason, PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    refuse(*_mistakes(year, scope, target, edition))
    budget = ClimateBudget(
        year=year,
        scope=scope,
        target=target,
        edition=edition,
        reference_rule=reference_rule,
        reference_note=reference_note,
        is_example=is_example,
    )
    path = _reference(budget, reference)
    with acting(by, _("Klimabudsjett opprettet")):
        budget.save(force_insert=True)
        ReferencePath.objects.bulk_create(
            ReferencePath(budget=budget, source_id=source, year=calendar_year, tonnes=tonnes)
            for (source, calendar_year), tonnes in path.items()
        )
    return budget


def _mistakes(year: int, scope: str, target: Target, edition: Edition) -> Iterable[str]:
    if target.scope != scope or edition.scope != scope:
        yield _(
            "Budsjett, mål og utgave må ha samme systemgrense. Tall fra ulike systemgrenser kan ikke blandes."
        )
    if edition.municipality.name != settings.MUNICIPALITY:
        yield _("Budsjettet må bygge på utslippene i {municipality}.").format(
            municipality=settings.MUNICIPALITY
        )
    last_year = last_year_of(edition.pk)
    if last_year is None:
        yield _("Utgaven har ingen tall.")
    elif last_year >= max(target.target_year, year):
        yield _("Utgaven går til {year}. Det er ingen år igjen å budsjettere.").format(year=last_year)
    if target.base_year and target.percent and not figures_of(edition.pk, target.base_year):
        yield _("Utgaven har ingen tall for basisåret {year}.").format(year=target.base_year)
    if ClimateBudget.objects.filter(year=year, scope=scope).exists():
        yield _("Det finnes allerede et klimabudsjett for {year} med denne systemgrensen.").format(year=year)


def _reference(budget: ClimateBudget, given: Reference | None) -> Reference:
    """The reference path for every source of the edition's last year and every year of the horizon."""
    last_year = last_year_of(budget.edition_id)
    assert last_year is not None
    years = horizon(budget, last_year, budget.target.target_year)
    last = figures_of(budget.edition_id, last_year)
    if given is None:
        if budget.reference_rule != ReferenceRule.FLAT:
            raise BudgetRefused([_("Legg inn referansebanen år for år.")])
        unknown = [source for source, tonnes in last.items() if tonnes is None]
        if unknown:
            text = _("Utgaven mangler tall for {sources} i {year}. Legg inn referansebanen år for år.")
            raise BudgetRefused([text.format(sources=_names(unknown), year=last_year)])
        return {(source, year): tonnes or Decimal(0) for source, tonnes in last.items() for year in years}
    for tonnes in given.values():
        check_tonnes(tonnes)
    sources = {source for source, _year in given} | {pk for pk, tonnes in last.items() if tonnes != 0}
    missing = {source for source in sources for year in years if (source, year) not in given}
    if missing:
        raise BudgetRefused([_("Referansebanen mangler tall for {sources}.").format(sources=_names(missing))])
    if {year for _source, year in given} - set(years):
        raise BudgetRefused(
            [_("Referansebanen gjelder {first}–{last}.").format(first=years[0], last=years[-1])]
        )
    return given


def _names(sources: Iterable[int]) -> str:
    found = Source.objects.filter(pk__in=sources).select_related("sector").order_by("pk")
    return ", ".join(str(source) for source in found)


def start_revision(*, by: Actor, budget: ClimateBudget) -> ClimateBudget:
    """A draft with the next number and everything the adopted budget says; the adopted one stays in force.

    Names, units and target are read from the other rooms again, until the revision is adopted. Funding
    stays with the budget in force and moves at adoption.
    Raises BudgetRefused unless the budget is adopted and no other revision is under way; PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    with acting(by, _("Revisjon påbegynt")):
        source = ClimateBudget.objects.select_for_update().get(pk=budget.pk)
        same = ClimateBudget.objects.filter(year=source.year, scope=source.scope)
        if source.state != BudgetState.ADOPTED:
            raise BudgetRefused([_("Bare et vedtatt klimabudsjett kan revideres.")])
        if same.filter(state__in=OPEN_STATES).exists():
            raise BudgetRefused([_("En revisjon av dette budsjettet er allerede under arbeid.")])
        newest = same.aggregate(newest=Max("revision"))["newest"]
        revision = ClimateBudget.objects.create(
            year=source.year,
            scope=source.scope,
            revision=newest + 1,
            target=source.target,
            edition=source.edition,
            reference_rule=source.reference_rule,
            reference_note=source.reference_note,
            is_example=source.is_example,
        )
        _copy_reference(source, revision)
        _copy_overlaps(source, revision, _copy_lines(source, revision))
    return revision


def _copy_reference(source: ClimateBudget, revision: ClimateBudget) -> None:
    ReferencePath.objects.bulk_create(
        ReferencePath(
            budget=revision, source_id=row.source_id, year=row.year,
            tonnes=row.tonnes, low=row.low, high=row.high,
        )
        for row in source.reference_path.order_by("pk")
    )  # fmt: skip
    ReferencePolicy.objects.bulk_create(
        ReferencePolicy(budget=revision, title=row.title, level=row.level)
        for row in source.reference_policies.order_by("pk")
    )


def _copy_lines(source: ClimateBudget, revision: ClimateBudget) -> dict[int, Line]:
    """The new line for each old line id."""
    old = list(source.lines.order_by("order", "pk"))
    new = Line.objects.bulk_create(
        Line(
            budget=revision,
            measure_id=line.measure_id,
            order=line.order,
            scope=line.scope,
            not_quantified_reason=line.not_quantified_reason,
            already_counted=line.already_counted,
            assumptions=line.assumptions,
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
    )
    Cost.objects.bulk_create(
        Cost(line=lines[row.line_id], year=row.year, kind=row.kind, nok=row.nok)
        for row in Cost.objects.filter(line__in=old).order_by("pk")
    )
    copy_estimates(lines)
    return lines


def _copy_overlaps(source: ClimateBudget, revision: ClimateBudget, lines: Mapping[int, Line]) -> None:
    for overlap in source.overlaps.order_by("pk").prefetch_related("members", "years"):
        copy = Overlap.objects.create(
            budget=revision,
            source_id=overlap.source_id,
            method=overlap.method,
            reason=overlap.reason,
            decided_by=overlap.decided_by,
        )
        OverlapMember.objects.bulk_create(
            OverlapMember(overlap=copy, line=lines[member.line_id]) for member in overlap.members.all()
        )
        OverlapYear.objects.bulk_create(
            OverlapYear(overlap=copy, year=row.year, tonnes=row.tonnes) for row in overlap.years.all()
        )
