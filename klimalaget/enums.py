"""Codes of the network."""

from enum import StrEnum


class SeatKind(StrEnum):
    FIXED = "fixed"
    VOLUNTARY = "voluntary"
    OUTSIDE = "outside"


class HoldingKind(StrEnum):
    """What of the network hangs on a unit or a person."""

    SEAT = "seat"
    MEMBERSHIPS = "memberships"
