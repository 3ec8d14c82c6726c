"""Undo of the last change somebody made to the figures of a draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
from budget.enums import ESTIMATES, CellFigure
from budget.models import ClimateBudget, Cost, Effect, Line
from budget.queries.undo import FigureMove, last_own_change
from organisation.models import User
from web.once import claim_submission
from web.refusals import Closed, Refused

REASONS = (EFFECT_CHANGED, EFFECTS_CHANGED, ESTIMATE_CHANGED, FIGURES_CHANGED, COST_CHANGED)


@dataclass(frozen=True, slots=True)
class Undone:
    """A figure that is back as it was, with the cell as it now stands."""

    line: Line
    year: int
    figure: CellFigure
    saved: FigureSaved


@dataclass(frozen=True, slots=True)
class Left:
    """A figure that stands as it is, because it has been changed since."""

    line: Line
    year: int
    figure: CellFigure


@dataclass(frozen=True, slots=True)
class Undoing:
    """What came of undoing one change; both are empty for a form that was sent before."""

    undone: tuple[Undone, ...] = ()
    left: tuple[Left, ...] = ()


def undo_last_change(*, by: User, budget: ClimateBudget, token: str) -> Undoing:
    """Write back what the user's last change of today to figures of the budget replaced, as a new version.

    What was done at once (a pasted block, «Lagre Mobilitet») is undone at once, except figures that have
    been changed since, which are left. Undoing again takes the change before it. The same form sent twice
    undoes once. Raises Refused when there is nothing to undo, when every figure has been changed since,
    or with the place of a figure that can no longer stand; Closed, PermissionDenied.
    """
    with editing(by, budget, _("Siste endring angret")):
        if claim_submission(token, by) is None:
            return Undoing()
        change = last_own_change(budget, by.pk, [str(reason) for reason in REASONS])
        if change is None:
            raise Refused(_("Du har ikke endret noe tall her i dag som kan angres."))
        # History tells the undo from the change, so that the next one goes further back.
        pghistory.context(undoes=[str(pk) for pk in change.pks])
        ids = {move.line_id for move in change.moves}
        _lock(ids)
        lines = Line.objects.select_related("budget__target", "measure").in_bulk(ids)
        undone: list[Undone] = []
        left: dict[tuple[int, int, CellFigure], Left] = {}
        # An effect before the estimates around it: they belong to the figure they were given for.
        for move in sorted(change.moves, key=lambda move: move.figure in ESTIMATES):
            line = lines[move.line_id]
            is_left = (line.pk, move.year, CellFigure.EFFECT) in left
            one = None if is_left else _undo(by, line, move)
            if one is None:
                left[line.pk, move.year, move.figure] = Left(line, move.year, move.figure)
            else:
                undone.append(one)
        if left and not undone:
            raise Refused(_changed_since(list(left.values())))
        return Undoing(tuple(undone), tuple(left.values()))


def _changed_since(left: Sequence[Left]) -> str:
    places = list(dict.fromkeys((one.line.measure.title, one.year) for one in left))
    if len(places) == 1:
        text = _("{title}, {year}, er endret etter at du lagret. Tallet står som det er.")
        return text.format(title=places[0][0], year=places[0][1])
    names = "; ".join(f"{title}, {year}" for title, year in places)
    return _("Alle tallene er endret etter at du lagret. De står som de er: {names}.").format(names=names)


def _lock(ids: Collection[int]) -> None:
    """Before they are read: nobody changes a figure between the look and the write. By id, after the budget,
    which `editing` has locked.
    """
    list(Line.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"))


def _undo(by: User, line: Line, move: FigureMove) -> Undone | None:
    """None when the figure, or an estimate that would go with it, has been changed since."""
    effect = Effect.objects.filter(line=line, year=move.year).first()
    now = _now(line, effect, move)
    takes_estimates = move.figure == CellFigure.EFFECT and move.before is None and _has_estimates(effect)
    if now.amount != move.after or takes_estimates:
        return None
    change = FigureChange(line, move.year, move.figure, move.before, now.version)
    try:
        return Undone(line, move.year, move.figure, set_figure(by=by, change=change))
    except Closed:
        raise
    except Refused as refused:
        # Of many figures the sentence alone does not say which.
        text = _("{title}, {year}: {why}")
        place = {"title": line.measure.title, "year": move.year}
        raise Refused(*(text.format(why=reason.text, **place) for reason in refused.reasons)) from refused


def _now(line: Line, effect: Effect | None, move: FigureMove) -> FigureNow:
    if move.figure in ESTIMATES:
        return estimate_now(effect, move.figure)
    if move.figure == CellFigure.EFFECT:
        return FigureNow(effect.tonnes, effect.version) if effect else FigureNow(None, 0)
    cost = Cost.objects.filter(line=line, year=move.year, kind=move.figure.value).first()
    return FigureNow(cost.nok, cost.version) if cost else FigureNow(None, 0)


def _has_estimates(effect: Effect | None) -> bool:
    return effect is not None and not (effect.low is None and effect.high is None)
