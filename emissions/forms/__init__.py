"""Forms of klimaregnskapet."""

from emissions.forms.imports import (
    COLUMN_LABELS,
    PARAMETERS,
    REQUIRED_COLUMNS,
    ColumnsForm,
    DetailsForm,
    ReadAgainForm,
    UndoForm,
    UploadForm,
)
from emissions.forms.own_operations import (
    ActivityForm,
    ActivityTypeForm,
    ActivityUploadForm,
    ClosingForm,
    FactorForm,
)
from emissions.forms.population import PopulationForm

__all__ = [
    "COLUMN_LABELS",
    "PARAMETERS",
    "REQUIRED_COLUMNS",
    "ActivityForm",
    "ActivityTypeForm",
    "ActivityUploadForm",
    "ClosingForm",
    "ColumnsForm",
    "DetailsForm",
    "FactorForm",
    "PopulationForm",
    "ReadAgainForm",
    "UndoForm",
    "UploadForm",
]
