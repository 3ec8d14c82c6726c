"""Klimaregnskap: editions of emission statistics and their figures. Never edited, only added."""

from emissions.models.editions import Edition, Figure, Municipality, Sector, Source
from emissions.models.labels import MISSING_LABELS, SCOPE_CHOICES, SCOPE_LABELS, SCOPE_SLUGS
from emissions.models.uploads import ImportDraft

__all__ = [
    "MISSING_LABELS",
    "SCOPE_CHOICES",
    "SCOPE_LABELS",
    "SCOPE_SLUGS",
    "Edition",
    "Figure",
    "ImportDraft",
    "Municipality",
    "Sector",
    "Source",
]
