"""Telling which column of a file is what, where its headings are not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from web.forms import PortalForm


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something a column may be: its code, the field it is asked for in, and its name for people."""

    code: str
    field: str
    label: Any
    required: bool


class ColumnMatchForm(PortalForm):
    """Which of the file's headings means what. Each heading may be used once."""

    def __init__(
        self,
        *args: Any,
        meanings: Sequence[Meaning],
        headers: Sequence[str],
        matched: Mapping[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meanings = meanings
        choices = [(header, header) for header in dict.fromkeys(headers) if header]
        for meaning in meanings:
            self.fields[meaning.field] = forms.ChoiceField(
                label=meaning.label,
                required=meaning.required,
                choices=[("", _("Velg kolonne") if meaning.required else _("Ikke i filen")), *choices],
                initial=matched.get(meaning.code, ""),
                error_messages={
                    "required": _("Velg kolonnen. Uten den kan filen ikke importeres."),
                    "invalid_choice": _("%(value)s er ikke en kolonne i filen. Velg en av dem i listen."),
                },
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        used: dict[str, str] = {}
        for name, header in list(cleaned.items()):
            if header and header in used:
                self.add_error(
                    name,
                    _("«%(header)s» er allerede valgt som %(other)s. Velg en annen kolonne.")
                    % {"header": header, "other": str(self.fields[used[header]].label).lower()},
                )
            used.setdefault(header, name)
        return cleaned

    @property
    def columns(self) -> dict[str, str]:
        """Code of the meaning -> heading, those that were chosen."""
        return {
            meaning.code: self.cleaned_data[meaning.field]
            for meaning in self.meanings
            if self.cleaned_data.get(meaning.field)
        }
