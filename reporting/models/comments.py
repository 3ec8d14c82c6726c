"""What a leader, the area or Klima says about the measures of a report."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.enums import CommentStep
from reporting.models.labels import comment_step_choices
from reporting.models.reports import MeasureStatus
from web.actor_columns import actor_columns, one_actor
from web.triggers import append_only


class MeasureComment(models.Model):
    """What a leader, the area or Klima said about one measure of a report. Append-only."""

    status = models.ForeignKey(MeasureStatus, on_delete=models.PROTECT, related_name="comments")
    step = models.CharField(max_length=10, choices=comment_step_choices)
    # Whether the unit must answer before it sends the report again.
    returned = models.BooleanField(default=False)
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("kommentar til et tiltak")
        verbose_name_plural = _("kommentarer til tiltak")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="measure_comment_step_known", condition=Q(step__in=list(CommentStep))
            ),
            models.CheckConstraint(name="measure_comment_says_something", condition=~Q(text="")),
            one_actor("measure_comment_by_one"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.status}: {self.text[:40]}"
