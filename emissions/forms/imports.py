"""What is asked when emission statistics are imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, SCOPE_SLUGS
from web.forms import LongTextField, NorskDatoField, PortalForm
from web.sheets.column_matching import ColumnMatchForm, Meaning

# Names in addresses are Norwegian.
COLUMN_PARAMETERS = {
    "year": "kolonne_aar", "sector": "kolonne_sektor", "tonnes": "kolonne_utslipp",
    "source": "kolonne_kilde", "gas": "kolonne_gass", "municipality": "kolonne_kommune",
    "number": "kolonne_kommunenummer",
}  # fmt: skip
COLUMN_LABELS = {
    "year": gettext_lazy("År"),
    "sector": gettext_lazy("Sektor"),
    "tonnes": gettext_lazy("Utslipp, tonn CO₂e"),
    "source": gettext_lazy("Utslippskilde"),
    "gas": gettext_lazy("Klimagass"),
    "municipality": gettext_lazy("Kommune"),
    "number": gettext_lazy("Kommunenummer"),
}
REQUIRED_COLUMNS = ("year", "sector", "tonnes")
PARAMETERS = {"municipality": "kommune", "scope": "grense", "publisher": "utgiver", "published": "publisert"}


class ColumnsForm(ColumnMatchForm):
    """Which columns of a file of statistics are what."""

    def __init__(self, *args: Any, headers: Sequence[str], matched: Mapping[str, str], **kwargs: Any) -> None:
        meanings = [
            Meaning(code, COLUMN_PARAMETERS[code], label, code in REQUIRED_COLUMNS)
            for code, label in COLUMN_LABELS.items()
        ]
        super().__init__(*args, meanings=meanings, headers=headers, matched=matched, **kwargs)


class ReadAgainForm(PortalForm):
    """Which municipality a large file is to be read for. `municipalities` are those known to be in it."""

    kommune = forms.CharField(
        label=gettext_lazy("Kommune"),
        max_length=80,
        error_messages={"required": gettext_lazy("Skriv hvilken kommune filen skal leses for.")},
    )

    def __init__(self, *args: Any, municipalities: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if municipalities:
            self.fields["kommune"].widget = forms.Select(choices=[(name, name) for name in municipalities])


class UndoForm(PortalForm):
    reason = LongTextField(
        label=gettext_lazy("Hvorfor angres importen?"),
        help_text=gettext_lazy("Står i loggen sammen med navnet ditt."),
        max_length=500,
        error_messages={"required": gettext_lazy("Skriv hvorfor importen angres.")},
    )


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
