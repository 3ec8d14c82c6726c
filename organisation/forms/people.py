"""Forms about people: invited, changed, shut out, and what they hand over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.calculations.addresses import normal_address
from organisation.enums import Role
from organisation.models import ROLE_LABELS, Unit, User
from web.forms import HeltallField, LongTextField, NorskDatoField, PortalForm

PEOPLE_LIST = "folk"


class PersonField(forms.CharField):
    """A person by her address, or by her name where only one has it; the page's list suggests people."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"list": PEOPLE_LIST, "autocomplete": "off"})
        super().__init__(max_length=254, widget=widget, **kwargs)

    def clean(self, value: Any) -> User | None:
        text = super().clean(value)
        if not text:
            return None
        found = User.objects.filter(email=normal_address(text)).first()
        if found is None:
            same = list(User.objects.filter(name__iexact=text.strip(), is_active=True)[:2])
            if len(same) > 1:
                raise ValidationError(_("Flere heter det. Skriv e-postadressen."))
            found = same[0] if same else None
        if found is None:
            raise ValidationError(_("Ingen her har den adressen. Inviter personen først."))
        return found


class RoleForm(PortalForm):
    """A role for somebody who is here already or is invited by it."""

    needed_at_times = frozenset({"name", "unit"})

    role = forms.ChoiceField(label=gettext_lazy("Rolle"))
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Virksomhet eller foretak"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=gettext_lazy("Hele kommunen"),
    )
    email = forms.CharField(
        label=gettext_lazy("E-postadresse"),
        max_length=254,
        help_text=gettext_lazy("Er personen her allerede, er adressen nok."),
        widget=forms.TextInput({"list": PEOPLE_LIST, "autocomplete": "off", "inputmode": "email"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Trengs for en som ikke er her fra før. Personen får en e-post med en lenke."),
    )
    valid_from = NorskDatoField(label=gettext_lazy("Fra og med"))
    valid_to = NorskDatoField(
        label=gettext_lazy("Til og med"),
        required=False,
        help_text=gettext_lazy("En stedfortreder må ha en siste dag."),
    )

    def __init__(self, *args: Any, roles: Sequence[Role], units: Any = None, **kwargs: Any) -> None:
        """`units` is the units to choose among; None where the page is one unit's own."""
        super().__init__(*args, **kwargs)
        ordered = [role for role in Role if role in roles]
        self.fields["role"].choices = [(role.value, capfirst(str(ROLE_LABELS[role]))) for role in ordered]  # type: ignore[attr-defined]
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]

    @property
    def person(self) -> User | None:
        """Who has the address; None for one who is to be invited."""
        return User.objects.filter(email=normal_address(self.cleaned_data["email"])).first()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("email") and not said.get("name") and self.person is None:
            self.add_error("name", _("Ingen her har den adressen. Skriv navnet, så blir personen invitert."))
        return said


class DatesForm(PortalForm):
    valid_from = NorskDatoField(label=gettext_lazy("Fra og med"))
    valid_to = NorskDatoField(label=gettext_lazy("Til og med"), required=False)
    version = HeltallField(widget=forms.HiddenInput)


class LastDayForm(PortalForm):
    last_day = NorskDatoField(label=gettext_lazy("Siste dag"))
    version = HeltallField(widget=forms.HiddenInput)


class PersonForm(PortalForm):
    name = forms.CharField(label=gettext_lazy("Navn"), max_length=120)
    email = forms.CharField(label=gettext_lazy("E-postadresse"), max_length=254)
    version = HeltallField(widget=forms.HiddenInput)


class VersionForm(PortalForm):
    version = HeltallField(widget=forms.HiddenInput)


class ShutOutForm(VersionForm):
    """Who takes over what the person owns; nobody, and the leader sees that it has no owner."""

    successor = PersonField(label=gettext_lazy("Hvem tar over?"), required=False)


class HandoverForm(VersionForm):
    successor = PersonField(label=gettext_lazy("Hvem tar over?"), required=False)
    note = LongTextField(
        label=gettext_lazy("Hva bør den neste vite om oppgaven?"), max_length=4000, rows=6, required=False
    )
