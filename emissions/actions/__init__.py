"""Writes to klimaregnskapet: a new edition with its figures, the upload it came from, and undoing it."""

from emissions.actions.activity_uploads import (
    finish_activity_upload,
    is_too_old,
    keep_activity_upload,
    lock_activity_upload,
)
from emissions.actions.closing import close_year
from emissions.actions.editions import FIRST_YEAR, EditionData, FigureData, RefusedEdition, add_edition
from emissions.actions.factors import FactorRefused, Gases, add_activity_type, add_factor
from emissions.actions.own_operations import (
    ActivityChange,
    ActivityRefused,
    StaleActivities,
    check_place,
    check_quantity,
    set_activities,
)
from emissions.actions.population import save_population
from emissions.actions.undoing import hold_edition, undo_edition
from emissions.actions.uploads import (
    DRAFT_LIFE,
    DRAFT_MEMORY,
    JOB,
    DraftGone,
    fail_reading,
    finish_reading,
    finish_upload,
    is_gone,
    is_silent,
    keep_large_upload,
    keep_upload,
    lock_upload,
    match_columns,
    read_again,
    start_reading,
    told_progress,
)

__all__ = [
    "DRAFT_LIFE",
    "DRAFT_MEMORY",
    "FIRST_YEAR",
    "JOB",
    "ActivityChange",
    "ActivityRefused",
    "DraftGone",
    "EditionData",
    "FactorRefused",
    "FigureData",
    "Gases",
    "RefusedEdition",
    "StaleActivities",
    "add_activity_type",
    "add_edition",
    "add_factor",
    "check_place",
    "check_quantity",
    "close_year",
    "fail_reading",
    "finish_activity_upload",
    "finish_reading",
    "finish_upload",
    "hold_edition",
    "is_gone",
    "is_silent",
    "is_too_old",
    "keep_activity_upload",
    "keep_large_upload",
    "keep_upload",
    "lock_activity_upload",
    "lock_upload",
    "match_columns",
    "read_again",
    "save_population",
    "set_activities",
    "start_reading",
    "told_progress",
    "undo_edition",
]
