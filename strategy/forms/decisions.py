"""Forms of the decisions register."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from organisation.queries.units import responsible_choices
from strategy.enums import DecisionStatus
from strategy.models import DECISION_STATUS_LABELS, Decision, Measure
from strategy.queries.measures import measures_by_code
from strategy.words.decision_columns import COLUMNS, measure_codes, missing_words
from web.forms import HeltallField, LongTextField, NorskDatoField, PortalForm
from web.register.forms import RegisterFilter, RegisterForm
from web.sorting import NorskSort


class DecisionForm(RegisterForm):
    """What was decided, by whom and when, and who follows it up. `unit` is one that stands there already."""

    columns = COLUMNS
    links = {"unit": responsible_choices}
    field_order = ("body",)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if unit is not None:
            # A decision keeps the unit it has, also when that one has closed since.
            open_units = responsible_choices().order_by().values("pk")
            units = Unit.objects.filter(Q(pk__in=open_units) | Q(pk=unit.pk)).order_by(NorskSort("name"))
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, row: Decision) -> dict[str, Any]:  # type: ignore[override]
        return super().initial_of(row) | {"measures": measure_codes(row)}

    def clean(self) -> dict[str, Any]:
        """What the action asks for too, told also where another field is wrong."""
        cleaned: dict[str, Any] = super().clean() or {}
        # A field that is wrong says something.
        for name, sentence in missing_words(lambda name: cleaned.get(name) or name in self.errors):
            self.add_error(name, sentence)
        return cleaned

    def clean_measures(self) -> list[Measure]:
        codes = [code for code in re.split(r"[,;\s]+", self.cleaned_data["measures"]) if code]
        found = measures_by_code(codes)
        unknown = [code for code in codes if code.casefold() not in found]
        if unknown:
            raise ValidationError(
                gettext("Vi finner ikke tiltak {codes}. Se etter nummeret på tiltakets side.").format(
                    codes=", ".join(unknown)
                )
            )
        return list(found.values())


class DecisionMoveForm(PortalForm):
    """Another status for a decision; `moves` are those it may go to."""

    needed_at_times = frozenset({"comment"})

    to = forms.ChoiceField(label=_("Ny status"), widget=forms.RadioSelect)
    comment = LongTextField(
        label=_("Hva er gjort, eller hvorfor endres statusen?"), max_length=1000, required=False
    )
    closed_on = NorskDatoField(
        label=_("Avsluttet dato"),
        required=False,
        help_text=_("Når vedtaket er gjennomført eller bortfalt. Tomt felt er i dag."),
    )
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, moves: frozenset[DecisionStatus], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (status.value, DECISION_STATUS_LABELS[status]) for status in DecisionStatus if status in moves
        ]
        self.fields["to"].error_messages["invalid_choice"] = _(
            "Vedtaket kan ikke få denne statusen nå. Velg en av dem i listen."
        )


class NoteForm(PortalForm):
    """How a decision goes, in a few words."""

    text = LongTextField(label=_("Hvordan går det?"), max_length=2000, rows=4)


def _responsible() -> QuerySet[Unit]:
    return Unit.objects.filter(decisions__isnull=False).distinct().order_by(NorskSort("name"))


class DecisionFilterForm(RegisterFilter):
    """The register's filters, in the address by Norwegian names."""

    columns = COLUMNS
    links = {"unit": _responsible}
    extra_names = {"overdue": "fristute"}

    overdue = forms.BooleanField(label=_("Bare der fristen er ute"), required=False)
