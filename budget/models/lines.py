"""The lines of a climate budget: a measure's effects, costs and funding in one budget."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from budget.enums import CostKind
from budget.models.documents import ClimateBudget
from budget.models.protection import child_of_budget, child_of_line, line_is_no_policy
from emissions.enums import Scope
from emissions.models import SCOPE_CHOICES, Source
from organisation.models import Unit
from strategy.enums import Level
from strategy.models import LEVEL_LABELS, Decision, Measure
from web.actors import actor_name
from web.history import tracked

COST_KIND_LABELS = {
    CostKind.INVESTMENT: _("investering"),
    CostKind.OPERATION: _("drift"),
    CostKind.SAVING: _("innsparing"),
}


@tracked()
class Line(models.Model):
    """One measure in one budget. Either quantified, or with the reason why it is «ikke tallfestet»."""

    budget = models.ForeignKey(
        ClimateBudget, verbose_name=_("klimabudsjett"), on_delete=models.CASCADE, related_name="lines"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.PROTECT, related_name="lines"
    )
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    scope = models.CharField(_("systemgrense"), max_length=40, choices=SCOPE_CHOICES)
    not_quantified_reason = models.CharField(
        _("hvorfor tiltaket ikke er tallfestet"), max_length=300, blank=True
    )
    already_counted = models.DecimalField(
        _("allerede med i regnskapet, tonn CO₂e"), max_digits=20, decimal_places=6, default=0
    )
    assumptions = models.TextField(_("metode og forutsetninger"), blank=True)
    # Whoever worked out the figures: as somebody typed it, or the user whose estimate they are.
    calculated_by = models.CharField(_("regnet ut av"), max_length=120, blank=True)
    calculated_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("regnet ut av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    calculated_on = models.DateField(_("regnet ut"), null=True, blank=True)
    attachment_url = models.URLField(_("lenke til vedlegg"), max_length=500, blank=True)
    plan_reference = models.CharField(_("rad i økonomiplanen"), max_length=120, blank=True)
    decision_reference = models.CharField(_("vedtak"), max_length=160, blank=True)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("vedtak i vedtaksregisteret"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="budget_lines",
    )
    # What kroner per tonne is computed from: all three, or no figure.
    extra_cost_nok = models.DecimalField(
        _("samlet merkostnad, kroner"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    lifetime_years = models.PositiveSmallIntegerField(_("levetid, år"), null=True, blank=True)
    discount_percent = models.DecimalField(
        _("kalkulasjonsrente, prosent"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    copied_from = models.ForeignKey(
        "self",
        verbose_name=_("kopiert fra"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copies",
    )
    # Copied at adoption from strategy and organisation; empty before.
    adopted_code = models.CharField(_("nummer ved vedtak"), max_length=20, blank=True)
    adopted_title = models.CharField(_("tittel ved vedtak"), max_length=250, blank=True)
    adopted_level = models.CharField(
        _("nivå ved vedtak"),
        max_length=20,
        blank=True,
        choices=[(level.value, label) for level, label in LEVEL_LABELS.items()],
    )
    adopted_unit = models.ForeignKey(
        Unit,
        verbose_name=_("ansvarlig virksomhet ved vedtak"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="adopted_lines",
    )
    adopted_unit_name = models.CharField(_("virksomhetens navn ved vedtak"), max_length=120, blank=True)
    adopted_external_actor = models.CharField(_("ekstern aktør ved vedtak"), max_length=160, blank=True)
    adopted_focus_area = models.CharField(_("innsatsområde ved vedtak"), max_length=160, blank=True)
    adopted_indicators = models.TextField(_("resultatindikatorer ved vedtak"), blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("tiltak i klimabudsjettet")
        verbose_name_plural = _("tiltak i klimabudsjettet")
        constraints: ClassVar = [
            models.UniqueConstraint(name="line_measure_once", fields=["budget", "measure"]),
            models.CheckConstraint(name="line_scope_known", condition=Q(scope__in=list(Scope))),
            models.CheckConstraint(
                name="line_calculated_by_one",
                condition=Q(calculated_by="") | Q(calculated_by_user__isnull=True),
            ),
            models.CheckConstraint(name="line_counted_not_negative", condition=Q(already_counted__gte=0)),
            models.CheckConstraint(
                name="line_level_known", condition=Q(adopted_level="") | Q(adopted_level__in=list(Level))
            ),
            models.CheckConstraint(
                name="line_lifetime_positive",
                condition=Q(lifetime_years__isnull=True) | Q(lifetime_years__gte=1, lifetime_years__lte=200),
            ),
            models.CheckConstraint(
                name="line_discount_in_range",
                condition=Q(discount_percent__isnull=True)
                | Q(discount_percent__gte=0, discount_percent__lte=100),
            ),
        ]
        triggers: ClassVar = [*child_of_budget(), line_is_no_policy()]

    def __str__(self) -> str:
        return f"{self.measure}"

    def get_absolute_url(self) -> str:
        return reverse("budget:line", args=[self.pk])

    @property
    def calculated_by_name(self) -> str:
        """Whoever worked out the figures, by today's name when it is a user. Reads her."""
        person = self.calculated_by_user
        return actor_name(person) if person is not None else self.calculated_by

    @property
    def quantified(self) -> bool:
        return not self.not_quantified_reason


