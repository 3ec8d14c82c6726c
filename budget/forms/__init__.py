"""Forms of the climate budget."""

from budget.forms.documents import AdoptionForm, CommentForm, LineForm
from budget.forms.estimates import EstimateForm, FactorForm

__all__ = ["AdoptionForm", "CommentForm", "EstimateForm", "FactorForm", "LineForm"]
