"""What the municipality and its bodies are called, as it is typed."""

from __future__ import annotations

from dataclasses import fields

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.actions.names import BodyNames, MunicipalityNames
from organisation.models import LEADER_LEVELS, Municipality
from web.formats import whole_number
from web.forms import HeltallField, NorskDatoField, PortalForm


def _longest(field: str) -> int | None:
    return Municipality._meta.get_field(field).max_length  # type: ignore[union-attr]


_LEVELS = {
    1: _("Ett: lederne av virksomhetene"),
    2: _("To: lederne av virksomhetene, og de over dem"),
    3: _("Tre: lederne av virksomhetene, et nivå over dem, og et øverst"),
}


class MunicipalityForm(PortalForm):
    name = forms.CharField(
        label=_("Kommune"), max_length=_longest("name"), help_text=_("Som i statistikken, uten «kommune».")
    )
    number = forms.CharField(label=_("Kommunenummer"), max_length=4)
    organisation = forms.CharField(
        label=_("Navn på organisasjonen"),
        max_length=_longest("organisation"),
        help_text=_("Står øverst på alle sider, i dokumenter og under e-post."),
    )
    chief_title = forms.CharField(
        label=_("Tittel på øverste leder"),
        max_length=_longest("chief_title"),
        help_text=_("I ubestemt form, med liten forbokstav: «kommunedirektør» eller «rådmann»."),
    )
    network = forms.CharField(label=_("Navn på klimanettverket"), max_length=_longest("network"))
    leader_levels = forms.TypedChoiceField(
        label=_("Antall ledernivåer"),
        coerce=int,
        choices=[(levels, _LEVELS[levels]) for levels in LEADER_LEVELS],
        widget=forms.RadioSelect,
        help_text=_("Under øverste leder. Det bestemmer hvem en virksomhet kan be avgjøre noe."),
    )
    leader_title = forms.CharField(
        label=_("Tittel på den som leder en virksomhet"), max_length=_longest("leader_title")
    )
    middle_title = forms.CharField(
        label=_("Tittel på nivået mellom"),
        max_length=_longest("middle_title"),
        help_text=_("Brukes bare der det er tre nivåer."),
    )
    director_title = forms.CharField(
        label=_("Tittel på øverste nivå"),
        max_length=_longest("director_title"),
        help_text=_("Brukes bare der det er mer enn ett nivå."),
    )
    employees_read = forms.BooleanField(
        label=_("Alle ansatte kan slippes inn med rollen ansatt"),
        required=False,
        help_text=_("De leser sidene for ansatte. Slås det av, kommer ingen inn med den rollen."),
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def given(self) -> MunicipalityNames:
        return MunicipalityNames(
            **{one.name: self.cleaned_data[one.name] for one in fields(MunicipalityNames)}
        )


class TwoStepsForm(PortalForm):
    required = forms.BooleanField(label=_("Totrinn er påkrevd"), required=False)


class BodyForm(PortalForm):
    name = forms.CharField(
        label=_("Kort navn"), max_length=80, help_text=_("I merker og overskrifter: «Kvalitetssikret av …».")
    )
    definite = forms.CharField(
        label=_("Bestemt form"), max_length=80, help_text=_("I setninger: «Når … har lagt inn tiltak».")
    )
    genitive = forms.CharField(
        label=_("Eieform"), max_length=80, help_text=_("Som i «kommunestyrets vedtak».")
    )
    valid_from = NorskDatoField(
        label=_("Gjelder fra"),
        help_text=_("Det organet het før, står i det som er eldre. Samme dag som før retter navnet."),
    )
    latest = forms.CharField(widget=forms.HiddenInput)

    def given(self) -> BodyNames:
        return BodyNames(**{one.name: self.cleaned_data[one.name] for one in fields(BodyNames)})

    def read(self) -> tuple[int, int]:
        """Key and version of the newest name when the form was asked for; zeros when there was none."""
        key, _dot, version = self.cleaned_data["latest"].partition(".")
        return whole_number(key, 0), whole_number(version, 0)
