"""Forms of the climate budget."""

from budget.forms.documents import CopyForwardForm, NewBudgetForm
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
from budget.forms.steps import AdoptionForm, CommentForm
from budget.forms.tables import TableForm

__all__ = [
    "AdoptionForm",
    "CommentForm",
    "CopyForwardForm",
    "CostsForm",
    "FundingForm",
    "LineForm",
    "NewBudgetForm",
    "NewLineForm",
    "OverlapForm",
    "PolicyForm",
    "RangesForm",
    "ReferenceFileForm",
    "ReferenceSourceForm",
    "SourcesForm",
    "TableForm",
    "VersionedFundingForm",
]
