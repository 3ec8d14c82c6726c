"""Forms of klimaregnskapet."""

from emissions.forms.imports import PARAMETERS, DetailsForm, UploadForm
from emissions.forms.own_operations import ActivityTypeForm, ActivityUploadForm, ClosingForm, FactorForm
from emissions.forms.population import PopulationForm

__all__ = [
    "PARAMETERS",
    "ActivityTypeForm",
    "ActivityUploadForm",
    "ClosingForm",
    "DetailsForm",
    "FactorForm",
    "PopulationForm",
    "UploadForm",
]
