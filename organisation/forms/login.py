"""The login form, and what the portal decides about login where allauth asks."""

from __future__ import annotations

import math
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.core.internal import ratelimit
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisation.actions.login_log import log_login
from organisation.enums import LoginLogKind
from organisation.models import User
from web.client_address import client_address
from web.forms import PortalForm
from web.http import safe_local_path

LIMITS_OF = "allauth.account"


class PortalLoginForm(PortalForm, LoginForm):
    """E-mail and password. Says the same whether the account exists, is closed, or has another password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-postadresse")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].label = _("Passord")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)

    @property
    def is_throttled(self) -> bool:
        """Whether the account has had too many failed attempts, right password or not."""
        return self.has_error(NON_FIELD_ERRORS, code="too_many_login_attempts")


class PortalAccountAdapter(DefaultAccountAdapter):
    """Accounts are made in the portal only; allauth checks passwords and counts attempts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Feil e-postadresse eller passord. Prøv igjen."),
        "too_many_login_attempts": _("For mange mislykkede forsøk."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """None of allauth's own messages: the page that follows says enough."""

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        # allauth hands over closed accounts too, to show them a page that tells they exist.
        user = super().authenticate(request, **credentials)
        if user is None or user.is_active:
            return user
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """A line for whose account it is; for an address unknown here one without, and never the address."""
        email = self._get_login_attempts_cache_key(request, **credentials)
        user = User.objects.filter(email=email).first()
        log_login(LoginLogKind.LOGIN_FAILED, user)
        if not ratelimit.consume(request, app=LIMITS_OF, action="login_failed", key=email, dry_run=True):
            log_login(LoginLogKind.LOCKED_OUT, user)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        assert isinstance(user, User)
        log_login(LoginLogKind.LOGGED_IN, user, user)

    def get_login_stages(self) -> list[str]:
        # None of allauth's: they ask for more than the portal has, and bring a library for keys.
        return ["organisation.forms.two_steps.SecondStep"]

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request)

    def is_safe_url(self, url: str) -> bool:
        # Stricter than allauth, which also follows relative addresses and other names of the server.
        return safe_local_path(url) is not None

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # One count per account, whatever name of the server the attempts were sent to.
        return str(credentials.get("email", "")).strip().lower()


def forget_failures(request: HttpRequest, user: User) -> None:
    """Lets the account be tried again at once."""
    # Two addresses are one count where they differ in case alone.
    ratelimit.clear(request, app=LIMITS_OF, action="login_failed", key=user.email)


def seconds_to_wait(request: HttpRequest, action: str, email: str = "") -> int:
    """Seconds until allauth's limit for `action` lets one more attempt through; at least 1."""
    now = time.time()
    waits = [1.0]
    for rate in ratelimit.get_rates(app=LIMITS_OF, action=action):
        key = email.strip().lower()
        place = ratelimit.get_cache_key(request, app=LIMITS_OF, action=action, rate=rate, key=key)
        attempts = sorted(cache.get(place, []), reverse=True)
        if len(attempts) >= rate.amount:
            waits.append(attempts[rate.amount - 1] + rate.duration - now)
    return math.ceil(max(waits))
