"""Units: made, and changed from a day: a new name, a new place, closed, or handed over whole."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.people import checked_name
from organisation.enums import UnitChangeKind, UnitChangeState, UnitKind
from organisation.models import Appointment, Unit, UnitChange
from organisation.rules import Permission, require
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.contributions import Holder, HoldingGoes, collect, holding
from web.formats import format_date
from web.refusals import Closed, Refusal, Refused


def create_unit(
    *, by: Actor, name: str, kind: UnitKind | str, parent: Unit | None, valid_from: date | None = None
) -> Unit:
    """A new unit from a day (default today). Raises PermissionDenied, and Refused for a name in use."""
    require(by, Permission.MANAGE_ORGANISATION)
    since = valid_from or timezone.localdate()
    name = checked_name(name)
    with acting(by, _("Virksomhet opprettet")):
        locked_tree()
        _refuse_name_in_use(name, since)
        _refuse_parent(None, parent, since)
        return Unit.objects.create(name=name, kind=UnitKind(kind), parent=parent, valid_from=since)


def plan_change(
    *,
    by: Actor,
    unit: Unit,
    kind: UnitChangeKind | str,
    on: date,
    name: str = "",
    parent: Unit | None = None,
    successor: Unit | None = None,
) -> UnitChange:
    """Changes a unit from a day: at once when the day is here, else a job does it on the day.

    What could not be done today is refused today, with the reasons. Raises PermissionDenied, Refused, and
    Closed for a unit that is not there any more.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    kind = UnitChangeKind(kind)
    change = UnitChange(
        kind=kind,
        unit=unit,
        on=on,
        name=checked_name(name) if kind == UnitChangeKind.RENAME else "",
        parent=parent if kind == UnitChangeKind.MOVE else None,
        successor=successor if kind in (UnitChangeKind.CLOSE, UnitChangeKind.HAND_ALL) else None,
        **actor_values("planned_by", by),
    )
    with acting(by, str(change.get_kind_display())):
        locked_tree()
        _refuse_change(change)
        _save_planned(change)
        if on <= timezone.localdate():
            _carry_out(change, by)
    return change


def cancel_change(*, by: Actor, change: UnitChange, expected: int) -> None:
    """A change that has not been carried out is not to be. Raises PermissionDenied, StaleObject, Closed."""
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("Endring av virksomhet avlyst")):
        if change.state not in (UnitChangeState.PLANNED, UnitChangeState.STOPPED):
            raise Closed(_("Endringen er gjennomført eller avlyst."))
        save_versioned(change, expected=expected, fields={"state": UnitChangeState.CANCELLED})


def carry_out_due_changes(*, by: Actor, today: date | None = None) -> int:
    """The changes whose day has come, the oldest first, each by itself; gives how many were carried out.

    One that cannot be carried out is marked with the reason, and is tried again when somebody plans it anew.
    """
    today, done = today or timezone.localdate(), 0
    due = UnitChange.objects.filter(state=UnitChangeState.PLANNED, on__lte=today).order_by("on", "pk")
    for pk in list(due.values_list("pk", flat=True)):
        try:
            with acting(by, _("Planlagt endring av virksomhet")):
                locked_tree()
                change = UnitChange.objects.select_for_update(of=("self",)).get(pk=pk)
                if change.state != UnitChangeState.PLANNED:
                    continue
                _refuse_change(change)
                _carry_out(change, by)
                done += 1
        except Refused as refused:
            _stop(by, pk, str(refused))
    return done


def _stop(by: Actor, pk: int, why: str) -> None:
    with acting(by, _("Planlagt endring kunne ikke gjennomføres")):
        change = UnitChange.objects.select_for_update().get(pk=pk)
        if change.state == UnitChangeState.PLANNED:
            fields = {"state": UnitChangeState.STOPPED, "stopped_because": why}
            save_versioned(change, expected=change.version, fields=fields)


def _save_planned(change: UnitChange) -> None:
    try:
        with transaction.atomic():
            change.save()
    except IntegrityError as error:
        if "unit_change_one_of_a_kind_planned" not in str(error):
            raise
        raise Refused(
            _("Det er allerede planlagt en slik endring for {unit}. Avlys den først.").format(
                unit=change.unit.name
            )
        ) from error


def _carry_out(change: UnitChange, by: Actor) -> None:
    """Does it, in the caller's transaction, with the tree locked."""
    unit = Unit.objects.get(pk=change.unit_id)
    if change.kind in (UnitChangeKind.CLOSE, UnitChangeKind.HAND_ALL) and change.successor_id is not None:
        hand_all(by=by, unit=unit, successor_id=change.successor_id, on=change.on)
    fields: dict[str, object] = {}
    if change.kind == UnitChangeKind.RENAME:
        fields = {"name": change.name}
    elif change.kind == UnitChangeKind.MOVE:
        fields = {"parent": change.parent}
    elif change.kind == UnitChangeKind.CLOSE:
        fields = {"valid_to": change.on - timedelta(days=1)}
        _end_its_roles(unit, change.on - timedelta(days=1))
    if fields:
        save_versioned(unit, expected=unit.version, fields=fields)
    save_versioned(
        change, expected=change.version, fields={"state": UnitChangeState.DONE, "done_at": timezone.now()}
    )


def hand_all(*, by: Actor, unit: Unit, successor_id: int, on: date) -> None:
    """Moves all that hangs on a unit to another, room by room in the rooms' order; one transaction.

    Raises Refused when a room says it cannot be moved.
    """
    with acting(by, _("Alt flyttet til en annen virksomhet")):
        for held in collect(holding, Holder(unit=unit.pk), on):
            if held.goes == HoldingGoes.TO_SUCCESSOR and held.move is not None:
                held.move(by, successor_id, on)


