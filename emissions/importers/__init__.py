"""Reading files of emission statistics; nothing here touches the database."""

from emissions.importers.errors import UnreadableCell, UnreadableFile
from emissions.importers.reading import read_statistics
from emissions.importers.results import FigureRow, Oddity, Shape, Statistics
from emissions.importers.upload import NATIONAL_STATISTICS, REGISTERS, STATISTICS, Limits, too_large
from emissions.importers.workbook import check_spreadsheet_reading

__all__ = [
    "NATIONAL_STATISTICS",
    "REGISTERS",
    "STATISTICS",
    "FigureRow",
    "Limits",
    "Oddity",
    "Shape",
    "Statistics",
    "UnreadableCell",
    "UnreadableFile",
    "check_spreadsheet_reading",
    "read_statistics",
    "too_large",
]
