"""Klimabarometeret: general indicators that tell how it goes while the inventory is years behind."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from emissions.enums import MissingReason
from emissions.models import MISSING_LABELS, Sector
from strategy.enums import Direction, Frequency
from strategy.models.labels import DIRECTION_LABELS, choices, known_code
from strategy.models.periods import format_period
from web.history import tracked

FREQUENCY_LABELS = {
    Frequency.MONTH: _("hver måned"),
    Frequency.QUARTER: _("hvert kvartal"),
    Frequency.YEAR: _("hvert år"),
}

_VALUE_FITS = """
IF NOT EXISTS (
    SELECT 1 FROM strategy_barometerindicator i WHERE i.id = NEW.indicator_id AND NEW.period = date_trunc(
        i.frequency, NEW.period::timestamp)::date
) THEN
    RAISE EXCEPTION 'the period does not begin a period of the indicator' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
_FREQUENCY_STANDS = """
IF EXISTS (SELECT 1 FROM strategy_barometervalue v WHERE v.indicator_id = NEW.id) THEN
    RAISE EXCEPTION 'an indicator with values keeps its frequency' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


@tracked()
class BarometerIndicator(models.Model):
    """Something that is counted every month, quarter or year, and which way is good."""

    name = models.CharField(_("navn"), max_length=160, unique=True)
    unit_label = models.CharField(_("måleenhet"), max_length=40)
    direction = models.CharField(_("retning"), max_length=10, choices=choices(DIRECTION_LABELS))
    frequency = models.CharField(
        _("hvor ofte"), max_length=10, choices=choices(FREQUENCY_LABELS), default=Frequency.QUARTER
    )
    source = models.CharField(_("kilde"), max_length=250)
    description = models.TextField(_("hva tallet viser"), blank=True)
    sector = models.ForeignKey(
        Sector,
        verbose_name=_("sektor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="barometer_indicators",
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=100)
    active = models.BooleanField(_("i bruk"), default=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("indikator i klimabarometeret")
        verbose_name_plural = _("indikatorer i klimabarometeret")
        constraints: ClassVar = [
            known_code("barometer_direction_known", "direction", Direction),
            known_code("barometer_frequency_known", "frequency", Frequency),
            models.CheckConstraint(name="barometer_has_source", condition=~Q(source="")),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="frequency_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__frequency__df=pgtrigger.F("new__frequency")),
                func=_FREQUENCY_STANDS,
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class BarometerValue(models.Model):
    """One indicator, one period: a figure in the indicator's unit, or why there is none."""

    indicator = models.ForeignKey(
        BarometerIndicator, verbose_name=_("indikator"), on_delete=models.CASCADE, related_name="values"
    )
    period = models.DateField(_("første dag i perioden"))
    value = models.DecimalField(_("verdi"), max_digits=18, decimal_places=4, null=True, blank=True)
    missing_reason = models.CharField(
        _("hvorfor tallet mangler"), max_length=30, choices=choices(MISSING_LABELS), blank=True
    )
    source_note = models.CharField(_("kilde eller merknad"), max_length=250, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("verdi i klimabarometeret")
        verbose_name_plural = _("verdier i klimabarometeret")
        constraints: ClassVar = [
            models.UniqueConstraint(name="barometer_value_once", fields=["indicator", "period"]),
            models.CheckConstraint(name="barometer_period_first_day", condition=Q(period__day=1)),
            models.CheckConstraint(
                name="barometer_value_or_reason",
                condition=Q(value__isnull=False, missing_reason="")
                | Q(value__isnull=True, missing_reason__in=[reason.value for reason in MissingReason]),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="period_fits",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_VALUE_FITS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {format_period(self.indicator.frequency, self.period)}"
