"""Pages and answers of the climate budget."""

from budget.views.cells import save_cell, save_group
from budget.views.estimates import estimate, estimate_again, estimate_choice
from budget.views.factors import factors
from budget.views.line_import import line_import, line_import_confirm, line_template_file
from budget.views.lines import edit_line
from budget.views.pages import detail, export, index, line, year
from budget.views.steps import adopt, hand_over, propose, start_revision, take_back

__all__ = [
    "adopt",
    "detail",
    "edit_line",
    "estimate",
    "estimate_again",
    "estimate_choice",
    "export",
    "factors",
    "hand_over",
    "index",
    "line",
    "line_import",
    "line_import_confirm",
    "line_template_file",
    "propose",
    "save_cell",
    "save_group",
    "start_revision",
    "take_back",
    "year",
]
