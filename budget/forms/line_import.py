"""The form that takes a spreadsheet of lines."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.forms import PortalForm
from web.sheets.limits import REGISTERS


class LineUploadForm(PortalForm):
    file = forms.FileField(
        label=gettext_lazy("Utfylt regneark (.xlsx)"),
        help_text=gettext_lazy("Høyst 5 MB."),
        allow_empty_file=True,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > REGISTERS.upload:
            raise ValidationError(_("Filen er større enn 5 MB. Last ned malen, og fyll ut den."))
        return file
