"""Rows that hold from a day to a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone


def dated_range(start: str = "valid_from", end: str = "valid_to") -> Func:
    """The days from–to as a PostgreSQL range, last day included, open-ended where `end` is null."""
    return Func(F(start), F(end), Value("[]"), function="daterange")


class DatedQuerySet(models.QuerySet[Any]):
    """Rows with a first and a last day; the last day is included, none means still valid."""

    def valid_on(self, day: date) -> DatedQuerySet:
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)

    def current(self) -> DatedQuerySet:
        return self.valid_on(timezone.localdate())


def dates_in_order(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name, condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
    )
