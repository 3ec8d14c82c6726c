"""Deadlines in a form: a day and a time of day, which together are an instant in Oslo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.formats import local
from web.forms import NorskDatoField, PortalForm
from web.instants import (
    format_klokkeslett,
    oslo_instant,
    parse_klokkeslett,
    twice_sentence,
)

Text = str | Promise


class KlokkeslettWidget(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"size": 6, "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        return format_klokkeslett(value) if isinstance(value, time) else super().format_value(value)


class KlokkeslettField(forms.TimeField):
    """A time of day written «23.59»."""

    widget = KlokkeslettWidget

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values or (isinstance(value, str) and not value.strip()):
            return None
        if isinstance(value, time):
            return value
        try:
            return parse_klokkeslett(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


@dataclass(frozen=True)
class InstantPair:
    """An instant's two fields, for the page to set beside each other."""

    legend: Text
    day: BoundField
    time: BoundField


class InstantForm(PortalForm):
    """A form with instants. Subclasses name them in `instants`: (name, words), in order.

    Each becomes the fields «name_day» and «name_time». `cleaned_data` has the instant, in UTC, by name.
    """

    # Each instant's two fields beside each other, above the rest.
    template_name = "web/instant_form.html"
    instants: tuple[tuple[str, Text], ...] = ()

    def __init__(self, *args: Any, stored: dict[str, datetime] | None = None, **kwargs: Any) -> None:
        self.stored = stored or {}
        initial = kwargs.pop("initial", None) or {}
        for name, moment in self.stored.items():
            initial = {f"{name}_day": local(moment).date(), f"{name}_time": _minute(moment), **initial}
        super().__init__(*args, initial=initial, **kwargs)

    def add_instants(self) -> None:
        """Adds the fields; called by the subclass where they belong among its others."""
        for name, words in self.instants:
            self.fields[f"{name}_day"] = NorskDatoField(label=_("{what}, dato").format(what=words))
            self.fields[f"{name}_time"] = KlokkeslettField(label=gettext_lazy("Klokkeslett"))

    def pairs(self) -> Iterator[InstantPair]:
        for name, words in self.instants:
            if f"{name}_day" in self.fields:
                yield InstantPair(words, self[f"{name}_day"], self[f"{name}_time"])

    def plain_fields(self) -> list[BoundField]:
        """The visible fields that are not part of an instant."""
        parts = {f"{name}_{part}" for name, _words in self.instants for part in ("day", "time")}
        return [field for field in self.visible_fields() if field.name not in parts]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, _words in self.instants:
            day, at = data.get(f"{name}_day"), data.get(f"{name}_time")
            if day is None or at is None:
                continue
            kept = self.stored.get(name)
            if kept is not None and (local(kept).date(), _minute(kept)) == (day, at):
                # As it stands, also when its time of day comes twice, and to the second.
                data[name] = kept
                continue
            try:
                data[name] = oslo_instant(day, at)
            except ValueError as error:
                self.add_error(f"{name}_time", str(error))
        return data

    def notes(self) -> list[str]:
        """What to say about instants whose time of day comes twice, when the form is valid."""
        given = [self.cleaned_data[name] for name, _words in self.instants if name in self.cleaned_data]
        return [sentence for moment in given if (sentence := twice_sentence(moment))]


def _minute(moment: datetime) -> time:
    return local(moment).time().replace(second=0, microsecond=0)
