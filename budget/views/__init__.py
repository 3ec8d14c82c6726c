"""Pages and answers of the climate budget."""

from budget.views.basis import change_basis, confirm_basis
from budget.views.cells import save_cell, save_group
from budget.views.compare import compare_states
from budget.views.creating import copy_forward, create
from budget.views.estimates import estimate, estimate_again, estimate_choice
from budget.views.factors import factors
from budget.views.figure_cells import save_figure, save_figures
from budget.views.line_figures import (
    add_funding,
    edit_costs,
    edit_funding,
    edit_ranges,
    edit_sources,
    remove_funding,
)
from budget.views.line_import import line_import, line_import_confirm, line_template_file
from budget.views.line_pages import add_line, line, remove_line
from budget.views.lines import edit_line
from budget.views.looking_back import kept, unit
from budget.views.overlaps import add_overlap, edit_overlap, overlaps, remove_overlap
from budget.views.pages import detail, export, index, year
from budget.views.reading import chapter, document, document_pdf, files, order_document
from budget.views.reference import add_policy, edit_reference, reference, remove_policy
from budget.views.reference_import import confirm as confirm_reference
from budget.views.reference_import import file as reference_file
from budget.views.reference_import import upload as import_reference
from budget.views.scenarios import (
    change_scenario,
    delete_scenario,
    edit_scenario,
    remove_change,
    scenario,
    scenarios_list,
)
from budget.views.steps import adopt, hand_over, propose, start_revision, take_back
from budget.views.undo import undo

__all__ = [
    "add_funding",
    "add_line",
    "add_overlap",
    "add_policy",
    "adopt",
    "change_basis",
    "change_scenario",
    "chapter",
    "compare_states",
    "confirm_basis",
    "confirm_reference",
    "copy_forward",
    "create",
    "delete_scenario",
    "detail",
    "document",
    "document_pdf",
    "edit_costs",
    "edit_funding",
    "edit_line",
    "edit_overlap",
    "edit_ranges",
    "edit_reference",
    "edit_scenario",
    "edit_sources",
    "estimate",
    "estimate_again",
    "estimate_choice",
    "export",
    "factors",
    "files",
    "hand_over",
    "import_reference",
    "index",
    "kept",
    "line",
    "line_import",
    "line_import_confirm",
    "line_template_file",
    "order_document",
    "overlaps",
    "propose",
    "reference",
    "reference_file",
    "remove_change",
    "remove_funding",
    "remove_line",
    "remove_overlap",
    "remove_policy",
    "save_cell",
    "save_figure",
    "save_figures",
    "save_group",
    "scenario",
    "scenarios_list",
    "start_revision",
    "take_back",
    "undo",
    "unit",
    "year",
]
