"""Files out of the strategy."""

from strategy.exports.barometer import barometer_sheet, template_sheet
from strategy.exports.decisions import decisions_sheet
from strategy.exports.measures import (
    FILE_NAMES,
    FailedRow,
    failed_rows_file,
    measure_template,
    measures_file,
)

__all__ = [
    "FILE_NAMES",
    "FailedRow",
    "barometer_sheet",
    "decisions_sheet",
    "failed_rows_file",
    "measure_template",
    "measures_file",
    "template_sheet",
]
