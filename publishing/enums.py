"""Codes of what leadership, politicians and the public read."""

from enum import StrEnum

# Beside reporting's statuses: the status of a measure whose leader has approved nothing about it.
MISSING = "missing"


class Audience(StrEnum):
    """For whom a publication is made."""

    LEADERSHIP = "leadership"
    AREA = "area"
    COMMITTEE = "committee"
    CHAPTER = "chapter"


class DashboardLevel(StrEnum):
    """How much of the municipality leadership looks at."""

    MUNICIPALITY = "municipality"
    AREA = "area"
    UNIT = "unit"


class OrderState(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class HoldingKind(StrEnum):
    """What is published about a unit."""

    PUBLICATIONS = "publications"
