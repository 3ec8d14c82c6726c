"""The second step: where allauth asks, and the form for a code."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

from allauth.account.stages import LoginStage
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from organisation.queries.two_steps import has_two_steps
from web.forms import PortalForm

ROUTE = "account_code"
STAGE = "two_steps"


class TwoStepsAdapter(DefaultMFAAdapter):
    """Secrets are encrypted with the installation's key, and read with its earlier ones too."""

    def get_totp_issuer(self) -> str:
        return "Klimaportalen"

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _box().decrypt(encrypted_text.encode()).decode()


def _box() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(key)) for key in keys])


def _key(secret: str | bytes) -> bytes:
    digest = salted_hmac("organisation.two_steps", "", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)


class SecondStep(LoginStage):
    """After the right password: a code, from whoever has set up two steps."""

    key = STAGE
    urlname = ROUTE

    def handle(self) -> tuple[Any, bool]:
        if has_two_steps(self.login.user):
            return HttpResponseRedirect(reverse(ROUTE)), True
        return None, True


class CodeForm(PortalForm):
    """`check` says what is wrong with a code, and counts it: outside of the work, which would undo that."""

    code = forms.CharField(
        label=_("Kode"),
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12}),
    )

    def __init__(self, *args: Any, check: Callable[[str], str] = lambda code: "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.check = check

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if wrong := self.check(code):
            raise ValidationError(wrong)
        return code
