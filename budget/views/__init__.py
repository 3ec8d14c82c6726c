"""Pages and answers of the climate budget."""

from budget.views.cells import save_cell, save_group
from budget.views.figure_cells import save_figure, save_figures
from budget.views.lines import edit_line
from budget.views.pages import detail, export, index, line, year
from budget.views.steps import adopt, hand_over, propose, start_revision, take_back
from budget.views.undo import undo

__all__ = [
    "adopt",
    "detail",
    "edit_line",
    "export",
    "hand_over",
    "index",
    "line",
    "propose",
    "save_cell",
    "save_figure",
    "save_figures",
    "save_group",
    "start_revision",
    "take_back",
    "undo",
    "year",
]
