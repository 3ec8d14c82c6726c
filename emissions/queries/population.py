"""Reads of the register of inhabitants."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, When

from emissions.models import Municipality, Population
from web.sorting import NorskSort


def municipalities_in_register() -> QuerySet[Municipality]:
    """Those with a registered number of inhabitants, by name."""
    registered = Population.objects.filter(municipality=OuterRef("pk"))
    return Municipality.objects.filter(Exists(registered)).order_by(NorskSort("name"))


def population_register(first: str) -> QuerySet[Population]:
    """Every registered number of inhabitants, the named municipality's first, the newest year first.

    Names are sorted once each, and not once for every year they have.
    """
    is_first = Case(When(name__iexact=first, then=0), default=1)
    order = ArraySubquery(municipalities_in_register().order_by(is_first, NorskSort("name")).values("pk"))
    place = Func(order, F("municipality_id"), function="array_position", output_field=IntegerField())
    return Population.objects.select_related("municipality").order_by(place, "-year")


def newest_population(name: str, number: str) -> Population | None:
    """The newest registered number of inhabitants of a municipality, by its name or number; one query."""
    own = Q(municipality__name__iexact=name) | Q(municipality__number=number)
    return Population.objects.filter(own).order_by("-year").first()
