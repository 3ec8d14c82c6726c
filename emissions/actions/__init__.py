"""Writes to klimaregnskapet: a new edition with its figures, the upload it came from, and inhabitants."""

from emissions.actions.editions import FIRST_YEAR, EditionData, FigureData, RefusedEdition, add_edition
from emissions.actions.population import save_population
from emissions.actions.uploads import (
    DRAFT_LIFE,
    DRAFT_MEMORY,
    DraftGone,
    finish_upload,
    is_gone,
    keep_upload,
    lock_upload,
)

__all__ = [
    "DRAFT_LIFE",
    "DRAFT_MEMORY",
    "FIRST_YEAR",
    "DraftGone",
    "EditionData",
    "FigureData",
    "RefusedEdition",
    "add_edition",
    "finish_upload",
    "is_gone",
    "keep_upload",
    "lock_upload",
    "save_population",
]
