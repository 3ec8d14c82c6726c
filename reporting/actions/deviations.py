"""Deviations: opened and kept up to date by approvals, decided and closed by people."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit, User
from organisation.rules import hold_units
from reporting.enums import LEADER_APPROVED_STATES, DecisionLevel, DeviationState
from reporting.models import Deviation, MeasureStatus, UnitReport
from reporting.queries.delays import estimate_of
from reporting.rules.deviations import fresh_deviation_access, level_words, why_not_decidable
from strategy.actions.decisions import DecisionData, enter_decision
from strategy.enums import DecisionBody
from strategy.models import Decision
from web.actor_columns import actor_values, is_actor
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.names import naming
from web.refusals import Closed, Refusal, Refused

_BODIES = {
    DecisionLevel.LEADER: DecisionBody.OTHER,
    DecisionLevel.MIDDLE: DecisionBody.OTHER,
    DecisionLevel.DIRECTOR: DecisionBody.OTHER,
    DecisionLevel.BOARD: DecisionBody.ENTERPRISE_BOARD,
    DecisionLevel.EXECUTIVE: DecisionBody.LEADERSHIP,
    DecisionLevel.COUNCIL: DecisionBody.COUNCIL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionGiven:
    """What was decided. The council's decision has a case number; another may have been made without."""

    text: str
    decided_on: date
    case_number: str = ""
    deadline: date | None = None


def hold_decisions(measure_ids: Iterable[int]) -> bool:
    """Keeps what the measures' open deviations have had decided as it is; False when there are none.

    Belongs in the transaction that sends a report: what the form was held against is what the trigger sees.
    """
    # The report is locked already. Then the deviations by measure, as `follow_deviations` does, and their
    # decisions by id: two units that send at once take what they share in one order. Who records a decision
    # locks the deviation first too.
    rows = Deviation.objects.select_for_update(no_key=True).filter(
        measure_id__in=list(measure_ids), state=DeviationState.OPEN
    )
    found = list(rows.order_by("measure_id"))
    made = [one.decision_id for one in found if one.decision_id]
    if made:
        list(Decision.objects.select_for_update(no_key=True).filter(pk__in=made).order_by("pk"))
    return bool(found)


def follow_deviations(report: UnitReport) -> None:
    """What an approved report means for its measures' deviations. Belongs in the approval's transaction.

    A measure off plan opens a deviation or brings its open one up to date. One on plan again is only
    remembered as such: people close. A report of an earlier period than what has been approved since says
    nothing about how things stand.
    """
    statuses = list(
        report.statuses.select_related("measure", "line")
        .prefetch_related("line__effects")
        .order_by("measure_id")
    )
    ids = [status.measure_id for status in statuses]
    overtaken = set(
        MeasureStatus.objects.filter(
            measure_id__in=ids,
            report__state__in=sorted(LEADER_APPROVED_STATES),
            report__period__opens_at__gt=report.period.opens_at,
        ).values_list("measure_id", flat=True)
    )
    rows = Deviation.objects.select_for_update(no_key=True).filter(
        measure_id__in=ids, state=DeviationState.OPEN
    )
    found = {row.measure_id: row for row in rows.order_by("measure_id")}
    for status in statuses:
        if status.measure_id in overtaken:
            continue
        deviation = found.get(status.measure_id)
        if status.off_plan:
            _tell(deviation or _open(report, status), report, status)
        elif deviation is not None:
            save_versioned(deviation, expected=deviation.version, fields={"status": status})


def _open(report: UnitReport, status: MeasureStatus) -> Deviation:
    try:
        with transaction.atomic():
            return Deviation.objects.create(
                measure=status.measure,
                unit=report.unit,
                line=status.line,
                status=status,
                cause=status.cause,
                corrective_action=status.corrective_action,
                due_on=status.new_date,
            )
    except IntegrityError as error:
        if "deviation_open_once" not in str(error):
            raise
        # Somebody took an earlier one up again in the same moment.
        rows = Deviation.objects.select_for_update(no_key=True)
        return rows.get(measure_id=status.measure_id, state=DeviationState.OPEN)


def _tell(deviation: Deviation, report: UnitReport, status: MeasureStatus) -> None:
    estimate = estimate_of(status, report.period)
    fields: dict[str, Any] = {
        "status": status,
        "unit": report.unit,
        "line": status.line,
        "cause": status.cause,
        "corrective_action": status.corrective_action,
        "due_on": status.new_date or deviation.due_on,
        "tonnes_at_stake": estimate.tonnes if estimate else None,
    }
    asked = (status.decision_level, status.decision_question)
    # The same question again is still the one that was decided; silence takes no question back.
    if status.decision_level and asked != (deviation.decision_level, deviation.decision_question):
        fields |= {
            "decision_level": status.decision_level,
            "decision_question": status.decision_question,
            "decision": None,
        }
    save_versioned(deviation, expected=deviation.version, fields=fields)


