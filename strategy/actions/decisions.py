"""Writes to the decisions register. Rooms above record a decision here, and point at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit, User
from organisation.rules import Permission, held_unit, read_duties, require
from strategy.enums import CLOSED_DECISIONS, DecisionStatus
from strategy.models import (
    DECISION_STATUS_LABELS,
    Decision,
    DecisionMeasure,
    DecisionNote,
    DecisionTransition,
    Measure,
)
from strategy.rules import may_note
from strategy.words.decision_columns import missing_words
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused, refuse

# From → to. A closed decision can be taken up again, with a reason.
ALLOWED_MOVES: dict[DecisionStatus, frozenset[DecisionStatus]] = {
    DecisionStatus.OPEN: frozenset({DecisionStatus.ONGOING, DecisionStatus.DONE, DecisionStatus.LAPSED}),
    DecisionStatus.ONGOING: frozenset({DecisionStatus.DONE, DecisionStatus.LAPSED}),
    DecisionStatus.DONE: frozenset({DecisionStatus.ONGOING}),
    DecisionStatus.LAPSED: frozenset({DecisionStatus.ONGOING}),
}
NEEDS_COMMENT = CLOSED_DECISIONS


@dataclass(frozen=True, slots=True)
class DecisionData:
    """What a decision says. Each of case number, day and unit is there, or a few words on why not."""

    body: str
    title: str
    text: str
    case_number: str = ""
    no_case_number: str = ""
    decided_on: date | None = None
    decided_when: str = ""
    unit: Unit | None = None
    no_unit: str = ""
    deadline: date | None = None
    source: str = ""
    is_example: bool = False


def record_decision(*, by: Actor, data: DecisionData, measures: Sequence[Measure] = ()) -> Decision:
    """Enter a decision in the register as open, linked to measures.

    Raises Refused and PermissionDenied; then nothing is written.
    """
    require(by, Permission.EDIT_STRATEGY)
    return enter_decision(by=by, data=data, measures=measures)


def enter_decision(*, by: Actor, data: DecisionData, measures: Sequence[Measure] = ()) -> Decision:
    """Enter a decision for a room above, whose own rules have said that `by` may make it. As open.

    Raises Refused.
    """
    with acting(by, _("Vedtak ført inn")):
        _refuse_unfit(data, before=None)
        decision = Decision.objects.create(**_fields(data))
        _link(decision, measures)
        _log(by, decision, "", DecisionStatus.OPEN, "")
        return decision


def change_decision(
    *, by: Actor, decision: Decision, data: DecisionData, measures: Sequence[Measure], version: int
) -> None:
    """Correct what the register says of a decision. Raises StaleObject, Refused, PermissionDenied."""
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Vedtak endret")):
        _refuse_unfit(data, before=decision)
        fields = _fields(data)
        # What is an example stays one: a form never decides it.
        del fields["is_example"]
        save_versioned(decision, expected=version, fields=fields)
        _link(decision, measures)


def move_decision(
    *,
    by: Actor,
    decision: Decision,
    to: DecisionStatus,
    version: int,
    comment: str = "",
    closed_on: date | None = None,
) -> None:
    """Move a decision to another status. Moving where it already stands does nothing.

    Closing, and taking up again, needs a comment; `closed_on` is today when it is not given. Raises
    StaleObject, Refused and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Vedtakets status endret")):
        now = Decision.objects.select_for_update().get(pk=decision.pk)
        before = DecisionStatus(now.status)
        if before == to:
            return
        if to not in ALLOWED_MOVES[before]:
            text = _("Vedtaket er «{before}» og kan ikke bli «{to}». Velg en annen status.").format(
                before=DECISION_STATUS_LABELS[before], to=DECISION_STATUS_LABELS[to]
            )
            raise Refused(Refusal(text, "to"))
        if not comment.strip() and (to in NEEDS_COMMENT or before in CLOSED_DECISIONS):
            text = _("Skriv kort hva som er gjort, eller hvorfor statusen endres.")
            raise Refused(Refusal(text, "comment"))
        closing = (closed_on or timezone.localdate()) if to in CLOSED_DECISIONS else None
        _refuse_closing_day(now, closing)
        save_versioned(decision, expected=version, fields={"status": to.value, "closed_on": closing})
        _log(by, decision, before, to, comment.strip())


def add_note(*, by: Actor, decision: Decision, text: str) -> None:
    """Say how a decision is being carried out. Raises Refused for an empty note, and PermissionDenied."""
    if not isinstance(by, SystemActor) and not (isinstance(by, User) and may_note(read_duties(by), decision)):
        raise PermissionDenied
    with acting(by, _("Statusmerknad til vedtak")):
        if not text.strip():
            raise Refused(Refusal(_("Skriv hvordan det går."), "text"))
        DecisionNote.objects.create(decision=decision, text=text.strip(), **actor_values("by", by))


def _refuse_unfit(data: DecisionData, before: Decision | None) -> None:
    """Everything that is wrong at once, each at its field."""
    today = timezone.localdate()
    wrong = [Refusal(sentence, name) for name, sentence in missing_words(lambda name: getattr(data, name))]
    if data.decided_on is not None and data.decided_on > today:
        wrong.append(Refusal(_("Datoen er fram i tid. Før inn vedtaket når det er gjort."), "decided_on"))
    if data.deadline and data.decided_on and data.deadline < data.decided_on:
        wrong.append(Refusal(_("Fristen er før vedtaket ble gjort. Rett en av datoene."), "deadline"))
    unit = held_unit(data.unit) if data.unit is not None else None
    kept = before is not None and unit is not None and before.unit_id == unit.pk
    if unit is not None and not kept and unit.valid_to is not None and unit.valid_to < today:
        text = _("{unit} er lagt ned. Velg en virksomhet som er i drift.").format(unit=unit.name)
        wrong.append(Refusal(text, "unit"))
    refuse(*wrong)


def _refuse_closing_day(decision: Decision, closing: date | None) -> None:
    if closing is None:
        return
    if closing > timezone.localdate():
        text = _("Datoen er fram i tid. Avslutt vedtaket når det er gjort.")
        raise Refused(Refusal(text, "closed_on"))
    if decision.decided_on and closing < decision.decided_on:
        raise Refused(Refusal(_("Datoen er før vedtaket ble gjort. Rett datoen."), "closed_on"))


def _fields(data: DecisionData) -> dict[str, object]:
    return {name: getattr(data, name) for name in data.__dataclass_fields__}


def _link(decision: Decision, measures: Sequence[Measure]) -> None:
    wanted = {measure.pk for measure in measures}
    decision.measure_links.exclude(measure__in=wanted).delete()
    there = set(decision.measure_links.values_list("measure_id", flat=True))
    for pk in sorted(wanted - there):
        DecisionMeasure.objects.create(decision=decision, measure_id=pk)


def _log(by: Actor, decision: Decision, before: str, to: DecisionStatus, comment: str) -> None:
    DecisionTransition.objects.create(
        decision=decision,
        from_status=str(before),
        to_status=to.value,
        **actor_values("by", by),
        comment=comment,
    )
