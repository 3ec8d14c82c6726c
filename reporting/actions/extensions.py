"""More time for one unit."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.year import unfit_deadlines
from organisation.rules import Permission
from organisation.rules import require as require_permission
from reporting.actions import messages
from reporting.actions.chain import locked_period, locked_report, refuse_without
from reporting.enums import LEADER_APPROVED_STATES
from reporting.models import DeadlineExtension, UnitReport
from reporting.rules.deadlines import why_not_extended
from reporting.rules.reports import past_close
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Closed, Refused, refuse


def extend_deadline(
    *,
    by: Actor,
    report: UnitReport,
    version: int,
    contact_deadline: datetime,
    leader_deadline: datetime,
    reason: str,
    at: datetime | None = None,
) -> DeadlineExtension:
    """Gives a unit its own deadlines, never after the period closes; the newest count. `at` None is now.

    Raises PermissionDenied, StaleObject, and Refused without a reason, when the period is closed or
    the report approved, and when the deadlines are past, too late, out of order, earlier than the others', on
    quiet days or on holidays.
    """
    require_permission(by, Permission.ASSURE_REPORT)
    reason = refuse_without(reason, _("Skriv hvorfor virksomheten får lengre frist."))
    with acting(by, _("Utsatte fristen: {reason}").format(reason=reason)):
        # Held against somebody moving the close at the same time.
        period = locked_period(report.period_id)
        fresh = locked_report(report.pk)
        now = at or timezone.now()
        if past_close(period, now):
            raise Closed(_("Perioden er lukket, så ingen kan få lengre frist."))
        if fresh.state in LEADER_APPROVED_STATES:
            raise Closed(_("Rapporten er godkjent, og trenger ikke lengre frist."))
        if sentence := why_not_extended(period, contact_deadline, leader_deadline):
            raise Refused(sentence)
        if leader_deadline <= now:
            raise Refused(_("Fristen er passert. Velg et tidspunkt som kommer."))
        fields = {"contact_deadline": contact_deadline, "leader_deadline": leader_deadline}
        stood = {"contact_deadline": fresh.contact_due, "leader_deadline": fresh.leader_due}
        moved = {f"{name}_day": moment for name, moment in fields.items() if moment != stood[name]}
        refuse(*unfit_deadlines(by, moved))
        save_versioned(fresh, expected=version, fields=fields)
        made = DeadlineExtension.objects.create(
            report=fresh,
            reason=reason,
            at=now,
            **actor_values("by", by),
            **fields,
        )
        messages.tell_extended(fresh, now)
        return made
