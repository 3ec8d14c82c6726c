"""Everything that changes a climate budget. Figures change only while it is a draft."""

from budget.actions.costs import set_cost
from budget.actions.documents import create_budget, start_revision
from budget.actions.effects import EffectChange, EffectSaved, StaleCells, set_effect, set_effects
from budget.actions.figures import FigureChange, StaleFigures, set_figure, set_figures
from budget.actions.figures_saved import FigureNow, FigureSaved
from budget.actions.lines import add_funding, add_line, add_overlap, update_line
from budget.actions.refusals import BudgetClosed, BudgetRefused
from budget.actions.transitions import hand_over, propose, register_adoption, take_back
from budget.actions.undoing import undo_last_change
from budget.queries.problem_words import Refusal

__all__ = [
    "BudgetClosed",
    "BudgetRefused",
    "EffectChange",
    "EffectSaved",
    "FigureChange",
    "FigureNow",
    "FigureSaved",
    "Refusal",
    "StaleCells",
    "StaleFigures",
    "add_funding",
    "add_line",
    "add_overlap",
    "create_budget",
    "hand_over",
    "propose",
    "register_adoption",
    "set_cost",
    "set_effect",
    "set_effects",
    "set_figure",
    "set_figures",
    "start_revision",
    "take_back",
    "undo_last_change",
    "update_line",
]
