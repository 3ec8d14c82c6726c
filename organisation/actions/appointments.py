"""Who has which role where: given, changed, ended and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.enums import UNIT_ROLES, AppointmentSource, Role
from organisation.models import ROLE_LABELS, Appointment, AppointmentProposal, Unit, User
from organisation.rules import employees_may_read, fresh_duties, may_propose, roles_to_give
from organisation.words.erased import is_erased
from web.actor_columns import actor_values
from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject, save_versioned
from web.formats import format_date
from web.refusals import Closed, Refusal, Refused


def give_role(
    *,
    by: Actor,
    user: User,
    role: Role | str,
    unit: Unit | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: AppointmentSource = AppointmentSource.PORTAL,
) -> Appointment:
    """Gives a person a role from `valid_from` (default today), in a unit or for the whole municipality.

    Raises PermissionDenied for a role the actor may not give there, and Refused for dates in the wrong
    order, a person who cannot log in, a unit that is not there, and a role she has already.
    """
    role, since = Role(role), valid_from or timezone.localdate()
    with acting(by, _("Rolle gitt")):
        _refuse_place(role, unit)
        _require_may_give(by, role, unit)
        _held_unit(unit, since)
        _refuse_what_is_wrong(_held_person(user), role, since, valid_to)
        return _create(user, role, unit, since, valid_to, source)


def appoint_contact(*, by: Actor, unit: Unit, user: User, since: date | None = None) -> Appointment:
    """Makes a person contact of a unit from `since` (default today).

    Gives the appointment she has when she is contact already. Raises as `give_role`.
    """
    since = since or timezone.localdate()
    _require_may_give(by, Role.CONTACT, unit)
    held = Appointment.objects.valid_on(since).filter(user=user, unit=unit, role=Role.CONTACT).first()
    if held is not None and user.is_active:
        return held
    return give_role(by=by, user=user, role=Role.CONTACT, unit=unit, valid_from=since)


def change_dates(
    *, by: Actor, appointment: Appointment, valid_from: date, valid_to: date | None, expected: int
) -> None:
    """Other days for a role. Raises as `give_role`, and StaleObject."""
    with acting(by, _("Datoene for en rolle endret")), administrators_kept():
        _require_may_give(by, Role(appointment.role), appointment.unit)
        if (person := _held_person(appointment.user)).erased_at is not None:
            raise Closed(is_erased(person.name))
        _refuse_dates(Role(appointment.role), valid_from, valid_to)
        try:
            with transaction.atomic():
                save_versioned(
                    appointment,
                    expected=expected,
                    fields={"valid_from": valid_from, "valid_to": valid_to},
                )
        except IntegrityError as error:
            raise _has_it_already(error, appointment.user, Role(appointment.role)) from error


def end_role(*, by: Actor, appointment: Appointment, last_day: date, expected: int) -> None:
    """Ends a role with a last day. One that has not begun by then is taken back instead.

    Raises PermissionDenied, StaleObject, Closed for one that has ended already, and Refused for a last day
    before the first and for the last administrator.
    """
    if appointment.valid_to is not None and appointment.valid_to < timezone.localdate():
        raise Closed(_("Rollen sluttet {day}.").format(day=format_date(appointment.valid_to)))
    change_dates(
        by=by,
        appointment=appointment,
        valid_from=appointment.valid_from,
        valid_to=last_day,
        expected=expected,
    )


def withdraw_role(*, by: Actor, appointment: Appointment, expected: int) -> None:
    """Takes back a role that has not begun: it never was. Raises PermissionDenied, StaleObject and Closed."""
    with acting(by, _("Rolle trukket tilbake")), administrators_kept():
        _require_may_give(by, Role(appointment.role), appointment.unit)
        if appointment.valid_from <= timezone.localdate():
            raise Closed(_("Rollen har begynt. Avslutt den med en siste dag i stedet."))
        found, _rows = Appointment.objects.filter(pk=appointment.pk, version=expected).delete()
        if not found:
            raise StaleObject(Appointment.objects.filter(pk=appointment.pk).first())


def end_roles_of(user: User, last_day: date) -> None:
    """Ends all of a person's roles, and takes back those to come; the caller's transaction and rights."""
    with administrators_kept():
        Appointment.objects.filter(user=user, valid_from__gt=last_day).delete()
        for appointment in Appointment.objects.valid_on(last_day + timedelta(days=1)).filter(user=user):
            save_versioned(appointment, expected=appointment.version, fields={"valid_to": last_day})


def propose_role(*, by: Actor, user: User, role: Role | str, unit: Unit, valid_from: date) -> None:
    """Proposes a person to the leader of a municipal enterprise, who names its people herself.

    The same proposal again changes nothing. Raises PermissionDenied and Refused.
    """
    role = Role(role)
    with acting(by, _("Person foreslått")):
        if not isinstance(by, SystemActor) and not may_propose(fresh_duties(by), unit):
            raise PermissionDenied
        _refuse_what_is_wrong(user, role, valid_from, None)
        AppointmentProposal.objects.get_or_create(
            user=user,
            role=role,
            unit=unit,
            answered_at=None,
            defaults={"valid_from": valid_from, **actor_values("proposed_by", by)},
        )


def answer_proposal(*, by: Actor, proposal: AppointmentProposal, accept: bool, expected: int) -> None:
    """The leader takes the proposal or leaves it. Raises as `give_role`, and StaleObject and Closed."""
    with acting(by, _("Forslag til person besvart")):
        _require_may_give(by, Role(proposal.role), proposal.unit)
        if proposal.answered_at is not None:
            raise Closed(_("Forslaget er besvart."))
        now = timezone.now()
        save_versioned(proposal, expected=expected, fields={"answered_at": now, "is_accepted": accept})
        if accept:
            since = max(proposal.valid_from, timezone.localdate())
            give_role(by=by, user=proposal.user, role=proposal.role, unit=proposal.unit, valid_from=since)


@contextmanager
def administrators_kept() -> Iterator[None]:
    """What is done inside may not leave the portal without an administrator.

    Their appointments are locked in the order of their keys first: of two who end each other's roles, the
    second one waits, and is refused by what the first one did.
    """
    list(Appointment.objects.select_for_update().filter(role=Role.ADMIN).order_by("pk"))
    had_one = _open_ended_administrators()
    yield
    if had_one and not _open_ended_administrators():
        raise Refused(
            _("Portalen må ha minst én administrator uten sluttdato. Gjør en annen til administrator først.")
        )


def _open_ended_administrators() -> bool:
    rows = Appointment.objects.current().filter(role=Role.ADMIN, valid_to=None, user__is_active=True)
    return bool(rows.exists())


def _require_may_give(by: Actor, role: Role, unit: Unit | None) -> None:
    if isinstance(by, SystemActor):
        return
    if role not in roles_to_give(fresh_duties(by), unit):
        raise PermissionDenied


def _held_unit(unit: Unit | None, day: date) -> None:
    """Locks the unit, so that it is not closed meanwhile. Raises Refused when it is not there on the day."""
    if unit is None:
        return
    stored = Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
    if stored.valid_to is not None and stored.valid_to < day:
        raise Refused(
            Refusal(
                _("{unit} er lagt ned fra og med dagen etter {day}.").format(
                    unit=stored.name, day=format_date(stored.valid_to)
                ),
                field="unit",
            )
        )


def _held_person(user: User) -> User:
    """Her row as it is now, locked: her name is not taken away while she is given a role."""
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def _refuse_place(role: Role, unit: Unit | None) -> None:
    if (role in UNIT_ROLES) != (unit is not None):
        raise Refused(
            Refusal(_("Rollen gjelder en virksomhet. Velg hvilken."), field="unit")
            if role in UNIT_ROLES
            else Refusal(_("Rollen gjelder hele kommunen, ikke én virksomhet."), field="unit")
        )


def _refuse_what_is_wrong(user: User, role: Role, valid_from: date, valid_to: date | None) -> None:
    if not user.is_active:
        raise Refused(
            Refusal(_("{name} kan ikke logge inn. Velg en annen.").format(name=user.name), field="user")
        )
    if role == Role.EMPLOYEE and not employees_may_read():
        raise Refused(Refusal(_("Rollen ansatt er ikke tatt i bruk her."), field="role"))
    _refuse_dates(role, valid_from, valid_to)


def _refuse_dates(role: Role, valid_from: date, valid_to: date | None) -> None:
    if valid_to is not None and valid_to < valid_from:
        raise Refused(
            Refusal(
                _("Rollen slutter {last}, før den begynner {first}. Rett en av datoene.").format(
                    last=format_date(valid_to), first=format_date(valid_from)
                ),
                field="valid_to",
            )
        )
    if role == Role.STAND_IN and valid_to is None:
        raise Refused(Refusal(_("En stedfortreder har en siste dag. Skriv den."), field="valid_to"))


def _create(
    user: User,
    role: Role,
    unit: Unit | None,
    valid_from: date,
    valid_to: date | None,
    source: AppointmentSource,
) -> Appointment:
    try:
        with transaction.atomic():
            return Appointment.objects.create(
                user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, source=source
            )
    except IntegrityError as error:
        raise _has_it_already(error, user, role) from error


def _has_it_already(error: IntegrityError, user: User, role: Role) -> Exception:
    if "appointment_not_twice_at_once" not in str(error):
        return error
    return Refused(
        Refusal(
            _("{name} er allerede {role} der i en del av tiden. Endre datoene på rollen i stedet.").format(
                name=user.name, role=ROLE_LABELS[role]
            ),
            field="valid_from",
        )
    )
