"""What is written beside a measure: the log of its states, what it depends on, files being imported."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from strategy.enums import STATES_WITH_REASON
from strategy.models.labels import MEASURE_STATE_LABELS, choices
from strategy.models.measures import Measure
from strategy.models.states import refuse_cycles
from web.actor_columns import actor_columns, one_actor
from web.history import tracked
from web.triggers import append_only


class MeasureTransition(models.Model):
    """The log of a measure's states: who moved it, when, and why. Append-only."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.PROTECT, related_name="transitions"
    )
    from_state = models.CharField(max_length=20, choices=choices(MEASURE_STATE_LABELS))
    to_state = models.CharField(max_length=20, choices=choices(MEASURE_STATE_LABELS))
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")
    reason = models.TextField(_("begrunnelse"), blank=True)

    class Meta:
        verbose_name = _("overgang for tiltak")
        verbose_name_plural = _("overganger for tiltak")
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="measure_transition_reason",
                condition=~Q(to_state__in=sorted(STATES_WITH_REASON)) | Q(reason__regex=r"\S"),
            ),
            one_actor("measure_transition_by_one"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.measure}: {self.from_state} → {self.to_state}"


@tracked()
class MeasureDependency(models.Model):
    """A measure that cannot be carried out before another is. Never in a ring."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="needs_links"
    )
    needs = models.ForeignKey(
        Measure, verbose_name=_("avhenger av"), on_delete=models.PROTECT, related_name="needed_by_links"
    )

    class Meta:
        verbose_name = _("avhengighet")
        verbose_name_plural = _("avhengigheter")
        constraints: ClassVar = [
            models.UniqueConstraint(name="measure_dependency_once", fields=["measure", "needs"]),
            models.CheckConstraint(name="measure_not_before_itself", condition=~Q(measure=F("needs"))),
        ]
        triggers: ClassVar = [refuse_cycles()]

    def __str__(self) -> str:
        return f"{self.measure} → {self.needs}"
