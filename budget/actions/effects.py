"""Effects of a line, one year at a time: what the grid saves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from budget.actions.editing import check_tonnes, editing
from budget.actions.refusals import BudgetRefused
from budget.enums import OverlapMethod
from budget.models import ClimateBudget, Effect, Line, OverlapYear, ReferencePath
from budget.queries.reading import horizon_of
from budget.queries.remarks import above_reference_sentence
from climate_portal.web.actors import Actor, acting
from climate_portal.web.concurrency import StaleObject, save_versioned
from climate_portal.web.formats import format_number

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class EffectSaved:
    """The cell as it now stands. version 0: no figure. `warnings` are sentences; the figure is saved."""

    tonnes: Decimal | None
    version: int
    changed: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectChange:
    """A figure to save: tonnes None takes it away. `version` is the one the editor saw, 0 for no figure."""

    line: Line
    year: int
    tonnes: Decimal | None
    version: int


class StaleCells(Exception):
    """Somebody else saved some of the cells first. `cells` are the changes with what stands there now."""

    def __init__(self, cells: Iterable[tuple[EffectChange, Effect | None]]) -> None:
        self.cells = tuple(cells)
        super().__init__(f"{len(self.cells)} cells were changed by somebody else")


def set_effect(*, by: Actor, line: Line, year: int, tonnes: Decimal | None, version: int) -> EffectSaved:
    """Save the effect of a line in one year, tCO2e; None takes the figure away, which is not zero.

    The same figure again changes nothing, whatever the version: a retry after a lost answer is no conflict.
    Raises StaleObject (with the Effect as it is, or None) when somebody else saved first, BudgetClosed when
    the budget is no draft, BudgetRefused with a sentence for a figure that cannot stand, PermissionDenied.
    """
    if tonnes is not None:
        check_tonnes(tonnes)
    with editing(by, line.budget_id, _("Effekt endret")):
        locked = _locked(line.pk)
        current = Effect.objects.filter(line=locked, year=year).first()
        if (current.tonnes if current else None) == tonnes:
            return EffectSaved(tonnes, current.version if current else 0, changed=False)
        if (current.version if current else 0) != version:
            raise StaleObject(current)
        if tonnes is None:
            assert current is not None
            _take_away(locked, current)
            return EffectSaved(None, 0, changed=True)
        warnings = _check(locked, year, tonnes, current)
        saved = _write(locked, year, tonnes, current)
        return EffectSaved(tonnes, saved.version, changed=True, warnings=warnings)


def set_effects(*, by: Actor, budget: ClimateBudget, changes: Iterable[EffectChange]) -> list[EffectSaved]:
    """Save several cells of one budget, all or none; as `set_effect`, but raises StaleCells with them all."""
    stale: list[tuple[EffectChange, Effect | None]] = []
    saved = []
    with acting(by, _("Effekter endret")):
        for change in changes:
            if change.line.budget_id != budget.pk:
                raise Line.DoesNotExist
            try:
                saved.append(
                    set_effect(
                        by=by,
                        line=change.line,
                        year=change.year,
                        tonnes=change.tonnes,
                        version=change.version,
                    )
                )
            except StaleObject as error:
                stale.append((change, error.obj))
        if stale:
            raise StaleCells(stale)
    return saved


def _locked(line_id: int) -> Line:
    """The line, locked so that two editors of the same empty cell come one after the other."""
    rows = Line.objects.select_related("budget__target")
    return rows.select_for_update(of=("self",), no_key=True).get(pk=line_id)


def _take_away(line: Line, effect: Effect) -> None:
    """Delete the figure, and see to it that a later one never gets a version this one has had."""
    effect.delete()
    Line.objects.filter(pk=line.pk).update(version=Greatest(F("version"), effect.version) + 1)


def _write(line: Line, year: int, tonnes: Decimal, current: Effect | None) -> Effect:
    if current is None:
        return Effect.objects.create(line=line, year=year, tonnes=tonnes, version=line.version)
    save_versioned(current, expected=current.version, fields={"tonnes": tonnes})
    return current


def _check(line: Line, year: int, tonnes: Decimal, current: Effect | None) -> tuple[str, ...]:
    """Raises BudgetRefused for what cannot stand; returns sentences about what is only odd."""
    years = horizon_of(line.budget)
    if year not in years:
        text = _("Budsjettet gjelder {first}–{last}. {year} er ikke med.")
        raise BudgetRefused([text.format(first=years[0], last=years[-1], year=year)])
    if not line.quantified:
        raise BudgetRefused([_("Tiltaket er ikke tallfestet. Fjern begrunnelsen før du legger inn tall.")])
    if current and current.low is not None and tonnes < current.low:
        raise BudgetRefused([_("Effekten kan ikke være lavere enn det lave anslaget.")])
    if current and current.high is not None and tonnes > current.high:
        raise BudgetRefused([_("Effekten kan ikke være høyere enn det høye anslaget.")])
    if line.scope != line.budget.scope:
        return ()
    counted = max(ZERO, tonnes - line.already_counted)
    shares = dict(line.sources.values_list("source_id", "share"))
    _check_basis(line, year, counted, shares)
    return _reference_warnings(line, year, counted, shares)


def _check_basis(line: Line, year: int, counted: Decimal, shares: dict[int, Decimal]) -> None:
    """An effect larger than the emissions its overlap shares cannot be computed."""
    rows = OverlapYear.objects.filter(
        overlap__members__line=line, overlap__method=OverlapMethod.PRODUCT, year=year
    )
    for source, basis in rows.values_list("overlap__source_id", "tonnes"):
        if counted * shares.get(source, ZERO) / 100 > basis:
            text = _("Effekten er større enn utslippsgrunnlaget tiltaket deler med andre, {basis} tonn.")
            raise BudgetRefused([text.format(basis=format_number(basis))])


def _reference_warnings(
    line: Line, year: int, counted: Decimal, shares: dict[int, Decimal]
) -> tuple[str, ...]:
    rows = ReferencePath.objects.filter(budget_id=line.budget_id, year=year, source__in=shares)
    return tuple(
        above_reference_sentence(tonnes)
        for source, tonnes in rows.values_list("source_id", "tonnes")
        if counted * shares[source] / 100 > tonnes
    )
