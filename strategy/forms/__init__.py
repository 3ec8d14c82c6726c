"""Forms of the strategy."""

from strategy.forms.measure_list import MeasureFilter
from strategy.forms.measures import MeasureForm, MoveForm, ResponsibleForm
from strategy.forms.plan import IndicatorForm, MilestoneForm
from strategy.forms.reassign import ReassignForm
from strategy.forms.upload import MeasureUploadForm

__all__ = [
    "IndicatorForm",
    "MeasureFilter",
    "MeasureForm",
    "MeasureUploadForm",
    "MilestoneForm",
    "MoveForm",
    "ReassignForm",
    "ResponsibleForm",
]
