"""Forms of the climate budget."""

from budget.forms.documents import CopyForwardForm, NewBudgetForm
from budget.forms.estimates import EstimateForm, FactorForm
from budget.forms.line_import import LineUploadForm
from budget.forms.lines import (
    CostsForm,
    FundingForm,
    LineForm,
    NewLineForm,
    RangesForm,
    SourcesForm,
    VersionedFundingForm,
)
from budget.forms.overlaps import OverlapForm
from budget.forms.reference import PolicyForm, ReferenceFileForm, ReferenceSourceForm
from budget.forms.scenarios import AddForm, DelayForm, DropForm, ScaleForm, ScenarioForm
from budget.forms.steps import AdoptionForm, CommentForm
from budget.forms.tables import TableForm

__all__ = [
    "AddForm",
    "AdoptionForm",
    "CommentForm",
    "CopyForwardForm",
    "CostsForm",
    "DelayForm",
    "DropForm",
    "EstimateForm",
    "FactorForm",
    "FundingForm",
    "LineForm",
    "LineUploadForm",
    "NewBudgetForm",
    "NewLineForm",
    "OverlapForm",
    "PolicyForm",
    "RangesForm",
    "ReferenceFileForm",
    "ReferenceSourceForm",
    "ScaleForm",
    "ScenarioForm",
    "SourcesForm",
    "TableForm",
    "VersionedFundingForm",
]
