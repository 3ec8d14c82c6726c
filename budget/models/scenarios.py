"""«Hva om?»: changes somebody tries on a budget, kept by name. The results are computed, never stored."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.enums import ChangeKind
from budget.models.documents import ClimateBudget
from budget.models.lines import Line
from emissions.models import Source
from strategy.enums import Level
from strategy.models import LEVEL_LABELS, Measure
from web.history import tracked

CHANGE_KIND_LABELS = {
    ChangeKind.DROP: _("tatt ut"),
    ChangeKind.DELAY: _("utsatt"),
    ChangeKind.SCALE: _("skalert"),
    ChangeKind.ADD: _("lagt til"),
}


@tracked()
class Scenario(models.Model):
    """A named set of changes to one budget, which it never touches. Its owner may share it for reading."""

    budget = models.ForeignKey(
        ClimateBudget, verbose_name=_("klimabudsjett"), on_delete=models.CASCADE, related_name="scenarios"
    )
    name = models.CharField(_("navn"), max_length=120)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("laget av"),
        on_delete=models.PROTECT,
        related_name="scenarios",
    )
    shared = models.BooleanField(_("delt"), default=False)
    made_at = models.DateTimeField(_("laget"), default=timezone.now)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("hva om")
        verbose_name_plural = _("hva om")
        constraints: ClassVar = [
            models.UniqueConstraint(name="scenario_name_once", fields=["budget", "owner", "name"]),
            models.CheckConstraint(name="scenario_has_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("budget:scenario", args=[self.pk])


@tracked()
class ScenarioChange(models.Model):
    """One change. drop, delay and scale are about a line of the budget; add brings in something new.

    percent: the delayed share (delay), or how much of the effect there is (scale, 100 is as budgeted).
    tonnes: what an added measure cuts every year from first_year on, tCO2e.
    """

    scenario = models.ForeignKey(
        Scenario, verbose_name=_("scenario"), on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(
        _("endring"), max_length=20, choices=[(kind.value, CHANGE_KIND_LABELS[kind]) for kind in ChangeKind]
    )
    line = models.ForeignKey(
        Line,
        verbose_name=_("tiltak"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="scenario_changes",
    )
    percent = models.DecimalField(_("prosent"), max_digits=6, decimal_places=2, null=True, blank=True)
    since = models.DateField(_("fra"), null=True, blank=True)
    caught_up = models.DateField(_("tatt igjen"), null=True, blank=True)
    measure = models.ForeignKey(
        Measure,
        verbose_name=_("tiltak i strategien"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="scenario_changes",
    )
    title = models.CharField(_("navn på tiltaket"), max_length=200, blank=True)
    source = models.ForeignKey(
        Source, verbose_name=_("utslippskilde"), null=True, blank=True, on_delete=models.PROTECT
    )
    level = models.CharField(
        _("nivå"),
        max_length=20,
        blank=True,
        choices=[(level.value, label) for level, label in LEVEL_LABELS.items()],
    )
    first_year = models.PositiveSmallIntegerField(_("første år"), null=True, blank=True)
    tonnes = models.DecimalField(
        _("tonn CO₂e i året"), max_digits=20, decimal_places=6, null=True, blank=True
    )

    class Meta:
        verbose_name = _("endring")
        verbose_name_plural = _("endringer")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="scenario_line_once", fields=["scenario", "line"], condition=Q(line__isnull=False)
            ),
            models.CheckConstraint(
                name="scenario_change_is_complete",
                condition=Q(kind=ChangeKind.DROP, line__isnull=False)
                | Q(kind=ChangeKind.DELAY, line__isnull=False, since__isnull=False, percent__gt=0)
                & Q(percent__lte=100)
                | Q(kind=ChangeKind.SCALE, line__isnull=False, percent__gte=0)
                | Q(
                    kind=ChangeKind.ADD,
                    line__isnull=True,
                    source__isnull=False,
                    first_year__isnull=False,
                    tonnes__gt=0,
                    level__in=list(Level),
                )
                & (Q(measure__isnull=False) | ~Q(title="")),
            ),
            models.CheckConstraint(
                name="scenario_delay_in_order",
                condition=Q(caught_up__isnull=True) | Q(caught_up__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario}: {self.kind}"
