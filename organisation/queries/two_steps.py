"""Who logs in with two steps, and who must."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.base_user import AbstractBaseUser

from organisation.enums import Role
from organisation.models import User
from organisation.rules import duties
from web.names import names

MUST_HAVE = frozenset({Role.ADMIN, Role.CLIMATE_EDITOR})


def has_two_steps(user: AbstractBaseUser) -> bool:
    return Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.TOTP).exists()


def is_required(user: AbstractBaseUser) -> bool:
    """Whether the municipality demands it of one with her roles; no query but her duties'."""
    return names().mfa_required and isinstance(user, User) and bool(duties(user).roles & MUST_HAVE)


def must_set_up(user: AbstractBaseUser) -> bool:
    """Whether she must set it up before anything else; one query, and only where it is required of her."""
    return is_required(user) and not has_two_steps(user)


def codes_left(user: User) -> int:
    """How many recovery codes she has not used."""
    row = Authenticator.objects.filter(user_id=user.pk, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row else 0
