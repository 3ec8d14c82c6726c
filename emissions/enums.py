"""Codes of the GHG inventory. Plain StrEnums: calculations may import them."""

from enum import StrEnum


class Scope(StrEnum):
    """What is counted. Figures of different scopes are never added."""

    COMMUNITY_DIRECT = "community_direct"
    OWN_OPERATIONS_DIRECT = "own_operations_direct"
    OWN_OPERATIONS_FOOTPRINT = "own_operations_footprint"
    COMMUNITY_INDIRECT = "community_indirect"


class DraftState(StrEnum):
    """How far an uploaded file has come. A small one is read whenever it is shown; a large one by a job."""

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


class GwpSet(StrEnum):
    """Which assessment report of the IPCC the global warming potentials are taken from."""

    AR4 = "ar4"
    AR5 = "ar5"
