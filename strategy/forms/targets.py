"""Forms of targets, ceilings and indicators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from emissions.models import SCOPE_CHOICES
from strategy.actions.targets import Promise
from strategy.enums import Direction, TargetKind
from strategy.models import DIRECTION_LABELS, TARGET_KIND_LABELS
from web.forms import (
    HeltallField,
    NorskDatoField,
    NorskTallField,
    PortalForm,
)


class YearField(HeltallField):
    """A calendar year, written with four digits."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}))
        super().__init__(min_value=1990, max_value=2100, **kwargs)
        sentence = _("Skriv et år med fire sifre, fra 1990 til 2100.")
        self.error_messages["invalid"] = sentence
        for validator in self.validators:
            if isinstance(validator, MaxValueValidator | MinValueValidator):
                validator.message = sentence


class TargetForm(PortalForm):
    title = forms.CharField(label=_("Mål"), max_length=200)
    kind = forms.ChoiceField(
        label=_("Type"),
        choices=[(kind.value, capfirst(str(TARGET_KIND_LABELS[kind]))) for kind in TargetKind],
        widget=forms.RadioSelect,
        help_text=_(
            "Et utslippsmål har prosent, basisår og systemgrense. Et kvalitativt mål har ikke prosent."
        ),
    )
    scope = forms.ChoiceField(
        label=_("Systemgrense"), choices=[("", _("Ingen systemgrense")), *SCOPE_CHOICES], required=False
    )
    base_year = YearField(label=_("Basisår"), required=False)
    target_year = YearField(label=_("Målår"))
    percent = NorskTallField(
        label=_("Kutt i prosent"),
        required=False,
        max_digits=5,
        decimal_places=2,
        help_text=_("Bare for utslippsmål, for eksempel 55."),
    )
    source = forms.CharField(label=_("Kilde"), max_length=300, required=False)
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def promise(self) -> Promise:
        data = self.cleaned_data
        return Promise(
            title=data["title"],
            kind=TargetKind(data["kind"]),
            scope=data["scope"],
            base_year=data["base_year"],
            target_year=data["target_year"],
            percent=data["percent"],
            source=data["source"],
        )


class RecordedDecisionForm(PortalForm):
    """What a registered ceiling is decided by."""

    decision = forms.CharField(
        label=_("Vedtak"), max_length=200, help_text=_("Hvem som vedtok det, og saksnummer.")
    )
    decided_on = NorskDatoField(label=_("Vedtaksdato"), required=False)
    version = HeltallField(widget=forms.HiddenInput, min_value=0)


class CeilingForm(RecordedDecisionForm):
    year = YearField(label=_("År"))
    percent = NorskTallField(
        label=_("Kutt i prosent fra basisåret"),
        max_digits=5,
        decimal_places=2,
        help_text=_("Et tall fra 0 til 100."),
    )
    field_order = ("year", "percent", "decision", "decided_on", "version")


class NewStartForm(RecordedDecisionForm):
    year = YearField(
        label=_("Året rammen starter på nytt fra"),
        help_text=_("Et år som er over. Derfra går rammen i rett linje til målåret."),
    )
    percent = NorskTallField(
        label=_("Kutt i prosent fra basisåret"),
        required=False,
        max_digits=5,
        decimal_places=2,
        help_text=_("La feltet stå tomt, så regner vi det ut fra utslippene det året."),
    )
    field_order = ("year", "percent", "decision", "decided_on", "version")


class TargetIndicatorForm(PortalForm):
    name = forms.CharField(label=_("Indikator"), max_length=160)
    unit_label = forms.CharField(
        label=_("Måleenhet"), max_length=40, help_text=_("For eksempel prosent eller kilo per innbygger.")
    )
    direction = forms.ChoiceField(
        label=_("Retning"),
        choices=[(one.value, capfirst(str(DIRECTION_LABELS[one]))) for one in Direction],
        widget=forms.RadioSelect,
    )
    goal = NorskTallField(label=_("Måltall i målåret"), required=False, max_digits=14, decimal_places=2)
    source = forms.CharField(label=_("Kilde"), max_length=300, required=False)
    version = HeltallField(widget=forms.HiddenInput, min_value=0, initial=0)


class IndicatorValueForm(PortalForm):
    year = YearField(label=_("År"))
    value = NorskTallField(
        label=_("Verdi"),
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text=_("La feltet stå tomt når verdien ikke er kjent."),
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)
