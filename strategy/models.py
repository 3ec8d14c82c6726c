"""Strategies, targets and measures: what has been promised, and who carries it out."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from climate_portal.web.history import tracked
from emissions.models import SCOPE_CHOICES, Source
from organisation.models import DatedQuerySet, Unit, dated_range, dates_in_order
from strategy.enums import Direction, Level, MeasureKind, MeasureState, StrategyState, TargetKind

STRATEGY_STATE_LABELS = {
    StrategyState.DRAFT: _("Utkast"),
    StrategyState.ON_HEARING: _("På høring"),
    StrategyState.ADOPTED: _("Vedtatt"),
    StrategyState.SUPERSEDED: _("Erstattet"),
}
TARGET_KIND_LABELS = {TargetKind.EMISSION: _("utslippsmål"), TargetKind.QUALITATIVE: _("kvalitativt mål")}
MEASURE_KIND_LABELS = {MeasureKind.TILTAK: _("tiltak"), MeasureKind.VIRKEMIDDEL: _("virkemiddel")}
MEASURE_STATE_LABELS = {
    MeasureState.IDEA: _("Idé"),
    MeasureState.UNDER_ASSESSMENT: _("Utredes"),
    MeasureState.PROPOSED: _("Foreslått"),
    MeasureState.ADOPTED: _("Vedtatt"),
    MeasureState.ONGOING: _("Pågår"),
    MeasureState.DONE: _("Gjennomført"),
    MeasureState.POSTPONED: _("Utsatt"),
    MeasureState.DISCONTINUED: _("Avviklet"),
}
LEVEL_LABELS = {
    Level.MUNICIPAL: _("kommunalt"),
    Level.REGIONAL: _("regionalt"),
    Level.NATIONAL: _("statlig"),
}
DIRECTION_LABELS = {
    Direction.UP: _("høyere er bedre"),
    Direction.DOWN: _("lavere er bedre"),
    Direction.KEEP: _("skal holdes"),
}


def _choices(labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(code.value, label) for code, label in labels.items()]


def _known(name: str, field: str, codes: Any) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [code.value for code in codes]}))


class PlanGoal(models.Model):
    """A delmål (A–D) of kommuneplanens samfunnsdel, politikkområde klima- og miljøvennlig utvikling."""

    code = models.CharField(_("kode"), max_length=4, unique=True)
    title = models.CharField(_("delmål"), max_length=200)

    class Meta:
        verbose_name = _("delmål i kommuneplanen")
        verbose_name_plural = _("delmål i kommuneplanen")

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"


@tracked()
class Strategy(models.Model):
    """A climate strategy: a document with a state, a decision, focus areas and targets."""

    title = models.CharField(_("tittel"), max_length=160, unique=True)
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    covers = models.CharField(_("gjelder"), max_length=200)
    state = models.CharField(
        _("tilstand"), max_length=20, choices=_choices(STRATEGY_STATE_LABELS), default=StrategyState.DRAFT
    )
    decided_by = models.CharField(_("vedtatt av"), max_length=120, blank=True)
    decided_when = models.CharField(_("når"), max_length=80, blank=True)
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    source = models.CharField(_("kilde"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("strategi")
        verbose_name_plural = _("strategier")
        constraints: ClassVar = [_known("strategy_state_known", "state", StrategyState)]

    def __str__(self) -> str:
        return self.title


@tracked()
class FocusArea(models.Model):
    """Innsatsområde or satsing of one strategy."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategi"), on_delete=models.PROTECT, related_name="focus_areas"
    )
    title = models.CharField(_("innsatsområde"), max_length=160)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("innsatsområde")
        verbose_name_plural = _("innsatsområder")
        constraints: ClassVar = [
            models.UniqueConstraint(name="focus_area_once_per_strategy", fields=["strategy", "title"])
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class FocusAreaGoal(models.Model):
    """Which delmål of kommuneplanen a focus area serves."""

    focus_area = models.ForeignKey(FocusArea, on_delete=models.CASCADE, related_name="goal_links")
    goal = models.ForeignKey(PlanGoal, on_delete=models.PROTECT, related_name="focus_area_links")

    class Meta:
        verbose_name = _("kobling til delmål")
        verbose_name_plural = _("koblinger til delmål")
        constraints: ClassVar = [
            models.UniqueConstraint(name="focus_area_goal_once", fields=["focus_area", "goal"])
        ]

    def __str__(self) -> str:
        return f"{self.focus_area} → {self.goal}"


@tracked()
class Theme(models.Model):
    focus_area = models.ForeignKey(
        FocusArea, verbose_name=_("innsatsområde"), on_delete=models.PROTECT, related_name="themes"
    )
    title = models.CharField(_("tema"), max_length=160)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("tema")
        verbose_name_plural = _("temaer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="theme_once_per_focus_area", fields=["focus_area", "title"])
        ]

    def __str__(self) -> str:
        return self.title


@tracked()
class Target(models.Model):
    """A goal. Percent of the base year is the promise; tonnes follow from the edition in force."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategi"), on_delete=models.PROTECT, related_name="targets"
    )
    title = models.CharField(_("mål"), max_length=200)
    kind = models.CharField(_("type"), max_length=20, choices=_choices(TARGET_KIND_LABELS))
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
            _known("target_kind_known", "kind", TargetKind),
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


@tracked()
class Measure(models.Model):
    """A tiltak (cuts emissions) or a virkemiddel (makes others cut). May have no tonnes at all."""

    code = models.CharField(_("nummer"), max_length=20, unique=True)
    title = models.CharField(_("tittel"), max_length=250)
    description = models.TextField(_("beskrivelse"), blank=True)
    kind = models.CharField(_("type"), max_length=20, choices=_choices(MEASURE_KIND_LABELS))
    level = models.CharField(
        _("nivå"), max_length=20, choices=_choices(LEVEL_LABELS), default=Level.MUNICIPAL
    )
    state = models.CharField(
        _("tilstand"), max_length=20, choices=_choices(MEASURE_STATE_LABELS), default=MeasureState.PROPOSED
    )
    external_actor = models.CharField(_("ekstern aktør"), max_length=160, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("tiltak eller virkemiddel")
        verbose_name_plural = _("tiltak og virkemidler")
        constraints: ClassVar = [
            _known("measure_kind_known", "kind", MeasureKind),
            _known("measure_level_known", "level", Level),
            _known("measure_state_known", "state", MeasureState),
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


@tracked()
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
        _("retning"), max_length=10, choices=_choices(DIRECTION_LABELS), default=Direction.UP
    )

    class Meta:
        verbose_name = _("resultatindikator")
        verbose_name_plural = _("resultatindikatorer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="indicator_name_once", fields=["measure", "name"]),
            _known("indicator_direction_known", "direction", Direction),
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
