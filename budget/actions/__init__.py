"""Everything that changes a climate budget. Figures change only while it is a draft."""

from budget.actions.basis import change_basis
from budget.actions.copying import copy_forward, start_revision
from budget.actions.costs import set_cost
from budget.actions.documents import create_budget
from budget.actions.effects import EffectChange, EffectSaved, StaleCells, set_effect, set_effects
from budget.actions.estimates import Seen, add_factor, renew_estimate, save_estimate
from budget.actions.figures import CostChange, RangeChange, StaleFigures, set_costs, set_ranges
from budget.actions.figures_saved import FigureNow, FigureSaved
from budget.actions.funding import add_funding, remove_funding, update_funding
from budget.actions.grid_figures import FigureChange, StaleGridFigures, set_figure, set_figures
from budget.actions.line_import import LineRow, StaleLines, import_lines, try_lines
from budget.actions.lines import LineDetails, add_line, remove_line, set_sources, update_line
from budget.actions.once import do_once
from budget.actions.overlaps import add_overlap, remove_overlap, update_overlap
from budget.actions.reference import (
    PathYear,
    SourcePath,
    add_policy,
    import_reference,
    remove_policy,
    set_reference_source,
)
from budget.actions.refusals import BudgetClosed, BudgetRefused
from budget.actions.transitions import hand_over, propose, register_adoption, take_back
from budget.actions.undoing import undo_last_change
from budget.queries.problem_words import Refusal

__all__ = [
    "BudgetClosed",
    "BudgetRefused",
    "CostChange",
    "EffectChange",
    "EffectSaved",
    "FigureChange",
    "FigureNow",
    "FigureSaved",
    "LineDetails",
    "LineRow",
    "PathYear",
    "RangeChange",
    "Refusal",
    "Seen",
    "SourcePath",
    "StaleCells",
    "StaleFigures",
    "StaleGridFigures",
    "StaleLines",
    "add_factor",
    "add_funding",
    "add_line",
    "add_overlap",
    "add_policy",
    "change_basis",
    "copy_forward",
    "create_budget",
    "do_once",
    "hand_over",
    "import_lines",
    "import_reference",
    "propose",
    "register_adoption",
    "remove_funding",
    "remove_line",
    "remove_overlap",
    "remove_policy",
    "renew_estimate",
    "save_estimate",
    "set_cost",
    "set_costs",
    "set_effect",
    "set_effects",
    "set_figure",
    "set_figures",
    "set_ranges",
    "set_reference_source",
    "set_sources",
    "start_revision",
    "take_back",
    "try_lines",
    "undo_last_change",
    "update_funding",
    "update_line",
    "update_overlap",
]
