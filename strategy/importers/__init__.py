"""Reading spreadsheets of measures."""

from strategy.importers.confirming import (
    ImportChanged,
    UploadGone,
    confirm_measures,
    keep_measures,
    own_upload,
    upload_is_gone,
)
from strategy.importers.plans import MeasurePlan, RowPlan, plan_measures

__all__ = [
    "ImportChanged",
    "MeasurePlan",
    "RowPlan",
    "UploadGone",
    "confirm_measures",
    "keep_measures",
    "own_upload",
    "plan_measures",
    "upload_is_gone",
]
