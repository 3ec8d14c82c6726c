"""The filters of the register of people."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from organisation.models import Appointment
from organisation.words.people_columns import COLUMNS
from web.register.forms import MOST_WORDS, RegisterFilter


class PeopleFilter(RegisterFilter):
    """By words in the name, and by a role somebody has today."""

    columns = COLUMNS

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        # Names have no word forms: looked for as they are written.
        for word in str(self.chosen.get("text", "")).split()[:MOST_WORDS]:
            rows = rows.filter(name__icontains=word)
        if role := self.chosen.get("role"):
            holding = Appointment.objects.valid_on(timezone.localdate()).filter(role=role)
            rows = rows.filter(pk__in=holding.values("user"))
        return rows
