"""Measures: what they are, who answers for them, and where they stand."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from emissions.models import Source
from organisation.models import DatedQuerySet, Unit, dated_range, dates_in_order
from strategy.enums import MEASURE_TRANSITIONS, CoBenefit, ExternalKind, Level, MeasureKind, MeasureState
from strategy.models.follow_up import followed_up, still_followed_up
from strategy.models.labels import (
    EXTERNAL_KIND_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
    choices,
    known_code,
)
from strategy.models.protection import child_of_strategy
from strategy.models.search import NeverFetched, search_letters, search_vector
from strategy.models.strategies import FocusArea, Strategy, Theme
from web.actor_columns import actor_columns, has_actor, no_actor
from web.history import tracked
from web.triggers import state_table


@tracked(exclude=["code_key", "words", "letters"])
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
    external_kind = models.CharField(
        _("slags aktør"), max_length=20, blank=True, choices=choices(EXTERNAL_KIND_LABELS)
    )
    start_year = models.PositiveSmallIntegerField(_("fra år"), null=True, blank=True)
    end_year = models.PositiveSmallIntegerField(_("til år"), null=True, blank=True)
    decision_reference = models.CharField(_("vedtak"), max_length=200, blank=True)
    co_benefits = ArrayField(
        models.CharField(max_length=20), verbose_name=_("tilleggsgevinster"), default=list, blank=True
    )
    co_benefits_note = models.CharField(_("om tilleggsgevinstene"), max_length=400, blank=True)
    # The plan (milestones and indicators) as Klima assured it, and when the unit changed it last.
    assured_at = models.DateTimeField(_("kvalitetssikret"), null=True, blank=True)
    assured_by, assured_by_system, assured_by_name = actor_columns("assured_by", _("kvalitetssikret av"))
    plan_changed_at = models.DateTimeField(_("planen endret av virksomheten"), null=True, blank=True)
    code_key = NeverFetched(
        expression=Func(F("code"), function="norsk_sort"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )
    words = NeverFetched(expression=search_vector(), output_field=SearchVectorField(), db_persist=True)
    letters = NeverFetched(expression=search_letters(), output_field=models.TextField(), db_persist=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("tiltak eller virkemiddel")
        verbose_name_plural = _("tiltak og virkemidler")
        constraints: ClassVar = [
            known_code("measure_kind_known", "kind", MeasureKind),
            known_code("measure_level_known", "level", Level),
            known_code("measure_state_known", "state", MeasureState),
            known_code("measure_external_kind_known", "external_kind", ["", *ExternalKind]),
            models.CheckConstraint(
                name="measure_external_kind_has_actor",
                condition=Q(external_kind="") | ~Q(external_actor=""),
            ),
            models.CheckConstraint(
                name="measure_years_in_order",
                condition=Q(start_year__isnull=True)
                | Q(end_year__isnull=True)
                | Q(end_year__gte=F("start_year")),
            ),
            models.CheckConstraint(
                name="measure_co_benefits_known",
                condition=Q(co_benefits__contained_by=[code.value for code in CoBenefit]),
            ),
            models.CheckConstraint(
                name="measure_assured_by_somebody",
                condition=Q(assured_at__isnull=True) & no_actor("assured_by")
                | Q(assured_at__isnull=False) & has_actor("assured_by"),
            ),
        ]
        indexes: ClassVar = [
            models.Index(name="measure_in_order", fields=["code_key"]),
            GinIndex(name="measure_words", fields=["words"]),
            GinIndex(name="measure_letters", fields=["letters"], opclasses=["gin_trgm_ops"]),
        ]
        # It may begin anywhere, as decided before the portal.
        triggers: ClassVar = [state_table(MEASURE_TRANSITIONS, what="a measure"), followed_up()]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_assured(self) -> bool:
        """Whether Klima has assured the plan, also where it was changed afterwards."""
        return self.assured_at is not None

    @property
    def changed_since_assured(self) -> bool:
        return bool(self.assured_at and self.plan_changed_at and self.plan_changed_at > self.assured_at)


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
        triggers: ClassVar = [still_followed_up()]

    def __str__(self) -> str:
        return f"{self.measure}: {self.unit}"


@tracked()
class Contribution(models.Model):
    """A unit that takes part in a measure without answering for it."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="contributions"
    )
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

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="source_links"
    )
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
