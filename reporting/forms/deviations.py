"""What the list of deviations is filtered by, and the forms of one deviation."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.enums import UnitKind
from organisation.models import Unit, User
from reporting.enums import DecisionLevel, DeviationState
from reporting.models import DECISION_LEVEL_LABELS, DEVIATION_STATE_LABELS, Deviation
from reporting.queries.deviations import awaiting_decision, on_plan_again, overdue, owner_choices
from reporting.rules.deviations import level_words
from reporting.rules.levels import levels_of_municipality
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)
from web.names import naming
from web.sorting import NorskSort

_MORE = [
    ("forfalt", gettext_lazy("Datoen er ute")),
    ("venter", gettext_lazy("Venter på beslutning")),
    ("avgjort", gettext_lazy("Beslutning er tatt")),
    ("i-rute", gettext_lazy("Følger planen igjen")),
]


class DeviationFilter(django_filters.FilterSet):
    """Filters of the list, kept in its address."""

    virksomhet = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Virksomhet"),
        field_name="unit",
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("Alle"),
    )
    omrade = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Område"),
        field_name="unit__parent",
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("Alle"),
    )
    tilstand = django_filters.ChoiceFilter(
        label=gettext_lazy("Tilstand"),
        field_name="state",
        choices=[(state.value, DEVIATION_STATE_LABELS[state]) for state in DeviationState],
        empty_label=gettext_lazy("Alle"),
    )
    niva = django_filters.ChoiceFilter(
        label=gettext_lazy("Beslutning hos"),
        field_name="decision_level",
        choices=[],
        empty_label=gettext_lazy("Alle"),
    )
    vis = django_filters.ChoiceFilter(
        label=gettext_lazy("Vis bare"), method="only", choices=_MORE, empty_label=gettext_lazy("Alle")
    )

    class Meta:
        model = Deviation
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = self.queryset.order_by().values("unit")
        units = Unit.objects.filter(pk__in=seen)
        self.filters["virksomhet"].queryset = units.order_by(NorskSort("name"))
        areas = Unit.objects.filter(kind=UnitKind.AREA, pk__in=units.values("parent"))
        self.filters["omrade"].queryset = areas.order_by(NorskSort("name"))
        self.filters["niva"].extra["choices"] = self._levels()

    def _levels(self) -> list[tuple[str, str]]:
        """The levels of this municipality, and those somebody has asked before it had them."""
        asked = set(self.queryset.order_by().values_list("decision_level", flat=True).distinct())
        asked |= {DecisionLevel.BOARD, *levels_of_municipality()}
        return [
            (level.value, capfirst(str(DECISION_LEVEL_LABELS[level])))
            for level in DecisionLevel
            if level in asked
        ]

    def only(self, rows: QuerySet[Deviation], name: str, value: str) -> QuerySet[Deviation]:
        if value == "forfalt":
            return overdue(rows, timezone.localdate())
        if value == "venter":
            return awaiting_decision(rows)
        if value == "avgjort":
            return rows.filter(decision__isnull=False)
        return on_plan_again(rows)


class OwnerChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class OwnerForm(PortalForm):
    """Who sees to a deviation, and by when."""

    owner = OwnerChoice(
        label=gettext_lazy("Ansvarlig"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Ingen"),
        help_text=gettext_lazy("Den som sørger for at avviket blir fulgt opp."),
    )
    due_on = NorskDatoField(label=gettext_lazy("Tatt igjen innen"), required=False)
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, deviation: Deviation, data: Any = None) -> None:
        initial = {"owner": deviation.owner_id, "due_on": deviation.due_on, "version": deviation.version}
        super().__init__(data, initial=initial)
        self.fields["owner"].queryset = owner_choices(deviation.unit)  # type: ignore[attr-defined]


class CloseForm(PortalForm):
    reason = LongTextField(
        label=gettext_lazy("Hvorfor kan avviket lukkes?"),
        max_length=1000,
        rows=4,
        error_messages={"required": gettext_lazy("Skriv hvorfor avviket kan lukkes.")},
    )
    version = HeltallField(widget=forms.HiddenInput)


class ReopenForm(PortalForm):
    version = HeltallField(widget=forms.HiddenInput)


class DecisionGivenForm(PortalForm):
    """What the level that was asked has decided."""

    text = LongTextField(
        label=gettext_lazy("Hva er avgjort?"),
        help_text=gettext_lazy("Skriv så den som ikke var til stede, forstår hva som skal gjøres."),
        max_length=2000,
        rows=5,
        error_messages={"required": gettext_lazy("Skriv hva som er avgjort.")},
    )
    decided_on = NorskDatoField(
        label=gettext_lazy("Når ble det avgjort?"),
        error_messages={"required": gettext_lazy("Skriv datoen, for eksempel 31.12.2026.")},
    )
    case_number = forms.CharField(
        label=gettext_lazy("Saksnummer"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("For eksempel 26/1234."),
    )
    deadline = NorskDatoField(label=gettext_lazy("Frist for å gjennomføre beslutningen"), required=False)
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, deviation: Deviation, data: Any = None) -> None:
        super().__init__(data, initial={"version": deviation.version, "decided_on": timezone.localdate()})
        if deviation.decision_level == DecisionLevel.COUNCIL:
            self.fields["case_number"].required = True
            self.fields["case_number"].error_messages["required"] = naming(
                _("Skriv saksnummeret til {councils} vedtak.")
            )
        self.asked_of = level_words(deviation.decision_level)
