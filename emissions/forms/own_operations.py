"""What is asked about own operations: activity types, factors, workbooks, and closing a year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from emissions.actions.factors import Gases
from emissions.enums import GwpSet, MeasuredIn, MissingReason
from emissions.importers.activities import LONGEST_NOTE
from emissions.models import (
    GWP_LABELS,
    MEASURED_IN_LABELS,
    MISSING_LABELS,
    OWN_SCOPES,
    SCOPE_LABELS,
    SCOPE_SLUGS,
)
from web.forms import (
    HeltallField,
    NorskDatoField,
    NorskTallField,
    PortalForm,
)


class ActivityTypeForm(PortalForm):
    name = forms.CharField(label=gettext_lazy("Aktivitet"), max_length=120)
    measured_in = forms.ChoiceField(
        label=gettext_lazy("Måleenhet"),
        choices=[(code.value, MEASURED_IN_LABELS[code]) for code in MeasuredIn],
    )
    scope = forms.ChoiceField(
        label=gettext_lazy("Systemgrense"),
        help_text=gettext_lazy("Kan ikke endres siden. Direkte utslipp og fotavtrykk legges aldri sammen."),
        choices=[(SCOPE_SLUGS[scope], SCOPE_LABELS[scope]) for scope in OWN_SCOPES],
    )
    sector = forms.CharField(label=gettext_lazy("Sektor"), max_length=120)
    source = forms.CharField(label=gettext_lazy("Utslippskilde"), max_length=160)

    def clean_measured_in(self) -> MeasuredIn:
        return MeasuredIn(self.cleaned_data["measured_in"])


def _gas(label: Any) -> NorskTallField:
    return NorskTallField(label=label, required=False, min_value=0, max_digits=20, decimal_places=10)


class FactorForm(PortalForm):
    """A factor in kg CO2e, or in kg of each gas: one of the two."""

    valid_from_year = HeltallField(
        label=gettext_lazy("Gjelder fra og med år"),
        min_value=1970,
        max_value=2200,
        localize=False,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}),
    )
    valid_to_year = HeltallField(
        label=gettext_lazy("Gjelder til og med år"),
        help_text=gettext_lazy("La stå tomt når faktoren gjelder inntil videre."),
        required=False,
        min_value=1970,
        max_value=2200,
        localize=False,
        widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}),
    )
    kg_co2e = NorskTallField(
        label=gettext_lazy("kg CO₂e per måleenhet"),
        help_text=gettext_lazy("La stå tomt hvis du heller skriver kg av hver gass."),
        required=False,
        min_value=0,
        max_digits=20,
        decimal_places=10,
    )
    kg_co2 = _gas(gettext_lazy("kg CO₂ per måleenhet"))
    kg_ch4 = _gas(gettext_lazy("kg CH₄ per måleenhet"))
    kg_n2o = _gas(gettext_lazy("kg N₂O per måleenhet"))
    gwp_set = forms.ChoiceField(
        label=gettext_lazy("Oppvarmingsfaktorer"),
        help_text=gettext_lazy("AR5 brukes nå. AR4 ble brukt til og med tallene for 2022."),
        required=False,
        choices=[("", gettext_lazy("Ikke oppgitt")), *((code.value, GWP_LABELS[code]) for code in GwpSet)],
    )
    source = forms.CharField(
        label=gettext_lazy("Kilde"),
        help_text=gettext_lazy("Hvem som har gitt ut faktoren, hvor og når."),
        max_length=300,
    )

    def clean_gwp_set(self) -> GwpSet | None:
        return GwpSet(self.cleaned_data["gwp_set"]) if self.cleaned_data["gwp_set"] else None

    def gases(self) -> Gases | None:
        """kg of each gas, an empty one as none of it; None when no gas is filled in."""
        amounts = [self.cleaned_data[name] for name in ("kg_co2", "kg_ch4", "kg_n2o")]
        if all(amount is None for amount in amounts):
            return None
        return Gases(*(amount or Decimal(0) for amount in amounts))


class ActivityForm(PortalForm):
    """One activity of a unit and year: an amount or why it is missing, and a note."""

    amount = forms.CharField(
        label="",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"size": 24, "autocomplete": "off"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Merknad"),
        help_text=gettext_lazy("For eksempel hvor tallet kommer fra, eller hva som er anslått."),
        required=False,
        max_length=LONGEST_NOTE - 1,
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, measure: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].label = _("Mengde, {measure}").format(measure=measure)
        reasons = ", ".join(str(label) for label in MISSING_LABELS.values())
        self.fields["amount"].help_text = _("Når tallet mangler, skriv ett av disse: {reasons}.").format(
            reasons=reasons
        )


class ClosingForm(PortalForm):
    published = NorskDatoField(
        label=gettext_lazy("Publisert"),
        help_text=gettext_lazy("Datoen regnskapet ble publisert, for eksempel 28.3.2025."),
    )
    gaps_because = forms.ChoiceField(
        label=gettext_lazy("Hvorfor noe mangler"),
        help_text=gettext_lazy("Gjelder alt som står i listen over det som mangler."),
        required=False,
    )

    def __init__(self, *args: Any, has_gaps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["gaps_because"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [
            ("", _("Velg grunn")),
            *((reason.value, MISSING_LABELS[reason]) for reason in MissingReason),
        ]
        if not has_gaps:
            del self.fields["gaps_because"]

    def clean_published(self) -> date:
        published: date = self.cleaned_data["published"]
        if published > timezone.localdate():
            raise ValidationError(_("Datoen er fram i tid. Skriv datoen regnskapet ble publisert."))
        return published

    def reason(self) -> MissingReason | None:
        """Why the gaps are there; None when nothing is chosen, or nothing is missing."""
        chosen = self.cleaned_data.get("gaps_because")
        return MissingReason(chosen) if chosen else None
