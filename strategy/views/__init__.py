"""Pages of the strategy."""

from strategy.views.barometer import (
    barometer,
    barometer_edit,
    barometer_export,
    barometer_indicator,
    barometer_new,
    barometer_template,
    barometer_value,
)
from strategy.views.barometer_import import barometer_confirm, barometer_import
from strategy.views.decisions import (
    decision,
    decision_edit,
    decision_move,
    decision_new,
    decision_note,
    decisions,
    decisions_export,
)
from strategy.views.measures import measure, responsible
from strategy.views.strategies import detail, index

__all__ = [
    "barometer",
    "barometer_confirm",
    "barometer_edit",
    "barometer_export",
    "barometer_import",
    "barometer_indicator",
    "barometer_new",
    "barometer_template",
    "barometer_value",
    "decision",
    "decision_edit",
    "decision_move",
    "decision_new",
    "decision_note",
    "decisions",
    "decisions_export",
    "detail",
    "index",
    "measure",
    "responsible",
]
