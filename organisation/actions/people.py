"""People: invited, changed, closed out and taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.appointments import administrators_kept, end_roles_of, give_role
from organisation.actions.links import queue_link_mail
from organisation.calculations.addresses import normal_address
from organisation.enums import AppointmentSource, LinkPurpose, Role
from organisation.models import Unit, User
from organisation.rules import Permission, fresh_duties, require, roles_to_give
from organisation.words.erased import is_erased
from web.actors import Actor, SystemActor, acting
from web.concurrency import save_versioned
from web.refusals import Closed, Refusal, Refused


def invite_person(
    *,
    by: Actor,
    name: str,
    email: str,
    role: Role | str,
    unit: Unit | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    source: AppointmentSource = AppointmentSource.PORTAL,
) -> User:
    """Makes a person with a role, and mails her a link by which she chooses her password.

    Raises PermissionDenied for a role the actor may not give there, and Refused for an address that is here
    already, in whatever spelling, with the way to the person.
    """
    with acting(by, _("Person invitert")):
        user = _new_person(name, email)
        give_role(
            by=by,
            user=user,
            role=role,
            unit=unit,
            valid_from=valid_from,
            valid_to=valid_to,
            source=source,
        )
        send_invitations([user])
    return user


def invite_again(*, by: Actor, user: User) -> None:
    """A new link to somebody who has not logged in yet; the one before no longer counts.

    Raises PermissionDenied, and Closed for one who has logged in or been shut out.
    """
    with acting(by, _("Invitasjon sendt på nytt")):
        _require_may_invite(by, user)
        fresh = User.objects.select_for_update().get(pk=user.pk)
        if fresh.last_login is not None or not fresh.is_active:
            raise Closed(_("{name} har logget inn eller er stengt ute.").format(name=fresh.name))
        # The link is made of the password that stands: another one, and older links are void.
        fresh.set_unusable_password()
        fresh.save(update_fields=["password"])
        send_invitations([fresh])


def change_person(*, by: Actor, user: User, name: str, email: str, expected: int) -> None:
    """Another name or address. Raises PermissionDenied, StaleObject and Refused as `invite_person`, and
    Closed for one whose name is gone.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    address = _checked_address(email)
    with acting(by, _("Person endret")):
        _refuse_erased(user)
        _refuse_address_in_use(address, but=user)
        try:
            with transaction.atomic():
                fields: dict[str, object] = {"name": checked_name(name), "email": address}
                if address != user.email:
                    fields["mail_failed_at"] = None  # of the address before
                save_versioned(user, expected=expected, fields=fields)
        except IntegrityError as error:
            raise _in_use(address, error) from error


def deactivate_person(*, by: Actor, user: User, expected: int) -> None:
    """Shuts a person out today: she can no longer log in, and her roles end.

    What she is signed under stays. Raises PermissionDenied, StaleObject, Closed when she is out already, and
    Refused for the last administrator.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    today = timezone.localdate()
    with acting(by, _("Person stengt ute")), administrators_kept():
        if not User.objects.filter(pk=user.pk, is_active=True).exists():
            raise Closed(_("{name} er allerede stengt ute.").format(name=user.name))
        save_versioned(user, expected=expected, fields={"is_active": False})
        end_roles_of(user, today)


def take_back_person(*, by: Actor, user: User, expected: int) -> None:
    """Lets somebody in again, with no role until one is given. Raises PermissionDenied, StaleObject, and
    Closed for one whose name is gone.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("Person tatt inn igjen")):
        _refuse_erased(user)
        save_versioned(user, expected=expected, fields={"is_active": True})


def _new_person(name: str, email: str) -> User:
    address, name = _checked_address(email), checked_name(name)
    _refuse_address_in_use(address)
    try:
        with transaction.atomic():
            user = User(name=name, email=address, invited_at=timezone.now())
            user.set_unusable_password()
            user.save()
    except IntegrityError as error:
        raise _in_use(address, error) from error
    return user


def send_invitations(users: Collection[User]) -> None:
    """Mails each of them a link; the caller's transaction and rights. As many queries for one as for all."""
    User.objects.filter(pk__in=[user.pk for user in users]).update(invited_at=timezone.now())
    queue_link_mail(LinkPurpose.INVITATION, users)


def _require_may_invite(by: Actor, user: User) -> None:
    """Whoever may give one of the roles she has may invite her."""
    if isinstance(by, SystemActor):
        return
    held = fresh_duties(by)
    for appointment in user.appointments.select_related("unit"):
        if Role(appointment.role) in roles_to_give(held, appointment.unit):
            return
    raise PermissionDenied


def checked_name(name: str) -> str:
    """The name of a person or a unit with single spaces. Raises Refused for an empty one."""
    plain = " ".join(name.split())
    if not plain:
        raise Refused(Refusal(_("Skriv navnet."), field="name"))
    return plain


def _checked_address(email: str) -> str:
    address = normal_address(email)
    try:
        validate_email(address)
    except ValidationError:
        raise Refused(
            Refusal(_("Skriv en e-postadresse, for eksempel navn@eksempel.no."), field="email")
        ) from None
    return address


def _refuse_erased(user: User) -> None:
    fresh = User.objects.select_for_update().get(pk=user.pk)
    if fresh.erased_at is not None:
        raise Closed(is_erased(fresh.name))


def _refuse_address_in_use(address: str, but: User | None = None) -> None:
    there = User.objects.filter(email=address).first()
    if there is not None and there != but:
        raise _refused_address(there)


def _in_use(address: str, error: IntegrityError) -> Exception:
    """Somebody else registered the address between the look and the write."""
    there = User.objects.filter(email=address).first()
    return _refused_address(there) if there is not None else error


def _refused_address(there: User) -> Refused:
    return Refused(
        Refusal(
            _("{email} er her allerede: {name}. Gi rollen på siden til vedkommende.").format(
                email=there.email, name=there.name
            ),
            url=reverse("organisation:person", args=[there.pk]),
        )
    )
