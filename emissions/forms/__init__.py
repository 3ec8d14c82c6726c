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

__all__ = [
    "COLUMN_LABELS",
    "PARAMETERS",
    "REQUIRED_COLUMNS",
    "ColumnsForm",
    "DetailsForm",
    "ReadAgainForm",
    "UndoForm",
    "UploadForm",
]
