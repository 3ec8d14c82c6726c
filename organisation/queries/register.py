"""The register of people: everybody with what she is, searched and paged."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from organisation.models import Appointment, User
from web.sorting import NorskSort


def people_register(day: date) -> QuerySet[User]:
    """All people by name, with `roles`: what each is on the day, as «code|unit» texts; one query.

    The roles are read for the page that is shown, not for everybody before the first name is known.
    """
    said = Concat("role", Value("|"), Coalesce("unit__name", Value("")))
    held = Appointment.objects.valid_on(day).filter(user=OuterRef("pk")).order_by("pk")
    return User.objects.annotate(roles=ArraySubquery(held.values_list(said))).order_by(
        NorskSort("name"), "pk"
    )
