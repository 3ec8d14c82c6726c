"""Forms of the strategy."""

from strategy.forms.hearings import AnswerForm, DisposeForm, PublishForm, SendForm
from strategy.forms.measures import ResponsibleForm
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
    DecisionForm,
    IndicatorForm,
    IndicatorValueForm,
    NewStartForm,
    TargetForm,
)

__all__ = [
    "AdoptForm",
    "AnswerForm",
    "CeilingForm",
    "DecisionForm",
    "DisposeForm",
    "EditHeadForm",
    "FocusAreaForm",
    "HeadForm",
    "IndicatorForm",
    "IndicatorValueForm",
    "NewPlaceForm",
    "NewStartForm",
    "PlaceForm",
    "PublishForm",
    "ResponsibleForm",
    "SendForm",
    "TargetForm",
    "ThemeForm",
    "TitleForm",
]
