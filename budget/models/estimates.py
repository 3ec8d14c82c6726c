"""Estimates behind a line's effects, and the emission factors they use."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.enums import Calculator
from budget.models.lines import Line
from budget.models.protection import child_of_line
from emissions.enums import Scope
from emissions.models import SCOPE_CHOICES
from web.actor_columns import actor_columns, one_actor
from web.triggers import append_only

CALCULATOR_LABELS = {
    Calculator.VEHICLES: _("Bytte kjøretøy"),
    Calculator.MACHINERY: _("Bytte drivstoff i maskiner"),
    Calculator.ENERGY: _("Spare energi i bygg"),
    Calculator.FOOD_WASTE: _("Mindre matsvinn"),
    Calculator.TRAVEL: _("Færre reiser"),
    Calculator.PROCUREMENT: _("Mindre innkjøp"),
}
# What a factor is per: kg CO2e per kilometre, litre …
CALCULATOR_UNITS = {
    Calculator.VEHICLES: _("km"),
    Calculator.MACHINERY: _("liter"),
    Calculator.ENERGY: _("kWh"),
    Calculator.FOOD_WASTE: _("kg mat"),
    Calculator.TRAVEL: _("km"),
    Calculator.PROCUREMENT: _("krone"),
}
# What a factor somebody typed is called, where one of the table has its own name.
OWN_FACTOR_LABEL = _("eget tall")
CALCULATOR_CHOICES = [(one.value, label) for one, label in CALCULATOR_LABELS.items()]


class EstimateFactor(models.Model):
    """One version of an emission factor, kg CO2e per unit. A new value is a new version, never a change."""

    code = models.SlugField(_("kode"), max_length=60)
    version = models.PositiveSmallIntegerField(_("utgave"))
    calculator = models.CharField(_("kalkulator"), max_length=20, choices=CALCULATOR_CHOICES)
    name = models.CharField(_("navn"), max_length=120)
    value = models.DecimalField(_("kg CO₂e per måleenhet"), max_digits=16, decimal_places=8)
    scope = models.CharField(_("systemgrense"), max_length=40, choices=SCOPE_CHOICES)
    source = models.CharField(_("kilde"), max_length=250)
    valid_from = models.PositiveSmallIntegerField(_("gjelder fra år"))
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    created_at = models.DateTimeField(_("lagt inn"), default=timezone.now)
    created_by, created_by_system, created_by_name = actor_columns("created_by", _("lagt inn av"))

    class Meta:
        verbose_name = _("utslippsfaktor til anslag")
        verbose_name_plural = _("utslippsfaktorer til anslag")
        constraints: ClassVar = [
            models.UniqueConstraint(name="estimate_factor_version_once", fields=["code", "version"]),
            models.CheckConstraint(name="estimate_factor_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(name="estimate_factor_scope_known", condition=Q(scope__in=list(Scope))),
            models.CheckConstraint(
                name="estimate_factor_calculator_known", condition=Q(calculator__in=list(Calculator))
            ),
            models.CheckConstraint(name="estimate_factor_has_source", condition=~Q(source="")),
            one_actor("estimate_factor_created_by_one", "created_by"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.name}, utgave {self.version}"


class Estimate(models.Model):
    """How a line's effects were worked out: inputs, the factors as they were, and tonnes per year.

    The newest is the one in force. Never changed: a new calculation is a new row. JSON holds numbers as
    text, exact; its form is given by `budget.queries.estimates`.
    """

    line = models.ForeignKey(
        Line, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="estimates"
    )
    calculator = models.CharField(_("kalkulator"), max_length=20, choices=CALCULATOR_CHOICES)
    scope = models.CharField(_("systemgrense"), max_length=40, choices=SCOPE_CHOICES)
    inputs = models.JSONField(_("tall som er lagt inn"))
    factors = models.JSONField(_("utslippsfaktorer"))
    result = models.JSONField(_("tonn CO₂e per år"))
    note = models.CharField(_("forutsetninger"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("regnet"), default=timezone.now)
    created_by, created_by_system, created_by_name = actor_columns("created_by", _("regnet av"))

    class Meta:
        verbose_name = _("anslag")
        verbose_name_plural = _("anslag")
        constraints: ClassVar = [
            models.CheckConstraint(name="estimate_scope_known", condition=Q(scope__in=list(Scope))),
            models.CheckConstraint(
                name="estimate_calculator_known", condition=Q(calculator__in=list(Calculator))
            ),
            one_actor("estimate_created_by_one", "created_by"),
        ]
        triggers: ClassVar = [*child_of_line(), *append_only(deletable=True)]

    def __str__(self) -> str:
        return f"{CALCULATOR_LABELS[Calculator(self.calculator)]}: {self.line}"
