"""Pages and answers of the climate budget."""

from budget.views.cells import save_cell, save_group
from budget.views.lines import edit_line
from budget.views.looking_back import kept, unit
from budget.views.pages import detail, export, index, line, year
from budget.views.reading import chapter, document, document_pdf, files, order_document
from budget.views.scenarios import (
    change_scenario,
    delete_scenario,
    edit_scenario,
    remove_change,
    scenario,
    scenarios_list,
)
from budget.views.steps import adopt, hand_over, propose, start_revision, take_back

__all__ = [
    "adopt",
    "change_scenario",
    "chapter",
    "delete_scenario",
    "detail",
    "document",
    "document_pdf",
    "edit_line",
    "edit_scenario",
    "export",
    "files",
    "hand_over",
    "index",
    "kept",
    "line",
    "order_document",
    "propose",
    "remove_change",
    "save_cell",
    "save_group",
    "scenario",
    "scenarios_list",
    "start_revision",
    "take_back",
    "unit",
    "year",
]
