"""Writes to klimaregnskapet: a new edition with its figures, the upload it came from, and undoing it."""

from emissions.actions.editions import FIRST_YEAR, EditionData, FigureData, RefusedEdition, add_edition
from emissions.actions.undoing import undo_edition
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
    "DraftGone",
    "EditionData",
    "FigureData",
    "RefusedEdition",
    "add_edition",
    "fail_reading",
    "finish_reading",
    "finish_upload",
    "is_gone",
    "is_silent",
    "keep_large_upload",
    "keep_upload",
    "lock_upload",
    "match_columns",
    "read_again",
    "start_reading",
    "told_progress",
    "undo_edition",
]
