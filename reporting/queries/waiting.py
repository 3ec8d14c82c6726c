"""What reporting puts on other pages: what waits for a person, and the deadlines of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from climate_portal.web.contributions import CalendarEntry, Task
from climate_portal.web.formats import format_number
from organisation.rules import Permission, duties
from reporting.enums import EDITABLE_STATES, ReportState
from reporting.models import Period, UnitReport
from reporting.queries.proposals import waiting_proposals
from reporting.queries.reports import reports_in
from reporting.rules.reports import relation

_LISTED = 4


def count_word(count: int) -> str:
    """«ingen», «ett», «to» … «tolv», then figures; of neuter nouns."""
    words = (
        *(_("ingen"), _("ett"), _("to"), _("tre"), _("fire"), _("fem"), _("seks")),
        *(_("sju"), _("åtte"), _("ni"), _("ti"), _("elleve"), _("tolv")),
    )
    return words[count] if count < len(words) else format_number(count)


def tasks_of(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """What waits for the user in reporting: to report, to approve, to assure."""
    held = duties(user)
    assures = Permission.ASSURE_REPORT in held.permissions
    if not held.own_units and not assures:
        return
    periods = list(Period.objects.filter(opens_at__lte=now))
    rows = list(reports_in(periods, None if assures else held.own_units)) if periods else []
    for report in rows:
        if report.state in EDITABLE_STATES and now < report.period.closes_at:
            if report.unit_id in held.own_units and relation(user, report.unit_id).reports:
                yield _report_task(report)
        elif report.state == ReportState.SUBMITTED and report.unit_id in held.leader_units:
            yield _approve_task(report)
    if assures:
        yield from _assure_tasks(rows)
        yield from _proposal_tasks()


def _address(name: str, report: UnitReport) -> str:
    return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id])


def _report_task(report: UnitReport) -> Task:
    returned = report.state == ReportState.RETURNED
    measures, answered = report.measures, report.answered  # type: ignore[attr-defined]
    return Task(
        title=_("Klimarapport for {period}").format(period=report.period),
        detail=returned_sentence(report.return_comment, measures - answered)
        if returned
        else progress_sentence(measures, answered),
        url=_address("report", report),
        button=_("Rett opp") if returned else _("Fortsett") if answered else _("Start"),
        due=report.contact_due,
        primary=True,
    )


def returned_sentence(comment: str, left: int) -> str:
    """«Returnert: Skriv mer om bilene. To tiltak må bekreftes på nytt.»"""
    said = _("Returnert: {comment}").format(comment=comment)
    if not left:
        return said
    words = _("{count} tiltak må bekreftes på nytt.").format(count=count_word(left))
    return f"{said} {capfirst(words)}"


def progress_sentence(measures: int, answered: int) -> str:
    """«Fire tiltak. To er bekreftet, to gjenstår.»"""
    counted = capfirst(_("{count} tiltak.").format(count=count_word(measures)))
    if not answered:
        return f"{counted} {_('Ingen er bekreftet ennå.')}"
    if answered == measures:
        return f"{counted} {_('Alle er bekreftet. Rapporten kan sendes.')}"
    rest = _("{done} er bekreftet, {left} gjenstår.").format(
        done=count_word(answered), left=count_word(measures - answered)
    )
    return f"{counted} {capfirst(rest)}"


def deviation_sentence(measures: int, off_plan: int) -> str:
    """«Fire tiltak, ett utenfor planen.»"""
    return capfirst(
        _("{count} tiltak, {off} utenfor planen.").format(
            count=count_word(measures), off=count_word(off_plan)
        )
    )


def _approve_task(report: UnitReport) -> Task:
    sentence = deviation_sentence(report.measures, report.off_plan)  # type: ignore[attr-defined]
    return Task(
        title=_("Godkjenn klimarapporten for {period}").format(period=report.period),
        detail=f"{report.unit.name}. {sentence}",
        url=_address("approve", report),
        button=_("Se og godkjenn"),
        due=report.leader_due,
        primary=True,
    )


def _assure_tasks(rows: Iterable[UnitReport]) -> Iterator[Task]:
    waiting: dict[Period, list[UnitReport]] = {}
    for report in rows:
        if report.state == ReportState.APPROVED:
            waiting.setdefault(report.period, []).append(report)
    for period, reports in waiting.items():
        names = ", ".join(report.unit.name for report in reports[:_LISTED])
        more = len(reports) - _LISTED
        if more > 0:
            names = ngettext("{names} og {n} til", "{names} og {n} til", more).format(names=names, n=more)
        yield Task(
            title=_("Kvalitetssikre klimarapporter for {period}").format(period=period),
            detail=_("Godkjent av leder: {names}.").format(names=names),
            url=_address("assure", reports[0]),
            button=_("Kvalitetssikre"),
        )


def _proposal_tasks() -> Iterator[Task]:
    waiting = list(waiting_proposals())
    if not waiting:
        return
    names = ", ".join(dict.fromkeys(one.report.unit.name for one in waiting[:_LISTED]))
    yield Task(
        title=_("Svar på forslag fra virksomhetene"),
        detail=capfirst(_("{count} forslag: {names}.").format(count=count_word(len(waiting)), names=names)),
        url=reverse("reporting:proposals"),
        button=_("Se forslagene"),
    )


def deadlines_of(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """The deadlines from start to end for those who have a part in reporting, or read it from inside.

    A period that is closed has no deadlines left.
    """
    held = duties(user)
    if not held.own_units and Permission.READ_INTERNAL not in held.permissions:
        return
    first = timezone.make_aware(datetime.combine(start, time.min))
    last = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    open_after = max(first, timezone.now())
    for period in Period.objects.filter(opens_at__lt=last, closes_at__gt=open_after).order_by("opens_at"):
        for at, sentence in (
            (period.opens_at, _("Rapporteringen for {period} åpner")),
            (period.contact_deadline, _("Klimarapport for {period}: frist for kontaktpersoner")),
            (period.leader_deadline, _("Klimarapport for {period}: frist for ledere")),
        ):
            if first <= at < last:
                yield CalendarEntry(
                    timezone.localdate(at), sentence.format(period=period), reverse("reporting:index")
                )
