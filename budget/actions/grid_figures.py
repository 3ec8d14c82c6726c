"""Any cell of the grid: the effect, the estimates around it, or a cost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budget.actions.costs import set_cost
from budget.actions.editing import check_tonnes, closed_sentence
from budget.actions.effects import EFFECTS_CHANGED, ZERO, check_sources, lock_line, set_effect
from budget.actions.figures_saved import FigureNow, FigureSaved
from budget.enums import BudgetState, CellFigure, CostKind
from budget.models import ClimateBudget, Effect, Line
from budget.queries.effects import stored_cell
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleFigures, StaleObject
from web.formats import format_number
from web.refusals import Closed, Refused

ESTIMATE_CHANGED = gettext_lazy("Anslag endret")
FIGURES_CHANGED = gettext_lazy("Tall endret")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A figure to save, tonnes or NOK; None takes it away. `version` as the editor saw it, 0 for none."""

    line: Line
    year: int
    figure: CellFigure
    amount: Decimal | None
    version: int


def set_figure(*, by: Actor, change: FigureChange) -> FigureSaved:
    """Save one cell. The same figure again changes nothing, whatever the version.

    Raises StaleObject with a FigureNow when somebody else saved that figure first, Closed,
    Refused, PermissionDenied.
    """
    line, year, amount, version = change.line, change.year, change.amount, change.version
    if change.figure in (CellFigure.LOW, CellFigure.HIGH):
        return _set_estimate(by, change)
    if change.figure != CellFigure.EFFECT:
        kind = CostKind(change.figure)
        return set_cost(by=by, line=line, year=year, kind=kind, nok=amount, version=version)
    try:
        saved = set_effect(by=by, line=line, year=year, tonnes=amount, version=version)
    except StaleObject as stale:
        now = FigureNow(stale.obj.tonnes, stale.obj.version) if stale.obj else FigureNow(None, 0)
        raise StaleObject(now) from stale
    return FigureSaved(saved.tonnes, saved.version, saved.changed, saved.warnings)


def set_figures(*, by: Actor, budget: ClimateBudget, changes: Iterable[FigureChange]) -> list[FigureSaved]:
    """Save several cells of one budget, all or none; as `set_figure`, but raises StaleFigures."""
    changes = list(changes)
    is_effects = any(change.figure == CellFigure.EFFECT for change in changes)
    stale: list[tuple[FigureChange, FigureNow]] = []
    saved = []
    with acting(by, str(EFFECTS_CHANGED if is_effects else FIGURES_CHANGED)):
        for change in changes:
            if change.line.budget_id != budget.pk:
                raise Line.DoesNotExist
            try:
                saved.append(set_figure(by=by, change=change))
            except StaleObject as error:
                stale.append((change, error.obj))
        if stale:
            raise StaleFigures(stale)
    return saved


def _set_estimate(by: Actor, change: FigureChange) -> FigureSaved:
    """The low or high estimate of an effect, tCO2e: low ≤ effect ≤ high."""
    line, tonnes, name = change.line, change.amount, change.figure.value
    if tonnes is not None:
        check_tonnes(tonnes)
    require(by, Permission.EDIT_BUDGET)
    with acting(by, str(ESTIMATE_CHANGED)):
        lock_line(line)
        if line.budget.state != BudgetState.DRAFT:
            raise Closed(closed_sentence(line.budget.state))
        cell = stored_cell(line.pk, change.year)
        effect = cell.effect
        now = estimate_now(effect, change.figure)
        if now.amount == tonnes:
            return FigureSaved(tonnes, now.version, changed=False)
        if now.version != change.version:
            raise StaleObject(now)
        _check_order(effect, change)
        if tonnes is not None and line.scope == line.budget.scope:
            check_sources(line, change.year, max(ZERO, tonnes - line.already_counted), cell.limits)
        assert effect is not None
        version = f"{name}_version"
        Effect.objects.filter(pk=effect.pk).update(**{name: tonnes, version: F(version) + 1})
        return FigureSaved(tonnes, 0 if tonnes is None else getattr(effect, version) + 1, changed=True)


def estimate_now(effect: Effect | None, figure: CellFigure) -> FigureNow:
    """The estimate as it stands, tCO2e; version 0 where there is none."""
    amount: Decimal | None = getattr(effect, figure.value) if effect else None
    return FigureNow(None, 0) if amount is None else FigureNow(amount, getattr(effect, f"{figure}_version"))


def _check_order(effect: Effect | None, change: FigureChange) -> None:
    if effect is None:
        raise Refused(_("Skriv effekten for {year} først.").format(year=change.year))
    tonnes, stands = change.amount, format_number(effect.tonnes)
    if tonnes is None:
        return
    if change.figure == CellFigure.LOW and tonnes > effect.tonnes:
        text = _("Det lave anslaget kan ikke være høyere enn effekten, {tonnes} tonn.")
        raise Refused(text.format(tonnes=stands))
    if change.figure == CellFigure.HIGH and tonnes < effect.tonnes:
        text = _("Det høye anslaget kan ikke være lavere enn effekten, {tonnes} tonn.")
        raise Refused(text.format(tonnes=stands))
