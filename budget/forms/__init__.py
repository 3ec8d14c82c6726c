"""Forms of the climate budget."""

from budget.forms.documents import AdoptionForm, CommentForm, LineForm
from budget.forms.estimates import EstimateForm, FactorForm
from budget.forms.line_import import LineUploadForm

__all__ = ["AdoptionForm", "CommentForm", "EstimateForm", "FactorForm", "LineForm", "LineUploadForm"]
