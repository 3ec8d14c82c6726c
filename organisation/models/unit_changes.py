"""What is to happen to a unit on a day, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.enums import UnitChangeKind, UnitChangeState
from organisation.models.labels import UNIT_CHANGE_LABELS, UNIT_CHANGE_STATE_LABELS
from organisation.models.units import Unit
from web.actor_columns import actor_columns, at_most_one_actor
from web.history import tracked


@tracked()
class UnitChange(models.Model):
    """A change of a unit from a day: carried out at once, or by a job when the day comes.

    `name` belongs to a new name, `parent` to a new place (none is the top), `successor` to what takes over
    all that hangs on the unit.
    """

    kind = models.CharField(
        _("endring"), max_length=20, choices=[(k.value, UNIT_CHANGE_LABELS[k]) for k in UnitChangeKind]
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="changes"
    )
    on = models.DateField(_("fra"))
    name = models.CharField(_("nytt navn"), max_length=120, blank=True)
    parent = models.ForeignKey(
        Unit,
        verbose_name=_("hører til"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    successor = models.ForeignKey(
        Unit,
        verbose_name=_("overtas av"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="taken_over",
    )
    state = models.CharField(
        _("tilstand"),
        max_length=20,
        choices=[(s.value, UNIT_CHANGE_STATE_LABELS[s]) for s in UnitChangeState],
        default=UnitChangeState.PLANNED,
    )
    stopped_because = models.TextField(_("hvorfor ikke"), blank=True)
    planned_at = models.DateTimeField(_("ført inn"), default=timezone.now)
    planned_by, planned_by_system, planned_by_name = actor_columns("planned_by")
    done_at = models.DateTimeField(_("gjennomført"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("endring av en virksomhet")
        verbose_name_plural = _("endringer av virksomheter")
        constraints: ClassVar = [
            models.CheckConstraint(name="unit_change_kind_known", condition=Q(kind__in=list(UnitChangeKind))),
            models.CheckConstraint(
                name="unit_change_state_known", condition=Q(state__in=list(UnitChangeState))
            ),
            models.CheckConstraint(
                name="unit_change_name_for_rename",
                condition=Q(kind=UnitChangeKind.RENAME) & ~Q(name="")
                | ~Q(kind=UnitChangeKind.RENAME) & Q(name=""),
            ),
            models.CheckConstraint(
                name="unit_change_successor_where_handed",
                condition=Q(kind=UnitChangeKind.HAND_ALL, successor__isnull=False)
                | Q(kind=UnitChangeKind.CLOSE)
                | Q(kind__in=[UnitChangeKind.RENAME, UnitChangeKind.MOVE], successor__isnull=True),
            ),
            models.CheckConstraint(
                name="unit_change_not_to_itself",
                condition=(Q(successor__isnull=True) | ~Q(successor=F("unit")))
                & (Q(parent__isnull=True) | ~Q(parent=F("unit"))),
            ),
            models.CheckConstraint(
                name="unit_change_done_has_time",
                condition=Q(state=UnitChangeState.DONE, done_at__isnull=False)
                | ~Q(state=UnitChangeState.DONE) & Q(done_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="unit_change_one_of_a_kind_planned",
                fields=["unit", "kind"],
                condition=Q(state=UnitChangeState.PLANNED),
            ),
            at_most_one_actor("unit_change_planned_by_one", "planned_by"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.unit}"
