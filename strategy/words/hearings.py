"""Hearings in words: what units are asked about, what they answered, and what waits for whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from strategy.enums import HearingState, Verdict
from strategy.models import FocusArea, HearingAnswer, HearingRound, Strategy
from strategy.queries.hearings import AnswerRow, Overview, WaitingHearings
from web.contributions import CalendarEntry, Task


def hearing_sections(
    strategy: Strategy, areas: Sequence[tuple[FocusArea, Sequence[str]]]
) -> list[tuple[str, str]]:
    """(title, text) of what a hearing of the strategy asks about: the whole, then each focus area with the
    titles of its themes. Without focus areas there is nothing to ask about.
    """
    if not areas:
        return []
    sections = [(_("Strategien som helhet"), strategy.introduction)]
    for area, themes in areas:
        own = _("Temaer: {themes}.").format(themes=", ".join(themes)) if themes else ""
        sections.append((area.title, "\n".join(part for part in (area.description, own) if part)))
    return sections


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One unit's line on the page of a round; `code` is that of `AnswerRow`."""

    answer: HearingAnswer
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class OverviewInWords:
    """A round's answers as its page shows them; the counts are those of `Overview`."""

    rows: tuple[AnswerLine, ...]
    unanswered: tuple[str, ...]
    answered: int
    undisposed: int


def overview_in_words(seen: Overview) -> OverviewInWords:
    return OverviewInWords(
        tuple(AnswerLine(row.answer, row.code, _answered(row)) for row in seen.rows),
        seen.unanswered,
        seen.answered,
        seen.undisposed,
    )


def _answered(row: AnswerRow) -> str:
    if not row.answer.verdict:
        return _("Har ikke svart")
    if row.answer.verdict != Verdict.REMARKS:
        return str(row.answer.get_verdict_display())
    return _("{count} merknader").format(count=row.remarks) if row.remarks > 1 else _("Én merknad")


def hearing_tasks(waiting: WaitingHearings, now: datetime) -> Iterator[Task]:
    """Hearings the user's units are asked in and have not answered; for Klima, remarks to deal with."""
    for answer in waiting.answers:
        late = now > answer.round.deadline
        yield Task(
            title=answer.round.title,
            detail=_("{unit} har ikke svart. Fristen er ute, men svaret blir tatt imot.").format(
                unit=answer.unit.name
            )
            if late
            else _("{unit} er bedt om å svare.").format(unit=answer.unit.name),
            url=reverse("strategy:hearing_answer", args=[answer.round_id, answer.unit_id]),
            button=_("Svar"),
            due=answer.round.deadline,
            primary=not late,
        )
    for one, undisposed in waiting.rounds:
        yield Task(
            title=one.title,
            detail=_to_deal_with(one, undisposed),
            url=one.get_absolute_url(),
            button=_("Se svarene"),
        )


def _to_deal_with(hearing: HearingRound, undisposed: int) -> str:
    if undisposed == 1:
        return _("Én merknad er ikke behandlet.")
    if undisposed:
        return _("{count} merknader er ikke behandlet.").format(count=undisposed)
    if hearing.state == HearingState.OPEN:
        return _("Fristen er ute. Avslutt høringen når du ikke venter flere svar.")
    return _("Alle merknader er behandlet. Oppsummeringen kan publiseres.")


def hearing_deadlines(due: Iterable[HearingRound]) -> Iterator[CalendarEntry]:
    for one in due:
        yield CalendarEntry(
            timezone.localdate(one.deadline),
            _("Høringsfrist: {title}").format(title=one.title.removeprefix(_("Høring: "))),
            one.get_absolute_url(),
        )
