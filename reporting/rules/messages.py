"""When Klima may let the mail about a report go further up than the unit's own leader."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from reporting.calculations.messages import PeriodFacts, ReportFacts, is_overdue, leaders_told


def why_not_releasable(period: PeriodFacts, report: ReportFacts, now: datetime) -> str:
    """Why the leader above cannot be told about this report now; empty when she can."""
    if period.is_closed or now >= period.closes_at:
        return _("Rapporteringen er lukket.")
    if not report.answered_here:
        return _("Virksomheten rapporterer ikke her.")
    if not is_overdue(report, now):
        return _("Fristen er ikke gått ut, eller rapporten er levert.")
    if not leaders_told(report):
        return _("Virksomhetens leder er ikke varslet ennå. Det skjer av seg selv noen dager etter fristen.")
    if not report.leaders_above:
        return _("Det er ikke registrert noen leder over virksomheten.")
    if _is_released(report):
        return _("Varslingen oppover er allerede frigitt.")
    return ""


def _is_released(report: ReportFacts) -> bool:
    """Whether it was released for the deadline that is over now; a later deadline starts again."""
    released = report.escalation_released_at
    return released is not None and released >= report.contact_deadline
