"""Reading spreadsheets of measures."""

from strategy.importers.barometer import BarometerFile, BarometerRow, RowError, read_barometer
from strategy.importers.confirming import (
    ImportChanged,
    UploadGone,
    can_match,
    confirm_measures,
    headers_of,
    keep_measures,
    match_columns,
    own_upload,
    upload_is_gone,
)
from strategy.importers.planned import PlannedRow
from strategy.importers.plans import MeasurePlan, RowPlan, plan_measures

__all__ = [
    "BarometerFile",
    "BarometerRow",
    "ImportChanged",
    "MeasurePlan",
    "PlannedRow",
    "RowError",
    "RowPlan",
    "UploadGone",
    "can_match",
    "confirm_measures",
    "headers_of",
    "keep_measures",
    "match_columns",
    "own_upload",
    "plan_measures",
    "read_barometer",
    "upload_is_gone",
]
