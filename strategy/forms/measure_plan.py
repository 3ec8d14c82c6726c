"""Forms of a measure's plan: a milestone, and an indicator with its targets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from strategy.actions.measure_plan import TargetValue
from strategy.forms.measures import YearField
from strategy.models import DIRECTION_LABELS, TERTIALS, IndicatorTarget
from strategy.models.labels import choices
from strategy.words.part_columns import INDICATORS, MILESTONES
from web.formats import format_number
from web.forms import (
    HeltallField,
    NorskTallField,
    PortalForm,
)
from web.register.forms import RegisterForm

# Empty rows below the targets that are there; saved, the form offers as many again.
EMPTY_ROWS = 3
MOST_ROWS = 60


class MilestoneForm(RegisterForm):
    """A milestone. The version is empty for a new one."""

    columns = MILESTONES.own

    version = HeltallField(widget=forms.HiddenInput, required=False)


class TargetRow(PortalForm):
    """One target: empty in all three fields means no target."""

    year = YearField(label=_("År"), required=False)
    tertial = forms.ChoiceField(
        label=_("Gjelder"),
        choices=[("", _("hele året")), *((n, f"{n}. tertial") for n in range(1, TERTIALS + 1))],
        required=False,
    )
    value = NorskTallField(label=_("Måltall"), required=False, max_digits=14, decimal_places=2)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        year, value = data.get("year"), data.get("value")
        if year is None and value is not None and "year" not in self.errors:
            self.add_error("year", gettext("Skriv hvilket år måltallet gjelder."))
        if value is None and (year is not None or data.get("tertial")) and "value" not in self.errors:
            self.add_error("value", gettext("Skriv måltallet, eller tøm raden."))
        return data

    def target(self) -> TargetValue | None:
        data = self.cleaned_data
        if data["value"] is None:
            return None
        return TargetValue(data["year"], int(data["tertial"]) if data["tertial"] else None, data["value"])


class IndicatorForm(RegisterForm):
    """An indicator and all its targets, `rows`, saved together. The version is empty for a new one."""

    columns = INDICATORS.own
    field_order = ("name", "unit_label", "direction")

    unit_label = forms.CharField(label=INDICATORS.column("unit_label").header, max_length=40)
    direction = forms.ChoiceField(
        label=INDICATORS.column("direction").header, choices=choices(DIRECTION_LABELS)
    )
    version = HeltallField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, targets: Sequence[IndicatorTarget] = (), **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.stored = [TargetValue(one.year, one.tertial, one.value) for one in targets]
        if data is None:
            initial: list[dict[str, Any]] = [
                {"year": one.year, "tertial": one.tertial or "", "value": one.value} for one in targets
            ]
            initial += [{}] * EMPTY_ROWS
            self.rows = [TargetRow(prefix=f"t{number}", initial=one) for number, one in enumerate(initial)]
            return
        count = 0
        while f"t{count}-year" in data and count < MOST_ROWS:
            count += 1
        self.rows = [TargetRow(data, prefix=f"t{number}") for number in range(count)]

    def is_valid(self) -> bool:
        # Every row is asked, so that all errors show at once.
        rows_valid = not [row for row in self.rows if not row.is_valid()]
        return super().is_valid() and rows_valid and not self._twice()

    def _twice(self) -> bool:
        seen: set[tuple[int, int | None]] = set()
        for row in self.rows:
            target = row.target()
            if target and (target.year, target.tertial) in seen:
                row.add_error("year", gettext("Det er to måltall for samme periode. Ta bort det ene."))
                return True
            if target:
                seen.add((target.year, target.tertial))
        return False

    def targets(self) -> list[TargetValue]:
        return [target for row in self.rows if (target := row.target())]

    @property
    def all_forms(self) -> list[PortalForm]:
        """For the summary of errors."""
        return [self, *self.rows]

    def besides_fields(self) -> dict[str, str]:
        rows = self.targets() if self.is_bound else self.stored
        return {gettext("Måltall"): _in_words(rows)}


def _in_words(targets: Iterable[TargetValue]) -> str:
    ordered = sorted(targets, key=lambda one: (one.year, one.tertial or 0))
    return ", ".join(
        f"{IndicatorTarget(year=one.year, tertial=one.tertial).period}: {format_number(one.value)}"
        for one in ordered
    )
