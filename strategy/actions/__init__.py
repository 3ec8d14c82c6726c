"""Writes to the strategy."""

from strategy.actions.barometer import (
    RefusedBarometer,
    ValueData,
    add_barometer_indicator,
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
from strategy.actions.measure_states import assure_plan, check_move, move_measure
from strategy.actions.measures import (
    MeasureHead,
    check_head,
    create_measure,
    edit_measure,
    head_of,
    with_needs,
)
from strategy.actions.plan import (
    TargetValue,
    add_indicator,
    add_milestone,
    edit_indicator,
    edit_milestone,
    remove_indicator,
    remove_milestone,
)
from strategy.actions.refusals import RefusedMeasure
from strategy.actions.responsibility import (
    RefusedResponsibility,
    StaleMeasures,
    change_responsible,
    reassign_measures,
    refuse_unfit,
)

__all__ = [
    "ALLOWED_MOVES",
    "DecisionData",
    "MeasureHead",
    "RefusedBarometer",
    "RefusedDecision",
    "RefusedMeasure",
    "RefusedResponsibility",
    "StaleMeasures",
    "TargetValue",
    "ValueData",
    "add_barometer_indicator",
    "add_indicator",
    "add_milestone",
    "add_note",
    "assure_plan",
    "change_decision",
    "change_indicator",
    "change_responsible",
    "check_head",
    "check_move",
    "create_measure",
    "edit_indicator",
    "edit_measure",
    "edit_milestone",
    "head_of",
    "import_values",
    "move_decision",
    "move_measure",
    "reassign_measures",
    "record_decision",
    "refuse_unfit",
    "remove_indicator",
    "remove_milestone",
    "set_value",
    "with_needs",
]
