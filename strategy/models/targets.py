"""Targets, ceilings adopted for single years, and the indicators of goals without a percent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from emissions.models import SCOPE_CHOICES, Edition
from strategy.enums import Direction, TargetKind
from strategy.models.labels import DIRECTION_LABELS, TARGET_KIND_LABELS, choices, known_code
from strategy.models.protection import child_of_strategy
from strategy.models.strategies import Strategy
from web.history import tracked


@tracked(part_of=["strategy"])
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
        # What is registered on a target later counts its version up.
        triggers: ClassVar = child_of_strategy(open_fields="version")

    def __str__(self) -> str:
        return self.title


@tracked()
class TargetCeiling(models.Model):
    """An adopted ceiling: how many percent below the base year in one year.

    A new start begins from what was emitted in a year that is over: its percent is that year's actual cut,
    negative when emissions were above the base year.
    """

    target = models.ForeignKey(
        Target, verbose_name=_("mål"), on_delete=models.CASCADE, related_name="adopted_ceilings"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    percent = models.DecimalField(_("kutt i prosent"), max_digits=5, decimal_places=2)
    decision = models.CharField(_("vedtak"), max_length=200)
    decided_on = models.DateField(_("vedtaksdato"), null=True, blank=True)
    is_new_start = models.BooleanField(_("ny start"), default=False)
    # What the percent of a new start was computed from; none when it was typed.
    edition = models.ForeignKey(
        Edition,
        verbose_name=_("regnet ut fra utgaven"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="new_starts",
    )

    class Meta:
        verbose_name = _("vedtatt utslippsramme")
        verbose_name_plural = _("vedtatte utslippsrammer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_ceiling_once_per_year", fields=["target", "year"]),
            models.CheckConstraint(
                name="target_ceiling_percent_in_range",
                condition=Q(percent__lte=100) & (Q(percent__gte=0) | Q(is_new_start=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.year}"


@tracked(part_of=["target"])
class TargetIndicator(models.Model):
    """What shows how far a goal without a percent has come."""

    target = models.ForeignKey(
        Target, verbose_name=_("mål"), on_delete=models.PROTECT, related_name="indicators"
    )
    name = models.CharField(_("indikator"), max_length=160)
    unit_label = models.CharField(_("måleenhet"), max_length=40)
    direction = models.CharField(
        _("retning"), max_length=10, choices=choices(DIRECTION_LABELS), default=Direction.UP
    )
    goal = models.DecimalField(_("måltall i målåret"), max_digits=14, decimal_places=2, null=True, blank=True)
    source = models.CharField(_("kilde"), max_length=300, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("indikator for mål")
        verbose_name_plural = _("indikatorer for mål")
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_indicator_name_once", fields=["target", "name"]),
            known_code("target_indicator_direction_known", "direction", Direction),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class TargetIndicatorValue(models.Model):
    """What the indicator showed one year. A year without a row is not known."""

    indicator = models.ForeignKey(
        TargetIndicator, verbose_name=_("indikator"), on_delete=models.CASCADE, related_name="values"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    value = models.DecimalField(_("verdi"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("verdi av indikator")
        verbose_name_plural = _("verdier av indikatorer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="target_indicator_value_once", fields=["indicator", "year"])
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
