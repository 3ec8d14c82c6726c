"""Spreadsheets of lines, read and written; nothing here touches the database."""

from budget.importers.line_template import line_template
from budget.importers.lines import LinesFile, ReadLine, WrongRow, read_lines
from budget.importers.reference import FilePath, read_reference, reference_file

__all__ = [
    "FilePath",
    "LinesFile",
    "ReadLine",
    "WrongRow",
    "line_template",
    "read_lines",
    "read_reference",
    "reference_file",
]
