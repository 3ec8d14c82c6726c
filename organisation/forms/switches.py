"""How much of the portal the municipality uses, as it is chosen."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from organisation.enums import SWITCHES_OF_SIZE, Size, Switch
from organisation.words.switches import SIZE_DETAILS, SIZE_LABELS, SWITCH_LABELS
from web.forms import HeltallField, PortalForm

OWN_CHOICE = "egne"


class SwitchesForm(PortalForm):
    """A size, or one's own choice of switches."""

    size = forms.ChoiceField(label=_("Hvor mye vil dere bruke?"), widget=forms.RadioSelect)
    on = forms.TypedMultipleChoiceField(
        label=_("Egne valg"),
        help_text=_("Gjelder når du har valgt «Egne valg»."),
        choices=[(switch.value, SWITCH_LABELS[switch]) for switch in Switch],
        coerce=Switch,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    version = HeltallField(widget=forms.HiddenInput, min_value=0)
    needed_at_times = frozenset({"on"})

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        sizes = [
            (size.value, format_html("<strong>{}</strong> {}", SIZE_LABELS[size], SIZE_DETAILS[size]))
            for size in Size
        ]
        self.fields["size"].choices = [*sizes, (OWN_CHOICE, _("Egne valg"))]  # type: ignore[attr-defined]

    def chosen(self) -> frozenset[Switch]:
        size: str = self.cleaned_data["size"]
        return frozenset(self.cleaned_data["on"]) if size == OWN_CHOICE else SWITCHES_OF_SIZE[Size(size)]
