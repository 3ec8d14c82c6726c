"""The budget as files: data (JSON, CSV, XLSX) and the document (PDF). All from the one table."""

from budget.exports.data import FORMATS, as_json, export, file_name, summary_rows
from budget.exports.document_pdf import budget_html_context, render_budget

__all__ = [
    "FORMATS",
    "as_json",
    "budget_html_context",
    "export",
    "file_name",
    "render_budget",
    "summary_rows",
]
