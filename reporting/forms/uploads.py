"""Choosing a file of a period."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from climate_portal.web.forms import PortalForm
from emissions.importers import REGISTERS


class PeriodFileForm(PortalForm):
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("XLSX eller CSV, høyst 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": _("Filen er tom. Velg en fil med rader.")},
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > REGISTERS.upload:
            raise ValidationError(
                _("Filen må være mindre enn 5 MB. Del den i flere, og last opp en om gangen.")
            )
        return file
