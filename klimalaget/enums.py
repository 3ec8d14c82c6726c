"""Codes of the network."""

from enum import StrEnum


class SeatKind(StrEnum):
    FIXED = "fixed"
    VOLUNTARY = "voluntary"
    OUTSIDE = "outside"
