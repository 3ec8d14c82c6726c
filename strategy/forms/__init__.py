"""Forms of the strategy."""

from strategy.forms.barometer import (
    FIGURE_FIELDS,
    INDICATOR_FIELDS,
    BarometerIndicatorForm,
    BarometerUploadForm,
    PeriodForm,
    PeriodRowForm,
    ValueForm,
)
from strategy.forms.decisions import (
    DECISION_FIELDS,
    DecisionFilterForm,
    DecisionForm,
    DecisionMoveForm,
    NoteForm,
)
from strategy.forms.hearings import AnswerForm, CloseForm, DisposeForm, PublishForm, SendForm
from strategy.forms.measure_list import MeasureFilter
from strategy.forms.measures import MeasureForm, MoveForm, ResponsibleForm
from strategy.forms.municipal_plan import PlanGoalForm, PlanPartForm, PlanStrategyForm, PolicyAreaForm
from strategy.forms.plan import IndicatorForm, MilestoneForm
from strategy.forms.reassign import ReassignForm
from strategy.forms.strategies import (
    AdoptForm,
    EditHeadForm,
    FocusAreaForm,
    HeadForm,
    NewPlaceForm,
    PlaceForm,
    ThemeForm,
    TitleForm,
)
from strategy.forms.targets import (
    CeilingForm,
    IndicatorValueForm,
    NewStartForm,
    RecordedDecisionForm,
    TargetForm,
    TargetIndicatorForm,
)
from strategy.forms.upload import MeasureColumnsForm, MeasureUploadForm

__all__ = [
    "DECISION_FIELDS",
    "FIGURE_FIELDS",
    "INDICATOR_FIELDS",
    "AdoptForm",
    "AnswerForm",
    "BarometerIndicatorForm",
    "BarometerUploadForm",
    "CeilingForm",
    "CloseForm",
    "DecisionFilterForm",
    "DecisionForm",
    "DecisionMoveForm",
    "DisposeForm",
    "EditHeadForm",
    "FocusAreaForm",
    "HeadForm",
    "IndicatorForm",
    "IndicatorValueForm",
    "MeasureColumnsForm",
    "MeasureFilter",
    "MeasureForm",
    "MeasureUploadForm",
    "MilestoneForm",
    "MoveForm",
    "NewPlaceForm",
    "NewStartForm",
    "NoteForm",
    "PeriodForm",
    "PeriodRowForm",
    "PlaceForm",
    "PlanGoalForm",
    "PlanPartForm",
    "PlanStrategyForm",
    "PolicyAreaForm",
    "PublishForm",
    "ReassignForm",
    "RecordedDecisionForm",
    "ResponsibleForm",
    "SendForm",
    "TargetForm",
    "TargetIndicatorForm",
    "ThemeForm",
    "TitleForm",
    "ValueForm",
]
