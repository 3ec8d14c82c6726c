"""Klimaregnskap: editions of emission statistics and their figures. Never edited, only added."""

from emissions.models.editions import Edition, EditionUndone, Figure, Municipality, Sector, Source
from emissions.models.labels import MISSING_LABELS, SCOPE_CHOICES, SCOPE_LABELS, SCOPE_SLUGS
from emissions.models.uploads import ImportDraft, UploadPart

__all__ = [
    "MISSING_LABELS",
    "SCOPE_CHOICES",
    "SCOPE_LABELS",
    "SCOPE_SLUGS",
    "Edition",
    "EditionUndone",
    "Figure",
    "ImportDraft",
    "Municipality",
    "Sector",
    "Source",
    "UploadPart",
]
