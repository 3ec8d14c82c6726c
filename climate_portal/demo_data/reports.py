"""Two reporting periods: 1. tertial is finished, 2. tertial is open with deadlines counted from today."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from budget.models import ClimateBudget
from climate_portal.demo_data.chain import load_chain
from climate_portal.demo_data.following_up import (
    ELSEWHERE,
    answers_elsewhere,
    bring_in,
    decide_first,
    load_following_up,
)
from climate_portal.demo_data.messages import when_mail_goes
from climate_portal.demo_data.organisation import person
from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from publishing.enums import Audience
from publishing.jobs import publish
from reporting import actions
from reporting.actions import ProposalText, StatusAnswers
from reporting.actions.messages import tell_opened
from reporting.enums import DecisionLevel, PeriodKind, ProposalKind, Status
from reporting.models import MeasureProposal, MeasureStatus, Period, UnitReport
from strategy.models import Measure
from web.actors import DEMO

# Units that have not reported 2. tertial yet; the demo's own contacts among them.
NOT_REPORTED = ("Samferdsel, vei- og parkforvaltning", "Ernæring og kjøkkendrift", "Anskaffelser", "Byggesak")
ONLY_SUBMITTED = ("Arealplan", "IKT")
# Returned by the leader with a word about one of the measures.
RETURNED = {
    "Arrangementer og aktiv fritid": ("KL12", "Hvem har sagt ja til føringene, og når gjelder de fra?")
}
ONLY_APPROVED = ("Drammen Parkering KF",)

# When each KF's board treats its report, in days from the contacts' deadline (None: not set yet), and where
# its own report is. Invented.
BOARD: dict[str, tuple[int | None, str]] = {
    "Drammen Eiendom KF": (-3, "Eksempel: sak 26/00123, dokument 4"),
    "Drammen Drift KF": (12, "Eksempel: sak 26/00124, dokument 2"),
    "Drammen Parkering KF": (None, ""),
}

Answers = dict[str, StatusAnswers]
FIRST: Answers = {
    "T2": StatusAnswers(
        status=Status.ON_TRACK, indicator_value=Decimal(5), what_happened="Fem biler levert, resten bestilt."
    ),
    "T3": StatusAnswers(
        status=Status.ON_TRACK, indicator_value=Decimal("2.1"), what_happened="2,1 km er åpnet."
    ),
    "T12": StatusAnswers(status=Status.NOT_STARTED_PLANNED, what_happened="Oppstart er planlagt i høst."),
    "KL6": StatusAnswers(
        status=Status.DELAYED,
        what_happened="Utredningen er ikke startet.",
        cause="Oppgaven ventet på avklaring av omfang.",
        corrective_action="Vi setter av tid i høst.",
        new_date=datetime(2026, 12, 15).date(),
        decision_level=DecisionLevel.LEADER,
        decision_question="Hvem skal bruke tid på utredningen i høst?",
    ),
}
SECOND: Answers = {
    # These two stand out at Klima's desk: far above the target, and far below it.
    "T5": StatusAnswers(
        status=Status.ON_TRACK, indicator_value=Decimal(71), what_happened="Avgiften gjelder nå alle plasser."
    ),
    "T10": StatusAnswers(
        status=Status.ON_TRACK, indicator_value=Decimal(2), what_happened="To maskiner er levert."
    ),
    "T8": StatusAnswers(
        status=Status.DELAYED,
        indicator_value=Decimal(31),
        what_happened="31 av 60 ladepunkter er i drift.",
        links="https://drammen.example/ladeplan",
        cause="Nettilknytning i Svelvik er utsatt.",
        corrective_action="Vi flytter 12 punkter til et anlegg med ledig kapasitet.",
        new_date=datetime(2027, 5, 31).date(),
        delayed_share=Decimal(40),
    ),
    "T9": StatusAnswers(
        status=Status.COMPLETED, indicator_value=Decimal(0), what_happened="Siste kjel ble skiftet i juni."
    ),
    "T15": StatusAnswers(
        status=Status.DELAYED,
        indicator_value=Decimal(2),
        what_happened="To av seks brønner er boret.",
        cause="Anbudet måtte lyses ut på nytt.",
        corrective_action="Ny leverandør er valgt og starter i november.",
        new_date=datetime(2027, 3, 31).date(),
        delayed_share=Decimal(60),
        decision_level=DecisionLevel.EXECUTIVE,
        decision_question="Kan vi bruke 700 000 kroner fra neste års ramme for å ta igjen tiden?",
    ),
    "T6": StatusAnswers(
        status=Status.SHOULD_HAVE_STARTED,
        what_happened="Reguleringsplanen for Gulskogen er utsatt til over nyttår.",
        cause="Vi mangler en planlegger.",
        corrective_action="Stillingen er lyst ut, og naboplanen tar med punktet ved stasjonen.",
        new_date=datetime(2027, 8, 1).date(),
        delayed_share=Decimal(30),
        decision_level=DecisionLevel.LEADER,
        decision_question="Kan vi kjøpe planarbeidet mens stillingen står tom?",
        links="https://drammen.example/plan/gulskogen",
    ),
    "KL6": StatusAnswers(
        status=Status.ON_TRACK,
        what_happened="Utredningen er i gang og leveres før jul.",
        decision_follow_up="Én person har brukt to dager i uken på utredningen siden august.",
    ),
    "KL9": StatusAnswers(status=Status.ON_TRACK, what_happened="To piloter er i drift."),
}
NEW, END = ProposalKind.NEW, ProposalKind.END
# Unit → what it proposes in its second report: kind, title or the measure's code, reason.
PROPOSALS: dict[str, tuple[ProposalKind, str, str]] = {
    "Samferdsel, vei- og parkforvaltning": (
        NEW, "Biokull i alle nye bytrær", "Binder karbon i jorda og gjør at trærne vokser bedre.",
    ),
    "Drammen Parkering KF": (
        NEW, "Sykkelhotell i parkeringshusene", "Mange spør om trygg parkering for dyre sykler.",
    ),
    "Drammen Eiendom KF": (END, "T9", "Siste kjel er skiftet. Det er ikke mer å gjøre."),
}  # fmt: skip
USUAL = StatusAnswers(status=Status.ON_TRACK, what_happened="Vi følger planen.")


def load_reports(budget: ClimateBudget, now: datetime) -> None:
    """Open both periods against the adopted budget and report as the units would."""
    first = actions.open_period(
        by=DEMO,
        year=budget.year,
        kind=PeriodKind.FIRST_TERTIAL,
        budget=budget,
        opens_at=now - timedelta(days=150),
        contact_deadline=_end_of_day(now, 1),
        leader_deadline=_end_of_day(now, 1),
        closes_at=_end_of_day(now, 1),
    )
    tell_opened(first, when_mail_goes(now))
    for report in first.reports.select_related("unit"):
        _report(report, FIRST, until="assured")
    # The first period is over from now on: every unit was in time, and nobody can write in it any more.
    over = timezone.now()
    Period.objects.filter(pk=first.pk).update(contact_deadline=over, leader_deadline=over, closes_at=over)
    first.refresh_from_db()
    for audience in (Audience.LEADERSHIP, Audience.COMMITTEE, Audience.CHAPTER):
        publish(by=DEMO, period=first, audience=audience)
    actions.close_period(by=DEMO, period=first)
    decide_first("KL6", now)
    answers_elsewhere(Unit.objects.get(name=ELSEWHERE))
    second = actions.open_period(
        by=DEMO,
        year=budget.year,
        kind=PeriodKind.SECOND_TERTIAL,
        budget=budget,
        opens_at=now - timedelta(days=12),
        contact_deadline=_end_of_day(now, 9),
        leader_deadline=_end_of_day(now, 16),
        closes_at=_end_of_day(now, 400),
    )
    tell_opened(second, when_mail_goes(now))
    for report in second.reports.select_related("unit"):
        if report.unit.name in PROPOSALS:
            _propose(report, *PROPOSALS[report.unit.name])
        if report.unit.name in NOT_REPORTED:
            continue
        if report.unit.name == ELSEWHERE:
            bring_in(second, report, USUAL)
            continue
        until = "assured"
        if report.unit.name in ONLY_SUBMITTED or report.unit.name in RETURNED:
            until = "submitted"
        elif report.unit.name in ONLY_APPROVED:
            until = "approved"
        _report(report, SECOND, until=until)
        if report.unit.name in RETURNED:
            _give_back(report, *RETURNED[report.unit.name])
    _answer_proposal(MeasureProposal.objects.get(kind=END))
    load_following_up(second, now)
    load_chain(first, second)


def _propose(report: UnitReport, kind: ProposalKind, what: str, reason: str) -> None:
    measure = Measure.objects.get(code=what) if kind == END else None
    text = ProposalText(kind=kind, title="" if measure else what, measure=measure, reason=reason)
    actions.propose(by=_appointed(report, Role.CONTACT), report=report, text=text)


def _give_back(report: UnitReport, code: str, comment: str) -> None:
    report.refresh_from_db()
    actions.return_report(
        by=_appointed(report, Role.LEADER),
        report=report,
        version=report.version,
        comments={report.statuses.get(measure__code=code).pk: comment},
    )


def _answer_proposal(proposal: MeasureProposal) -> None:
    """Klima agrees, and leaves the measure where it is until the year is over."""
    actions.take_in_ended(
        by=person("klima"),
        proposal=proposal,
        version=proposal.version,
        state=None,
        answer="Takk! Vi fører det som gjennomført når årsrapporten er levert.",
    )


def _end_of_day(now: datetime, days: int) -> datetime:
    """The last minute of the day, Oslo time; a deadline is an instant."""
    day = timezone.localtime(now).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _report(report: UnitReport, answers: Answers, until: str) -> None:
    contact = _appointed(report, Role.CONTACT)
    leader = _appointed(report, Role.LEADER)
    for status in report.statuses.select_related("measure"):
        actions.save_status(
            by=contact, status=status, version=status.version, answers=_answers(status, answers)
        )
    report.refresh_from_db()
    if report.unit.name in BOARD:
        days, own_report = BOARD[report.unit.name]
        day = None if days is None else timezone.localdate(report.period.contact_deadline) + timedelta(days)
        report = actions.save_board(
            by=contact, report=report, version=report.version, board_date=day, own_report=own_report
        )
    actions.submit_report(by=contact, report=report, version=report.version)
    if until == "submitted":
        return
    report.refresh_from_db()
    actions.approve_report(by=leader, report=report, version=report.version, comment="")
    if until == "approved":
        return
    report.refresh_from_db()
    actions.assure_report(by=person("klima"), report=report, version=report.version)


def _answers(status: MeasureStatus, answers: Answers) -> StatusAnswers:
    return answers.get(status.measure.code, USUAL)


def _appointed(report: UnitReport, role: Role) -> User:
    return Appointment.objects.current().filter(unit=report.unit, role=role).select_related("user")[0].user
