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


# Where a measure may go from where it stands; the same table stands in the database as a trigger.
MEASURE_TRANSITIONS: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.IDEA: frozenset(
        {MeasureState.UNDER_ASSESSMENT, MeasureState.PROPOSED, MeasureState.DISCONTINUED}
    ),
    MeasureState.UNDER_ASSESSMENT: frozenset(
        {MeasureState.IDEA, MeasureState.PROPOSED, MeasureState.POSTPONED, MeasureState.DISCONTINUED}
    ),
    MeasureState.PROPOSED: frozenset(
        {
            MeasureState.UNDER_ASSESSMENT,
            MeasureState.ADOPTED,
            MeasureState.POSTPONED,
            MeasureState.DISCONTINUED,
        }
    ),
    MeasureState.ADOPTED: frozenset(
        {MeasureState.ONGOING, MeasureState.POSTPONED, MeasureState.DISCONTINUED}
    ),
    MeasureState.ONGOING: frozenset({MeasureState.DONE, MeasureState.POSTPONED, MeasureState.DISCONTINUED}),
    MeasureState.DONE: frozenset({MeasureState.ONGOING}),
    MeasureState.POSTPONED: frozenset(
        {
            MeasureState.UNDER_ASSESSMENT,
            MeasureState.PROPOSED,
            MeasureState.ADOPTED,
            MeasureState.ONGOING,
            MeasureState.DISCONTINUED,
        }
    ),
    MeasureState.DISCONTINUED: frozenset({MeasureState.IDEA}),
}
OVER_STATES = frozenset({MeasureState.DONE, MeasureState.DISCONTINUED})
# Whoever reads the list next year must be able to see why.
STATES_WITH_REASON = frozenset({MeasureState.POSTPONED, MeasureState.DISCONTINUED})


class ExternalKind(StrEnum):
    """What kind of body outside the municipality carries a measure out."""

    COUNTY = "county"
    STATE = "state"
    COMPANY = "company"
    RESEARCH = "research"
    OTHER = "other"


class CoBenefit(StrEnum):
    """What a measure is good for besides the climate."""

    AIR_QUALITY = "air_quality"
    NOISE = "noise"
    HEALTH = "health"
    ECONOMY = "economy"
    NATURE = "nature"
    TRAFFIC_SAFETY = "traffic_safety"
    ADAPTATION = "adaptation"


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
    # Of a municipal enterprise; which one, the unit says.
    ENTERPRISE_BOARD = "enterprise_board"
    OTHER = "other"


class DecisionStatus(StrEnum):
    OPEN = "open"
    ONGOING = "ongoing"
    DONE = "done"
    LAPSED = "lapsed"


CLOSED_DECISIONS = frozenset({DecisionStatus.DONE, DecisionStatus.LAPSED})


class HoldingKind(StrEnum):
    """What of the strategy hangs on a unit or a person."""

    MEASURES = "measures"
    DRAFT_MEASURES = "draft_measures"
    OVER_MEASURES = "over_measures"
    CONTRIBUTIONS = "contributions"
    DECISIONS = "decisions"
    CLOSED_DECISIONS = "closed_decisions"
    HEARING_ANSWERS = "hearing_answers"
    GIVEN_ANSWERS = "given_answers"
