"""Codes of the strategy. Plain StrEnums: calculations may import them."""

from enum import StrEnum


class StrategyState(StrEnum):
    DRAFT = "draft"
    ON_HEARING = "on_hearing"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"


STRATEGY_TRANSITIONS: dict[StrategyState, frozenset[StrategyState]] = {
    # A hearing is usual, not required.
    StrategyState.DRAFT: frozenset({StrategyState.ON_HEARING, StrategyState.ADOPTED}),
    StrategyState.ON_HEARING: frozenset({StrategyState.DRAFT, StrategyState.ADOPTED}),
    StrategyState.ADOPTED: frozenset({StrategyState.SUPERSEDED}),
    StrategyState.SUPERSEDED: frozenset(),
}
EDITABLE_STATES = frozenset({StrategyState.DRAFT, StrategyState.ON_HEARING})


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


class HearingState(StrEnum):
    """A round is open until Klima closes it, also after its deadline; the summary is published last."""

    OPEN = "open"
    CLOSED = "closed"
    PUBLISHED = "published"


HEARING_TRANSITIONS: dict[HearingState, frozenset[HearingState]] = {
    HearingState.OPEN: frozenset({HearingState.CLOSED}),
    HearingState.CLOSED: frozenset({HearingState.PUBLISHED}),
    HearingState.PUBLISHED: frozenset(),
}


class Verdict(StrEnum):
    """What a unit says to what it was asked about."""

    NO_REMARKS = "no_remarks"
    REMARKS = "remarks"


class Disposition(StrEnum):
    """What Klima does with a remark."""

    INCLUDED = "included"
    OTHER_LEVEL = "other_level"
    LATER = "later"
    REJECTED = "rejected"
