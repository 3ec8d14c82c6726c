"""Kommuneplanens samfunnsdel: politikkområde → delmål → numbered strategies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from web.history import tracked


@tracked()
class PolicyArea(models.Model):
    """A politikkområde of kommuneplanen with its main goal, worded as the municipality worded it."""

    title = models.CharField(_("politikkområde"), max_length=120, unique=True)
    main_goal = models.TextField(_("hovedmål"), blank=True)
    source = models.CharField(_("kilde"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("politikkområde")
        verbose_name_plural = _("politikkområder")

    def __str__(self) -> str:
        return self.title


@tracked(part_of=["area"])
class PlanGoal(models.Model):
    """A delmål (A–D) under a politikkområde of kommuneplanen."""

    area = models.ForeignKey(
        PolicyArea,
        verbose_name=_("politikkområde"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="goals",
    )
    code = models.CharField(_("kode"), max_length=4, unique=True)
    title = models.CharField(_("delmål"), max_length=200)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("delmål i kommuneplanen")
        verbose_name_plural = _("delmål i kommuneplanen")

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"


@tracked(part_of=["goal"])
class PlanStrategy(models.Model):
    """A numbered strategy (A1 …) under a delmål of kommuneplanen."""

    goal = models.ForeignKey(
        PlanGoal, verbose_name=_("delmål"), on_delete=models.PROTECT, related_name="plan_strategies"
    )
    code = models.CharField(_("nummer"), max_length=6, unique=True)
    title = models.CharField(_("strategi i kommuneplanen"), max_length=250)
    order = models.PositiveSmallIntegerField(_("rekkefølge"), default=0)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("strategi i kommuneplanen")
        verbose_name_plural = _("strategier i kommuneplanen")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
