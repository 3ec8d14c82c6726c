"""Which of the common measures to begin with, and who answers for them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from organisation.queries.units import responsible_choices
from strategy.enums import EDITABLE_STATES
from strategy.forms.measures import YearField
from strategy.models import Measure, Strategy
from strategy.words.starter_list import STARTER_LIST, StarterMeasure
from web.forms import PortalForm


class StarterListForm(PortalForm):
    """Those the municipality has already are not offered again."""

    chosen = forms.MultipleChoiceField(
        label=_("Tiltak"),
        help_text=_("Navnet og alt annet kan endres etterpå. Ingen tall følger med."),
        widget=forms.CheckboxSelectMultiple,
    )
    unit = forms.ModelChoiceField(
        label=_("Ansvarlig virksomhet"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Velges for hvert tiltak etterpå"),
    )
    start_year = YearField(label=_("Fra år"), required=False)
    strategy = forms.ModelChoiceField(
        label=_("Plasser dem i"),
        queryset=Strategy.objects.none(),
        required=False,
        empty_label=_("Ingen strategi ennå"),
        help_text=_("Innsatsområdene blir laget når de mangler."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(Measure.objects.values_list("code", flat=True))
        self.offered = [one for one in STARTER_LIST if one.code not in taken]
        labels: Any = self.fields["chosen"]
        labels.choices = [
            (one.code, format_html("<strong>{}</strong> {}: {}", one.title, one.area, one.indicator))
            for one in self.offered
        ]
        self.fields["unit"].queryset = responsible_choices()  # type: ignore[attr-defined]
        open_ones = Strategy.objects.filter(state__in=EDITABLE_STATES).order_by("-order", "-pk")
        self.fields["strategy"].queryset = open_ones  # type: ignore[attr-defined]
        self.initial.setdefault("strategy", open_ones.first())

    def measures(self) -> list[StarterMeasure]:
        codes = set(self.cleaned_data["chosen"])
        return [one for one in self.offered if one.code in codes]
