"""Units: a dated tree."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisation.enums import UnitKind
from organisation.models.dates import DatedQuerySet, dates_in_order
from organisation.models.labels import UNIT_KIND_LABELS
from web.history import tracked
from web.sorting import NorskSort


@tracked()
class Unit(models.Model):
    """A part of the municipality as a legal entity: area, unit, staff or municipal enterprise (KF)."""

    name = models.CharField(_("navn"), max_length=120)
    kind = models.CharField(
        _("type"), max_length=20, choices=[(k.value, UNIT_KIND_LABELS[k]) for k in UnitKind]
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("hører til"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    coordinates_network = models.BooleanField(_("koordinerer Klimalaget"), default=False)
    valid_from = models.DateField(_("fra"), default=date(2020, 1, 1))
    valid_to = models.DateField(_("til"), null=True, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("virksomhet eller foretak")
        verbose_name_plural = _("virksomheter og foretak")
        indexes: ClassVar = [models.Index(NorskSort("name"), "id", name="unit_norwegian_order")]
        constraints: ClassVar = [
            models.UniqueConstraint(name="unit_name_once", fields=["name", "valid_from"]),
            models.UniqueConstraint(
                name="unit_one_network_coordinator",
                fields=["coordinates_network"],
                condition=Q(coordinates_network=True, valid_to__isnull=True),
            ),
            models.CheckConstraint(name="unit_kind_known", condition=Q(kind__in=list(UnitKind))),
            models.CheckConstraint(name="unit_not_its_own_parent", condition=~Q(parent=F("id"))),
            dates_in_order("unit_dates_in_order"),
        ]

    def __str__(self) -> str:
        return self.name
