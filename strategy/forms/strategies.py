"""Forms of strategies as documents."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from emissions.models import SCOPE_LABELS, Edition
from strategy.models import FocusArea, Measure, PlanGoal, PlanStrategy, Strategy, Theme
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)
from web.names import naming, own_municipality


class EditionField(forms.ModelChoiceField):
    """Editions of the municipality, each with its scope: «Bergen 2025» alone says too little."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {SCOPE_LABELS[obj.scope]}"


class Checkboxes(forms.CheckboxSelectMultiple):
    """One under the other: the labels are sentences."""

    template_name = "strategy/checkboxes.html"


class TitleForm(PortalForm):
    """The title of a new version."""

    title = forms.CharField(label=_("Tittel"), max_length=160)


class HeadForm(TitleForm):
    """What a strategy says about itself."""

    covers = forms.CharField(
        label=_("Gjelder"), max_length=200, help_text=_("For eksempel «kommunens egen virksomhet».")
    )
    introduction = LongTextField(label=_("Innledning"), max_length=3000, required=False, rows=5)
    source = forms.CharField(label=_("Kilde"), max_length=300, required=False)
    edition = EditionField(
        queryset=Edition.objects.none(),
        label=_("Bygger på utgave av klimaregnskapet"),
        required=False,
        empty_label=_("Ingen utgave valgt"),
    )
    goals = forms.ModelMultipleChoiceField(
        queryset=PlanGoal.objects.none(),
        label=_("Bygger på delmål i kommuneplanen"),
        required=False,
        widget=Checkboxes,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = PlanGoal.objects.order_by("code")  # type: ignore[attr-defined]
        self.fields["edition"].queryset = (  # type: ignore[attr-defined]
            Edition.objects.filter(municipality__name__iexact=own_municipality())
            .select_related("municipality")
            .order_by("scope", "-published")
        )


class EditHeadForm(HeadForm):
    version = HeltallField(widget=forms.HiddenInput, min_value=0)


def _numbered_strategies() -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        queryset=PlanStrategy.objects.order_by("goal__code", "order"),
        label=_("Strategier i kommuneplanen"),
        required=False,
        widget=Checkboxes,
    )


class FocusAreaForm(PortalForm):
    title = forms.CharField(label=_("Innsatsområde"), max_length=160)
    description = LongTextField(label=_("Beskrivelse"), max_length=2000, required=False)
    is_leadership = forms.BooleanField(
        label=_("Dette er Klimaledelse"),
        required=False,
        help_text=_("Virkemidlene i innsatsområdet står på siden Klimaledelse når strategien er vedtatt."),
    )
    goals = forms.ModelMultipleChoiceField(
        queryset=PlanGoal.objects.none(), label=_("Delmål i kommuneplanen"), required=False, widget=Checkboxes
    )
    plan_strategies = _numbered_strategies()
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].queryset = PlanGoal.objects.order_by("code")  # type: ignore[attr-defined]


class ThemeForm(PortalForm):
    title = forms.CharField(label=_("Tema"), max_length=160)
    plan_strategies = _numbered_strategies()
    version = HeltallField(widget=forms.HiddenInput, min_value=0)


class PlaceForm(PortalForm):
    """Where in the strategy a measure stands: straight under a focus area, or under one of its themes."""

    place = forms.ChoiceField(label=_("Sted i strategien"))
    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, strategy: Strategy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[FocusArea, Theme | None]] = {}
        choices: list[tuple[str, str]] = [("", _now("Velg sted"))]
        areas = FocusArea.objects.filter(strategy=strategy).prefetch_related("themes")
        for area in areas.order_by("order", "title"):
            self.places[f"o{area.pk}"] = (area, None)
            choices.append((f"o{area.pk}", area.title))
            for theme in sorted(area.themes.all(), key=lambda one: (one.order, one.title)):
                self.places[f"t{theme.pk}"] = (area, theme)
                choices.append((f"t{theme.pk}", f"{area.title} – {theme.title}"))
        self.fields["place"].choices = choices  # type: ignore[attr-defined]


class NewPlaceForm(PlaceForm):
    """Which measure, and where."""

    measure = forms.ModelChoiceField(
        queryset=Measure.objects.none(), label=_("Tiltak eller virkemiddel"), empty_label=_("Velg tiltak")
    )
    field_order = ("measure", "place", "version")

    def __init__(self, *args: Any, strategy: Strategy, **kwargs: Any) -> None:
        super().__init__(*args, strategy=strategy, **kwargs)
        self.fields["measure"].queryset = (  # type: ignore[attr-defined]
            Measure.objects.exclude(placements__strategy=strategy).order_by("code")
        )


class PartForm(PortalForm):
    """A button of a part: nothing to fill in, on the strategy as it was seen."""

    version = HeltallField(widget=forms.HiddenInput, min_value=0)


class MovePartForm(PartForm):
    """Which way; the name is the one of the buttons."""

    vei = forms.CharField(widget=forms.HiddenInput)


class AdoptForm(PortalForm):
    """The decision that adopts a strategy."""

    decided_by = forms.CharField(
        label=_("Vedtatt av"), max_length=120, help_text=naming(_("For eksempel «{council}»."))
    )
    decided_on = NorskDatoField(label=_("Vedtaksdato"))
    case_number = forms.CharField(
        label=_("Saksnummer"), max_length=40, help_text=_("For eksempel 25/101."), required=False
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)
