"""Reads of the register of inhabitants."""

from __future__ import annotations

from django.db.models import Case, IntegerField, QuerySet, Value, When

from emissions.models import Population
from web.sorting import NorskSort


def population_register(first: str) -> QuerySet[Population]:
    """Every registered number of inhabitants, the named municipality's first, the newest year first."""
    is_other = Case(
        When(municipality__name__iexact=first, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    rows = Population.objects.select_related("municipality").alias(is_other=is_other)
    return rows.order_by("is_other", NorskSort("municipality__name"), "-year")
