"""Forms of «Hva om?»."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from emissions.models import Source
from strategy.models import LEVEL_LABELS, Measure
from web.forms import (
    HeltallField,
    NorskDatoField,
    NorskTallField,
    PortalForm,
)


class NewScenarioForm(PortalForm):
    name = forms.CharField(label=_("Navn"), help_text=_("For eksempel «Uten sykkelveien»."), max_length=120)


class ScenarioForm(NewScenarioForm):
    """A scenario's name, and whether others may read it."""

    shared = forms.BooleanField(label=_("Del med alle som leser klimabudsjettet som utkast"), required=False)
    version = HeltallField(widget=forms.HiddenInput, min_value=0, required=False)


class LineChangeForm(PortalForm):
    """A change to one of the budget's quantified lines. `lines` are (id, title)."""

    line = forms.TypedChoiceField(
        label=_("Tiltak"),
        coerce=int,
        error_messages={
            "required": _("Velg et tiltak."),
            "invalid_choice": _("Velg et tiltak fra listen."),
        },
    )

    def __init__(self, *args: Any, lines: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["line"]).choices = [("", _("Velg tiltak")), *lines]


class DropForm(LineChangeForm):
    """Taken out altogether."""


class DelayForm(LineChangeForm):
    percent = NorskTallField(
        label=_("Hvor mye er utsatt, prosent"), min_value=1, max_value=100, decimal_places=2, initial=100
    )
    since = NorskDatoField(label=_("Utsatt fra"), help_text=_("For eksempel 1.1.2027."))
    caught_up = NorskDatoField(
        label=_("Tatt igjen"), required=False, help_text=_("Tomt felt betyr at det aldri tas igjen.")
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, caught_up = data.get("since"), data.get("caught_up")
        if since and caught_up and caught_up < since:
            self.add_error("caught_up", _("Datoen må komme etter at utsettelsen begynner."))
        return data


class ScaleForm(LineChangeForm):
    percent = NorskTallField(
        label=_("Prosent av effekten"),
        help_text=_("100 er som i budsjettet, 50 er halvparten, 150 er halvannen gang så mye."),
        min_value=0,
        max_value=1000,
        decimal_places=2,
    )


class SourceField(forms.ModelChoiceField):
    """An emission source with its sector: several have the same name."""

    def label_from_instance(self, obj: Source) -> str:
        return f"{obj.sector}: {obj}" if obj.name else str(obj)


class AddForm(PortalForm):
    """Something the budget does not have: a measure of the strategy, or only a name."""

    measure = forms.ModelChoiceField(
        label=_("Tiltak i strategien"),
        queryset=Measure.objects.none(),
        required=False,
        empty_label=_("Ingen"),
    )
    title = forms.CharField(label=_("Eller et navn på noe nytt"), max_length=200, required=False)
    source = SourceField(
        label=_("Utslippskilde"), queryset=Source.objects.none(), empty_label=_("Velg kilde")
    )
    level = forms.ChoiceField(
        label=_("Nivå"), choices=[(level.value, label) for level, label in LEVEL_LABELS.items()]
    )
    first_year = forms.TypedChoiceField(label=_("Virker fra og med"), coerce=int)
    tonnes = NorskTallField(
        label=_("Kutt i året, tonn CO₂e"),
        help_text=_("Skriv reduksjon som et positivt tall."),
        min_value=Decimal("0.000001"),
        max_digits=20,
        decimal_places=6,
    )

    def __init__(self, *args: Any, measures: Any, sources: Any, years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Any]", self.fields["measure"]).queryset = measures
        cast("forms.ModelChoiceField[Any]", self.fields["source"]).queryset = sources
        cast(forms.ChoiceField, self.fields["first_year"]).choices = [(year, str(year)) for year in years]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("measure")) == bool(data.get("title")):
            self.add_error(
                "title", _("Velg et tiltak fra strategien, eller skriv et navn. Ikke begge deler.")
            )
        return data
