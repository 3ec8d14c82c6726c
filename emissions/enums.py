"""Codes of the GHG inventory. Plain StrEnums: calculations may import them."""

from enum import StrEnum


class Scope(StrEnum):
    """What is counted. Figures of different scopes are never added."""

    COMMUNITY_DIRECT = "community_direct"
    OWN_OPERATIONS_DIRECT = "own_operations_direct"
    OWN_OPERATIONS_FOOTPRINT = "own_operations_footprint"
    COMMUNITY_INDIRECT = "community_indirect"


class ReadingState(StrEnum):
    """How far the reading of an uploaded file has come.

    A small one is read whenever it is shown, a large one by a job.
    """

    KEPT = "kept"
    QUEUED = "queued"
    READING = "reading"
    READ = "read"
    FAILED = "failed"


class MissingReason(StrEnum):
    """Why a figure is not there; the notation keys of the inventory guidelines, and «not yet»."""

    NOT_ESTIMATED = "not_estimated"
    NOT_OCCURRING = "not_occurring"
    CONFIDENTIAL = "confidential"
    INCLUDED_ELSEWHERE = "included_elsewhere"
    NOT_YET_DELIVERED = "not_yet_delivered"


# Reasons that say «known to be nothing here»; all others mean that nobody knows.
KNOWN_ZERO = (MissingReason.NOT_OCCURRING, MissingReason.INCLUDED_ELSEWHERE)


class Absence(StrEnum):
    """Why a cell of a reading page has no number, when it is not a figure itself that is missing."""

    YEAR_LEFT_OUT = "year_left_out"
    NOT_YET_PUBLISHED = "not_yet_published"
    NO_ROW = "no_row"
    NO_INHABITANTS = "no_inhabitants"
    ZERO_BASE = "zero_base"


class Reckoning(StrEnum):
    """What the development through the years is shown as."""

    TONNES = "tonnes"
    CHANGE = "change"
    PERCENT = "percent"
    PER_INHABITANT = "per_inhabitant"


class GwpSet(StrEnum):
    """Which assessment report of the IPCC the global warming potentials are taken from."""

    AR4 = "ar4"
    AR5 = "ar5"


class MeasuredIn(StrEnum):
    """What the amount of an activity is counted in. Closed: a factor means nothing without it."""

    LITRE = "litre"
    KWH = "kwh"
    KM = "km"
    KG = "kg"
    NOK = "nok"


class HoldingKind(StrEnum):
    """What of the accounts hangs on a unit."""

    ACTIVITIES = "activities"
    CLOSED_ACTIVITIES = "closed_activities"
