"""Vedtaksregisteret: what councils and committees have decided about climate, and how it is followed up."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.models import Unit
from strategy.enums import DecisionBody, DecisionStatus
from strategy.models.labels import choices, known_code
from strategy.models.measures import Measure
from web.actor_columns import actor_columns, one_actor
from web.history import tracked
from web.names import name_of, naming
from web.triggers import append_only

DECISION_BODY_LABELS = {
    DecisionBody.COUNCIL: name_of("council"),
    DecisionBody.EXECUTIVE_BOARD: name_of("board"),
    DecisionBody.CLIMATE_COMMITTEE: name_of("committee"),
    DecisionBody.MAIN_COMMITTEE: _("hovedutvalg"),
    DecisionBody.LEADERSHIP: name_of("leadership"),
    DecisionBody.ENTERPRISE_BOARD: _("styret i et foretak"),
    DecisionBody.OTHER: _("annet"),
}
DECISION_STATUS_LABELS = {
    DecisionStatus.OPEN: _("Ikke startet"),
    DecisionStatus.ONGOING: _("Under arbeid"),
    DecisionStatus.DONE: _("Gjennomført"),
    DecisionStatus.LAPSED: _("Bortfalt"),
}
# The bodies among them that have names of their own, with dates.
_NAMED = {
    DecisionBody.COUNCIL: "{council}",
    DecisionBody.EXECUTIVE_BOARD: "{board}",
    DecisionBody.CLIMATE_COMMITTEE: "{committee}",
    DecisionBody.LEADERSHIP: "{leadership}",
}


def decision_body_choices() -> list[tuple[str, Any]]:
    """A function, so that no migration holds what a body was called; the migrations name it."""
    return choices(DECISION_BODY_LABELS)


@tracked()
class Decision(models.Model):
    """One decision. Where the case, the day or the unit is not known, the row says so in words."""

    body = models.CharField(_("vedtatt av"), max_length=20, choices=decision_body_choices)
    case_number = models.CharField(_("saksnummer"), max_length=40, blank=True)
    no_case_number = models.CharField(_("hvorfor saksnummer mangler"), max_length=160, blank=True)
    decided_on = models.DateField(_("vedtatt dato"), null=True, blank=True)
    decided_when = models.CharField(_("når, hvis datoen ikke er kjent"), max_length=80, blank=True)
    title = models.CharField(_("tittel"), max_length=200)
    text = models.TextField(_("vedtaket"))
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("ansvarlig virksomhet"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    no_unit = models.CharField(_("hvorfor ingen virksomhet er ansvarlig"), max_length=160, blank=True)
    deadline = models.DateField(_("frist"), null=True, blank=True)
    status = models.CharField(
        _("status"), max_length=20, choices=choices(DECISION_STATUS_LABELS), default=DecisionStatus.OPEN
    )
    closed_on = models.DateField(_("avsluttet"), null=True, blank=True)
    source = models.CharField(_("kilde"), max_length=300, blank=True)
    is_example = models.BooleanField(_("eksempeldata"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("vedtak")
        verbose_name_plural = _("vedtak")
        constraints: ClassVar = [
            known_code("decision_body_known", "body", DecisionBody),
            known_code("decision_status_known", "status", DecisionStatus),
            models.CheckConstraint(
                name="decision_case_or_why_not", condition=~Q(case_number="") | ~Q(no_case_number="")
            ),
            models.CheckConstraint(
                name="decision_day_or_when", condition=Q(decided_on__isnull=False) | ~Q(decided_when="")
            ),
            models.CheckConstraint(
                name="decision_unit_or_why_not", condition=Q(unit__isnull=False) | ~Q(no_unit="")
            ),
            models.CheckConstraint(
                name="decision_deadline_after",
                condition=Q(deadline__isnull=True)
                | Q(decided_on__isnull=True)
                | Q(deadline__gte=F("decided_on")),
            ),
            models.CheckConstraint(
                name="decision_closed_has_day",
                condition=Q(
                    closed_on__isnull=False,
                    status__in=[DecisionStatus.DONE.value, DecisionStatus.LAPSED.value],
                )
                | Q(
                    closed_on__isnull=True,
                    status__in=[DecisionStatus.OPEN.value, DecisionStatus.ONGOING.value],
                ),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                name="decision_by_deadline", fields=["deadline"], condition=Q(closed_on__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("strategy:decision", args=[self.pk])

    @property
    def body_then(self) -> str:
        """What the body was called when it decided; what it is called now where the day is not known."""
        body = DecisionBody(self.body)
        return naming(_NAMED[body], self.decided_on) if body in _NAMED else str(DECISION_BODY_LABELS[body])


@tracked()
class DecisionMeasure(models.Model):
    """A measure the decision is about."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("vedtak"), on_delete=models.CASCADE, related_name="measure_links"
    )
    measure = models.ForeignKey(
        Measure, verbose_name=_("tiltak"), on_delete=models.PROTECT, related_name="decision_links"
    )

    class Meta:
        verbose_name = _("tiltak i vedtak")
        verbose_name_plural = _("tiltak i vedtak")
        constraints: ClassVar = [
            models.UniqueConstraint(name="decision_measure_once", fields=["decision", "measure"])
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.measure}"


class DecisionTransition(models.Model):
    """The log of a decision's status: who moved it, when, and with what words. Append-only."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("vedtak"), on_delete=models.PROTECT, related_name="transitions"
    )
    from_status = models.CharField(max_length=20)
    to_status = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")
    comment = models.TextField(blank=True)

    class Meta:
        verbose_name = _("overgang")
        verbose_name_plural = _("overganger")
        constraints: ClassVar = [one_actor("decision_transition_by_one")]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.decision}: {self.from_status} → {self.to_status}"


class DecisionNote(models.Model):
    """How it goes, in the responsible unit's own words or Klima's. Append-only."""

    decision = models.ForeignKey(
        Decision, verbose_name=_("vedtak"), on_delete=models.PROTECT, related_name="notes"
    )
    text = models.TextField(_("statusmerknad"))
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("statusmerknad")
        verbose_name_plural = _("statusmerknader")
        triggers: ClassVar = append_only()
        constraints: ClassVar = [
            models.CheckConstraint(name="decision_note_says", condition=~Q(text="")),
            one_actor("decision_note_by_one"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.text[:60]}"
