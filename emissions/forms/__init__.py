"""Forms of klimaregnskapet."""

from emissions.forms.imports import PARAMETERS, DetailsForm, UploadForm

__all__ = [
    "PARAMETERS",
    "DetailsForm",
    "UploadForm",
]
