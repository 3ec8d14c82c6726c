"""Choosing a spreadsheet of measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from strategy.words.measure_columns import COLUMNS, REQUIRED
from web.forms import PortalForm
from web.sheets.column_matching import ColumnMatchForm, Meaning
from web.sheets.limits import REGISTERS


class MeasureColumnsForm(ColumnMatchForm):
    """Which columns of a file of measures are what."""

    def __init__(self, *args: Any, headers: Sequence[str], matched: Mapping[str, str], **kwargs: Any) -> None:
        meanings = [
            Meaning(column.name, f"kolonne_{column.name}", column.header, column.name in REQUIRED)
            for column in COLUMNS
        ]
        super().__init__(*args, meanings=meanings, headers=headers, matched=matched, **kwargs)


class RegisterFileForm(PortalForm):
    """One file no larger than a register may be; each room says what is in it."""

    file: forms.FileField

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > REGISTERS.upload:
            raise ValidationError(
                _("Filen må være mindre enn 5 MB. Del den i flere, og last opp en om gangen.")
            )
        return file


class MeasureUploadForm(RegisterFileForm):
    file = forms.FileField(
        label=_("Regneark med tiltak"),
        help_text=_("XLSX eller CSV, høyst 5 MB. Bruk malen, eller filen du har lastet ned fra listen."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": _("Filen er tom. Velg en fil med tiltak.")},
    )
