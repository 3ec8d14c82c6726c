"""Measures: who answers for them, where they stand, and how far they have come."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from climate_portal.web.history import tracked
from emissions.models import Source
from organisation.models import DatedQuerySet, Unit, dated_range, dates_in_order
from strategy.enums import Direction, Level, MeasureKind, MeasureState
from strategy.models.labels import (
    DIRECTION_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
    choices,
    known_code,
)
from strategy.models.protection import child_of_strategy
from strategy.models.strategies import FocusArea, Strategy, Theme


@tracked()
class Measure(models.Model):
    """A tiltak (cuts emissions) or a virkemiddel (makes others cut). May have no tonnes at all."""

    code = models.CharField(_("nummer"), max_length=20, unique=True)
    title = models.CharField(_("tittel"), max_length=250)
    description = models.TextField(_("beskrivelse"), blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=choices(MEASURE_KIND_LABELS))
    level = models.CharField(_("nivå"), max_length=20, choices=choices(LEVEL_LABELS), default=Level.MUNICIPAL)
    state = models.CharField(
        _("tilstand"), max_length=20, choices=choices(MEASURE_STATE_LABELS), default=MeasureState.PROPOSED
    )
    external_actor = models.CharField(_("ekstern aktør"), max_length=160, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("tiltak eller virkemiddel")
        verbose_name_plural = _("tiltak og virkemidler")
        constraints: ClassVar = [
            known_code("measure_kind_known", "kind", MeasureKind),
            known_code("measure_level_known", "level", Level),
            known_code("measure_state_known", "state", MeasureState),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@tracked()
class Responsibility(models.Model):
    """The one unit that answers for a measure, from–to."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="responsibilities"
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("ansvarlig virksomhet"),
        on_delete=models.PROTECT,
        related_name="responsibilities",
    )
    valid_from = models.DateField(_("fra"), default=date(2020, 1, 1))
    valid_to = models.DateField(_("til"), null=True, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("ansvar")
        verbose_name_plural = _("ansvar")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="responsibility_one_unit_at_a_time",
                expressions=[(F("measure"), RangeOperators.EQUAL), (dated_range(), RangeOperators.OVERLAPS)],
            ),
            dates_in_order("responsibility_dates_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.unit}"


@tracked()
class Contribution(models.Model):
    """A unit that takes part in a measure without answering for it."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="contributions")
    unit = models.ForeignKey(
        Unit, verbose_name=_("bidrar"), on_delete=models.PROTECT, related_name="contributions"
    )

    class Meta:
        verbose_name = _("bidragsyter")
        verbose_name_plural = _("bidragsytere")
        constraints: ClassVar = [
            models.UniqueConstraint(name="contribution_once", fields=["measure", "unit"])
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.unit}"


@tracked()
class MeasureSource(models.Model):
    """An emission source the measure acts on."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="source_links")
    source = models.ForeignKey(
        Source, verbose_name=_("utslippskilde"), on_delete=models.PROTECT, related_name="measure_links"
    )

    class Meta:
        verbose_name = _("utslippskilde")
        verbose_name_plural = _("utslippskilder")
        constraints: ClassVar = [
            models.UniqueConstraint(name="measure_source_once", fields=["measure", "source"])
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.source}"


@tracked(part_of=["strategy"])
class Placement(models.Model):
    """Where a measure stands in one strategy. A measure may stand in several strategies."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="placements"
    )
    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategi"), on_delete=models.PROTECT, related_name="placements"
    )
    focus_area = models.ForeignKey(
        FocusArea, verbose_name=_("innsatsområde"), on_delete=models.PROTECT, related_name="placements"
    )
    theme = models.ForeignKey(
        Theme,
        verbose_name=_("tema"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="placements",
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("plassering")
        verbose_name_plural = _("plasseringer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="placement_once_per_strategy", fields=["measure", "strategy"])
        ]
        triggers: ClassVar = child_of_strategy()

    def __str__(self) -> str:
        return f"{self.measure} i {self.focus_area}"


@tracked()
class Milestone(models.Model):
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milepæl"), max_length=200)
    due = models.DateField(_("frist"))
    done_on = models.DateField(_("nådd"), null=True, blank=True)

    class Meta:
        verbose_name = _("milepæl")
        verbose_name_plural = _("milepæler")

    def __str__(self) -> str:
        return self.title


@tracked()
class Indicator(models.Model):
    """How far a measure is carried out, never tonnes: vans replaced, kilometres built."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(_("resultatindikator"), max_length=160)
    unit_label = models.CharField(_("måleenhet"), max_length=40)
    direction = models.CharField(
        _("retning"), max_length=10, choices=choices(DIRECTION_LABELS), default=Direction.UP
    )

    class Meta:
        verbose_name = _("resultatindikator")
        verbose_name_plural = _("resultatindikatorer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="indicator_name_once", fields=["measure", "name"]),
            known_code("indicator_direction_known", "direction", Direction),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class IndicatorTarget(models.Model):
    """Måltall: what an indicator should show at the end of a year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField(_("år"))
    value = models.DecimalField(_("måltall"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("måltall")
        verbose_name_plural = _("måltall")
        constraints: ClassVar = [
            models.UniqueConstraint(name="indicator_target_once_per_year", fields=["indicator", "year"])
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
