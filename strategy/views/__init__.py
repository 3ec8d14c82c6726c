"""Pages of the strategy."""

from strategy.views.editing import adopt, edit, new, new_version, take_back
from strategy.views.hearing_steps import close, dispose, publish
from strategy.views.hearings import answer, hearing, send
from strategy.views.indicators import edit_indicator, indicator_value, new_indicator
from strategy.views.measures import measure, responsible
from strategy.views.strategies import compare, detail, index, plan
from strategy.views.structure import (
    edit_area,
    edit_placement,
    edit_theme,
    move_part,
    new_area,
    new_theme,
    place,
    remove_part,
)
from strategy.views.targets import ceiling, edit_target, new_start, new_target, remove_target, target

__all__ = [
    "adopt",
    "answer",
    "ceiling",
    "close",
    "compare",
    "detail",
    "dispose",
    "edit",
    "edit_area",
    "edit_indicator",
    "edit_placement",
    "edit_target",
    "edit_theme",
    "hearing",
    "index",
    "indicator_value",
    "measure",
    "move_part",
    "new",
    "new_area",
    "new_indicator",
    "new_start",
    "new_target",
    "new_theme",
    "new_version",
    "place",
    "plan",
    "publish",
    "remove_part",
    "remove_target",
    "responsible",
    "send",
    "take_back",
    "target",
]
