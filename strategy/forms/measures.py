"""Forms about measures."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from climate_portal.web.forms import PortalForm
from organisation.models import Unit
from organisation.queries import responsible_choices


class ResponsibleForm(PortalForm):
    """Which unit answers for a measure from today."""

    unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=_("Ansvarlig virksomhet eller foretak"),
        help_text=_("Gjelder fra i dag. Vedtatte klimabudsjetter beholder virksomheten de ble vedtatt med."),
        empty_label=_("Velg virksomhet"),
        error_messages={
            "required": _("Velg hvem som skal være ansvarlig."),
            "invalid_choice": _("Virksomheten finnes ikke lenger. Velg en annen."),
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = responsible_choices()  # type: ignore[attr-defined]
