"""What a KF adds to its report: when its board treats it, and where its own report is found."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.actions.chain import locked_report, refuse_closed, require
from reporting.models import UnitReport
from reporting.rules.reports import fresh_relation, is_enterprise, why_not_editable
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Closed


def save_board(
    *,
    by: Actor,
    report: UnitReport,
    version: int,
    board_date: date | None,
    own_report: str = "",
    at: datetime | None = None,
) -> UnitReport:
    """Saves the date the board treats the report (None: not set yet), and where the KF's own report is.

    `at` is when it was filled in, None now. Raises PermissionDenied, StaleObject, and Refused for a
    unit that is no KF and when the report cannot be changed then.
    """
    with acting(by, _("Fylte ut styrebehandlingen")):
        fresh = locked_report(report.pk)
        require(fresh_relation(by, fresh.unit_id).reports)
        refuse_closed(why_not_editable(fresh, at or timezone.now()))
        if not is_enterprise(fresh):
            raise Closed(_("Bare kommunale foretak har styrebehandling."))
        fields = {
            "board_date": board_date,
            "board_pending": board_date is None,
            "enterprise_report": own_report.strip(),
        }
        save_versioned(fresh, expected=version, fields=fields)
        return fresh
