"""Moving measures from one unit to another: who, to whom, from when."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from organisation.queries.units import responsible_choices
from strategy.queries.measure_list import answering_units
from web.forms import NorskDatoField, PortalForm


class ReassignForm(PortalForm):
    from_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Fra virksomhet"),
        empty_label=_("Velg virksomhet"),
        help_text=_("Også en virksomhet som skal legges ned. Bare de som har tiltak, står her."),
    )
    to_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(), label=_("Til virksomhet"), empty_label=_("Velg virksomhet")
    )
    since = NorskDatoField(
        label=_("Gjelder fra"), help_text=_("Den første dagen den nye virksomheten svarer for tiltakene.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_unit"].queryset = answering_units()  # type: ignore[attr-defined]
        self.fields["to_unit"].queryset = responsible_choices()  # type: ignore[attr-defined]
