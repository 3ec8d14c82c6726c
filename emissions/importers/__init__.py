"""Reading files of emission statistics; nothing here touches the database."""

from emissions.importers.errors import UnreadableCell
from emissions.importers.reading import read_statistics
from emissions.importers.results import FigureRow, Oddity, Shape, Statistics, from_plain, to_plain
from emissions.importers.upload import NATIONAL_STATISTICS, REGISTERS, STATISTICS, Limits, too_large
from emissions.importers.workbook import check_spreadsheet_reading
from web.sheets.errors import UnreadableFile

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
    "from_plain",
    "read_statistics",
    "to_plain",
    "too_large",
]
