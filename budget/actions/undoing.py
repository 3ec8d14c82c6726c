"""Undo of the last change somebody made to the figures of a draft."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pghistory
from django.utils.translation import gettext as _

from budget.actions.costs import COST_CHANGED
from budget.actions.editing import editing
from budget.actions.effects import EFFECT_CHANGED, EFFECTS_CHANGED
from budget.actions.figures_saved import FigureNow, FigureSaved
from budget.actions.grid_figures import (
    ESTIMATE_CHANGED,
    FIGURES_CHANGED,
    FigureChange,
    estimate_now,
    set_figure,
)
from budget.actions.refusals import BudgetRefused
from budget.enums import ESTIMATES, CellFigure
from budget.models import ClimateBudget, Cost, Effect, Line
from budget.queries.deeds import FigureMove, last_deed
from climate_portal.web.submission import claim_submission
from organisation.models import User

REASONS = (EFFECT_CHANGED, EFFECTS_CHANGED, ESTIMATE_CHANGED, FIGURES_CHANGED, COST_CHANGED)


@dataclass(frozen=True, slots=True)
class Undone:
    """A figure that is back as it was, with the cell as it now stands."""

    line: Line
    year: int
    figure: CellFigure
    saved: FigureSaved


def undo_last_change(*, by: User, budget: ClimateBudget, token: str) -> list[Undone]:
    """Write back what the user's last change of today to a figure of the budget replaced, as a new version.

    What was saved at once («Lagre Mobilitet») is undone at once. Undoing again takes the change before it.
    The same form sent twice undoes once and returns nothing. Raises BudgetRefused when there is nothing to
    undo or when a figure has been changed since, BudgetClosed, PermissionDenied.
    """
    with editing(by, budget, _("Siste endring angret")):
        if claim_submission(token, by) is None:
            return []
        deed = last_deed(budget, by.pk, [str(reason) for reason in REASONS])
        if deed is None:
            raise BudgetRefused([_("Du har ikke endret noe tall her i dag som kan angres.")])
        # History tells the undo from the change, so that the next one goes further back.
        pghistory.context(undoes=str(deed.pk))
        ids = {move.line_id for move in deed.moves}
        _lock(ids)
        lines = Line.objects.select_related("budget__target", "measure").in_bulk(ids)
        return [_undo(by, lines[move.line_id], move) for move in deed.moves]


def _lock(ids: Collection[int]) -> None:
    """Before they are read, in one order: nobody changes a figure between the look and the write."""
    list(Line.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def _undo(by: User, line: Line, move: FigureMove) -> Undone:
    effect = Effect.objects.filter(line=line, year=move.year).first()
    now = _now(line, effect, move)
    takes_estimates = move.figure == CellFigure.EFFECT and move.before is None and _has_estimates(effect)
    if now.amount != move.after or takes_estimates:
        text = _("{title}, {year}, er endret etter at du lagret. Tallet står som det er.")
        raise BudgetRefused([text.format(title=line.measure.title, year=move.year)])
    change = FigureChange(line, move.year, move.figure, move.before, now.version)
    return Undone(line, move.year, move.figure, set_figure(by=by, change=change))


def _now(line: Line, effect: Effect | None, move: FigureMove) -> FigureNow:
    if move.figure in ESTIMATES:
        return estimate_now(effect, move.figure)
    if move.figure == CellFigure.EFFECT:
        return FigureNow(effect.tonnes, effect.version) if effect else FigureNow(None, 0)
    cost = Cost.objects.filter(line=line, year=move.year, kind=move.figure.value).first()
    return FigureNow(cost.nok, cost.version) if cost else FigureNow(None, 0)


def _has_estimates(effect: Effect | None) -> bool:
    return effect is not None and not (effect.low is None and effect.high is None)
