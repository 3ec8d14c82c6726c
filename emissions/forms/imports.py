"""What is asked when emission statistics are imported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from climate_portal.web.forms import NorskDatoField, PortalForm
from emissions.enums import Scope
from emissions.importers import STATISTICS, too_large
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS

# Names in addresses are Norwegian.
PARAMETERS = {"municipality": "kommune", "scope": "grense", "publisher": "utgiver", "published": "publisert"}


class UploadForm(PortalForm):
    file = forms.FileField(
        label=gettext_lazy("Fil med utslippsstatistikk"),
        help_text=gettext_lazy(
            "CSV eller XLSX, slik Miljødirektoratet eller fylkeskommunen gir den ut. Høyst 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={
            "required": gettext_lazy("Velg en fil."),
            "invalid": gettext_lazy("Velg en fil."),
            "missing": gettext_lazy("Velg en fil."),
            "empty": gettext_lazy("Filen er tom. Last ned statistikken på nytt, og prøv igjen."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if file.size and file.size > STATISTICS.upload:
            raise ValidationError(str(too_large(file.size, STATISTICS)))
        return file


class DetailsForm(PortalForm):
    """What the file cannot say for itself. `municipalities` are those in the file; none: write the name."""

    municipality = forms.CharField(label=gettext_lazy("Kommune"), max_length=80)
    scope = forms.ChoiceField(
        label=gettext_lazy("Systemgrense"),
        choices=[(slug, SCOPE_LABELS[scope]) for scope, slug in SCOPE_SLUGS.items()],
    )
    publisher = forms.CharField(
        label=gettext_lazy("Utgiver"),
        help_text=gettext_lazy("Hvem som har publisert statistikken, for eksempel Miljødirektoratet."),
        max_length=120,
    )
    published = NorskDatoField(
        label=gettext_lazy("Publisert"),
        help_text=gettext_lazy("Datoen statistikken ble publisert, for eksempel 16.12.2025."),
    )

    def __init__(self, *args: Any, municipalities: Sequence[str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if municipalities:
            several = len(municipalities) > 1
            self.fields["municipality"] = forms.ChoiceField(
                label=gettext_lazy("Kommune"),
                choices=[
                    *([("", _("Velg kommune"))] if several else []),
                    *((name, name) for name in municipalities),
                ],
                error_messages={
                    "required": gettext_lazy("Velg en kommune."),
                    "invalid_choice": gettext_lazy("%(value)s finnes ikke i filen. Velg en av dem i listen."),
                },
            )

    def add_prefix(self, field_name: str) -> str:
        return PARAMETERS.get(field_name, field_name)

    def clean_scope(self) -> Scope:
        return next(scope for scope, slug in SCOPE_SLUGS.items() if slug == self.cleaned_data["scope"])

    def clean_published(self) -> date:
        published: date = self.cleaned_data["published"]
        if published > timezone.localdate():
            raise ValidationError(_("Datoen er fram i tid. Skriv datoen statistikken ble publisert."))
        return published
