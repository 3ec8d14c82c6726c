"""The area's step, where it has one: between the unit's leader and Klima."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.actions.chain import hold_right, locked_report, refuse_closed, standing_above, write_log
from reporting.actions.comments import write_comments
from reporting.enums import CommentStep, LogKind
from reporting.models import UnitReport
from reporting.rules.reports import why_not_area_approvable
from web.actors import Actor, acting
from web.concurrency import save_versioned


def approve_for_area(
    *,
    by: Actor,
    report: UnitReport,
    version: int,
    comment: str = "",
    comments: Mapping[int, str] | None = None,
) -> UnitReport:
    """A leader above the unit approves what the unit's own leader has approved; then it waits for Klima.

    `comments` are about single measures, by the status' primary key. Returning it is `return_report`. Raises
    PermissionDenied, Refused when the area has no step or the report is not there, and StaleObject.
    """
    with acting(by, _("Godkjente rapporten for området")):
        right = hold_right(by, report, lambda who: who.oversees)
        fresh = locked_report(report.pk)
        refuse_closed(why_not_area_approvable(fresh))
        now = timezone.now()
        save_versioned(fresh, expected=version, fields={"area_approved_at": now})
        standing = standing_above(right.duties, fresh.unit_id)
        write_log(fresh, by, LogKind.AREA_APPROVED, reason=comment.strip(), at=now, standing=standing)
        write_comments(by=by, report=fresh, step=CommentStep.AREA, comments=comments or {}, at=now)
        return fresh
