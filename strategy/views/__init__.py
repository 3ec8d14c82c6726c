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
from strategy.views.barometer_period import barometer_period
from strategy.views.decisions import (
    decision,
    decision_edit,
    decision_move,
    decision_new,
    decision_note,
    decisions,
    decisions_export,
)
from strategy.views.editing import adopt, edit, new, new_version, take_back
from strategy.views.edition_effect import edition_effect
from strategy.views.hearing_steps import close, dispose, publish
from strategy.views.hearings import answer, hearing, send
from strategy.views.indicators import edit_indicator, indicator_value, new_target_indicator
from strategy.views.measure_edit import assure_measure, edit_measure, move_measure, new_measure
from strategy.views.measure_import import (
    import_measures,
    import_measures_columns,
    import_measures_errors,
    import_measures_preview,
    measure_template_file,
)
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
from strategy.views.municipal_plan import edit_plan_part, new_plan_part, plan, remove_plan_part
from strategy.views.strategies import compare, detail, index
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
    "all_measures",
    "answer",
    "assure_measure",
    "barometer",
    "barometer_confirm",
    "barometer_edit",
    "barometer_export",
    "barometer_import",
    "barometer_indicator",
    "barometer_new",
    "barometer_period",
    "barometer_template",
    "barometer_value",
    "ceiling",
    "close",
    "compare",
    "decision",
    "decision_edit",
    "decision_move",
    "decision_new",
    "decision_note",
    "decisions",
    "decisions_export",
    "detail",
    "dispose",
    "edit",
    "edit_area",
    "edit_indicator",
    "edit_measure",
    "edit_placement",
    "edit_plan_part",
    "edit_target",
    "edit_theme",
    "edition_effect",
    "export_measures",
    "hearing",
    "import_measures",
    "import_measures_columns",
    "import_measures_errors",
    "import_measures_preview",
    "index",
    "indicator",
    "indicator_value",
    "measure",
    "measure_template_file",
    "milestone",
    "move_measure",
    "move_part",
    "new",
    "new_area",
    "new_indicator",
    "new_measure",
    "new_milestone",
    "new_plan_part",
    "new_start",
    "new_target",
    "new_target_indicator",
    "new_theme",
    "new_version",
    "place",
    "plan",
    "publish",
    "reassign",
    "remove_indicator",
    "remove_milestone",
    "remove_part",
    "remove_plan_part",
    "remove_target",
    "responsible",
    "send",
    "take_back",
    "target",
]
