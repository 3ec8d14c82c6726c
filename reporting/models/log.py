"""What happened to a report: its steps, what was sent, more time given, and everything else. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.enums import LogKind, ReportState, StandsAs
from reporting.models.labels import LOG_KIND_LABELS, REPORT_STATE_LABELS
from reporting.models.reports import UnitReport
from web.actor_columns import actor_columns, one_actor
from web.actors import actor_name
from web.triggers import append_only


class StandingMixin(models.Model):
    """As what somebody took a step: empty with a role of her own; for whom, where somebody was away."""

    by_as = models.CharField(max_length=20, blank=True, default="")
    by_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        abstract = True


def _standing(name: str) -> models.CheckConstraint:
    """That it is said as what, in a word we know, wherever it is said for whom."""
    return models.CheckConstraint(
        name=name,
        condition=Q(by_as="", by_for__isnull=True)
        | Q(by_as=StandsAs.LEADER_ABOVE, by_for__isnull=True)
        | Q(by_as=StandsAs.STAND_IN),
    )


class ReportTransition(StandingMixin):
    """The log of a report's states. Append-only."""

    report = models.ForeignKey(UnitReport, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=20)
    to_state = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")
    comment = models.TextField(blank=True)

    class Meta:
        verbose_name = _("overgang")
        verbose_name_plural = _("overganger")
        constraints: ClassVar = [
            one_actor("report_transition_by_one"),
            _standing("report_transition_stands_as"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.report}: {self.from_state} → {self.to_state}"

    @property
    def to_label(self) -> str:
        return str(REPORT_STATE_LABELS[ReportState(self.to_state)])


class ReportVersion(models.Model):
    """A submission, frozen as it was sent. A correction is the next number. Append-only."""

    report = models.ForeignKey(UnitReport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(default=timezone.now)
    submitted_by, submitted_by_system, submitted_by_name = actor_columns("submitted_by", _("sendt av"))

    class Meta:
        verbose_name = _("innsendt versjon")
        verbose_name_plural = _("innsendte versjoner")
        constraints: ClassVar = [
            models.UniqueConstraint(name="report_version_once", fields=["report", "number"]),
            one_actor("report_version_submitted_by_one", "submitted_by"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.report}, versjon {self.number}"


class DeadlineExtension(models.Model):
    """A unit was given more time: how long, why, and by whom. Append-only."""

    report = models.ForeignKey(UnitReport, on_delete=models.PROTECT, related_name="extensions")
    contact_deadline = models.DateTimeField()
    leader_deadline = models.DateTimeField()
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("utsatt frist")
        verbose_name_plural = _("utsatte frister")
        constraints: ClassVar = [
            models.CheckConstraint(name="extension_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="extension_dates_in_order", condition=Q(contact_deadline__lte=F("leader_deadline"))
            ),
            one_actor("extension_by_one"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.report}: {self.contact_deadline}"


class ReportLogEntry(StandingMixin):
    """A line of a report's log beside its transitions: what was done, and why. Append-only."""

    report = models.ForeignKey(UnitReport, on_delete=models.PROTECT, related_name="log")
    kind = models.CharField(max_length=30, choices=[(kind.value, LOG_KIND_LABELS[kind]) for kind in LogKind])
    # What it was about, in words that stand by themselves, such as a measure or the other unit; or whom.
    what = models.CharField(max_length=400, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("linje i rapportens logg")
        verbose_name_plural = _("linjer i rapportens logg")
        constraints: ClassVar = [
            models.CheckConstraint(name="report_log_kind_known", condition=Q(kind__in=list(LogKind))),
            models.CheckConstraint(
                name="report_log_points_at_the_reporter",
                condition=Q(kind=LogKind.REPORTER_NAMED, person__isnull=False, what="")
                | ~Q(kind=LogKind.REPORTER_NAMED) & Q(person__isnull=True),
            ),
            one_actor("report_log_by_one"),
            _standing("report_log_stands_as"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.report}: {LOG_KIND_LABELS[LogKind(self.kind)]}"

    @property
    def about(self) -> str:
        """What or whom it was about, in words. Reads the person."""
        return actor_name(self.person) if self.person is not None else self.what
