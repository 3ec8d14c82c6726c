"""The form of one measure in a report."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.actions.reports import StatusAnswers
from reporting.enums import OFF_PLAN, Status
from reporting.models import DECISION_LEVEL_LABELS, STATUS_LABELS, UnitReport
from reporting.queries.reports import Answer, AskedIndicator
from reporting.rules.levels import levels_of
from reporting.rules.links import split_links, why_not_links
from reporting.rules.reports import missing_answers
from web.formats import format_number
from web.forms import LongTextField, NorskDatoField, NorskTallField, PortalForm

_STATUS_CHOICES = [(code.value, label) for code, label in STATUS_LABELS.items()]
_NO_LEVEL = ("", gettext_lazy("Ingen beslutning trengs"))
# Wrong until they are typed to their end: saved when they are left, while the rest is saved as it is typed.
_WHOLE_OR_NOTHING = {"indicator_value", "new_date", "links"}
# Of what is asked off plan, what is no text of its own.
_PICKED_OFF_PLAN = ("new_date", "delayed_share", "decision_level")
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
        label=gettext_lazy("Hvem må avgjøre noe?"), choices=[_NO_LEVEL], required=False
    )
    decision_question = LongTextField(
        label=gettext_lazy("Hva ber dere om at blir avgjort?"), required=False, max_length=500, rows=2
    )
    decision_follow_up = LongTextField(
        label=gettext_lazy("Hva er gjort med beslutningen?"), required=False, max_length=1000, rows=2
    )
    links = LongTextField(
        label=gettext_lazy("Lenker til vedlegg"),
        help_text=gettext_lazy("Høyst fem adresser, én på hver linje."),
        required=False,
        max_length=2000,
        rows=2,
    )

    def __init__(self, answer: Answer, report: UnitReport, data: Any = None) -> None:
        self.decided = answer.decided is not None
        not_asked = set() if self.decided else {"decision_follow_up"}
        not_asked |= set() if answer.indicator else {"indicator_value"}
        # What is not asked is kept as it is: an answer given before the question was taken away is not lost.
        shown = {
            name: getattr(answer.status if name in not_asked else answer.shown, name)
            for name in self.base_fields
        }
        super().__init__(data, prefix=f"s-{answer.status.pk}", initial=shown)
        self.year, self.unit = report.period.year, report.unit
        self.fields["decision_level"].choices = [  # type: ignore[attr-defined]
            _NO_LEVEL,
            *((level.value, capfirst(str(DECISION_LEVEL_LABELS[level]))) for level in levels_of(self.unit)),
        ]
        for name in not_asked:
            del self.fields[name]
        if answer.indicator is not None:
            self.fields["indicator_value"].label = indicator_label(answer.indicator)
        for name, field in self.fields.items():
            if name in _WHOLE_OR_NOTHING:
                field.widget.attrs["class"] = "kp-when-left"
            # A counter under every box would shout; what is too long is said when it is.
            if isinstance(field, LongTextField):
                field.widget.counter = None
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

    @property
    def has_links(self) -> bool:
        """Whether the part about attachments has an address or an error, and so stands open."""
        return bool(self["links"].value() or self["links"].errors)

    def clean(self) -> dict[str, Any]:
        """What is not asked on plan is not shown there, and nobody can put it right."""
        given: dict[str, Any] = self.cleaned_data
        if given.get("status", Status.DELAYED) not in OFF_PLAN:
            for name in [name for name in _PICKED_OFF_PLAN if name in self.errors]:
                del self.errors[name]
                given[name] = getattr(StatusAnswers(), name)
        return given

    def clean_links(self) -> str:
        text: str = self.cleaned_data["links"]
        if sentence := why_not_links(text):
            raise forms.ValidationError(sentence)
        return "\n".join(split_links(text))

    def answers(self) -> StatusAnswers:
        """The form as answers; a field that could not be read is blank in them."""
        return StatusAnswers(**{**self._not_asked(), **self.cleaned_data})

    def shown_answers(self) -> StatusAnswers:
        """What the form shows before anybody has touched it."""
        return StatusAnswers(**self.initial)

    def _not_asked(self) -> dict[str, Any]:
        return {name: value for name, value in self.initial.items() if name not in self.fields}

    def require_complete(self) -> bool:
        """Adds an error to every field that must be answered before the report is sent."""
        answers = self.answers()
        if answers.status not in OFF_PLAN:
            answers = StatusAnswers(status=answers.status, decision_follow_up=answers.decision_follow_up)
        for field, sentence in missing_answers(answers, self.year, self.unit, decided=self.decided):
            self.add_error(field, sentence)
        return not self.errors


def fingerprint(answers: StatusAnswers) -> str:
    """The same for the same answers, however they were written. What the form showed is known by it."""
    parts = [_plain(value) for _name, value in sorted(asdict(answers).items())]
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return format_number(value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def indicator_label(indicator: AskedIndicator) -> str:
    """«Elbiler levert (måltall 24 ved årsslutt)»"""
    if indicator.target is None:
        return f"{indicator.name} ({indicator.unit_label})"
    return _("{name} (måltall {target} ved årsslutt)").format(
        name=indicator.name, target=format_number(indicator.target)
    )
