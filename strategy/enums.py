"""Codes of the strategy. Plain StrEnums: calculations may import them."""

from enum import StrEnum


class StrategyState(StrEnum):
    DRAFT = "draft"
    ON_HEARING = "on_hearing"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


class TargetKind(StrEnum):
    EMISSION = "emission"
    QUALITATIVE = "qualitative"


class MeasureKind(StrEnum):
    """What cuts emissions itself (tiltak), and what makes others cut (virkemiddel)."""

    TILTAK = "tiltak"
    VIRKEMIDDEL = "virkemiddel"


class MeasureState(StrEnum):
    IDEA = "idea"
    UNDER_ASSESSMENT = "under_assessment"
    PROPOSED = "proposed"
    ADOPTED = "adopted"
    ONGOING = "ongoing"
    DONE = "done"
    POSTPONED = "postponed"
    DISCONTINUED = "discontinued"


class Level(StrEnum):
    """Who decides and carries out: the municipality, the county or the state."""

    MUNICIPAL = "municipal"
    REGIONAL = "regional"
    NATIONAL = "national"


class Direction(StrEnum):
    """Which way an indicator should go."""

    UP = "up"
    DOWN = "down"
    KEEP = "keep"


class Frequency(StrEnum):
    """How often a barometer indicator has a figure."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class DecisionBody(StrEnum):
    """Who made a decision."""

    COUNCIL = "council"
    EXECUTIVE_BOARD = "executive_board"
    CLIMATE_COMMITTEE = "climate_committee"
    MAIN_COMMITTEE = "main_committee"
    LEADERSHIP = "leadership"
    OTHER = "other"


class DecisionStatus(StrEnum):
    OPEN = "open"
    ONGOING = "ongoing"
    DONE = "done"
    LAPSED = "lapsed"


CLOSED_DECISIONS = frozenset({DecisionStatus.DONE, DecisionStatus.LAPSED})
