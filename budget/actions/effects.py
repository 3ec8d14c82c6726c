"""Effects of a line, one year at a time: what the grid saves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from budget.actions.editing import check_tonnes, closed_sentence
from budget.actions.refusals import BudgetClosed, BudgetRefused
from budget.enums import BudgetState, OverlapMethod
from budget.models import ClimateBudget, Effect, Line, OverlapYear, ReferencePath
from budget.queries.reading import horizon_of
from budget.queries.remarks import above_reference_sentence
from climate_portal.web.actors import Actor, acting
from climate_portal.web.concurrency import StaleObject, save_versioned
from climate_portal.web.formats import format_number
from organisation.rules import Permission, require

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
    require(by, Permission.EDIT_BUDGET)
    with acting(by, _("Effekt endret")):
        locked = _locked(line.pk)
        if locked.budget.state != BudgetState.DRAFT:
            raise BudgetClosed([closed_sentence(locked.budget.state)])
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
    """The line and its budget, locked: two editors of the same empty cell come one after the other, and
    nobody moves the budget meanwhile.
    """
    rows = Line.objects.select_related("budget")
    return rows.select_for_update(of=("self", "budget"), no_key=True).get(pk=line_id)


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
    if not line.quantified:
        raise BudgetRefused([_("Tiltaket er ikke tallfestet. Fjern begrunnelsen før du legger inn tall.")])
    if current and current.low is not None and tonnes < current.low:
        raise BudgetRefused([_("Effekten kan ikke være lavere enn det lave anslaget.")])
    if current and current.high is not None and tonnes > current.high:
        raise BudgetRefused([_("Effekten kan ikke være høyere enn det høye anslaget.")])
    if line.scope != line.budget.scope:
        _check_year(line, year)
        return ()
    return _check_sources(line, year, max(ZERO, tonnes - line.already_counted))


def _check_year(line: Line, year: int) -> None:
    years = horizon_of(line.budget)
    if year not in years:
        text = _("Budsjettet gjelder {first}–{last}. {year} er ikke med.")
        raise BudgetRefused([text.format(first=years[0], last=years[-1], year=year)])


def _check_sources(line: Line, year: int, counted: Decimal) -> tuple[str, ...]:
    """Hold the effect against the emissions it shares with others, and against each source's reference.

    An effect above a shared basis cannot be computed and is refused; above the reference it is only odd.
    """
    reference = ReferencePath.objects.filter(budget=line.budget_id, source=OuterRef("source"), year=year)
    basis = OverlapYear.objects.filter(
        overlap__members__line=line,
        overlap__source=OuterRef("source"),
        overlap__method=OverlapMethod.PRODUCT,
        year=year,
    )
    rows = line.sources.annotate(
        reference=Subquery(reference.values("tonnes")), basis=Subquery(basis.values("tonnes")[:1])
    )
    found = list(rows.values_list("share", "reference", "basis"))
    if not found or any(emitted is None for _share, emitted, _shared in found):
        _check_year(line, year)  # the reference path has every year of the budget, and no other
    warnings = []
    for share, emitted, shared in found:
        acting_here = counted * share / 100
        if shared is not None and acting_here > shared:
            text = _("Effekten er større enn utslippsgrunnlaget tiltaket deler med andre, {basis} tonn.")
            raise BudgetRefused([text.format(basis=format_number(shared))])
        if emitted is not None and acting_here > emitted:
            warnings.append(above_reference_sentence(emitted))
    return tuple(warnings)