def plan_deviation(
    *, by: Actor, deviation: Deviation, version: int, owner: User | None, due_on: date | None
) -> Deviation:
    """Klima or the unit's leader says who sees to it, and by when.

    Raises PermissionDenied, StaleObject, and Refused when the deviation is closed.
    """
    with acting(by, _("Satte ansvarlig og dato for avviket")):
        fresh = _managed(by, deviation)
        if fresh.state != DeviationState.OPEN:
            raise Closed(_("Avviket er lukket. Åpne det igjen hvis det må følges opp."))
        save_versioned(fresh, expected=version, fields={"owner": owner, "due_on": due_on})
        return fresh


def close_deviation(*, by: Actor, deviation: Deviation, version: int, reason: str) -> Deviation:
    """Klima or the unit's leader closes it, with a reason. Closing what she has just closed does nothing.

    Raises PermissionDenied, StaleObject, and Refused without a reason or when it is closed already.
    """
    with acting(by, _("Lukket avviket")):
        fresh = _managed(by, deviation)
        text = reason.strip()
        if fresh.state == DeviationState.CLOSED:
            if is_actor(fresh, by, "closed_by") and fresh.closing_reason == text:
                return fresh
            raise Closed(_("Avviket er allerede lukket."))
        if not text:
            raise Refused(Refusal(_("Skriv hvorfor avviket kan lukkes."), field="reason"))
        fields = {
            "state": DeviationState.CLOSED,
            "closed_at": timezone.now(),
            **actor_values("closed_by", by),
            "closing_reason": text,
        }
        save_versioned(fresh, expected=version, fields=fields)
        return fresh


def reopen_deviation(*, by: Actor, deviation: Deviation, version: int) -> Deviation:
    """Takes a closed deviation up again. Raises PermissionDenied, StaleObject and Refused."""
    with acting(by, _("Åpnet avviket igjen")):
        fresh = _managed(by, deviation)
        if fresh.state == DeviationState.OPEN:
            return fresh
        fields = {
            "state": DeviationState.OPEN,
            "closed_at": None,
            **actor_values("closed_by", None),
            "closing_reason": "",
        }
        try:
            with transaction.atomic():
                save_versioned(fresh, expected=version, fields=fields)
        except IntegrityError as error:
            if "deviation_open_once" not in str(error):
                raise
            raise Closed(_("Tiltaket har et nyere avvik som er åpent. Følg opp det.")) from error
        return fresh


def decide_deviation(*, by: Actor, deviation: Deviation, version: int, given: DecisionGiven) -> Decision:
    """The level that was asked has decided: entered in the decisions register, and linked to the deviation.

    The same decision sent again gives the one that stands. Raises PermissionDenied, StaleObject, and
    Refused, at the field the register refuses.
    """
    with acting(by, _("Førte inn beslutningen i avviket")):
        # The unit is to carry it out: before the deviation, as whoever closes the unit takes them.
        hold_units([deviation.unit_id])
        fresh = _locked(deviation)
        if not fresh_deviation_access(by, fresh).decides:
            raise PermissionDenied
        stands = fresh.decision
        if stands is not None and (stands.text, stands.decided_on) == (given.text, given.decided_on):
            return stands
        if sentence := why_not_decidable(fresh):
            raise Closed(sentence)
        if fresh.version != version:
            raise StaleObject(fresh)
        level = DecisionLevel(fresh.decision_level)
        if level == DecisionLevel.COUNCIL and not given.case_number:
            raise Refused(
                Refusal(naming(_("Skriv saksnummeret til {councils} vedtak.")), field="case_number")
            )
        decision = enter_decision(by=by, data=_register_entry(fresh, given), measures=[fresh.measure])
        save_versioned(fresh, expected=version, fields={"decision": decision})
        return decision


def _register_entry(deviation: Deviation, given: DecisionGiven) -> DecisionData:
    level = DecisionLevel(deviation.decision_level)
    unit: Unit = deviation.unit
    closed = unit.valid_to is not None and unit.valid_to < timezone.localdate()
    return DecisionData(
        body=_BODIES[level],
        title=_("Avvik i {code}: {question}").format(
            code=deviation.measure.code, question=deviation.decision_question
        )[:200],
        text=given.text,
        case_number=given.case_number,
        no_case_number="" if given.case_number else _("Avgjort i linjen, uten egen sak."),
        decided_on=given.decided_on,
        unit=None if closed else unit,
        no_unit=_("{unit} er lagt ned.").format(unit=unit.name)[:160] if closed else "",
        deadline=given.deadline,
        source=_("Klimarapport for {period}, {unit}. Avgjort av {level}.").format(
            period=deviation.status.report.period, unit=unit.name, level=level_words(level)
        )[:300],
        is_example=deviation.measure.is_example,
    )


def _locked(deviation: Deviation) -> Deviation:
    rows = Deviation.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("measure", "unit", "decision", "status__report__period").get(pk=deviation.pk)


def _managed(by: Actor, deviation: Deviation) -> Deviation:
    """The deviation as it is, held until the transaction ends, if `by` manages it."""
    fresh = _locked(deviation)
    if not fresh_deviation_access(by, fresh).manages:
        raise PermissionDenied
    return fresh
