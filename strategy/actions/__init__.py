"""Writes to the strategy."""

from strategy.actions.documents import Head, create_strategy, create_version, update_head
from strategy.actions.hearings import (
    SectionText,
    answer_hearing,
    close_round,
    dispose_remark,
    open_round,
    publish_round,
    send_on_hearing,
)
from strategy.actions.refusals import HearingRefused, Refusal, StrategyRefused
from strategy.actions.responsibility import RefusedResponsibility, change_responsible
from strategy.actions.structure import (
    Way,
    move_part,
    place_measure,
    remove_part,
    save_focus_area,
    save_theme,
    strategy_of,
)
from strategy.actions.targets import (
    Promise,
    record_new_start,
    register_ceiling,
    remove_target,
    save_indicator,
    save_target,
    set_indicator_value,
)
from strategy.actions.transitions import adopt_strategy, back_to_draft, what_is_missing

__all__ = [
    "Head",
    "HearingRefused",
    "Promise",
    "Refusal",
    "RefusedResponsibility",
    "SectionText",
    "StrategyRefused",
    "Way",
    "adopt_strategy",
    "answer_hearing",
    "back_to_draft",
    "change_responsible",
    "close_round",
    "create_strategy",
    "create_version",
    "dispose_remark",
    "move_part",
    "open_round",
    "place_measure",
    "publish_round",
    "record_new_start",
    "register_ceiling",
    "remove_part",
    "remove_target",
    "save_focus_area",
    "save_indicator",
    "save_target",
    "save_theme",
    "send_on_hearing",
    "set_indicator_value",
    "strategy_of",
    "update_head",
    "what_is_missing",
]
