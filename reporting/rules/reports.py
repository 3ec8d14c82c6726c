"""Who may do what with a unit's report, when it may be done, and what a report must contain to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from organisation.rules import Duties, Permission, duties, read_duties
from reporting.enums import EDITABLE_STATES, NEEDS_NEW_DATE, OFF_PLAN, Place, ReportState
from reporting.models import Period, UnitReport
from reporting.rules.levels import why_not_asked
from web.actors import Actor, SystemActor
from web.formats import format_date, format_datetime
from web.names import naming


@dataclass(frozen=True, slots=True)
class Relation:
    """What a person is to a report, whatever state it is in. Without `reads` it does not exist for her."""

    reads: bool = False
    reports: bool = False
    leads: bool = False
    # Leads an area or unit above this one, and no KF is between.
    oversees: bool = False
    assures: bool = False
    reads_history: bool = False
    # What the report does to the municipality's gap: for Klima and leadership, so that an honest report
    # costs the unit nothing.
    reads_gap: bool = False


_EVERYTHING = Relation(
    reads=True,
    reports=True,
    leads=True,
    oversees=True,
    assures=True,
    reads_history=True,
    reads_gap=True,
)


def relation(by: Actor, unit_id: int) -> Relation:
    """What the actor is to the reports of a unit, for pages: appointments as read once for this request.

    Contact and deputy report; so does the leader while the unit has neither (one query more). The unit's own
    leader approves, or who stands in for her; leaders above it read. While nobody leads the unit the nearest
    leader above approves, but writes nothing for it. Nobody outside a KF approves for it.
    """
    return _EVERYTHING if isinstance(by, SystemActor) else _relation(duties(by), unit_id)


def fresh_relation(by: Actor, unit_id: int) -> Relation:
    """The same with appointments read afresh: the actions' own check."""
    if isinstance(by, SystemActor):
        return _EVERYTHING
    return _relation(read_duties(by), unit_id) if isinstance(by, User) else Relation()


def relation_with(by: Actor, held: Duties, unit_id: int) -> Relation:
    """The same with duties that are read already, as `hold_duties` does."""
    return _EVERYTHING if isinstance(by, SystemActor) else _relation(held, unit_id)


def _relation(held: Duties, unit_id: int) -> Relation:
    permissions = held.permissions
    leads = unit_id in held.approves_for
    reports = unit_id in held.contact_units or (unit_id in held.leader_units and not has_contact(unit_id))
    assures = Permission.ASSURE_REPORT in permissions
    inside = Permission.READ_INTERNAL in permissions or unit_id in held.units_below
    return Relation(
        reads=reports or leads or assures or inside,
        reports=reports,
        leads=leads,
        oversees=unit_id in held.oversees,
        assures=assures,
        reads_history=Permission.READ_HISTORY in permissions,
        reads_gap=Permission.READ_DASHBOARD in permissions,
    )


def has_contact(unit_id: int) -> bool:
    """Whether somebody is contact or deputy of the unit today."""
    return (
        Appointment.objects.current()
        .filter(unit_id=unit_id, role__in=[Role.CONTACT, Role.DEPUTY], user__is_active=True)
        .exists()
    )


def past_close(period: Period, now: datetime) -> bool:
    """Whether the units' time is out: the moment of closing has come, or Klima has closed the period."""
    return period.closed_at is not None or now >= period.closes_at


def is_frozen(report: UnitReport) -> bool:
    """Whether nothing more happens with the report: its period is closed, and it is not being corrected."""
    return report.period.closed_at is not None and not report.is_corrected


def closed_on(period: Period) -> datetime:
    """When the period closed, or was to close."""
    return period.closed_at or period.closes_at


def is_enterprise(report: UnitReport) -> bool:
    """Whether the report is a KF's, which tells of its board too."""
    return report.unit.kind == UnitKind.ENTERPRISE


def why_not_nameable(unit: Unit) -> str:
    """Why Klima cannot name who reports for the unit; empty when it can."""
    if unit.kind != UnitKind.ENTERPRISE:
        return ""
    return naming(
        _("{unit} setter opp sine egne folk. {Climate_name} kan foreslå hvem som skal rapportere."),
        unit=unit.name,
    )


def why_not_editable(report: UnitReport, now: datetime) -> str:
    """Why the unit cannot change or send its report at this moment; empty when it can."""
    period = report.period
    if report.handed_over_to_id is not None:
        return _("Tiltakene er overført til {unit}, som rapporterer om dem.").format(
            unit=report.handed_over_to
        )
    if report.place == Place.THERE:
        return _(
            "Virksomheten rapporterer i virksomhetsstyringssystemet. Svar der. "
            "Statusene blir hentet inn og vises her."
        )
    if now < period.opens_at:
        return _("Rapporteringen åpner {when}.").format(when=format_datetime(period.opens_at))
    if past_close(period, now) and not report.is_corrected:
        return naming(
            _("Rapporteringen ble lukket {when}. Ta kontakt med {climate_name} hvis noe må rettes."),
            when=format_datetime(closed_on(period)),
        )
    if report.state not in EDITABLE_STATES:
        return _("Rapporten er sendt inn og kan ikke endres nå. Be om å få den i retur hvis noe må rettes.")
    return ""


def why_not_sendable(report: UnitReport) -> str:
    """What a KF must say about its board before the report is sent; empty for other units."""
    if not is_enterprise(report) or report.board_date is not None or report.board_pending:
        return ""
    return _(
        "Fyll ut styrebehandlingen først: datoen for den, eller at den ikke er satt. "
        "Rapporten kan sendes før styret har behandlet den."
    )


