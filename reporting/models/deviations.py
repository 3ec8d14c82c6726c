"""Deviations that live on until closed, and what makes a measure possible to follow."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from budget.models import Line
from organisation.models import Unit
from reporting.enums import CheckItem, DeviationState
from reporting.models.labels import CHECK_ITEM_LABELS, DEVIATION_STATE_LABELS, decision_level_choices
from reporting.models.reports import MeasureStatus
from strategy.models import Decision, Measure
from web.actor_columns import actor_columns, has_actor, no_actor, one_actor
from web.history import tracked


@tracked()
class Deviation(models.Model):
    """A measure that does not follow its plan, from the report that said so until it is closed.

    `tonnes_at_stake` is tCO2e lost over the years the budget sums, by the measure's own figures; null where
    the report or the budget does not say.
    """

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.PROTECT, related_name="deviations"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("virksomhet"), on_delete=models.PROTECT, related_name="deviations"
    )
    line = models.ForeignKey(
        Line,
        verbose_name=_("linje i klimabudsjettet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deviations",
    )
    # The latest approved status of the measure. On plan again it is a reason to close, and closes nothing.
    status = models.ForeignKey(
        MeasureStatus,
        verbose_name=_("rapportert status"),
        on_delete=models.PROTECT,
        related_name="deviations",
    )
    opened_at = models.DateTimeField(_("åpnet"), default=timezone.now)
    cause = models.TextField(_("årsak"), max_length=1000)
    corrective_action = models.TextField(_("hva som gjøres"), max_length=1000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ansvarlig"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deviations",
    )
    due_on = models.DateField(_("tatt igjen innen"), null=True, blank=True)
    tonnes_at_stake = models.DecimalField(
        _("tonn som står på spill"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    state = models.CharField(
        _("tilstand"),
        max_length=10,
        choices=[(state.value, DEVIATION_STATE_LABELS[state]) for state in DeviationState],
        default=DeviationState.OPEN,
    )
    decision_level = models.CharField(
        _("hvem skal avgjøre"),
        max_length=20,
        blank=True,
        choices=decision_level_choices,
    )
    decision_question = models.TextField(_("hva skal avgjøres"), max_length=500, blank=True)
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("beslutning"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deviations",
    )
    closed_at = models.DateTimeField(_("lukket"), null=True, blank=True)
    closed_by, closed_by_system, closed_by_name = actor_columns("closed_by", _("lukket av"))
    closing_reason = models.TextField(_("hvorfor avviket er lukket"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("avvik")
        verbose_name_plural = _("avvik")
        constraints: ClassVar = [
            models.UniqueConstraint(
                name="deviation_open_once_per_measure",
                fields=["measure"],
                condition=Q(state=DeviationState.OPEN),
            ),
            models.CheckConstraint(name="deviation_state_known", condition=Q(state__in=list(DeviationState))),
            models.CheckConstraint(
                name="deviation_closed_with_reason",
                condition=Q(state=DeviationState.OPEN, closed_at__isnull=True) & no_actor("closed_by")
                | Q(state=DeviationState.CLOSED, closed_at__isnull=False)
                & has_actor("closed_by")
                & ~Q(closing_reason=""),
            ),
            models.CheckConstraint(
                name="deviation_asks_of_somebody",
                condition=Q(decision_level="", decision_question="")
                | ~Q(decision_level="") & ~Q(decision_question=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.measure)

    def get_absolute_url(self) -> str:
        return reverse("reporting:deviation", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == DeviationState.OPEN

    @property
    def awaits_decision(self) -> bool:
        """A decision has been asked for, and nobody has recorded it."""
        return self.is_open and bool(self.decision_level) and self.decision_id is None


@tracked()
class ChecklistTick(models.Model):
    """The unit says that a point of a measure's checklist does not apply, or is taken care of elsewhere."""

    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.CASCADE, related_name="checklist_ticks"
    )
    item = models.CharField(
        _("punkt"), max_length=20, choices=[(item.value, CHECK_ITEM_LABELS[item]) for item in CheckItem]
    )
    note = models.CharField(_("merknad"), max_length=300)
    at = models.DateTimeField(_("krysset av"), default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("avkryssing")
        verbose_name_plural = _("avkryssinger")
        constraints: ClassVar = [
            models.UniqueConstraint(name="checklist_tick_once", fields=["measure", "item"]),
            models.CheckConstraint(name="checklist_item_known", condition=Q(item__in=list(CheckItem))),
            models.CheckConstraint(name="checklist_tick_has_note", condition=~Q(note="")),
            one_actor("checklist_tick_by_one"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.item}"
