"""Forms about one-time links, and the password that is chosen by one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from organisation.models import User
from web.forms import PortalForm

LONGEST_PASSWORD = 256


class AddressForm(PortalForm):
    email = forms.EmailField(
        label=_("E-postadresse"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "username"}),
    )


class OpenForm(PortalForm):
    """A button: mail programs open links by themselves, and would open the account."""


class PasswordForm(PortalForm):
    password = forms.CharField(
        label=_("Velg et passord"),
        max_length=LONGEST_PASSWORD,
        help_text=format_lazy(
            _("Minst {n} tegn. Gjerne en setning du husker. Mellomrom er lov."), n=settings.PASSWORD_AT_LEAST
        ),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password
