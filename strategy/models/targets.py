"""Targets, and ceilings adopted for single years."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from climate_portal.web.history import tracked
from emissions.models import SCOPE_CHOICES
from strategy.enums import TargetKind
from strategy.models.labels import TARGET_KIND_LABELS, choices, known_code
from strategy.models.strategies import Strategy


@tracked()
class Target(models.Model):
    """A goal. Percent of the base year is the promise; tonnes follow from the edition in force."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategi"), on_delete=models.PROTECT, related_name="targets"
    )
    title = models.CharField(_("mål"), max_length=200)
    kind = models.CharField(_("type"), max_length=20, choices=choices(TARGET_KIND_LABELS))
    scope = models.CharField(_("systemgrense"), max_length=40, choices=SCOPE_CHOICES, blank=True)
    base_year = models.PositiveSmallIntegerField(_("basisår"), null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(_("målår"))
    percent = models.DecimalField(_("kutt i prosent"), max_digits=5, decimal_places=2, null=True, blank=True)
    decided_by = models.CharField(_("vedtatt av"), max_length=120, blank=True)
    source = models.CharField(_("kilde"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("mål")
        verbose_name_plural = _("mål")
        constraints: ClassVar = [
            known_code("target_kind_known", "kind", TargetKind),
            models.CheckConstraint(
                name="target_emission_is_complete",
                condition=~Q(kind=TargetKind.EMISSION)
                | Q(base_year__isnull=False, percent__isnull=False, target_year__gt=F("base_year"))
                & ~Q(scope=""),
            ),
            models.CheckConstraint(
                name="target_percent_in_range",
                condition=Q(percent__isnull=True) | Q(percent__gt=0, percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class TargetCeiling(models.Model):
    """An adopted ceiling: how many percent below the base year in one year."""

    target = models.ForeignKey(
        Target, verbose_name=_("mål"), on_delete=models.CASCADE, related_name="adopted_ceilings"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    percent = models.DecimalField(_("kutt i prosent"), max_digits=5, decimal_places=2)
    decision = models.CharField(_("vedtak"), max_length=200)

    class Meta:
        verbose_name = _("vedtatt utslippsramme")
        verbose_name_plural = _("vedtatte utslippsrammer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_ceiling_once_per_year", fields=["target", "year"]),
            models.CheckConstraint(
                name="target_ceiling_percent_in_range", condition=Q(percent__gte=0, percent__lte=100)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.year}"
