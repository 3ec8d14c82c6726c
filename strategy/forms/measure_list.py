"""What the list of measures is filtered by; names in addresses are Norwegian."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from strategy.models import MEASURE_KIND_LABELS, MEASURE_STATE_LABELS, Measure
from strategy.models.labels import choices
from strategy.queries.measure_list import answered_for_by, answering_units, choosable_areas, search_measures
from web.forms import PortalForm


class MeasureFilter(django_filters.FilterSet):
    """Give `drafts`: whether focus areas of drafts may be chosen."""

    q = django_filters.CharFilter(
        label=_("Søk i nummer, tittel og beskrivelse"),
        method="search",
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "size": 28}),
    )
    innsatsomrade = django_filters.ChoiceFilter(
        label=_("Innsatsområde"), field_name="placements__focus_area", empty_label=_("Alle")
    )
    virksomhet = django_filters.ChoiceFilter(label=_("Ansvarlig"), method="of_unit", empty_label=_("Alle"))
    tilstand = django_filters.ChoiceFilter(
        label=_("Tilstand"), field_name="state", choices=choices(MEASURE_STATE_LABELS), empty_label=_("Alle")
    )
    type = django_filters.ChoiceFilter(
        label=_("Type"), field_name="kind", choices=choices(MEASURE_KIND_LABELS), empty_label=_("Alle")
    )

    class Meta:
        model = Measure
        fields: tuple[str, ...] = ()
        form = PortalForm

    def __init__(self, *args: Any, drafts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Lists, so that the check of the address and the choice on the page read them once.
        self.filters["innsatsomrade"].extra["choices"] = choosable_areas(drafts=drafts)
        units = answering_units().values_list("pk", "name")
        self.filters["virksomhet"].extra["choices"] = list(units)

    def search(self, measures: QuerySet[Measure], name: str, value: str) -> QuerySet[Measure]:
        return search_measures(measures, value)

    def of_unit(self, measures: QuerySet[Measure], name: str, value: str) -> QuerySet[Measure]:
        return answered_for_by(measures, int(value))
