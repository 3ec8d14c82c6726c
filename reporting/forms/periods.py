"""Forms of a period: opening it, moving its deadlines, and more time for one unit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from budget.models import ClimateBudget
from reporting.enums import PeriodKind
from reporting.models import PERIOD_KIND_LABELS, Period, UnitReport
from reporting.queries.opening import adopted_budgets
from reporting.rules.deadlines import NAMES, kinds_in_use
from web.forms import (
    HeltallField,
    LongTextField,
)
from web.instant_fields import InstantForm

_OPENS = ("opens_at", _("Åpner"))
_DEADLINES = (
    ("contact_deadline", _("Frist for kontaktpersoner")),
    ("leader_deadline", _("Frist for ledere")),
)
_CLOSES = ("closes_at", _("Lukkes"))


class BudgetField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, {obj.get_scope_display()}"


def _case_number() -> forms.CharField:
    return forms.CharField(
        label=_("Saksnummer i arkivet"),
        required=False,
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "size": 18}),
    )


class OpenPeriodForm(InstantForm):
    """What a period is about, and when."""

    instants = (_OPENS, *_DEADLINES, _CLOSES)

    year = HeltallField(label=_("År"), min_value=2000, max_value=2100, widget=forms.TextInput({"size": 6}))
    kind = forms.ChoiceField(
        label=_("Periode"),
        # Asked for by each form: which are in use, is the municipality's choice.
        choices=lambda: [(kind.value, capfirst(str(PERIOD_KIND_LABELS[kind]))) for kind in kinds_in_use()],
    )
    budget = BudgetField(
        label=_("Klimabudsjettet det rapporteres mot"),
        queryset=ClimateBudget.objects.none(),
        help_text=_("Bare vedtatte klimabudsjetter kan velges."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget"].queryset = adopted_budgets()  # type: ignore[attr-defined]
        self.add_instants()
        self.fields["case_number"] = _case_number()

    def deadlines(self) -> dict[str, datetime]:
        return {name: self.cleaned_data[name] for name in NAMES}

    @property
    def period_name(self) -> str:
        """What is asked for, as far as it can be read."""
        kind = str(self["kind"].value() or "")
        words = PERIOD_KIND_LABELS[PeriodKind(kind)] if kind in list(PeriodKind) else ""
        return f"{words} {self['year'].value() or ''}".strip()

    def posted(self) -> list[tuple[str, str]]:
        """The fields as they were sent, to be sent again by another button."""
        return [(name, str(self[name].value() or "")) for name in self.fields]


class DeadlinesForm(InstantForm):
    """New deadlines for everybody, with the reason."""

    instants = (_OPENS, *_DEADLINES, _CLOSES)

    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, period: Period, opened: bool) -> None:
        self.period = period
        stored = {name: getattr(period, name) for name in NAMES}
        super().__init__(
            data, stored=stored, initial={"version": period.version, "case_number": period.case_number}
        )
        self.add_instants()
        if opened:
            # What has happened cannot be moved.
            for part in ("day", "time"):
                del self.fields[f"opens_at_{part}"]
        self.fields["case_number"] = _case_number()
        self.fields["reason"] = LongTextField(
            label=_("Hvorfor endres fristene?"), max_length=500, rows=2, help_text=_("Står i historikken.")
        )

    def deadlines(self) -> dict[str, datetime]:
        return {name: self.cleaned_data.get(name, getattr(self.period, name)) for name in NAMES}


class ExtensionForm(InstantForm):
    """Later deadlines for one unit, with the reason."""

    instants = _DEADLINES

    version = HeltallField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any = None, *, report: UnitReport) -> None:
        stored = {"contact_deadline": report.contact_due, "leader_deadline": report.leader_due}
        super().__init__(data, stored=stored, initial={"version": report.version})
        self.add_instants()
        self.fields["reason"] = LongTextField(
            label=_("Hvorfor får virksomheten lengre frist?"),
            max_length=500,
            rows=2,
            help_text=_("Virksomheten og alle som leser rapporten, ser det."),
        )
