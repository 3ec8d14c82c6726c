"""The comments of the one who approves, returns or assures a report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.queries.reports import Answer
from web.forms import LongTextField, PortalForm


class StepForm(PortalForm):
    """What goes with a step: a comment on the report, and one on each measure, all of them optional.

    `must`: what to say when nothing at all is written, for the step that cannot be taken without.
    """

    comment = LongTextField(label=gettext_lazy("Kommentar"), required=False, max_length=1000, rows=4)

    def __init__(
        self, answers: Sequence[Answer], data: Any = None, *, help_text: str = "", must: str = ""
    ) -> None:
        super().__init__(data)
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

    @staticmethod
    def name_of(pk: int) -> str:
        return f"k-{pk}"

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = self.cleaned_data
        if self.must and not self.errors and not any(given.values()):
            self.add_error("comment", self.must)
        return given

    def comments(self) -> dict[int, str]:
        """What is said about single measures, by the status' primary key."""
        said = {pk: self.cleaned_data[self.name_of(pk)] for pk in self.measures}
        return {pk: text for pk, text in said.items() if text}
