"""Documents made from what is reported."""

from reporting.exports.summary_pdf import render_summary, summary_file_name

__all__ = ["render_summary", "summary_file_name"]
