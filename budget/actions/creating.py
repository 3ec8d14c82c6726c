"""New climate budgets from nothing: a target, an edition and a reference path."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.editing import check_tonnes, one_of_two_at_once
from budget.calculations.reference import LEAST_TREND_YEARS
from budget.enums import ReferenceRule
from budget.models import ClimateBudget, ReferencePath, ReferenceSource
from budget.queries.editions import figures_of, last_year_of
from budget.queries.reference_rules import RuledPath, ruled_path
from budget.queries.rows import horizon, last_known_year
from emissions.actions.undoing import hold_edition
from emissions.models import Edition, Source
from organisation.rules import Permission, require
from strategy.models import Target
from web.actors import Actor, acting
from web.names import naming, own_municipality
from web.refusals import Refusal, Refused, refuse

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
    trend_years: int | None = None,
    inventory_until: int | None = None,
    copied_from: ClimateBudget | None = None,
    is_example: bool = False,
) -> ClimateBudget:
    """Make a draft on one target and one edition, with its reference path, tCO2e per (source id, year).

    reference None is for the flat rule and the trend: each source from the edition's last year. A trend
    takes `trend_years` inventory years; a source with fewer has a flat path, and a row that says so.
    `inventory_until` is the last year of the edition that was known when the budget was made, for one that
    was made before the portal.
    Raises Refused with every reason, PermissionDenied.
    """
    require(by, Permission.EDIT_BUDGET)
    refuse(*basis_mistakes(year, scope, target, edition, inventory_until), *_taken_already(year, scope))
    check_rule(reference_rule, trend_years)
    budget = ClimateBudget(
        year=year,
        scope=scope,
        target=target,
        edition=edition,
        reference_rule=reference_rule,
        reference_note=reference_note,
        trend_years=trend_years,
        inventory_until=inventory_until,
        copied_from=copied_from,
        is_example=is_example,
    )
    path, too_short = _reference(budget, reference)
    with one_of_two_at_once(), acting(by, _("Klimabudsjett opprettet")):
        refuse(*_taken_already(year, scope))
        hold(edition)
        budget.save(force_insert=True)
        ReferencePath.objects.bulk_create(
            ReferencePath(budget=budget, source_id=source, year=calendar_year, tonnes=tonnes)
            for (source, calendar_year), tonnes in path.items()
        )
        write_too_short(budget, too_short)
    return budget


def check_rule(rule: ReferenceRule, trend_years: int | None) -> None:
    """Raises Refused for a trend without its years, or years without a trend."""
    if rule == ReferenceRule.TREND and (trend_years is None or trend_years < LEAST_TREND_YEARS):
        text = _("Skriv hvor mange regnskapsår trenden bygger på, minst {least}.")
        raise Refused(Refusal(text.format(least=LEAST_TREND_YEARS), field="trend_years"))
    if rule != ReferenceRule.TREND and trend_years is not None:
        raise Refused(Refusal(_("Bare en trend bygger på et antall regnskapsår."), field="trend_years"))


def _taken_already(year: int, scope: str) -> Iterable[Refusal]:
    if ClimateBudget.objects.filter(year=year, scope=scope).exists():
        text = _("Det finnes allerede et klimabudsjett for {year} med denne systemgrensen.")
        yield Refusal(text.format(year=year), field="year")


def hold(edition: Edition) -> None:
    """Keeps the edition from being undone until the transaction ends. Raises Refused if it was."""
    try:
        hold_edition(edition.pk)
    except Refused as undone:
        raise Refused(*undone.reasons) from None


def basis_mistakes(
    year: int, scope: str, target: Target, edition: Edition, until: int | None = None
) -> Iterable[str]:
    """Why a budget for this year and scope cannot stand on this target and edition, as known to `until`."""
    if target.scope != scope or edition.scope != scope:
        yield _(
            "Budsjett, mål og utgave må ha samme systemgrense. Tall fra ulike systemgrenser kan ikke blandes."
        )
    if edition.municipality.name != own_municipality():
        yield naming(_("Budsjettet må bygge på utslippene i {municipality}."))
    last_year = last_year_of(edition.pk, until)
    if last_year is None:
        yield _("Utgaven har ingen tall.")
    elif last_year >= max(target.target_year, year):
        yield _("Utgaven går til {year}. Det er ingen år igjen å budsjettere.").format(year=last_year)
    if until is not None and last_year is not None and (target.base_year or 0) > last_year:
        text = _("Målet regner fra {base}. Et klimabudsjett for {year} må ha et mål som regner fra før det.")
        yield text.format(base=target.base_year, year=year)
    if target.base_year and target.percent and not figures_of(edition.pk, target.base_year):
        yield _("Utgaven har ingen tall for basisåret {year}.").format(year=target.base_year)


def _reference(budget: ClimateBudget, given: Reference | None) -> tuple[Reference, Sequence[int]]:
    """The path of every source of the edition's last year in every year of the horizon, and the sources
    with too few years for the trend.
    """
    last_year = last_known_year(budget)
    assert last_year is not None
    years = horizon(budget, last_year, budget.target.target_year)
    if given is None:
        return _from_rule(budget, last_year, years)
    last = figures_of(budget.edition_id, last_year)
    for tonnes in given.values():
        check_tonnes(tonnes)
    sources = {source for source, _year in given} | {pk for pk, tonnes in last.items() if tonnes != 0}
    missing = {source for source in sources for year in years if (source, year) not in given}
    if missing:
        raise Refused(_("Referansebanen mangler tall for {sources}.").format(sources=_names(missing)))
    if {year for _source, year in given} - set(years):
        raise Refused(_("Referansebanen gjelder {first}–{last}.").format(first=years[0], last=years[-1]))
    return given, []


def _from_rule(
    budget: ClimateBudget, last_year: int, years: Sequence[int]
) -> tuple[Reference, Sequence[int]]:
    if budget.reference_rule not in (ReferenceRule.FLAT, ReferenceRule.TREND):
        raise Refused(_("Legg inn referansebanen år for år."))
    ruled = ruled_path(budget.edition_id, years, budget.trend_years, budget.inventory_until)
    refuse_unknown(ruled, last_year)
    return ruled.path, ruled.too_short


def refuse_unknown(ruled: RuledPath, last_year: int) -> None:
    """Raises Refused for sources a rule has no last figure of."""
    if ruled.unknown:
        text = _("Utgaven mangler tall for {sources} i {year}. Legg inn referansebanen år for år.")
        raise Refused(text.format(sources=_names(ruled.unknown), year=last_year))


def write_too_short(budget: ClimateBudget, sources: Iterable[int]) -> None:
    """A row for each source that is flat in spite of the trend, which says why."""
    note = _("For få regnskapsår til en trend.")
    ReferenceSource.objects.bulk_create(
        ReferenceSource(budget=budget, source_id=source, rule=ReferenceRule.FLAT, note=note)
        for source in sources
    )


def _names(sources: Iterable[int]) -> str:
    found = Source.objects.filter(pk__in=sources).select_related("sector").order_by("pk")
    return ", ".join(str(source) for source in found)
