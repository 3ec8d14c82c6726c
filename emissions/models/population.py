"""How many live in a municipality on 1 January: what figures per inhabitant are divided by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from emissions.models.editions import Municipality
from web.history import tracked


@tracked()
class Population(models.Model):
    """Inhabitants of a municipality on 1 January of a year, with where the number is from."""

    municipality = models.ForeignKey(
        Municipality, verbose_name=_("kommune"), on_delete=models.PROTECT, related_name="populations"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    inhabitants = models.PositiveIntegerField(_("innbyggere 1. januar"))
    source = models.CharField(_("kilde"), max_length=200)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("folketall")
        verbose_name_plural = _("folketall")
        constraints: ClassVar = [
            models.UniqueConstraint(name="population_once_per_year", fields=["municipality", "year"]),
            models.CheckConstraint(name="population_somebody", condition=Q(inhabitants__gte=1)),
            models.CheckConstraint(name="population_has_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="population_year_plausible", condition=Q(year__gte=1970, year__lte=2200)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.year}"
