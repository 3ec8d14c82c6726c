"""A person whose name is no longer needed: one row is emptied, and all that points at it goes by her role."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Appointment, AppointmentProposal, User
from organisation.rules import Permission, require
from organisation.words.erased import is_erased, name_by_role, still_has_a_role
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Closed, Refused

# Nobody's: no mail goes to a domain of this ending (RFC 2606), and its owner cannot log in.
ERASED_ADDRESS = "fjernet-{pk}@portal.invalid"

# What the library keeps of how she comes in, and where she is logged in.
WAYS_IN: tuple[type[Model], ...] = (EmailAddress, Authenticator, SocialAccount, UserSession)


def erase_person(*, by: Actor, user: User, expected: int) -> None:
    """Her name gives way to what she was, her address to nobody's, and she can no longer log in.

    What is frozen, and mail that is sent, keep the name until they have had their own age. Raises
    PermissionDenied, StaleObject, Closed when it is done already, and Refused while she has a role or is to
    have one.
    """
    require(by, Permission.MANAGE_ORGANISATION)
    with acting(by, _("Navn byttet ut med rolle")):
        fresh = _held(user.pk)
        if fresh.erased_at is not None:
            raise Closed(is_erased(fresh.name))
        if roles_from(fresh, timezone.localdate()).exists():
            raise Refused(still_has_a_role(fresh.name))
        _erase(fresh, expected)


def erase_former_people(*, by: Actor, now: datetime) -> int:
    """Does the same to all whose last role ended longer ago than PERSON_KEPT_DAYS; gives how many.

    Somebody who never had a role counts from when she was invited. One who is given a role meanwhile is
    let be.
    """
    first_kept = timezone.localdate(now) - timedelta(days=settings.PERSON_KEPT_DAYS)
    done = 0
    for pk in list(_former(first_kept).order_by("pk").values_list("pk", flat=True)):
        with acting(by, _("Navn byttet ut med rolle")):
            fresh = _held(pk)
            if _former(first_kept).filter(pk=pk).exists():
                _erase(fresh, fresh.version)
                done += 1
    return done


def roles_from(user: User, day: date) -> QuerySet[Appointment]:
    """Her roles that are there on the day, or come later."""
    return Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), user=user)


def _former(first_kept: date) -> QuerySet[User]:
    """People with a name but no role on or after the day, who had one before it or were invited before it."""
    hers = Appointment.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        ~Exists(hers.filter(Q(valid_to=None) | Q(valid_to__gte=first_kept))),
        Exists(hers) | Q(invited_at__date__lt=first_kept),
        erased_at=None,
    )


def _held(pk: int) -> User:
    """Her row, locked: whoever gives her a role waits, and is refused afterwards, or was first."""
    return User.objects.select_for_update().get(pk=pk)


def _erase(user: User, expected: int) -> None:
    hers = Appointment.objects.filter(user=user).select_related("unit")
    last = hers.order_by("-valid_to", "pk").first()
    AppointmentProposal.objects.filter(user=user, answered_at=None).delete()
    for way_in in WAYS_IN:
        way_in._base_manager.filter(user=user).delete()
    save_versioned(
        user,
        expected=expected,
        fields={
            "name": name_by_role(last),
            "email": ERASED_ADDRESS.format(pk=user.pk),
            "password": make_password(None),
            "is_active": False,
            "invited_at": None,
            "last_login": None,
            "mail_failed_at": None,
            "links_used": user.links_used + 1,
            "sessions_ended": user.sessions_ended + 1,
            "erased_at": timezone.now(),
        },
    )
