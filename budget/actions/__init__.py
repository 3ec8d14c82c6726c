"""Everything that changes a climate budget. Figures change only while it is a draft."""

from budget.actions.documents import create_budget, start_revision
from budget.actions.effects import EffectChange, EffectSaved, StaleCells, set_effect, set_effects
from budget.actions.estimates import Seen, add_factor, renew_estimate, save_estimate
from budget.actions.line_import import LineRow, StaleLines, import_lines, try_lines
from budget.actions.lines import add_funding, add_line, add_overlap, set_cost, update_line
from budget.actions.refusals import BudgetClosed, BudgetRefused
from budget.actions.transitions import hand_over, propose, register_adoption, take_back
from budget.queries.problem_words import Refusal

__all__ = [
    "BudgetClosed",
    "BudgetRefused",
    "EffectChange",
    "EffectSaved",
    "LineRow",
    "Refusal",
    "Seen",
    "StaleCells",
    "StaleLines",
    "add_factor",
    "add_funding",
    "add_line",
    "add_overlap",
    "create_budget",
    "hand_over",
    "import_lines",
    "propose",
    "register_adoption",
    "renew_estimate",
    "save_estimate",
    "set_cost",
    "set_effect",
    "set_effects",
    "start_revision",
    "take_back",
    "try_lines",
    "update_line",
]
