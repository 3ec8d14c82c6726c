"""Forms of klimaregnskapet."""

from emissions.forms.imports import PARAMETERS, DetailsForm, UploadForm
from emissions.forms.population import PopulationForm

__all__ = [
    "PARAMETERS",
    "DetailsForm",
    "PopulationForm",
    "UploadForm",
]
