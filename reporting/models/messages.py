"""Mail reporting has sent or will send, and where Klima let it go further up. Append-only."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reporting.enums import MessageKind
from reporting.models.labels import MESSAGE_KIND_LABELS, message_kind_choices
from reporting.models.periods import Period
from reporting.models.reports import UnitReport
from web.actor_columns import actor_columns, one_actor
from web.models import OutboxMail
from web.triggers import append_only


class ReportMessage(models.Model):
    """One mail to one person about a report, or about a whole period. The mail itself is in the outbox."""

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="messages")
    report = models.ForeignKey(UnitReport, null=True, on_delete=models.PROTECT, related_name="messages")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        _("slag"),
        max_length=20,
        choices=message_kind_choices,
    )
    # Which deadline it is about, as it was then; null for what tells of something that was done.
    deadline = models.DateTimeField(_("frist"), null=True)
    mail = models.OneToOneField(OutboxMail, on_delete=models.PROTECT, related_name="report_message")

    class Meta:
        verbose_name = _("varsel")
        verbose_name_plural = _("varsler")
        constraints: ClassVar = [
            models.CheckConstraint(name="message_kind_known", condition=Q(kind__in=list(MessageKind))),
            models.CheckConstraint(
                name="message_about_a_report",
                condition=Q(kind=MessageKind.DIGEST, report__isnull=True)
                | ~Q(kind=MessageKind.DIGEST) & Q(report__isnull=False),
            ),
        ]
        # As long as the mail itself, which cannot go before it.
        triggers: ClassVar = append_only(
            deletable_after="SENT_MAIL_KEPT_DAYS",
            since="(SELECT sent_at FROM public.web_outboxmail WHERE id = OLD.mail_id)",
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"

    @property
    def label(self) -> str:
        return str(MESSAGE_KIND_LABELS[MessageKind(self.kind)])


class EscalationRelease(models.Model):
    """Klima let the mail about an overdue report go to the leader above: who, when and why."""

    report = models.ForeignKey(UnitReport, on_delete=models.PROTECT, related_name="escalations")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by, by_system, by_name = actor_columns("by")

    class Meta:
        verbose_name = _("frigitt varsling oppover")
        verbose_name_plural = _("frigitte varslinger oppover")
        constraints: ClassVar = [
            models.CheckConstraint(name="escalation_has_reason", condition=~Q(reason="")),
            one_actor("escalation_by_one"),
        ]
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.report}: {self.reason[:40]}"
