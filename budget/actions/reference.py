"""The reference path of a draft, source by source, and the policies that are already in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.creating import check_rule
from budget.actions.editing import check_tonnes, editing, problems_of, refuse_new_problems
from budget.calculations.reference import flat_path, trend_path
from budget.enums import ReferenceRule
from budget.models import ClimateBudget, Line, ReferencePath, ReferencePolicy, ReferenceSource
from budget.queries.editions import source_histories
from budget.queries.rows import horizon_of
from emissions.models import Source
from strategy.models import Measure
from web.actors import Actor
from web.concurrency import StaleFigures, StaleObject, save_versioned
from web.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class PathYear:
    """The path of one source in one year, tCO2e, with low and high estimate or neither."""

    tonnes: Decimal
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SourcePath:
    """A source's path, every year of the budget. `version` of its ReferenceSource as seen, 0 for none."""

    source: Source
    years: Mapping[int, PathYear]
    version: int


def set_reference_source(
    *,
    by: Actor,
    budget: ClimateBudget,
    source: Source,
    rule: ReferenceRule,
    years: Mapping[int, PathYear],
    version: int,
    trend_years: int | None = None,
    note: str = "",
) -> None:
    """Make the path of one source by a stated rule: computed for flat and trend, as given for the others.

    Raises StaleObject (with the ReferenceSource as it is), Refused, Closed, PermissionDenied.
    """
    check_rule(rule, trend_years)
    with editing(by, budget, _("Referansebanen endret")):
        _check_source(budget, [source])
        path = years
        if rule in (ReferenceRule.FLAT, ReferenceRule.TREND):
            path = computed_path(budget, source, rule, trend_years)
        _check_path(budget, source, path)
        before = problems_of(budget)
        fields = {"rule": rule, "trend_years": trend_years, "note": note.strip()}
        _save_rule(budget, source, version, fields)
        _write_path(budget, source, path)
        refuse_new_problems(budget, before)


def computed_path(
    budget: ClimateBudget, source: Source, rule: ReferenceRule, trend_years: int | None
) -> dict[int, PathYear]:
    """The path the rule gives from the source's own history, tCO2e. Raises Refused without one."""
    history = source_histories(budget.edition_id, budget.inventory_until).get(source.pk, {})
    known = {year: tonnes for year, tonnes in history.items() if tonnes is not None}
    years = horizon_of(budget)
    try:
        figures = (
            trend_path(known, years, trend_years or 0)
            if rule == ReferenceRule.TREND
            else flat_path(known, years)
        )
    except ValueError:
        text = _("Utgaven har {count} regnskapsår for {source}. Velg en annen regel, eller færre år.")
        raise Refused(text.format(count=len(known), source=source)) from None
    return {year: PathYear(tonnes) for year, tonnes in figures.items()}


def import_reference(*, by: Actor, budget: ClimateBudget, paths: Iterable[SourcePath], note: str) -> int:
    """Write the paths of several sources as read from a file, all or none; how many were changed.

    Raises StaleFigures with the sources somebody else changed after the preview, Refused, Closed,
    PermissionDenied.
    """
    wanted = list(paths)
    with editing(by, budget, _("Referansebanen lest inn fra fil")):
        _check_source(budget, [path.source for path in wanted])
        before = problems_of(budget)
        stale = []
        for path in wanted:
            _check_path(budget, path.source, path.years)
            fields = {"rule": ReferenceRule.IMPORTED, "trend_years": None, "note": note.strip()}
            try:
                _save_rule(budget, path.source, path.version, fields)
            except StaleObject as error:
                stale.append((path, error.obj))
                continue
            _write_path(budget, path.source, path.years)
        if stale:
            raise StaleFigures(stale)
        refuse_new_problems(budget, before)
    return len(wanted)


