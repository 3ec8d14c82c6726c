"""Strategies as documents: states, focus areas, themes, and what of kommuneplanen they serve."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emissions.models import Edition
from strategy.enums import EDITABLE_STATES, StrategyState
from strategy.models.labels import STRATEGY_STATE_LABELS, choices, known_code
from strategy.models.municipal_plan import PlanGoal, PlanStrategy
from strategy.models.protection import (
    child_of_focus_area,
    child_of_strategy,
    child_of_theme,
    strategy_document,
)
from web.actor_columns import actor_columns, one_actor
from web.history import tracked
from web.triggers import append_only


@tracked()
class Strategy(models.Model):
    """A climate strategy: a document with a state, a decision, focus areas and targets.

    Its `version` counts every change of the document, focus areas, themes and placements included.
    A new version of a strategy is a row of its own that `replaces` the one before.
    """

    title = models.CharField(_("tittel"), max_length=160, unique=True)
    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    covers = models.CharField(_("gjelder"), max_length=200)
    introduction = models.TextField(_("innledning"), blank=True)
    state = models.CharField(
        _("tilstand"), max_length=20, choices=choices(STRATEGY_STATE_LABELS), default=StrategyState.DRAFT
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("bygger på"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    edition = models.ForeignKey(
        Edition,
        verbose_name=_("utgave av klimaregnskapet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="strategies",
    )
    decided_by = models.CharField(_("vedtatt av"), max_length=120, blank=True)
    decided_on = models.DateField(_("vedtaksdato"), null=True, blank=True)
    # In words, where the day is not known.
    decided_when = models.CharField(_("når"), max_length=80, blank=True)
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    source = models.CharField(_("kilde"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("strategi")
        verbose_name_plural = _("strategier")
        constraints: ClassVar = [
            known_code("strategy_state_known", "state", StrategyState),
            models.CheckConstraint(
                name="strategy_not_its_own_version", condition=Q(replaces=None) | ~Q(replaces=F("id"))
            ),
        ]
        triggers: ClassVar = strategy_document()

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:detail", args=[self.slug])

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE_STATES


class StrategyTransition(models.Model):
    """The log of a strategy's states: who moved it, when, and with what words. Append-only."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategi"), on_delete=models.PROTECT, related_name="transitions"
    )
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")
    comment = models.TextField(blank=True)

    class Meta:
        verbose_name = _("overgang")
        verbose_name_plural = _("overganger")
        constraints: ClassVar = [one_actor("strategy_transition_by_one")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.strategy}: {self.from_state} → {self.to_state}"


@tracked()
class StrategyGoal(models.Model):
    """Which delmål of kommuneplanen a strategy builds on."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategi"), on_delete=models.CASCADE, related_name="goal_links"
    )
    goal = models.ForeignKey(
        PlanGoal,
        verbose_name=_("delmål i kommuneplanen"),
        on_delete=models.PROTECT,
        related_name="strategy_links",
    )

    class Meta:
        verbose_name = _("delmål strategien bygger på")
        verbose_name_plural = _("delmål strategien bygger på")
        constraints: ClassVar = [
            models.UniqueConstraint(name="strategy_goal_once", fields=["strategy", "goal"])
        ]
        triggers: ClassVar = child_of_strategy()

    def __str__(self) -> str:
        return f"{self.strategy} → {self.goal}"


@tracked(part_of=["strategy"])
class FocusArea(models.Model):
    """Innsatsområde or satsing of one strategy. `is_leadership`: Klimaledelse shows it, by any title."""

    strategy = models.ForeignKey(
        Strategy, verbose_name=_("strategi"), on_delete=models.PROTECT, related_name="focus_areas"
    )
    title = models.CharField(_("innsatsområde"), max_length=160)
    description = models.TextField(_("beskrivelse"), blank=True)
    is_leadership = models.BooleanField(_("er Klimaledelse"), default=False)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)

    class Meta:
        verbose_name = _("innsatsområde")
        verbose_name_plural = _("innsatsområder")
        constraints: ClassVar = [
            models.UniqueConstraint(name="focus_area_once_per_strategy", fields=["strategy", "title"])
        ]
        triggers: ClassVar = child_of_strategy()

    def __str__(self) -> str:
        return self.title


@tracked()
class FocusAreaGoal(models.Model):
    """Which delmål of kommuneplanen a focus area serves."""

    focus_area = models.ForeignKey(
        FocusArea, verbose_name=_("innsatsområde"), on_delete=models.CASCADE, related_name="goal_links"
    )
    goal = models.ForeignKey(
        PlanGoal,
        verbose_name=_("delmål i kommuneplanen"),
        on_delete=models.PROTECT,
        related_name="focus_area_links",
    )

    class Meta:
        verbose_name = _("kobling til delmål")
        verbose_name_plural = _("koblinger til delmål")
        constraints: ClassVar = [
            models.UniqueConstraint(name="focus_area_goal_once", fields=["focus_area", "goal"])
        ]
        triggers: ClassVar = child_of_focus_area()

    def __str__(self) -> str:
        return f"{self.focus_area} → {self.goal}"


@tracked()
class FocusAreaPlanStrategy(models.Model):
    """Which numbered strategies of kommuneplanen a focus area carries out."""

    focus_area = models.ForeignKey(
        FocusArea,
        verbose_name=_("innsatsområde"),
        on_delete=models.CASCADE,
        related_name="plan_strategy_links",
    )
    plan_strategy = models.ForeignKey(
        PlanStrategy,
        verbose_name=_("strategi i kommuneplanen"),
        on_delete=models.PROTECT,
        related_name="focus_area_links",
    )

    class Meta:
        verbose_name = _("kobling til strategi i kommuneplanen")
        verbose_name_plural = _("koblinger til strategier i kommuneplanen")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="focus_area_plan_strategy_once", fields=["focus_area", "plan_strategy"]
            )
        ]
        triggers: ClassVar = child_of_focus_area()

    def __str__(self) -> str:
        return f"{self.focus_area} → {self.plan_strategy}"


@tracked(part_of=["focus_area"])
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
        triggers: ClassVar = child_of_focus_area()

    def __str__(self) -> str:
        return self.title


@tracked()
class ThemePlanStrategy(models.Model):
    """Which numbered strategies of kommuneplanen a theme carries out, beside those of its focus area."""

    theme = models.ForeignKey(
        Theme, verbose_name=_("tema"), on_delete=models.CASCADE, related_name="plan_strategy_links"
    )
    plan_strategy = models.ForeignKey(
        PlanStrategy,
        verbose_name=_("strategi i kommuneplanen"),
        on_delete=models.PROTECT,
        related_name="theme_links",
    )

    class Meta:
        verbose_name = _("tema koblet til strategi i kommuneplanen")
        verbose_name_plural = _("temaer koblet til strategier i kommuneplanen")
        constraints: ClassVar = [
            models.UniqueConstraint(name="theme_plan_strategy_once", fields=["theme", "plan_strategy"])
        ]
        triggers: ClassVar = child_of_theme()

    def __str__(self) -> str:
        return f"{self.theme} → {self.plan_strategy}"
