"""Klimaregnskap: editions of emission statistics and their figures. Never edited, only added."""

from emissions.models.editions import Edition, EditionUndone, Figure, Municipality, Sector, Source
from emissions.models.labels import (
    ABSENCE_LABELS,
    GWP_LABELS,
    MEASURED_IN_LABELS,
    MISSING_LABELS,
    RECKONING_LABELS,
    RECKONING_SLUGS,
    SCOPE_CHOICES,
    SCOPE_LABELS,
    SCOPE_SLUGS,
    reason_text,
)
from emissions.models.own_operations import OWN_SCOPES, Activity, ActivityType, EmissionFactor
from emissions.models.population import Population
from emissions.models.uploads import UploadReading

__all__ = [
    "ABSENCE_LABELS",
    "GWP_LABELS",
    "MEASURED_IN_LABELS",
    "MISSING_LABELS",
    "OWN_SCOPES",
    "RECKONING_LABELS",
    "RECKONING_SLUGS",
    "SCOPE_CHOICES",
    "SCOPE_LABELS",
    "SCOPE_SLUGS",
    "Activity",
    "ActivityType",
    "Edition",
    "EditionUndone",
    "EmissionFactor",
    "Figure",
    "Municipality",
    "Population",
    "Sector",
    "Source",
    "UploadReading",
    "reason_text",
]
