"""The words people read for the codes of reporting."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from reporting.enums import (
    CheckItem,
    CommentStep,
    DecisionLevel,
    DeviationState,
    LogKind,
    MessageKind,
    PeriodKind,
    PeriodStepKind,
    Place,
    ProposalKind,
    ProposalState,
    ReportState,
    Status,
)
from web.names import name_of, naming

PERIOD_KIND_LABELS = {
    PeriodKind.FIRST_TERTIAL: _("1. tertial"),
    PeriodKind.SECOND_TERTIAL: _("2. tertial"),
    PeriodKind.ANNUAL: _("årsrapport"),
}
REPORT_STATE_LABELS = {
    ReportState.DRAFT: _("Under arbeid"),
    ReportState.SUBMITTED: naming(_("Til godkjenning hos {unit_leader_title}")),
    ReportState.APPROVED: _("Godkjent av leder"),
    ReportState.ASSURED: naming(_("Kvalitetssikret av {climate_name}")),
    ReportState.RETURNED: _("Returnert"),
}
STATUS_LABELS = {
    Status.NOT_STARTED_PLANNED: _("Ikke startet, etter plan"),
    Status.SHOULD_HAVE_STARTED: _("Skulle vært i gang"),
    Status.ON_TRACK: _("I rute"),
    Status.DELAYED: _("Forsinket"),
    Status.STOPPED: _("Stoppet"),
    Status.POSTPONED: _("Utsatt, vedtatt"),
    Status.COMPLETED: _("Gjennomført"),
}
DECISION_LEVEL_LABELS = {
    DecisionLevel.LEADER: name_of("unit_leader"),
    DecisionLevel.MIDDLE: name_of("middle_leader"),
    DecisionLevel.DIRECTOR: name_of("director"),
    DecisionLevel.BOARD: _("styret i foretaket"),
    DecisionLevel.EXECUTIVE: name_of("leadership"),
    DecisionLevel.COUNCIL: name_of("council"),
}
PLACE_LABELS = {
    Place.HERE: _("her i portalen"),
    Place.THERE: _("i virksomhetsstyringssystemet"),
}
LOG_KIND_LABELS = {
    LogKind.AREA_APPROVED: _("Godkjent av området"),
    LogKind.MEASURE_ADDED: _("Tiltak lagt til"),
    LogKind.MOVED_IN: _("Tiltak flyttet hit"),
    LogKind.MOVED_OUT: _("Tiltak flyttet herfra"),
    LogKind.HANDED_OVER: _("Overført til en annen virksomhet"),
    LogKind.SET_UP: _("Innstillinger endret"),
    LogKind.REPORTER_NAMED: _("Utpekt til å rapportere"),
    LogKind.CORRECTION_OPENED: _("Åpnet for retting"),
    LogKind.CORRECTION_WITHDRAWN: _("Rettingen trukket"),
}
COMMENT_STEP_LABELS = {
    CommentStep.LEADER: name_of("unit_leader_title"),
    CommentStep.AREA: _("område"),
    CommentStep.CLIMATE: name_of("climate_name"),
}
PERIOD_STEP_LABELS = {
    PeriodStepKind.PLAN_LINKS: _("Kobling til økonomiplanen"),
    PeriodStepKind.MONEY: _("Kontroll av pengene"),
    PeriodStepKind.CHAPTER: _("Klimakapitlet i tertialrapporten"),
}
# What is done when the step is.
PERIOD_STEP_MEANINGS = {
    PeriodStepKind.PLAN_LINKS: _("Hver linje i klimabudsjettet har en rad i økonomiplanen."),
    PeriodStepKind.MONEY: _("Regnskapstallene er importert og kontrollert mot radene."),
    PeriodStepKind.CHAPTER: _("Klimakapitlet er satt sammen og lagt i tertialrapporten."),
}
PROPOSAL_KIND_LABELS = {
    ProposalKind.NEW: _("Nytt tiltak"),
    ProposalKind.END: _("Tiltaket er avsluttet"),
}
PROPOSAL_STATE_LABELS = {
    ProposalState.OPEN: _("Ikke behandlet"),
    ProposalState.ACCEPTED: _("Tatt inn"),
    ProposalState.DECLINED: _("Ikke tatt inn"),
}
DEVIATION_STATE_LABELS = {
    DeviationState.OPEN: _("Åpent"),
    DeviationState.CLOSED: _("Lukket"),
}
CHECK_ITEM_LABELS = {
    CheckItem.CONTACT: _("Virksomheten har kontaktperson"),
    CheckItem.INDICATOR: _("Tiltaket har en resultatindikator med måltall"),
    CheckItem.MILESTONE: _("Tiltaket har en milepæl det neste året"),
    CheckItem.BUDGET_LINE: _("Tiltaket har en linje i klimabudsjettet"),
}
# What the unit can do about a point that is not in place.
CHECK_ITEM_MENDS = {
    CheckItem.CONTACT: _("Se hvem som har roller"),
    CheckItem.INDICATOR: _("Legg inn indikator"),
    CheckItem.MILESTONE: _("Legg inn milepæl"),
    CheckItem.BUDGET_LINE: _("Se virksomhetens linjer"),
}
# Of the leaders' yearly part, in the form's order: the field, what stands above its column, and the question.
FOLLOW_UP_FIELDS = (
    ("anchoring", _("Forankring"), _("Hvordan er klimastrategien forankret i planene deres?")),
    ("own_actions", _("Egne grep"), _("Hvilke egne grep har dere tatt?")),
    ("competence", _("Kompetanse"), _("Hva gjør dere for at folk har klimakompetansen de trenger?")),
    ("asks", _("Ber om"), _("Hva ber du om for å komme videre, og av hvem?")),
)
MESSAGE_KIND_LABELS = {
    MessageKind.OPENED: _("Rapporteringen er åpen"),
    MessageKind.FIRST_REMINDER: _("Første påminnelse"),
    MessageKind.SECOND_REMINDER: _("Andre påminnelse"),
    MessageKind.DEADLINE_DAY: _("Fristen er i dag"),
    MessageKind.OVERDUE: _("Fristen er gått ut"),
    MessageKind.EXTENDED: _("Utsatt frist"),
    MessageKind.RECEIPT: _("Kvittering"),
    MessageKind.RETURNED: _("Rapporten er returnert"),
    MessageKind.ASSURED: _("Rapporten er kvalitetssikret"),
    MessageKind.REPORT_MISSING: _("Til leder: rapporten mangler"),
    MessageKind.WAITS: _("Til leder: venter på godkjenning"),
    MessageKind.LEADER_REMINDER: _("Til leder: påminnelse om godkjenning"),
    MessageKind.LEADER_OVERDUE: _("Til leder: fristen for godkjenning er gått ut"),
    MessageKind.WAITS_FOR_AREA: _("Til området: venter på godkjenning"),
    MessageKind.ESCALATED: _("Til leder over: rapporten mangler"),
    MessageKind.DIGEST: naming(_("Ukens oppsummering til {climate_name}")),
}


def decision_level_choices() -> list[tuple[str, Any]]:
    """A function, so that no migration holds what a body was called; the migrations name it."""
    return [(level.value, DECISION_LEVEL_LABELS[level]) for level in DecisionLevel]


def report_state_choices() -> list[tuple[str, Any]]:
    return [(state.value, REPORT_STATE_LABELS[state]) for state in ReportState]


def comment_step_choices() -> list[tuple[str, Any]]:
    return [(step.value, COMMENT_STEP_LABELS[step]) for step in CommentStep]


def message_kind_choices() -> list[tuple[str, Any]]:
    return [(kind.value, MESSAGE_KIND_LABELS[kind]) for kind in MessageKind]
