"""Writes to the strategy."""

from strategy.actions.barometer import (
    RefusedBarometer,
    ValueData,
    add_indicator,
    change_indicator,
    import_values,
    set_value,
)
from strategy.actions.decisions import (
    ALLOWED_MOVES,
    DecisionData,
    RefusedDecision,
    add_note,
    change_decision,
    move_decision,
    record_decision,
)
from strategy.actions.responsibility import RefusedResponsibility, change_responsible

__all__ = [
    "ALLOWED_MOVES",
    "DecisionData",
    "RefusedBarometer",
    "RefusedDecision",
    "RefusedResponsibility",
    "ValueData",
    "add_indicator",
    "add_note",
    "change_decision",
    "change_indicator",
    "change_responsible",
    "import_values",
    "move_decision",
    "record_decision",
    "set_value",
]
