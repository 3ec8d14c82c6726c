"""Two reporting periods: 1. tertial is finished, 2. tertial is open, half of it reported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from budget.models import ClimateBudget
from climate_portal.demo_data.chain import load_chain
from climate_portal.demo_data.dates import DemoDates, PeriodDates, board_date
from climate_portal.demo_data.following_up import (
    ELSEWHERE,
    answers_elsewhere,
    bring_in,
    decide_first,
    load_following_up,
)
from climate_portal.demo_data.organisation import person
from organisation.enums import Role
from organisation.models import Appointment, Unit, User
from publishing.enums import Audience
from publishing.jobs import publish
from reporting.actions.enterprises import save_board
from reporting.actions.periods import close_period, open_period
from reporting.actions.proposals import ProposalText, propose, take_in_ended
from reporting.actions.reports import (
    StatusAnswers,
    approve_report,
    assure_report,
    return_report,
    save_status,
    submit_report,
)
from reporting.actions.settings import SettingsAnswers, save_settings
from reporting.enums import DecisionLevel, PeriodKind, Place, ProposalKind, Status
from reporting.models import MeasureProposal, MeasureStatus, Period, UnitReport
from reporting.queries.settings import reporting_settings
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
        new_date=date(2026, 12, 15),
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
        new_date=date(2027, 5, 31),
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
        new_date=date(2027, 3, 31),
        delayed_share=Decimal(60),
        decision_level=DecisionLevel.BOARD,
        decision_question="Kan vi bruke 700 000 kroner fra neste års ramme for å ta igjen tiden?",
    ),
    "T6": StatusAnswers(
        status=Status.SHOULD_HAVE_STARTED,
        what_happened="Reguleringsplanen for Gulskogen er utsatt til over nyttår.",
        cause="Vi mangler en planlegger.",
        corrective_action="Stillingen er lyst ut, og naboplanen tar med punktet ved stasjonen.",
        new_date=date(2027, 8, 1),
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


def load_reports(budget: ClimateBudget, dates: DemoDates) -> None:
    """Open both periods against the adopted budget and report as the units would."""
    _remind(dates.first_reminder_days)
    first = _open(budget, PeriodKind.FIRST_TERTIAL, dates.first)
    for report in first.reports.select_related("unit"):
        _report(report, FIRST, dates.first, until="assured")
    for audience in (Audience.LEADERSHIP, Audience.COMMITTEE, Audience.CHAPTER):
        publish(by=DEMO, period=first, audience=audience)
    first = close_period(by=DEMO, period=first, at=dates.first.closes_at)
    decide_first("KL6", dates)
    answers_elsewhere(Unit.objects.get(name=ELSEWHERE))
    second = _open(budget, PeriodKind.SECOND_TERTIAL, dates.second)
    _report_second(second, dates.second)
    _answer_proposal(MeasureProposal.objects.get(kind=END))
    load_following_up(second, dates)
    load_chain(first, second, dates)


def _remind(days: int) -> None:
    """So long before the deadlines, where that is not the usual."""
    usual = reporting_settings()
    if days != usual.first_reminder_days:
        answers = SettingsAnswers(
            place=Place(usual.place),
            area_approves=usual.area_approves,
            first_reminder_days=days,
            second_reminder_days=usual.second_reminder_days,
        )
        save_settings(by=DEMO, version=usual.version, answers=answers, places={})


def _open(budget: ClimateBudget, kind: PeriodKind, dates: PeriodDates) -> Period:
    return open_period(
        by=DEMO,
        year=budget.year,
        kind=kind,
        budget=budget,
        opens_at=dates.opens_at,
        contact_deadline=dates.contact_deadline,
        leader_deadline=dates.leader_deadline,
        closes_at=dates.closes_at,
        at=dates.opens_at,
    )


def _report_second(period: Period, dates: PeriodDates) -> None:
    for report in period.reports.select_related("unit"):
        if report.unit.name in PROPOSALS:
            _propose(report, *PROPOSALS[report.unit.name])
        if report.unit.name in NOT_REPORTED:
            continue
        if report.unit.name == ELSEWHERE:
            bring_in(period, report, USUAL)
            continue
        until = "assured"
        if report.unit.name in ONLY_SUBMITTED or report.unit.name in RETURNED:
            until = "submitted"
        elif report.unit.name in ONLY_APPROVED:
            until = "approved"
        _report(report, SECOND, dates, until=until)
        if report.unit.name in RETURNED:
            _give_back(report, *RETURNED[report.unit.name], dates)


def _propose(report: UnitReport, kind: ProposalKind, what: str, reason: str) -> None:
    measure = Measure.objects.get(code=what) if kind == END else None
    text = ProposalText(kind=kind, title="" if measure else what, measure=measure, reason=reason)
    propose(by=_appointed(report, Role.CONTACT), report=report, text=text)


def _give_back(report: UnitReport, code: str, comment: str, dates: PeriodDates) -> None:
    report.refresh_from_db()
    return_report(
        by=_appointed(report, Role.LEADER),
        report=report,
        version=report.version,
        comments={report.statuses.get(measure__code=code).pk: comment},
        at=dates.returned_at,
    )


def _answer_proposal(proposal: MeasureProposal) -> None:
    """Klima agrees, and leaves the measure where it is until the year is over."""
    take_in_ended(
        by=person("klima"),
        proposal=proposal,
        version=proposal.version,
        state=None,
        answer="Takk! Vi fører det som gjennomført når årsrapporten er levert.",
    )


def _report(report: UnitReport, answers: Answers, dates: PeriodDates, until: str) -> None:
    contact, sent = _appointed(report, Role.CONTACT), dates.submitted_at
    for status in report.statuses.select_related("measure"):
        said = _answers(status, answers)
        save_status(by=contact, status=status, version=status.version, answers=said, at=sent)
    report.refresh_from_db()
    if report.unit.name in BOARD:
        days, own_report = BOARD[report.unit.name]
        day = None if days is None else board_date(dates.contact_deadline, days)
        report = save_board(
            by=contact, report=report, version=report.version, board_date=day, own_report=own_report, at=sent
        )
    submit_report(by=contact, report=report, version=report.version, at=sent)
    if until == "submitted":
        return
    report.refresh_from_db()
    leader = _appointed(report, Role.LEADER)
    approve_report(by=leader, report=report, version=report.version, at=dates.approved_at)
    if until == "approved":
        return
    report.refresh_from_db()
    assure_report(by=person("klima"), report=report, version=report.version, at=dates.assured_at)


def _answers(status: MeasureStatus, answers: Answers) -> StatusAnswers:
    return answers.get(status.measure.code, USUAL)


def _appointed(report: UnitReport, role: Role) -> User:
    return Appointment.objects.current().filter(unit=report.unit, role=role).select_related("user")[0].user
