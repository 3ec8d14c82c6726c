"""The form of one measure in a report, and the comment of the one who approves, returns or assures."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from climate_portal.web.formats import format_number
from climate_portal.web.forms import LongTextField, NorskDatoField, NorskTallField, PortalForm
from reporting.actions import StatusAnswers
from reporting.enums import OFF_PLAN, Status
from reporting.models import DECISION_LEVEL_LABELS, STATUS_LABELS
from reporting.queries.reports import Answer, AskedIndicator
from reporting.rules.reports import missing_answers

_STATUS_CHOICES = [(code.value, label) for code, label in STATUS_LABELS.items()]
_LEVEL_CHOICES: list[tuple[str, str | Promise]] = [
    ("", gettext_lazy("Ingen beslutning trengs")),
    *((code.value, capfirst(label)) for code, label in DECISION_LEVEL_LABELS.items()),  # type: ignore[type-var]
]
_NEW_DATE_WHEN_STOPPED = gettext_lazy("Når starter det igjen? La stå tomt hvis det ikke skal startes igjen.")


class StatusForm(PortalForm):
    """What a unit says about one measure. Valid as a draft however little is answered."""

    status = forms.ChoiceField(
        label=gettext_lazy("Hvordan ligger tiltaket an?"),
        choices=_STATUS_CHOICES,
        required=False,
        widget=forms.RadioSelect,
    )
    indicator_value = NorskTallField(required=False, max_digits=14, decimal_places=2)
    what_happened = LongTextField(
        label=gettext_lazy("Hva har skjedd siden sist?"), required=False, max_length=1000, rows=2
    )
    cause = LongTextField(label=gettext_lazy("Hva er årsaken?"), required=False, max_length=1000, rows=2)
    corrective_action = LongTextField(
        label=gettext_lazy("Hva gjør dere?"), required=False, max_length=1000, rows=2
    )
    new_date = NorskDatoField(label=gettext_lazy("Når er det tatt igjen?"), required=False)
    delayed_share = NorskTallField(
        label=gettext_lazy("Hvor stor del er forsinket, i prosent?"),
        required=False,
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=100,
    )
    decision_level = forms.ChoiceField(
        label=gettext_lazy("Hvem må avgjøre noe?"), choices=_LEVEL_CHOICES, required=False
    )
    decision_question = LongTextField(
        label=gettext_lazy("Hva ber dere om at blir avgjort?"), required=False, max_length=500, rows=2
    )

    def __init__(self, answer: Answer, year: int, data: Any = None) -> None:
        stored = {name: getattr(answer.status, name) for name in self.base_fields}
        super().__init__(data, prefix=f"s-{answer.status.pk}", initial=stored)
        self.year = year
        if answer.indicator is None:
            # Kept as it is: a result given before the indicator was taken away is not lost.
            del self.fields["indicator_value"]
        else:
            self.fields["indicator_value"].label = indicator_label(answer.indicator)
        for name in ("what_happened", "cause", "corrective_action", "decision_question"):
            # A counter under every box would shout; what is too long is said when it is.
            self.fields[name].widget.counter = None
        if self["status"].value() == Status.STOPPED:
            self.fields["new_date"].label = _NEW_DATE_WHEN_STOPPED

    @property
    def off_plan(self) -> bool:
        """Whether the status that is chosen asks for cause, action and date."""
        return self["status"].value() in OFF_PLAN

    @property
    def asks_for_decision(self) -> bool:
        """Whether the part about a decision has an answer or an error, and so stands open."""
        names = ("decision_level", "decision_question")
        return any(self[name].value() or self[name].errors for name in names)

    def answers(self) -> StatusAnswers:
        """The valid form as answers."""
        given = dict(self.cleaned_data)
        given.setdefault("indicator_value", self.initial["indicator_value"])
        return StatusAnswers(**given)

    def require_complete(self) -> bool:
        """Adds an error to every field that must be answered before the report is sent."""
        answers = self.answers()
        if answers.status not in OFF_PLAN:
            answers = StatusAnswers(status=answers.status)
        for field, sentence in missing_answers(answers, self.year):
            self.add_error(field, sentence)
        return not self.errors


def indicator_label(indicator: AskedIndicator) -> str:
    """«Elbiler levert (måltall 24 ved årsslutt)»"""
    if indicator.target is None:
        return f"{indicator.name} ({indicator.unit_label})"
    return _("{name} (måltall {target} ved årsslutt)").format(
        name=indicator.name, target=format_number(indicator.target)
    )


class CommentForm(PortalForm):
    """A comment that goes with a step. Whether it must be written depends on the step."""

    comment = LongTextField(label=gettext_lazy("Kommentar"), required=False, max_length=1000, rows=4)

    def __init__(self, data: Any = None, *, help_text: str = "", must: str = "") -> None:
        super().__init__(data)
        self.fields["comment"].help_text = help_text
        if must:
            self.fields["comment"].required = True
            self.fields["comment"].error_messages["required"] = must
