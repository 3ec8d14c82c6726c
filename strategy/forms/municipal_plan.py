"""Forms of kommuneplanens samfunnsdel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from strategy.models import PlanGoal, PolicyArea
from web.forms import (
    HeltallField,
    LongTextField,
    PortalForm,
)


class PlanPartForm(PortalForm):
    """What is written of a part; `fields_of_part` are by name as in the model."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    @property
    def fields_of_part(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class PolicyAreaForm(PlanPartForm):
    title = forms.CharField(label=_("Politikkområde"), max_length=120)
    main_goal = LongTextField(
        label=_("Hovedmål"),
        help_text=_("Ordrett, slik det står i kommuneplanen."),
        max_length=1000,
        required=False,
    )
    source = forms.CharField(label=_("Kilde"), max_length=300, required=False)


class PlanGoalForm(PlanPartForm):
    area = forms.ModelChoiceField(
        queryset=PolicyArea.objects.order_by("order", "title"),
        label=_("Politikkområde"),
        required=False,
        empty_label=_("Ikke under noe politikkområde"),
    )
    code = forms.CharField(label=_("Bokstav"), max_length=4, help_text=_("For eksempel A."))
    title = forms.CharField(label=_("Delmål"), max_length=200)


class PlanStrategyForm(PlanPartForm):
    goal = forms.ModelChoiceField(
        queryset=PlanGoal.objects.order_by("code"), label=_("Delmål"), empty_label=_("Velg delmål")
    )
    code = forms.CharField(label=_("Nummer"), max_length=6, help_text=_("For eksempel A1."))
    title = forms.CharField(label=_("Strategi i kommuneplanen"), max_length=250)
