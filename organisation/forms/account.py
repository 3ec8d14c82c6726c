"""Forms of one's own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisation.forms.links import LONGEST_PASSWORD, PasswordForm


class ChangePasswordForm(PasswordForm):
    """The present one and another."""

    field_order = ("present", "password")

    present = forms.CharField(
        label=_("Passordet du har nå"),
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        strip=False,
    )

    def __init__(self, *args: Any, check: Callable[[str], str] = lambda present: "", **kwargs: Any) -> None:
        """`check` says what is wrong with the present one, and counts it."""
        super().__init__(*args, **kwargs)
        self.check = check

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if wrong := self.check(present):
            raise ValidationError(wrong)
        return present
