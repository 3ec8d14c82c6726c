"""What goes with a step of a report, and the report's measures as the one who takes the step reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.enums import SEVERITY, Status
from reporting.queries.reports import Answer
from reporting.words.answers import SaidAnswer, said
from web.forms import HeltallField, LongTextField, PortalForm


@dataclass(frozen=True, slots=True)
class Row:
    """A measure as the one who takes the step reads it, with room for a comment."""

    answer: SaidAnswer
    field: BoundField


class StepForm(PortalForm):
    """What goes with a step: a comment on the report, and one on each measure, all of them optional.

    `must`: what to say when nothing at all is written, for the step that cannot be taken without.
    """

    comment = LongTextField(label=gettext_lazy("Kommentar"), required=False, max_length=1000, rows=4)
    version = HeltallField(widget=forms.HiddenInput)

    def __init__(
        self,
        answers: Sequence[Answer],
        data: Any = None,
        *,
        version: int,
        help_text: str = "",
        must: str = "",
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.must = must
        self.fields["comment"].help_text = help_text
        for answer in answers:
            field = LongTextField(
                label=_("Til virksomheten om «{title}»").format(title=answer.title),
                required=False,
                max_length=1000,
                rows=2,
            )
            field.widget.counter = None
            self.fields[self.name_of(answer.status.pk)] = field
        self.measures = [answer.status.pk for answer in answers]
        self._arrange(said(answers))

    def _arrange(self, answers: Sequence[SaidAnswer]) -> None:
        off_plan = sorted((one for one in answers if one.status.off_plan), key=_worst_first)
        changed = [one for one in answers if one.changed and one not in off_plan]
        self.off_plan = self._rows(off_plan)
        self.changed = self._rows(changed)
        self.rest = self._rows(one for one in answers if one not in off_plan and one not in changed)

    def _rows(self, answers: Iterable[SaidAnswer]) -> list[Row]:
        return [Row(answer, self[self.name_of(answer.status.pk)]) for answer in answers]

    @staticmethod
    def name_of(pk: int) -> str:
        return f"k-{pk}"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        written = [text for name, text in given.items() if name != "version" and text]
        if self.must and not self.errors and not written:
            self.add_error("comment", self.must)
        return given

    def comments(self) -> dict[int, str]:
        """What is said about single measures, by the status' primary key."""
        said = {pk: self.cleaned_data[self.name_of(pk)] for pk in self.measures}
        return {pk: text for pk, text in said.items() if text}


def _worst_first(answer: Answer) -> tuple[int, object]:
    """The worst first, then most tonnes."""
    tonnes = answer.estimate.tonnes if answer.estimate else 0
    return SEVERITY.index(Status(answer.status.status)), -tonnes
