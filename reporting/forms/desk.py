"""The forms of Klima's review desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.enums import UnitKind
from organisation.models import Unit
from reporting.enums import ReportState
from reporting.models import REPORT_STATE_LABELS, Period
from reporting.queries.desk import DeskFilter
from web.forms import (
    HeltallField,
    LongTextField,
    PortalForm,
)
from web.sorting import NorskSort

ONLY = (
    ("", _("Alle")),
    ("endret", _("Endret siden sist")),
    ("avvik", _("Utenfor planen")),
    ("mangler", _("Mangler forklaring")),
    ("skiller", _("Skiller seg ut")),
    ("flytt", _("Kan flyttes")),
)


class DeskFilterForm(PortalForm):
    """What is shown, kept in the address."""

    tilstand = forms.ChoiceField(
        label=_("Rapport"),
        required=False,
        choices=[("", _("Alle")), *((state.value, REPORT_STATE_LABELS[state]) for state in ReportState)],
    )
    omrade = forms.ModelChoiceField(
        label=_("Område"), required=False, queryset=Unit.objects.none(), empty_label=_("Alle")
    )
    vis = forms.ChoiceField(label=_("Tiltak"), required=False, choices=ONLY)

    def __init__(self, period: Period, data: Any) -> None:
        super().__init__(data)
        areas = Unit.objects.filter(kind=UnitKind.AREA, children__reports__period=period).distinct()
        self.fields["omrade"].queryset = areas.order_by(NorskSort("name"))  # type: ignore[attr-defined]

    @property
    def chosen(self) -> DeskFilter:
        """What can be understood of the address; the rest is told as errors and filters nothing."""
        self.is_valid()
        found = self.cleaned_data
        area = found.get("omrade")
        return DeskFilter(
            state=found.get("tilstand", ""), area=area.pk if area else None, only=found.get("vis", "")
        )


class MeasureCommentForm(PortalForm):
    text = LongTextField(
        label=_("Kommentar"),
        help_text=_("Virksomheten kan lese den."),
        max_length=1000,
        rows=4,
        error_messages={"required": _("Skriv en kommentar.")},
    )


class MoveMeasureForm(PortalForm):
    """Why the measure is moved; `version` is the measure's."""

    reason = LongTextField(label=_("Begrunnelse"), required=False, max_length=1000, rows=4)
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, initial: dict[str, Any] | None = None, must: bool = False
    ) -> None:
        super().__init__(data, initial=initial)
        if must:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _(
                "Skriv hvorfor tiltaket blir utsatt eller avviklet."
            )
