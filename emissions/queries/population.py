"""Reads of the register of inhabitants."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Exists, F, Func, IntegerField, OuterRef, QuerySet, Value

from emissions.models import Municipality, Population
from web.sorting import NorskSort


def municipalities_in_register() -> QuerySet[Municipality]:
    """Those with a registered number of inhabitants, by name."""
    registered = Population.objects.filter(municipality=OuterRef("pk"))
    return Municipality.objects.filter(Exists(registered)).order_by(NorskSort("name"))


def population_register(first: str) -> QuerySet[Population]:
    """Every registered number of inhabitants, the named municipality's first, the newest year first.

    One query besides the rows': names are sorted once each, and not once for every year they have.
    """
    found = municipalities_in_register().values_list("pk", "name")
    order = [pk for pk, _name in sorted(found, key=lambda one: one[1].casefold() != first.casefold())]
    place = Func(
        Value(order, output_field=ArrayField(BigIntegerField())),
        F("municipality_id"),
        function="array_position",
        output_field=IntegerField(),
    )
    return Population.objects.select_related("municipality").order_by(place, "-year")
