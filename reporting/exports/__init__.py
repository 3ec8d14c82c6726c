"""Documents and sheets made from what is reported."""

from reporting.exports.follow_ups import follow_up_sheet
from reporting.exports.summary_pdf import render_summary, summary_file_name

__all__ = ["follow_up_sheet", "render_summary", "summary_file_name"]
