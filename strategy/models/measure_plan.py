"""How far a measure is carried out: milestones, and indicators with their targets. Never tonnes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.enums import Direction
from strategy.models.labels import DIRECTION_LABELS, choices, known_code
from strategy.models.measures import Measure
from web.history import tracked

TERTIALS = 3


@tracked()
class Milestone(models.Model):
    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(_("milepæl"), max_length=200)
    due = models.DateField(_("frist"))
    done_on = models.DateField(_("nådd"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("milepæl")
        verbose_name_plural = _("milepæler")
        ordering: ClassVar = ["due", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Whether the day has passed without anybody saying that the milestone is reached."""
        return self.done_on is None and self.due < timezone.localdate()


# «tonn CO2», «kg CO₂ per km», «CO2e», «CO₂-ekvivalenter», but not «CO2-sensorer». PostgreSQL reads it too.
EMISSIONS = r"(^|\W)(tonn|t|kg|kilo|gram|g)\s*co\s*[2₂]|co\s*[2₂]\s*-?\s*e"


@tracked()
class Indicator(models.Model):
    """How far a measure is carried out, never tonnes: vans replaced, kilometres built."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="indicators"
    )
    name = models.CharField(_("resultatindikator"), max_length=160)
    unit_label = models.CharField(_("måleenhet"), max_length=40)
    direction = models.CharField(
        _("retning"), max_length=10, choices=choices(DIRECTION_LABELS), default=Direction.UP
    )
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("resultatindikator")
        verbose_name_plural = _("resultatindikatorer")
        constraints: ClassVar = [
            models.UniqueConstraint(name="indicator_name_once", fields=["measure", "name"]),
            known_code("indicator_direction_known", "direction", Direction),
            # Effects in tonnes belong to the budget. Tonnes of gravel are not tonnes of CO2e.
            models.CheckConstraint(
                name="indicator_never_in_emissions", condition=~Q(unit_label__iregex=EMISSIONS)
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class IndicatorTarget(models.Model):
    """Måltall: what an indicator should show at the end of a year, or of one of its tertials."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indikator"), on_delete=models.CASCADE, related_name="targets"
    )
    year = models.PositiveSmallIntegerField(_("år"))
    tertial = models.PositiveSmallIntegerField(_("tertial"), null=True, blank=True)
    value = models.DecimalField(_("måltall"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("måltall")
        verbose_name_plural = _("måltall")
        # The year's own target comes before those of its tertials: it is the one a report asks for.
        ordering: ClassVar = ["year", F("tertial").asc(nulls_first=True)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="indicator_target_once_per_period",
                fields=["indicator", "year", "tertial"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="indicator_target_tertial_known",
                condition=Q(tertial__isnull=True) | Q(tertial__range=(1, TERTIALS)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period}"

    @property
    def period(self) -> str:
        """«2027», or «2. tertial 2027»."""
        if self.tertial is None:
            return str(self.year)
        return gettext("%(tertial)s. tertial %(year)s") % {"tertial": self.tertial, "year": self.year}
