"""Forms of the analysis unit: a step of the period, and its deadline."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.formats import local
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)


class StepForm(PortalForm):
    comment = LongTextField(
        label=_("Merknad"),
        help_text=_("Hva dere fant, og hva som gjenstår."),
        required=False,
        max_length=1000,
        rows=4,
    )
    version = HeltallField(widget=forms.HiddenInput)


class StepDeadlineForm(PortalForm):
    due_on = NorskDatoField(
        label=_("Frist"), required=False, help_text=_("La stå tomt for den vanlige fristen.")
    )
    version = HeltallField(widget=forms.HiddenInput)

    @property
    def due_at(self) -> datetime | None:
        """The last minute of the day, Oslo time; a deadline is an instant."""
        day = self.cleaned_data["due_on"]
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None


def day_of(moment: datetime) -> Any:
    """The day of a deadline by the clock in Oslo."""
    return local(moment).date()
