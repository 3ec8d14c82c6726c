"""What reporting puts on other pages: what waits for a person, and the deadlines of the year."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisation.rules import Permission, duties
from reporting.enums import EDITABLE_STATES, Place, ReportState
from reporting.models import Period, UnitReport
from reporting.queries.chain import waiting_of
from reporting.queries.proposals import waiting_proposals
from reporting.queries.reports import reports_in
from reporting.rules.reports import (
    past_close,
    relation,
    why_not_approvable,
    why_not_area_approvable,
    why_not_assurable,
    why_not_editable,
)
from web.contributions import CalendarEntry, Task
from web.formats import format_number

_LISTED = 4


def count_word(count: int) -> str:
    """«ingen», «ett», «to» … «tolv», then figures; of neuter nouns."""
    words = (
        *(_("ingen"), _("ett"), _("to"), _("tre"), _("fire"), _("fem"), _("seks")),
        *(_("sju"), _("åtte"), _("ni"), _("ti"), _("elleve"), _("tolv")),
    )
    return words[count] if count < len(words) else format_number(count)


def tasks_of(user: AbstractBaseUser, now: datetime) -> Iterator[Task]:
    """What waits for the user in reporting: to report, to approve for a unit or an area, to assure."""
    held = duties(user)
    assures = Permission.ASSURE_REPORT in held.permissions
    if not held.own_units and not assures:
        return
    periods = list(Period.objects.filter(opens_at__lte=now))
    seen = None if assures else held.own_units | held.units_below
    rows = list(reports_in(periods, seen)) if periods else []
    for report in rows:
        if report.place == Place.THERE and report.state != ReportState.APPROVED:
            # Answered and approved in another system: nothing waits for anybody here.
            continue
        if report.state in EDITABLE_STATES and not why_not_editable(report, now):
            if report.unit_id in held.own_units and relation(user, report.unit_id).reports:
                yield _report_task(report)
        elif report.unit_id in held.leader_units and not why_not_approvable(report):
            yield _approve_task(report)
    yield from _area_tasks(rows, held.units_below)
    if assures:
        yield from _assure_tasks(rows)
        yield from _lacking_tasks(rows, now)
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
        due=None if report.is_corrected else report.contact_due,
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
        return f"{counted} {_('Alle er bekreftet, rapporten er ikke sendt.')}"
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
        due=None if report.is_corrected else report.leader_due,
        primary=True,
    )


def _area_tasks(rows: Iterable[UnitReport], below: Collection[int]) -> Iterator[Task]:
    """One task per period for what the leaders below have approved and the area is to approve."""
    waiting = [row for row in rows if row.unit_id in below and not why_not_area_approvable(row)]
    for period, reports in _by_period(waiting).items():
        yield Task(
            title=_("Godkjenn klimarapporter for området, {period}").format(period=period),
            detail=_("Godkjent av leder: {names}.").format(names=_named(reports)),
            url=_address("area_step", reports[0]),
            button=_("Se og godkjenn"),
            due=None if reports[0].is_corrected else period.closes_at,
        )


def _by_period(reports: Iterable[UnitReport]) -> dict[Period, list[UnitReport]]:
    found: dict[Period, list[UnitReport]] = {}
    for report in reports:
        found.setdefault(report.period, []).append(report)
    return found


def _named(reports: Sequence[UnitReport]) -> str:
    """The units' names, the first few of many."""
    names = ", ".join(report.unit.name for report in reports[:_LISTED])
    more = len(reports) - _LISTED
    if more > 0:
        names = ngettext("{names} og {n} til", "{names} og {n} til", more).format(names=names, n=more)
    return names


def _assure_tasks(rows: Iterable[UnitReport]) -> Iterator[Task]:
    for period, reports in _by_period(row for row in rows if not why_not_assurable(row)).items():
        yield Task(
            title=_("Kvalitetssikre klimarapporter for {period}").format(period=period),
            detail=_("Godkjent av leder: {names}.").format(names=_named(reports)),
            url=_address("assure", reports[0])
            if len(reports) == 1
            else reverse("reporting:desk", args=[period.code]),
            button=_("Kvalitetssikre"),
        )


def _lacking_tasks(rows: Sequence[UnitReport], now: datetime) -> Iterator[Task]:
    """One task per period in which a report waits for a role nobody has."""
    open_rows = [row for row in rows if not past_close(row.period, now)]
    waiting = waiting_of(open_rows, now) if open_rows else {}
    lacking = [row for row in open_rows if waiting[row.pk].lacks_people]
    for period, reports in _by_period(lacking).items():
        yield Task(
            title=_("Noen mangler i {period}").format(period=period),
            detail=_("Ingen kan ta neste steg for {names}.").format(names=_named(reports)),
            url=reverse("publishing:progress", args=[period.code]),
            button=_("Se hvem"),
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

    A unit with more time has its own. A period that is closed has no deadlines left.
    """
    held = duties(user)
    inside = Permission.READ_INTERNAL in held.permissions
    if not held.own_units and not inside:
        return
    first = timezone.make_aware(datetime.combine(start, time.min))
    last = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    open_after = max(first, timezone.now())
    periods = list(
        Period.objects.filter(opens_at__lt=last, closes_at__gt=open_after, closed_at=None).order_by(
            "opens_at"
        )
    )
    own = UnitReport.objects.filter(period__in=periods, unit__in=held.own_units).select_related(
        "unit", "period"
    )
    reports = _by_period(own) if held.own_units and periods else {}
    for period in periods:
        mine = reports.get(period, [])
        for at, sentence in _deadlines(period, mine, everybody=inside or len(mine) == 0):
            if first <= at < last:
                yield CalendarEntry(timezone.localdate(at), sentence, reverse("publishing:index"))


def _deadlines(
    period: Period, mine: Iterable[UnitReport], *, everybody: bool
) -> Iterator[tuple[datetime, str]]:
    """(instant, sentence): the period's, where they are somebody's, and those of units with more time."""
    extended = [report for report in mine if report.extended]
    usual = everybody or any(not report.extended for report in mine)
    yield period.opens_at, _("Rapporteringen for {period} åpner").format(period=period)
    if usual:
        yield (
            period.contact_deadline,
            _("Klimarapport for {period}: frist for kontaktpersoner").format(period=period),
        )
        yield period.leader_deadline, _("Klimarapport for {period}: frist for ledere").format(period=period)
    for report in extended:
        words = {"period": period, "unit": report.unit}
        yield (
            report.contact_due,
            _("Klimarapport for {period}, {unit}: frist for kontaktpersonen").format(**words),
        )
        yield report.leader_due, _("Klimarapport for {period}, {unit}: frist for lederen").format(**words)