def _end_its_roles(unit: Unit, last_day: date) -> None:
    """Nobody is contact or leader of what is no more; the rows stay, with their last day."""
    Appointment.objects.filter(unit=unit, valid_from__gt=last_day).delete()
    for appointment in Appointment.objects.valid_on(last_day + timedelta(days=1)).filter(unit=unit):
        save_versioned(appointment, expected=appointment.version, fields={"valid_to": last_day})


def locked_tree() -> None:
    """One change of the tree at a time: two moves that are each fine could make a circle together.

    Rows, not the table: who reads and reports is not in the way. New units come after by the lock on the
    top ones, in the order of keys.
    """
    list(Unit.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def _refuse_change(change: UnitChange) -> None:
    unit = Unit.objects.get(pk=change.unit_id)
    if unit.valid_to is not None and unit.valid_to < change.on:
        raise Closed(
            _("{unit} er lagt ned etter {day}.").format(unit=unit.name, day=format_date(unit.valid_to))
        )
    if change.on < unit.valid_from or (change.kind == UnitChangeKind.CLOSE and change.on == unit.valid_from):
        raise Refused(
            Refusal(
                _("{unit} finnes fra {day}. Velg en senere dag.").format(
                    unit=unit.name, day=format_date(unit.valid_from)
                ),
                field="on",
            )
        )
    _REFUSALS[UnitChangeKind(change.kind)](change, unit)


def _refuse_rename(change: UnitChange, unit: Unit) -> None:
    if change.name == unit.name:
        raise Refused(Refusal(_("Navnet er det samme som før."), field="name"))
    _refuse_name_in_use(change.name, change.on, but=unit)


def _refuse_move(change: UnitChange, unit: Unit) -> None:
    if change.parent_id == unit.parent_id:
        raise Refused(Refusal(_("Virksomheten hører til der allerede."), field="parent"))
    _refuse_parent(unit, change.parent, change.on)


def _refuse_close(change: UnitChange, unit: Unit) -> None:
    below = Unit.objects.valid_on(change.on).filter(parent=unit).order_by("name")
    if names := [one.name for one in below]:
        raise Refused(
            _("Under {unit} ligger {names}. Flytt dem eller legg dem ned først.").format(
                unit=unit.name, names=", ".join(names)
            )
        )
    _refuse_successor(change, unit)
    refuse_what_cannot_move(change, unit)


def _refuse_hand_all(change: UnitChange, unit: Unit) -> None:
    _refuse_successor(change, unit)
    refuse_what_cannot_move(change, unit)


_REFUSALS = {
    UnitChangeKind.RENAME: _refuse_rename,
    UnitChangeKind.MOVE: _refuse_move,
    UnitChangeKind.CLOSE: _refuse_close,
    UnitChangeKind.HAND_ALL: _refuse_hand_all,
}


def _refuse_successor(change: UnitChange, unit: Unit) -> None:
    if change.successor is None:
        return
    there = change.successor
    if there.pk == unit.pk:
        raise Refused(Refusal(_("Velg en annen virksomhet enn den selv."), field="successor"))
    if there.valid_from > change.on or (there.valid_to is not None and there.valid_to < change.on):
        raise Refused(
            Refusal(
                _("{unit} finnes ikke {day}. Velg en annen.").format(
                    unit=there.name, day=format_date(change.on)
                ),
                field="successor",
            )
        )
    if there.kind == UnitKind.AREA:
        raise Refused(
            Refusal(_("Et område er et ledernivå, og kan ikke svare for tiltak."), field="successor")
        )


def refuse_what_cannot_move(change: UnitChange, unit: Unit) -> None:
    """What hangs on the unit must have somewhere to go, and be such that it may go."""
    held = collect(holding, Holder(unit=unit.pk), change.on)
    # What somebody takes over no longer blocks; what nobody can take over still does.
    stands = [one for one in held if one.blocks and (change.successor is None or one.move is None)]
    reasons = [Refusal(one.blocks, url=one.url) for one in stands]
    left = [one.sentence for one in held if one.goes == HoldingGoes.TO_SUCCESSOR]
    if change.successor is None and left and not reasons:
        reasons.append(
            Refusal(
                _("På {unit} står {things}. Velg hvem som overtar.").format(
                    unit=unit.name, things=", ".join(left)
                ),
                field="successor",
            )
        )
    if reasons:
        raise Refused(*reasons)


def _refuse_parent(unit: Unit | None, parent: Unit | None, on: date) -> None:
    if parent is None:
        return
    if parent.valid_from > on or (parent.valid_to is not None and parent.valid_to < on):
        raise Refused(
            Refusal(
                _("{unit} finnes ikke {day}. Velg en annen.").format(unit=parent.name, day=format_date(on)),
                field="parent",
            )
        )
    if unit is None:
        return
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    above: int | None = parent.pk
    while above is not None:
        if above == unit.pk:
            raise Refused(
                Refusal(
                    _("{parent} ligger selv under {unit}. Velg et annet sted.").format(
                        parent=parent.name, unit=unit.name
                    ),
                    field="parent",
                )
            )
        above = parents.get(above)


def _refuse_name_in_use(name: str, on: date, but: Unit | None = None) -> None:
    same = Unit.objects.filter(name__iexact=name)
    if but is not None:
        same = same.exclude(pk=but.pk)
    if same.exclude(valid_to__lt=on).exists():
        raise Refused(Refusal(_("Det finnes allerede en virksomhet som heter det."), field="name"))
