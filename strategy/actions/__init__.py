"""Writes to the strategy."""

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
    "MeasureHead",
    "RefusedMeasure",
    "RefusedResponsibility",
    "StaleMeasures",
    "TargetValue",
    "add_indicator",
    "add_milestone",
    "assure_plan",
    "change_responsible",
    "check_head",
    "check_move",
    "create_measure",
    "edit_indicator",
    "edit_measure",
    "edit_milestone",
    "head_of",
    "move_measure",
    "reassign_measures",
    "refuse_unfit",
    "remove_indicator",
    "remove_milestone",
    "with_needs",
]
