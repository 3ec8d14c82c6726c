"""The filters of the register of people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from organisation.enums import Role
from organisation.models import ROLE_LABELS, Appointment
from organisation.words.register import PEOPLE_COLUMNS
from web.register.forms import MOST_WORDS, RegisterFilter


class PeopleFilter(RegisterFilter):
    """By words in the name, and by a role somebody has today."""

    columns = PEOPLE_COLUMNS
    extra_names = {"role": "rolle"}

    # Names have no word forms: looked for as they are written.
    text = forms.CharField(label=_("Søk"), max_length=100, required=False)
    role = forms.ChoiceField(
        label=_("Rolle"),
        required=False,
        choices=lambda: [("", _("Alle")), *((role.value, capfirst(str(ROLE_LABELS[role]))) for role in Role)],
    )

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        for word in str(self.chosen.get("text", "")).split()[:MOST_WORDS]:
            rows = rows.filter(name__icontains=word)
        if role := self.chosen.get("role"):
            holding = Appointment.objects.valid_on(timezone.localdate()).filter(role=role)
            rows = rows.filter(pk__in=holding.values("user"))
        return rows
