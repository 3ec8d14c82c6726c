"""The forms of the leaders: their yearly part, and questions to each other."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisation.models import Unit
from organisation.queries.units import active_units
from reporting.actions.follow_ups import FollowUpText
from reporting.models import FOLLOW_UP_FIELDS, LeaderQuestion, StrategyFollowUp
from web.forms import (
    HeltallField,
    LongTextField,
    NorskDatoField,
    PortalForm,
)


class FollowUpForm(PortalForm):
    """Four short answers. A blank is allowed, and shown as one; last year's words stand beside."""

    version = HeltallField(widget=forms.HiddenInput)

    def __init__(
        self, stored: StrategyFollowUp | None, before: StrategyFollowUp | None, data: Any = None
    ) -> None:
        initial: dict[str, Any] = {"version": stored.version if stored else 0}
        if stored is not None:
            initial |= {name: getattr(stored, name) for name, _short, _question in FOLLOW_UP_FIELDS}
        super().__init__(data, initial=initial)
        for name, _short, question in FOLLOW_UP_FIELDS:
            last = getattr(before, name) if before else ""
            self.fields[name] = LongTextField(
                label=question,
                help_text=_("I fjor: {text}").format(text=last) if last else "",
                required=False,
                max_length=1500,
                rows=4,
            )
        self.order_fields([name for name, _short, _question in FOLLOW_UP_FIELDS])

    def text(self) -> FollowUpText:
        """The valid form in words."""
        return FollowUpText(**{name: self.cleaned_data[name] for name, _short, _question in FOLLOW_UP_FIELDS})


class QuestionForm(PortalForm):
    """A question to another unit. `leads` are the units the asker leads; with one there is no choice."""

    from_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=gettext_lazy("Fra"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Velg hvilken virksomhet du spør for.")},
    )
    to_unit = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label=gettext_lazy("Til"),
        empty_label=gettext_lazy("Velg virksomhet"),
        error_messages={
            "required": gettext_lazy("Velg hvem du spør."),
            "invalid_choice": gettext_lazy("Virksomheten finnes ikke lenger. Velg en annen."),
        },
    )
    question = LongTextField(
        label=gettext_lazy("Hva spør du om?"),
        max_length=1000,
        rows=4,
        error_messages={"required": gettext_lazy("Skriv hva du spør om.")},
    )
    due_on = NorskDatoField(
        label=gettext_lazy("Svarfrist"),
        error_messages={"required": gettext_lazy("Skriv en svarfrist, for eksempel 31.12.2026.")},
    )

    def __init__(self, leads: list[Unit], data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        units = active_units()
        self.fields["to_unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["from_unit"].queryset = units.filter(  # type: ignore[attr-defined]
            pk__in=[unit.pk for unit in leads]
        )
        if len(leads) == 1:
            self.only: Unit | None = leads[0]
            del self.fields["from_unit"]
        else:
            self.only = None

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Skriv en svarfrist i dag eller senere."))
        return day

    @property
    def asker(self) -> Unit:
        """The unit the question is asked for."""
        return self.only or self.cleaned_data["from_unit"]


class AnswerForm(PortalForm):
    """The answer to a question, or a draft of it."""

    text = LongTextField(label=gettext_lazy("Svar"), required=False, max_length=2000, rows=5)
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(self, question: LeaderQuestion, data: Any = None) -> None:
        super().__init__(data, initial={"text": question.draft, "version": question.version})
