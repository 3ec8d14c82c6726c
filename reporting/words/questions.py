"""Questions between leaders, as tasks on Min side and dates in the year wheel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reporting.models import LeaderQuestion
from reporting.queries.questions import WaitingQuestion
from reporting.rules.deadlines import end_of
from reporting.words.progress import count_word
from web.contributions import CalendarEntry, Task


def question_tasks(waiting: Iterable[WaitingQuestion], late: int) -> Iterator[Task]:
    """Questions that wait for the user's units, and for a leader above, how many her units let pass."""
    for one in waiting:
        yield Task(
            title=_("Spørsmål fra {unit}").format(unit=one.question.from_unit.name),
            detail=one.question.question,
            url=reverse("reporting:question", args=[one.question.pk]),
            button=_("Svar") if one.leads else _("Skriv utkast"),
            due=end_of(one.question.due_on),
        )
    if late:
        words = _("{count} spørsmål til virksomhetene dine er ikke besvart innen fristen.")
        yield Task(
            title=_("Ubesvarte spørsmål"),
            detail=capfirst(words.format(count=count_word(late))),
            url=reverse("reporting:questions"),
            button=_("Se spørsmålene"),
        )


def question_deadline(question: LeaderQuestion) -> CalendarEntry:
    return CalendarEntry(
        question.due_on,
        _("Svarfrist: spørsmål fra {unit}").format(unit=question.from_unit.name),
        reverse("reporting:question", args=[question.pk]),
    )
