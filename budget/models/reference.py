"""The reference path of a budget: its figures, how each source's were made, and the policies in it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budget.enums import ReferenceRule
from budget.models.documents import REFERENCE_RULE_LABELS, ClimateBudget
from budget.models.protection import child_of_budget, policy_is_no_line
from emissions.models import Source
from strategy.models import LEVEL_LABELS, Measure
from web.history import tracked


@tracked()
class ReferenceSource(models.Model):
    """How the path of one source was made, where it differs from the budget's own rule."""

    budget = models.ForeignKey(
        ClimateBudget,
        verbose_name=_("klimabudsjett"),
        on_delete=models.CASCADE,
        related_name="reference_sources",
    )
    source = models.ForeignKey(Source, verbose_name=_("utslippskilde"), on_delete=models.PROTECT)
    rule = models.CharField(
        _("regel for referansebanen"),
        max_length=20,
        choices=[(rule.value, REFERENCE_RULE_LABELS[rule]) for rule in ReferenceRule],
    )
    trend_years = models.PositiveSmallIntegerField(_("regnskapsår i trenden"), null=True, blank=True)
    note = models.TextField(_("begrunnelse"), blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("regel for én utslippskilde")
        verbose_name_plural = _("regler for utslippskilder")
        constraints: ClassVar = [
            models.UniqueConstraint(name="reference_source_once", fields=["budget", "source"]),
            models.CheckConstraint(
                name="reference_source_rule_known", condition=Q(rule__in=list(ReferenceRule))
            ),
            models.CheckConstraint(
                name="reference_source_trend_years",
                condition=Q(trend_years__isnull=True) & ~Q(rule=ReferenceRule.TREND)
                | Q(rule=ReferenceRule.TREND, trend_years__gte=2),
            ),
        ]
        triggers: ClassVar = child_of_budget()

    def __str__(self) -> str:
        return f"{self.source}: {REFERENCE_RULE_LABELS[ReferenceRule(self.rule)]}"


@tracked()
class ReferencePath(models.Model):
    """Referansebanen: emissions of one source in one year without the budget's measures, tCO2e."""

    budget = models.ForeignKey(
        ClimateBudget,
        verbose_name=_("klimabudsjett"),
        on_delete=models.CASCADE,
        related_name="reference_path",
    )
    source = models.ForeignKey(Source, verbose_name=_("utslippskilde"), on_delete=models.PROTECT)
    year = models.PositiveSmallIntegerField(_("år"))
    tonnes = models.DecimalField(_("tonn CO₂e"), max_digits=20, decimal_places=6)
    low = models.DecimalField(_("lavt anslag"), max_digits=20, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("høyt anslag"), max_digits=20, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = _("referansebane")
        verbose_name_plural = _("referansebane")
        constraints: ClassVar = [
            models.UniqueConstraint(name="reference_once_per_year", fields=["budget", "source", "year"]),
            models.CheckConstraint(name="reference_not_negative", condition=Q(tonnes__gte=0)),
            models.CheckConstraint(
                name="reference_range_in_order",
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(
                    low__isnull=False,
                    high__isnull=False,
                    low__gte=0,
                    low__lte=F("tonnes"),
                    high__gte=F("tonnes"),
                ),
            ),
        ]
        triggers: ClassVar = child_of_budget()

    def __str__(self) -> str:
        return f"{self.source} {self.year}"


@tracked()
class ReferencePolicy(models.Model):
    """A national or regional policy that is already in the reference path, and so is never a line."""

    budget = models.ForeignKey(
        ClimateBudget,
        verbose_name=_("klimabudsjett"),
        on_delete=models.CASCADE,
        related_name="reference_policies",
    )
    title = models.CharField(_("virkemiddel i referansebanen"), max_length=200)
    level = models.CharField(
        _("nivå"), max_length=20, choices=[(level.value, label) for level, label in LEVEL_LABELS.items()]
    )
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("tiltaket i strategien"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reference_policies",
    )

    class Meta:
        verbose_name = _("virkemiddel i referansebanen")
        verbose_name_plural = _("virkemidler i referansebanen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="reference_policy_measure_once",
                fields=["budget", "measure"],
                condition=Q(measure__isnull=False),
            )
        ]
        triggers: ClassVar = [*child_of_budget(), policy_is_no_line()]

    def __str__(self) -> str:
        return self.title
