"""Forms of the decisions register."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from organisation.queries import responsible_choices
from strategy.enums import DecisionStatus
from strategy.models import DECISION_BODY_LABELS, DECISION_STATUS_LABELS, Measure
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)
from web.sorting import NorskSort

# Form fields that are also fields of the decision.
DECISION_FIELDS = (
    "body",
    "case_number",
    "no_case_number",
    "decided_on",
    "decided_when",
    "title",
    "text",
    "unit",
    "no_unit",
    "deadline",
    "source",
)


class DecisionForm(PortalForm):
    """What was decided, by whom and when, and who follows it up. `unit` is one that stands there already."""

    needed_at_times = frozenset(
        {"case_number", "no_case_number", "decided_on", "decided_when", "unit", "no_unit"}
    )

    body = forms.ChoiceField(label=_("Vedtatt av"))
    case_number = forms.CharField(
        label=_("Saksnummer"), max_length=40, required=False, help_text=_("For eksempel 26/1234.")
    )
    no_case_number = forms.CharField(
        label=_("Hvis saksnummeret mangler: hvorfor?"), max_length=160, required=False
    )
    decided_on = NorskDatoField(label=_("Vedtatt dato"), required=False)
    decided_when = forms.CharField(
        label=_("Hvis datoen ikke er kjent: når?"),
        max_length=80,
        required=False,
        help_text=_("For eksempel «desember 2021»."),
    )
    title = forms.CharField(label=_("Tittel"), max_length=200)
    text = LongTextField(label=_("Vedtaket"), max_length=5000, rows=6)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Ansvarlig virksomhet eller foretak"),
        required=False,
        empty_label=_("Ingen virksomhet"),
        error_messages={"invalid_choice": _("Virksomheten er lagt ned eller finnes ikke. Velg en annen.")},
    )
    no_unit = forms.CharField(label=_("Hvis ingen er ansvarlig: hvorfor?"), max_length=160, required=False)
    deadline = NorskDatoField(label=_("Frist"), required=False)
    measures = forms.CharField(
        label=_("Tiltak vedtaket gjelder"),
        max_length=400,
        required=False,
        help_text=_("Skriv numrene med komma mellom, for eksempel T1, KL4."),
    )
    source = forms.CharField(
        label=_("Kilde"),
        max_length=300,
        required=False,
        help_text=_("Adressen eller dokumentet vedtaket står i."),
    )
    version = HeltallField(widget=forms.HiddenInput, initial=0)

    def __init__(self, *args: Any, unit: Unit | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Named with the chief's title of this municipality, which is not known when the class is made.
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            (code.value, capfirst(str(label))) for code, label in DECISION_BODY_LABELS.items()
        ]
        units = responsible_choices()
        if unit is not None:
            # A decision keeps the unit it has, also when that one has closed since.
            open_units = responsible_choices().order_by().values("pk")
            units = Unit.objects.filter(Q(pk__in=open_units) | Q(pk=unit.pk)).order_by(NorskSort("name"))
        self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The action refuses one thing at a time; here everything that is missing is said at once."""
        cleaned: dict[str, Any] = super().clean() or {}
        pairs = (
            (
                "case_number",
                "no_case_number",
                gettext("Skriv saksnummeret, eller hvorfor vedtaket ikke har noe."),
            ),
            (
                "decided_on",
                "decided_when",
                gettext("Skriv datoen, eller når det var hvis datoen ikke er kjent."),
            ),
            ("unit", "no_unit", gettext("Velg en virksomhet, eller skriv hvorfor ingen er ansvarlig.")),
        )
        for one, other, sentence in pairs:
            if not {one, other} & self.errors.keys() and not cleaned.get(one) and not cleaned.get(other):
                self.add_error(one, sentence)
        return cleaned

    def clean_measures(self) -> list[Measure]:
        codes = [code for code in re.split(r"[,;\s]+", self.cleaned_data["measures"]) if code]
        found = {
            measure.code.casefold(): measure
            for measure in Measure.objects.annotate(lower=Lower("code")).filter(
                lower__in=[code.casefold() for code in codes]
            )
        }
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


class DecisionFilterForm(PortalForm):
    """The register's filters, in the address by Norwegian names."""

    status = forms.ChoiceField(label=_("Status"), required=False)
    body = forms.ChoiceField(label=_("Vedtatt av"), required=False)
    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Ansvarlig"),
        required=False,
        empty_label=_("Alle virksomheter"),
    )
    text = forms.CharField(label=_("Søk"), max_length=100, required=False)
    overdue = forms.BooleanField(label=_("Bare der fristen er ute"), required=False)

    NAMES = {"status": "status", "body": "organ", "unit": "virksomhet", "text": "sok", "overdue": "fristute"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle")),
            *((code.value, label) for code, label in DECISION_STATUS_LABELS.items()),
        ]
        self.fields["body"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle")),
            *((code.value, capfirst(str(label))) for code, label in DECISION_BODY_LABELS.items()),
        ]
        self.fields["unit"].queryset = (  # type: ignore[attr-defined]
            Unit.objects.filter(decisions__isnull=False).distinct().order_by(NorskSort("name"))
        )

    def add_prefix(self, field_name: str) -> str:
        return self.NAMES.get(field_name, field_name)
