"""The municipality's year, as it is typed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.actions.year import YearAnswers
from organisation.calculations.year import QuietDays, YearPlan
from organisation.enums import DATED_EACH_YEAR, LONGEST_PAUSE, YearMark
from organisation.words.year import field_label
from web.formats import without_spaces
from web.forms import HeltallField, NorskDatoField, PortalForm

_DAY_OF_YEAR = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})\.?")
QUIET = ("first_week", "last_week", "easter", "december_from", "january_until")


class DayOfYearWidget(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"size": 6, "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, tuple):
            month, day = value
            return f"{day}.{month}."
        return super().format_value(value)


class DayOfYearField(forms.Field):
    """A day of every year written «1.3.». Cleans to (month, day)."""

    widget = DayOfYearWidget

    def to_python(self, value: Any) -> tuple[int, int] | None:
        if value in self.empty_values or isinstance(value, tuple):
            return value or None
        match = _DAY_OF_YEAR.fullmatch(without_spaces(str(value)))
        if match is None:
            raise ValidationError(_("Skriv dag og måned, for eksempel 1.3."), code="invalid")
        return int(match[2]), int(match[1])


def _number(label: Any, highest: int, **kwargs: Any) -> HeltallField:
    widget = forms.TextInput({"size": 4, "autocomplete": "off"})
    return HeltallField(label=label, min_value=1, max_value=highest, required=False, widget=widget, **kwargs)


class YearForm(PortalForm):
    """A field for each thing of the year, then the quiet days."""

    def __init__(
        self, data: Any = None, *, plan: YearPlan, marks: list[YearMark], version: int, today: date
    ) -> None:
        initial: dict[str, Any] = {name: getattr(plan.quiet, name) for name in QUIET}
        initial |= {mark.value: _initial(plan, mark, today) for mark in marks}
        super().__init__(data, initial=initial | {"version": version})
        self.marks = marks
        for mark in marks:
            self.fields[mark.value] = _field(mark)
        self.fields |= _quiet_fields()
        self.fields["version"] = HeltallField(widget=forms.HiddenInput, min_value=0)
        self.today = today

    # Empty: none of that kind, or not known yet.
    needed_at_times = frozenset({*QUIET, *DATED_EACH_YEAR})

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self._both("first_week", "last_week")
        self._both("december_from", "january_until")
        first, last = data.get("first_week"), data.get("last_week")
        if first is not None and last is not None:
            if last < first:
                self.add_error("last_week", _("Den siste uken kan ikke komme før den første."))
            elif last - first >= LONGEST_PAUSE:
                sentence = _("Velg høyst {weeks} uker, så det blir dager igjen å spørre på.")
                self.add_error("last_week", sentence.format(weeks=LONGEST_PAUSE))
        for mark in DATED_EACH_YEAR:
            day = data.get(mark)
            if day is not None and not 0 <= day.year - self.today.year <= 1:
                self.add_error(mark, _("Skriv en dato i år eller neste år, eller la feltet stå tomt."))
        return data

    def _both(self, *names: str) -> None:
        """An error at the one that is empty where the other is not."""
        if any(name in self.errors for name in names):
            return
        empty = [name for name in names if self.cleaned_data.get(name) is None]
        if len(empty) == 1:
            self.add_error(empty[0], _("Fyll ut begge, eller ingen av dem."))

    def answers(self) -> YearAnswers:
        data = self.cleaned_data
        return YearAnswers(
            quiet=QuietDays(**{name: data[name] for name in QUIET}),
            yearly={mark: data[mark] for mark in self.marks if mark not in DATED_EACH_YEAR},
            dated={mark: data[mark] for mark in self.marks if mark in DATED_EACH_YEAR},
        )


def coming_day(plan: YearPlan, mark: YearMark, today: date) -> date | None:
    """The next known day of something that has another each year."""
    days = (plan.day_of(mark, year) for year in (today.year, today.year + 1))
    return next((day for day in days if day is not None and day >= today), None)


def _initial(plan: YearPlan, mark: YearMark, today: date) -> date | tuple[int, int] | None:
    return coming_day(plan, mark, today) if mark in DATED_EACH_YEAR else plan.yearly(mark)


def _field(mark: YearMark) -> forms.Field:
    label = field_label(mark)
    if mark in DATED_EACH_YEAR:
        help_text = gettext_lazy("Dato for i år eller neste år. Tomt: ikke kjent ennå.")
        return NorskDatoField(label=label, required=False, help_text=help_text)
    return DayOfYearField(label=label)


def _quiet_fields() -> dict[str, forms.Field]:
    return {
        "first_week": _number(gettext_lazy("Stille fra uke"), 53),
        "last_week": _number(gettext_lazy("Stille til og med uke"), 53),
        "easter": forms.BooleanField(label=gettext_lazy("Stille i påskeuken"), required=False),
        "december_from": _number(gettext_lazy("Stille ved årsskiftet fra dag i desember"), 31),
        "january_until": _number(gettext_lazy("Stille ved årsskiftet til og med dag i januar"), 31),
    }
