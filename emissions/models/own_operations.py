"""Own operations: what the municipality itself uses and buys, and the factors that make tonnes of it."""

from __future__ import annotations

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emissions.enums import GwpSet, MeasuredIn, MissingReason, Scope
from emissions.models.editions import Source
from emissions.models.labels import GWP_LABELS, MEASURED_IN_LABELS, MISSING_LABELS, SCOPE_LABELS
from organisation.models import Unit
from web.actor_columns import actor_columns, one_actor
from web.history import tracked
from web.triggers import append_only

# Direct emissions and the footprint, which counts what is bought too: two accounts, never one sum.
OWN_SCOPES = (Scope.OWN_OPERATIONS_DIRECT, Scope.OWN_OPERATIONS_FOOTPRINT)


@tracked()
class ActivityType(models.Model):
    """Something that is counted, such as litres of diesel. It belongs to one account only."""

    name = models.CharField(_("aktivitet"), max_length=120, unique=True)
    measured_in = models.CharField(
        _("måleenhet"),
        max_length=10,
        choices=[(code.value, MEASURED_IN_LABELS[code]) for code in MeasuredIn],
    )
    scope = models.CharField(
        _("systemgrense"), max_length=40, choices=[(scope.value, SCOPE_LABELS[scope]) for scope in OWN_SCOPES]
    )
    source = models.ForeignKey(
        Source, verbose_name=_("utslippskilde"), on_delete=models.PROTECT, related_name="activity_types"
    )
    is_example = models.BooleanField(_("eksempeldata"), default=False)

    class Meta:
        verbose_name = _("aktivitetstype")
        verbose_name_plural = _("aktivitetstyper")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="activity_type_own_scope", condition=Q(scope__in=[scope.value for scope in OWN_SCOPES])
            ),
            models.CheckConstraint(
                name="activity_type_measure_known", condition=Q(measured_in__in=list(MeasuredIn))
            ),
        ]
        # Figures already entered would come to mean something else.
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="meaning_is_fixed", fields=["scope", "measured_in"]),
        ]

    def __str__(self) -> str:
        return self.name


class EmissionFactor(models.Model):
    """kg CO2e per unit of an activity, in some years. A correction is a new version, never a change.

    Of the factors valid in a year, the highest version counts.
    """

    activity_type = models.ForeignKey(
        ActivityType, verbose_name=_("aktivitet"), on_delete=models.PROTECT, related_name="factors"
    )
    valid_from_year = models.PositiveSmallIntegerField(_("gjelder fra og med år"))
    valid_to_year = models.PositiveSmallIntegerField(_("gjelder til og med år"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"))
    kg_co2e = models.DecimalField(_("kg CO₂e"), max_digits=24, decimal_places=10)
    kg_co2 = models.DecimalField(_("kg CO₂"), max_digits=20, decimal_places=10, null=True)
    kg_ch4 = models.DecimalField(_("kg CH₄"), max_digits=20, decimal_places=10, null=True)
    kg_n2o = models.DecimalField(_("kg N₂O"), max_digits=20, decimal_places=10, null=True)
    gwp_set = models.CharField(
        _("oppvarmingsfaktorer"),
        max_length=10,
        blank=True,
        choices=[(code.value, GWP_LABELS[code]) for code in GwpSet],
    )
    source = models.CharField(_("kilde"), max_length=300)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    created_by, created_by_system, created_by_name = actor_columns("created_by", _("lagt inn av"))
    created_at = models.DateTimeField(_("lagt inn"), default=timezone.now)

    class Meta:
        verbose_name = _("utslippsfaktor")
        verbose_name_plural = _("utslippsfaktorer")
        constraints: ClassVar = [
            ExclusionConstraint(
                name="factor_one_per_year_and_version",
                expressions=[
                    (F("activity_type"), RangeOperators.EQUAL),
                    (F("version"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("valid_from_year"),
                            F("valid_to_year"),
                            Value("[]"),
                            function="int4range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="factor_years_in_order",
                condition=Q(valid_from_year__gte=1970, valid_from_year__lte=2200)
                & (
                    Q(valid_to_year__isnull=True)
                    | Q(valid_to_year__gte=F("valid_from_year"), valid_to_year__lte=2200)
                ),
            ),
            models.CheckConstraint(name="factor_not_negative", condition=Q(kg_co2e__gte=0)),
            models.CheckConstraint(name="factor_has_source", condition=~Q(source="")),
            one_actor("factor_created_by_one", "created_by"),
            # The arithmetic of emissions.calculations.gwp once more: the sum cannot drift from its gases.
            models.CheckConstraint(
                name="factor_is_the_sum_of_its_gases",
                condition=Q(kg_co2__isnull=True, kg_ch4__isnull=True, kg_n2o__isnull=True)
                | (
                    Q(kg_co2__gte=0, kg_ch4__gte=0, kg_n2o__gte=0)
                    & (
                        Q(gwp_set=GwpSet.AR4, kg_co2e=F("kg_co2") + F("kg_ch4") * 25 + F("kg_n2o") * 298)
                        | Q(gwp_set=GwpSet.AR5, kg_co2e=F("kg_co2") + F("kg_ch4") * 28 + F("kg_n2o") * 265)
                    )
                ),
            ),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.activity_type} {self.valid_from_year}, {self.version}"


@tracked()
class Activity(models.Model):
    """How much one unit used of something in one year, or why nobody can say.

    An emptied one stays, with neither: so its versions never start over, and it counts as not filled in.
    """

    unit = models.ForeignKey(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="activities"
    )
    activity_type = models.ForeignKey(
        ActivityType, verbose_name=_("aktivitet"), on_delete=models.PROTECT, related_name="activities"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    quantity = models.DecimalField(_("mengde"), max_digits=20, decimal_places=6, null=True)
    missing_reason = models.CharField(
        _("hvorfor tallet mangler"),
        max_length=30,
        blank=True,
        choices=[(reason.value, MISSING_LABELS[reason]) for reason in MissingReason],
    )
    note = models.CharField(_("merknad"), max_length=300, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    entered_by, entered_by_system, entered_by_name = actor_columns("entered_by", _("ført av"))
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("aktivitet")
        verbose_name_plural = _("aktiviteter")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="activity_once_per_unit_and_year", fields=["unit", "activity_type", "year"]
            ),
            models.CheckConstraint(
                name="activity_not_negative", condition=Q(quantity__isnull=True) | Q(quantity__gte=0)
            ),
            models.CheckConstraint(
                name="activity_number_or_reason",
                condition=Q(missing_reason="")
                | Q(quantity__isnull=True, missing_reason__in=list(MissingReason)),
            ),
            models.CheckConstraint(
                name="activity_year_plausible", condition=Q(year__gte=1970, year__lte=2200)
            ),
            one_actor("activity_entered_by_one", "entered_by"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}, {self.activity_type}, {self.year}"
