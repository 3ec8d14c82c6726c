"""Forms of the strategy."""

from strategy.forms.barometer import INDICATOR_FIELDS, BarometerIndicatorForm, BarometerUploadForm, ValueForm
from strategy.forms.decisions import (
    DECISION_FIELDS,
    DecisionFilterForm,
    DecisionForm,
    DecisionMoveForm,
    NoteForm,
)
from strategy.forms.measure_list import MeasureFilter
from strategy.forms.measures import MeasureForm, MoveForm, ResponsibleForm
from strategy.forms.plan import IndicatorForm, MilestoneForm
from strategy.forms.reassign import ReassignForm
from strategy.forms.upload import MeasureUploadForm

__all__ = [
    "DECISION_FIELDS",
    "INDICATOR_FIELDS",
    "BarometerIndicatorForm",
    "BarometerUploadForm",
    "DecisionFilterForm",
    "DecisionForm",
    "DecisionMoveForm",
    "IndicatorForm",
    "MeasureFilter",
    "MeasureForm",
    "MeasureUploadForm",
    "MilestoneForm",
    "MoveForm",
    "NoteForm",
    "ReassignForm",
    "ResponsibleForm",
    "ValueForm",
]
