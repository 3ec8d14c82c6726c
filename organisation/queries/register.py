"""The register of people: everybody with what she is, searched and paged."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from organisation.models import User
from web.sorting import NorskSort


def people_register(day: date) -> QuerySet[User]:
    """All people by name, with `roles`: what each is on the day, as «code|unit» texts; one query."""
    today = Q(appointments__valid_from__lte=day) & (
        Q(appointments__valid_to__isnull=True) | Q(appointments__valid_to__gte=day)
    )
    said = Concat("appointments__role", Value("|"), Coalesce("appointments__unit__name", Value("")))
    return User.objects.annotate(roles=ArrayAgg(said, filter=today, default=Value([]))).order_by(
        NorskSort("name"), "pk"
    )
