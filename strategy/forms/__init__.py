"""Forms of the strategy."""

from strategy.forms.barometer import INDICATOR_FIELDS, BarometerUploadForm, IndicatorForm, ValueForm
from strategy.forms.decisions import DECISION_FIELDS, DecisionFilterForm, DecisionForm, MoveForm, NoteForm
from strategy.forms.measures import ResponsibleForm

__all__ = [
    "DECISION_FIELDS",
    "INDICATOR_FIELDS",
    "BarometerUploadForm",
    "DecisionFilterForm",
    "DecisionForm",
    "IndicatorForm",
    "MoveForm",
    "NoteForm",
    "ResponsibleForm",
    "ValueForm",
]
