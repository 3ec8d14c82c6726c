"""Forms about units: a new one, and what happens to one from a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organisation.enums import UnitKind
from organisation.models import UNIT_KIND_LABELS, Unit
from web.forms import NorskDatoField, PortalForm

_TOP = _("Øverst, uten noe over seg")


class UnitForm(PortalForm):
    name = forms.CharField(label=_("Navn"), max_length=120)
    kind = forms.ChoiceField(
        label=_("Type"),
        choices=lambda: [(kind.value, capfirst(str(UNIT_KIND_LABELS[kind]))) for kind in UnitKind],
        initial=UnitKind.UNIT.value,
    )
    parent = forms.ModelChoiceField(
        label=_("Hører til"), queryset=Unit.objects.none(), required=False, empty_label=_TOP
    )
    valid_from = NorskDatoField(label=_("Fra og med"))

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = units  # type: ignore[attr-defined]


class ChangeForm(PortalForm):
    """What all changes have: the day from which it holds."""

    on = NorskDatoField(
        label=_("Fra og med"),
        help_text=_("I dag eller før: det skjer med en gang. Senere: portalen gjør det på dagen."),
    )

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("parent", "successor"):
            if name in self.fields:
                self.fields[name].queryset = units  # type: ignore[attr-defined]


class RenameForm(ChangeForm):
    name = forms.CharField(label=_("Nytt navn"), max_length=120)
    field_order = ("name", "on")


class MoveForm(ChangeForm):
    parent = forms.ModelChoiceField(
        label=_("Hører til"), queryset=Unit.objects.none(), required=False, empty_label=_TOP
    )
    field_order = ("parent", "on")


class CloseForm(ChangeForm):
    successor = forms.ModelChoiceField(
        label=_("Hvem overtar?"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("Ingen: ingenting står på virksomheten"),
    )
    field_order = ("successor", "on")


class HandAllForm(ChangeForm):
    successor = forms.ModelChoiceField(
        label=_("Hvem overtar?"), queryset=Unit.objects.none(), empty_label=_("Velg virksomhet")
    )
    field_order = ("successor", "on")