def why_not_approvable(report: UnitReport) -> str:
    """Why the leader cannot approve the report now; empty when she can."""
    if is_frozen(report):
        return _frozen_sentence(report)
    if report.state == ReportState.SUBMITTED:
        return ""
    if report.state in EDITABLE_STATES:
        return _("Rapporten er ikke sendt inn ennå. Du kan godkjenne den når den er sendt inn.")
    return _("Rapporten er allerede godkjent.")


def waits_for_area(report: UnitReport) -> bool:
    """Whether the leader has approved a report that the area is to approve, and has not."""
    return report.state == ReportState.APPROVED and report.needs_area and report.area_approved_at is None


def why_not_area_approvable(report: UnitReport) -> str:
    """Why the area cannot approve the report now; empty when it can."""
    if is_frozen(report):
        return _frozen_sentence(report)
    if not report.needs_area:
        return _("Området skal ikke godkjenne denne rapporten. Den er til orientering.")
    if report.area_approved_at is not None:
        return _("Området har allerede godkjent rapporten.")
    if report.state != ReportState.APPROVED:
        return naming(_("Rapporten er ikke godkjent av {unit_leader} ennå."))
    return ""


def why_not_assurable(report: UnitReport) -> str:
    """Why Klima cannot assure the report now; empty when it can."""
    if is_frozen(report):
        return _frozen_sentence(report)
    if waits_for_area(report):
        return _("Området har ikke godkjent rapporten ennå.")
    if report.state == ReportState.APPROVED:
        return ""
    if report.state == ReportState.ASSURED:
        return _("Rapporten er allerede kvalitetssikret.")
    return naming(_("Rapporten er ikke godkjent av {unit_leader} ennå."))


def why_not_returnable(report: UnitReport, who: Relation, now: datetime) -> str:
    """Why the report cannot be returned now by somebody with this relation; empty when it can."""
    if past_close(report.period, now) and not report.is_corrected:
        return _("Rapporteringen er lukket, så virksomheten kan ikke rette rapporten.")
    if report.state == ReportState.SUBMITTED and who.leads:
        return ""
    if waits_for_area(report) and who.oversees:
        return ""
    if report.state == ReportState.APPROVED and who.assures:
        return _board_has_treated(report)
    if report.state in EDITABLE_STATES:
        return _("Rapporten er allerede hos virksomheten.")
    return _("Rapporten kan ikke returneres nå.")


def _board_has_treated(report: UnitReport) -> str:
    """Why nobody outside a KF returns its report: it answers to its board, which has seen this one."""
    if not is_enterprise(report) or report.board_date is None or report.board_date >= timezone.localdate():
        return ""
    return _(
        "Styret i foretaket behandlet rapporten {day}. Etter det kan ingen utenfor foretaket returnere den."
    ).format(day=format_date(report.board_date))


def _frozen_sentence(report: UnitReport) -> str:
    return naming(
        _("Perioden ble lukket {when}, og rapporten er fryst. {Climate_name} kan åpne den for retting."),
        when=format_datetime(closed_on(report.period)),
    )


def is_late(report: UnitReport, first_submitted_at: datetime | None) -> bool:
    """Whether the unit's first submission came after its contact's deadline, an extension included."""
    return first_submitted_at is not None and first_submitted_at > report.contact_due


class Answers(Protocol):
    """What is said about one measure: a stored status, or one on its way in."""

    @property
    def status(self) -> str: ...
    @property
    def cause(self) -> str: ...
    @property
    def corrective_action(self) -> str: ...
    @property
    def new_date(self) -> date | None: ...
    @property
    def delayed_share(self) -> Decimal | None: ...
    @property
    def decision_level(self) -> str: ...
    @property
    def decision_question(self) -> str: ...
    @property
    def decision_follow_up(self) -> str: ...


def not_confirmed() -> str:
    """What is said of an answer nobody has stood behind in this period, or since it was returned."""
    return _("Bekreft svaret, eller rett det, før rapporten sendes.")


def missing_answers(
    answers: Answers, period_year: int, unit: Unit, *, decided: bool = False
) -> Iterator[tuple[str, str]]:
    """(field, sentence) for each thing that must be answered before the report can be sent by the unit.

    `decided`: an earlier report asked for a decision, and it has been made.
    """
    if not answers.status:
        yield "status", _("Velg hvordan tiltaket ligger an.")
    if answers.status in OFF_PLAN:
        if not answers.cause.strip():
            yield "cause", _("Skriv hva som er årsaken.")
        if not answers.corrective_action.strip():
            yield "corrective_action", _("Skriv hva dere gjør.")
        if answers.status in NEEDS_NEW_DATE and answers.new_date is None:
            yield (
                "new_date",
                _("Skriv når det er tatt igjen, for eksempel 31.05.{year}.").format(year=period_year + 1),
            )
    # A date before the year of the report has been caught up already, and gives no delay to count.
    if answers.new_date is not None and answers.new_date.year < period_year:
        yield "new_date", _("Skriv en dato i {year} eller senere.").format(year=period_year)
    if answers.decision_level and not answers.decision_question.strip():
        yield "decision_question", _("Skriv hva dere ber om at blir avgjort.")
    if answers.decision_question.strip() and not answers.decision_level:
        yield "decision_level", _("Velg hvem som skal avgjøre.")
    if sentence := why_not_asked(unit, answers.decision_level):
        yield "decision_level", sentence
    if decided and not answers.decision_follow_up.strip():
        yield "decision_follow_up", _("Skriv hva som er gjort med beslutningen.")
