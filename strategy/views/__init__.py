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
from strategy.views.measure_edit import assure_measure, edit_measure, move_measure, new_measure
from strategy.views.measure_import import import_measures, import_measures_preview, measure_template_file
from strategy.views.measure_list import all_measures, export_measures
from strategy.views.measure_plan import (
    indicator,
    milestone,
    new_indicator,
    new_milestone,
    remove_indicator,
    remove_milestone,
)
from strategy.views.measure_reassign import reassign
from strategy.views.measures import measure, responsible
from strategy.views.strategies import detail, index

__all__ = [
    "all_measures",
    "assure_measure",
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
    "edit_measure",
    "export_measures",
    "import_measures",
    "import_measures_preview",
    "index",
    "indicator",
    "measure",
    "measure_template_file",
    "milestone",
    "move_measure",
    "new_indicator",
    "new_measure",
    "new_milestone",
    "reassign",
    "remove_indicator",
    "remove_milestone",
    "responsible",
]
