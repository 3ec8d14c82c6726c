"""Strategies as documents: focus areas, themes and the goals of kommuneplanen."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from climate_portal.web.history import tracked
from strategy.enums import StrategyState
from strategy.models.labels import STRATEGY_STATE_LABELS, choices, known_code


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
        _("tilstand"), max_length=20, choices=choices(STRATEGY_STATE_LABELS), default=StrategyState.DRAFT
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
        constraints: ClassVar = [known_code("strategy_state_known", "state", StrategyState)]

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