@tracked()
class LineSource(models.Model):
    """The share of a line's effect that falls on one emission source, percent."""

    line = models.ForeignKey(Line, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="sources")
    source = models.ForeignKey(Source, verbose_name=_("utslippskilde"), on_delete=models.PROTECT)
    share = models.DecimalField(_("andel i prosent"), max_digits=5, decimal_places=2, default=100)

    class Meta:
        verbose_name = _("utslippskilde for tiltaket")
        verbose_name_plural = _("utslippskilder for tiltaket")
        constraints: ClassVar = [
            models.UniqueConstraint(name="line_source_once", fields=["line", "source"]),
            models.CheckConstraint(name="line_share_in_range", condition=Q(share__gt=0, share__lte=100)),
        ]
        triggers: ClassVar = child_of_line()

    def __str__(self) -> str:
        return f"{self.line}: {self.source}"


@tracked()
class Effect(models.Model):
    """Reduction against the reference path in the same year, tCO2e. Positive, never cumulative."""

    line = models.ForeignKey(Line, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="effects")
    year = models.PositiveSmallIntegerField(_("år"))
    tonnes = models.DecimalField(_("tonn CO₂e"), max_digits=20, decimal_places=6)
    low = models.DecimalField(_("lavt anslag"), max_digits=20, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("høyt anslag"), max_digits=20, decimal_places=6, null=True, blank=True)
    # Each figure is edited by itself, so each has a version: one editor's estimate is no conflict with
    # another's effect.
    version = models.PositiveIntegerField(_("versjon"), default=1)
    low_version = models.PositiveIntegerField(_("versjon av lavt anslag"), default=1)
    high_version = models.PositiveIntegerField(_("versjon av høyt anslag"), default=1)

    class Meta:
        verbose_name = _("effekt")
        verbose_name_plural = _("effekter")
        constraints: ClassVar = [
            models.UniqueConstraint(name="effect_once_per_year", fields=["line", "year"]),
            models.CheckConstraint(name="effect_not_negative", condition=Q(tonnes__gte=0)),
            models.CheckConstraint(
                name="effect_range_in_order",
                condition=(Q(low__isnull=True) | Q(low__gte=0, low__lte=F("tonnes")))
                & (Q(high__isnull=True) | Q(high__gte=F("tonnes"))),
            ),
        ]
        triggers: ClassVar = child_of_line()

    def __str__(self) -> str:
        return f"{self.line} {self.year}"

    @property
    def range_version(self) -> int:
        """Counts up with the effect and with each estimate, for whoever edits them together."""
        return self.version + self.low_version + self.high_version


@tracked()
class Cost(models.Model):
    """NOK of one kind in one year, as merkostnad against the zero alternative."""

    line = models.ForeignKey(Line, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="costs")
    year = models.PositiveSmallIntegerField(_("år"))
    kind = models.CharField(
        _("type"), max_length=20, choices=[(kind.value, COST_KIND_LABELS[kind]) for kind in CostKind]
    )
    nok = models.DecimalField(_("kroner"), max_digits=16, decimal_places=2)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("kostnad")
        verbose_name_plural = _("kostnader")
        constraints: ClassVar = [
            models.UniqueConstraint(name="cost_once_per_kind_and_year", fields=["line", "year", "kind"]),
            models.CheckConstraint(name="cost_kind_known", condition=Q(kind__in=list(CostKind))),
            models.CheckConstraint(name="cost_not_negative", condition=Q(nok__gte=0)),
        ]
        triggers: ClassVar = child_of_line()

    def __str__(self) -> str:
        return f"{self.line} {self.year}"


@tracked()
class Funding(models.Model):
    """Money applied for outside the budget. Followed up after adoption too, so never locked."""

    line = models.ForeignKey(
        Line, verbose_name=_("tiltak"), on_delete=models.PROTECT, related_name="fundings"
    )
    scheme = models.CharField(_("ordning"), max_length=80)
    applied_nok = models.DecimalField(
        _("søkt, kroner"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    granted_nok = models.DecimalField(
        _("gitt, kroner"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    deadline = models.DateField(_("søknadsfrist"), null=True, blank=True)
    report_due = models.DateField(_("rapporteringsfrist"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("finansiering")
        verbose_name_plural = _("finansiering")

    def __str__(self) -> str:
        return f"{self.scheme}: {self.line}"
