"""Documents made from what is reported, and the files they are fetched as."""

from reporting.exports.follow_ups import follow_up_sheet
from reporting.exports.publication_files import archive_zip, files_of, in_pieces, name_of, summary_file_name
from reporting.exports.summary_pdf import (
    chapter_context,
    chapter_html,
    render_publication,
    render_summary,
    summary_title,
)

__all__ = [
    "archive_zip",
    "chapter_context",
    "chapter_html",
    "files_of",
    "follow_up_sheet",
    "in_pieces",
    "name_of",
    "render_publication",
    "render_summary",
    "summary_file_name",
    "summary_title",
]