def _check_source(budget: ClimateBudget, sources: Iterable[Source]) -> None:
    known = set(ReferencePath.objects.filter(budget=budget).values_list("source_id", flat=True))
    strangers = [str(source) for source in sources if source.pk not in known]
    if strangers:
        text = _("{sources} er ikke med i referansebanen.")
        raise Refused(text.format(sources=", ".join(strangers)))


def _check_path(budget: ClimateBudget, source: Source, path: Mapping[int, PathYear]) -> None:
    years = horizon_of(budget)
    if set(path) != set(years):
        text = _("Skriv referansebanen til {source} for hvert år fra {first} til {last}.")
        raise Refused(text.format(source=source, first=years[0], last=years[-1]))
    for year, figure in path.items():
        check_path_year(source, year, figure)


def check_path_year(source: Source, year: int, figure: PathYear) -> None:
    """Raises Refused unless it can be the path of the source that year."""
    for tonnes in (figure.tonnes, figure.low, figure.high):
        if tonnes is not None:
            check_tonnes(tonnes)
    low, high = figure.low, figure.high
    if (low is None) != (high is None):
        text = _("Skriv både lavt og høyt anslag for {source} i {year}, eller ingen av dem.")
        raise Refused(text.format(source=source, year=year))
    if low is not None and high is not None and not low <= figure.tonnes <= high:
        text = _("Lavt og høyt anslag for {source} i {year} må ligge på hver sin side av referansebanen.")
        raise Refused(text.format(source=source, year=year))


def _save_rule(
    budget: ClimateBudget, source: Source, version: int, fields: Mapping[str, object]
) -> ReferenceSource:
    """Raises StaleObject when the stored row is not at `version`, 0 for no row."""
    # The first row of a source is locked, so that two who make its rule at once take turns.
    first = ReferencePath.objects.select_for_update().filter(budget=budget, source=source)
    list(first.order_by("year")[:1])
    current = ReferenceSource.objects.filter(budget=budget, source=source).first()
    if current is None:
        if version:
            raise StaleObject(None)
        return ReferenceSource.objects.create(budget=budget, source=source, **fields)
    save_versioned(current, expected=version, fields=fields)
    return current


def _write_path(budget: ClimateBudget, source: Source, path: Mapping[int, PathYear]) -> None:
    for row in ReferencePath.objects.filter(budget=budget, source=source):
        figure = path[row.year]
        if (row.tonnes, row.low, row.high) != (figure.tonnes, figure.low, figure.high):
            row.tonnes, row.low, row.high = figure.tonnes, figure.low, figure.high
            row.save(update_fields=["tonnes", "low", "high"])


def add_policy(
    *, by: Actor, budget: ClimateBudget, title: str, level: str, measure: Measure | None = None
) -> ReferencePolicy:
    """Note a national or regional policy that the reference path already holds.

    Raises Refused (also when its measure is a line of the budget), Closed, PermissionDenied.
    """
    name = title.strip() or (str(measure) if measure else "")
    if not name:
        raise Refused(Refusal(_("Skriv hva virkemiddelet heter, eller velg et tiltak."), field="title"))
    with editing(by, budget, _("Virkemiddel lagt inn i referansebanen")):
        if measure and Line.objects.filter(budget=budget, measure=measure).exists():
            text = _(
                "{measure} er et tiltak i budsjettet. Det kan ikke også være regnet med i referansebanen: "
                "ta det ut av budsjettet først."
            )
            raise Refused(Refusal(text.format(measure=measure), field="measure"))
        if ReferencePolicy.objects.filter(budget=budget, title=name).exists():
            raise Refused(Refusal(_("{title} står her allerede.").format(title=name), field="title"))
        return ReferencePolicy.objects.create(budget=budget, title=name, level=level, measure=measure)


def remove_policy(*, by: Actor, policy: ReferencePolicy) -> None:
    """Take a policy out of the list. Raises Closed, PermissionDenied."""
    with editing(by, policy.budget, _("Virkemiddel tatt ut av referansebanen")):
        policy.delete()
