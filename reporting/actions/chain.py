"""What every step of a report's chain does: hold the report, check, move it and write the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import Role
from organisation.models import Appointment, User
from organisation.queries.units import units_above
from organisation.rules import Duties, hold_duties
from reporting.enums import LogKind, ReportState, StandsAs
from reporting.models import Period, ReportLogEntry, ReportTransition, UnitReport
from reporting.rules.reports import Relation, relation, relation_with
from web.actor_columns import actor_values
from web.actors import Actor
from web.concurrency import save_versioned
from web.refusals import Closed, Refusal, Refused


# Everything in reporting locks in this order, so that no two wait for each other: the roles that give the
# right, the period, its reports, what stands in a report, deviations by measure, and decisions last.
#
# Roles come first (`hold_right`): whoever ends a role changes it before she moves what hangs on it.
#
# The period has three locks. What changes a report takes the weakest (FOR KEY SHARE, `keep_open`), after the
# report: it stops nothing but a close, so any number of units save at once. Moving measures, deadlines and
# files take the middle one (FOR NO KEY UPDATE) before any report: one at a time changes which reports there
# are and when they are due, and may then lock two of them. A close takes the strongest (FOR UPDATE): it waits
# for all of these, and those that come later find the period closed.
def locked_report(report_id: int) -> UnitReport:
    """The report as it is, held until the transaction ends: no step happens while another does.

    Its period cannot close meanwhile, and is read after that is settled.
    """
    rows = UnitReport.objects.select_for_update(no_key=True, of=("self",))
    report = rows.select_related("unit", "period__budget").get(pk=report_id)
    keep_open(report.period)
    return report


def keep_open(period: Period) -> None:
    """Waits for a close under way and holds off the next; `period` gets its deadlines as they are then."""
    columns = ("opens_at", "contact_deadline", "leader_deadline", "closes_at", "closed_at", "version")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(columns)} FROM reporting_period WHERE id = %s FOR KEY SHARE",  # noqa: S608
            [period.pk],
        )
        for name, value in zip(columns, cursor.fetchone(), strict=True):
            setattr(period, name, value)


def locked_period(period_id: int, *, closing: bool = False) -> Period:
    """The period, held against everything that changes which reports it has and when they are due.

    `closing` also waits for every step that is under way in its reports. Locked before any report.
    """
    rows = Period.objects.select_for_update(no_key=not closing, of=("self",))
    return rows.select_related("budget").get(pk=period_id)


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody is to a report, and her duties, both held until the transaction ends."""

    who: Relation
    duties: Duties


def hold_right(by: Actor, report: UnitReport, allowed: Callable[[Relation], bool]) -> Right:
    """What the actor is to the report when nobody is changing it, before the report itself is locked.

    A role that ends at the same moment either waits for the step, or has ended before it. Raises
    PermissionDenied to a stranger, and Closed to one who lost the role after she opened the page.
    """
    before = relation(by, report.unit_id)
    held = hold_duties(by)
    who = relation_with(by, held, report.unit_id)
    if allowed(who):
        return Right(who, held)
    require(allowed(before))
    raise Closed(_("Rollen din i {unit} er endret. Ingenting er gjort.").format(unit=report.unit.name))


@dataclass(frozen=True, slots=True)
class Standing:
    """As what a step is taken; `by_for` is the leader somebody stands in for, where there is one."""

    by_as: str = ""
    by_for: User | None = None


# With a role of her own.
HERSELF = Standing()


def standing_in(held: Duties, unit_id: int) -> Standing:
    """As what somebody with these duties acts as leader of the unit today."""
    if unit_id in held.led_for_now:
        return Standing(StandsAs.LEADER_ABOVE)
    if unit_id not in held.stands_in:
        return HERSELF
    leaders = User.objects.filter(
        appointments__in=Appointment.objects.current().filter(unit=unit_id, role=Role.LEADER), is_active=True
    )
    return Standing(StandsAs.STAND_IN, leaders.order_by("pk").first())


def standing_above(held: Duties, unit_id: int) -> Standing:
    """As what somebody with these duties acts as the leader above the unit today."""
    above = units_above().get(unit_id, ())
    led = next((unit for unit in above if unit in held.leader_units), None)
    return HERSELF if led is None else standing_in(held, led)


def require(allowed: bool) -> None:
    """Raises PermissionDenied."""
    if not allowed:
        raise PermissionDenied


def refuse_closed(sentence: str) -> None:
    """Raises Closed with the sentence, if there is one: nothing in the form can mend it."""
    if sentence:
        raise Closed(sentence)


def refuse_without(text: str, sentence: str, field: str = "reason") -> str:
    """The text without space around it. Raises Refused at the field when nothing is left."""
    text = text.strip()
    if not text:
        raise Refused(Refusal(sentence, field=field))
    return text


def move_report(
    report: UnitReport,
    by: Actor,
    version: int,
    to: ReportState,
    at: datetime,
    comment: str = "",
    *,
    standing: Standing = HERSELF,
    **fields: Any,
) -> None:
    """The report in its next state, with the step in its log. Raises StaleObject."""
    origin = report.state
    save_versioned(report, expected=version, fields={"state": to, **fields})
    ReportTransition.objects.create(
        report=report,
        from_state=origin,
        to_state=to,
        at=at,
        **actor_values("by", by),
        by_as=standing.by_as,
        by_for=standing.by_for,
        comment=comment,
    )


def write_log(
    report: UnitReport,
    by: Actor,
    kind: LogKind,
    *,
    what: str = "",
    person: User | None = None,
    reason: str = "",
    at: datetime | None = None,
    standing: Standing = HERSELF,
) -> None:
    """A line in the report's log beside its transitions: what it is about in words, or whom."""
    ReportLogEntry.objects.create(
        report=report,
        kind=kind,
        what=what[:400],
        person=person,
        reason=reason,
        at=at or timezone.now(),
        **actor_values("by", by),
        by_as=standing.by_as,
        by_for=standing.by_for,
    )
