"""The filters of the login log."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.words.login_log import LOGIN_LOG_COLUMNS
from web.forms import NorskDatoField
from web.register.forms import MOST_WORDS, RegisterFilter


class LoginLogFilter(RegisterFilter):
    """By words in the person's name, by what happened, and by days."""

    columns = LOGIN_LOG_COLUMNS
    extra_names = {"since": "fra", "until": "til"}

    text = forms.CharField(label=_("Person"), max_length=100, required=False)
    since = NorskDatoField(label=_("Fra og med"), required=False)
    until = NorskDatoField(label=_("Til og med"), required=False)

    def rows(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.chosen
        if kind := chosen.get("kind"):
            rows = rows.filter(kind=kind)
        for word in str(chosen.get("text", "")).split()[:MOST_WORDS]:
            rows = rows.filter(user__name__icontains=word)
        if since := chosen.get("since"):
            rows = rows.filter(at__gte=_midnight(since))
        if until := chosen.get("until"):
            rows = rows.filter(at__lt=_midnight(until + timedelta(days=1)))
        return rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
