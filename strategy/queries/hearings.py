"""Reads about hearing rounds: who was asked, who answered, and what became of each remark."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone

from strategy.enums import HearingState, Verdict
from strategy.models import (
    FocusArea,
    HearingAnswer,
    HearingRemark,
    HearingRound,
    HearingSection,
    Strategy,
    Theme,
)
from strategy.rules import hearing_access
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One unit in a round; `code` is answered, late, waiting, overdue or closed (before the
    deadline)."""

    answer: HearingAnswer
    code: str
    remarks: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts of a round. `unanswered` names those who have not answered."""

    rows: tuple[AnswerRow, ...]
    unanswered: tuple[str, ...]
    remarks: int
    undisposed: int

    @property
    def answered(self) -> int:
        return len(self.rows) - len(self.unanswered)


def hearing_document(strategy: Strategy) -> list[tuple[FocusArea, list[str]]]:
    """The focus areas of the strategy, each with the titles of its themes; two queries."""
    themes: dict[int, list[str]] = {}
    for theme in Theme.objects.filter(focus_area__strategy=strategy).order_by("order", "title"):
        themes.setdefault(theme.focus_area_id, []).append(theme.title)
    areas = FocusArea.objects.filter(strategy=strategy).order_by("order", "title")
    return [(area, themes.get(area.pk, [])) for area in areas]


def rounds_of(strategy: Strategy) -> QuerySet[HearingRound]:
    """The strategy's rounds, newest first."""
    return HearingRound.objects.filter(strategy=strategy).order_by("-sent_at", "-pk")


def answers_in(hearing: HearingRound, units: Collection[int] | None = None) -> QuerySet[Any]:
    """Answers by unit, with how many remarks each has and its remarks in the order of the sections."""
    remarks = HearingRemark.objects.select_related("section").order_by("section__order")
    answers = (
        HearingAnswer.objects.filter(round=hearing)
        .select_related("unit")
        .prefetch_related(Prefetch("remarks", queryset=remarks))
        .annotate(
            remark_count=Count("remarks"),
            undisposed=Count("remarks", filter=Q(remarks__disposition="")),
        )
        .order_by(NorskSort("unit__name"))
    )
    return answers if units is None else answers.filter(unit__in=list(units))


def overview(hearing: HearingRound, units: Collection[int] | None = None) -> Overview:
    """Who has answered what; `units` limits it to those the reader may see. Two queries."""
    answers = list(answers_in(hearing, units))
    rows = tuple(_answer_row(hearing, answer) for answer in answers)
    return Overview(
        rows=rows,
        unanswered=tuple(row.answer.unit.name for row in rows if not row.answer.verdict),
        remarks=sum(row.remarks for row in rows),
        undisposed=sum(answer.undisposed for answer in answers),
    )


def _answer_row(hearing: HearingRound, answer: Any) -> AnswerRow:
    if answer.verdict:
        return AnswerRow(answer, "late" if answer.is_late else "answered", answer.remark_count)
    return AnswerRow(answer, _code_of_unanswered(hearing), 0)


def _code_of_unanswered(hearing: HearingRound) -> str:
    """A round closed before its deadline let nobody's deadline pass."""
    if (hearing.closed_at or timezone.now()) > hearing.deadline:
        return "overdue"
    return "waiting" if hearing.state == HearingState.OPEN else "closed"


def remarks_of(hearing: HearingRound) -> list[tuple[HearingSection, list[HearingRemark]]]:
    """Every remark under its section, in the document's order; two queries."""
    by_section: dict[int, list[HearingRemark]] = {}
    for remark in (
        HearingRemark.objects.filter(answer__round=hearing)
        .select_related("answer__unit")
        .order_by(NorskSort("answer__unit__name"))
    ):
        by_section.setdefault(remark.section_id, []).append(remark)
    return [(section, by_section.get(section.pk, [])) for section in hearing.sections.order_by("order")]


def summary_of(hearing: HearingRound) -> dict[str, object]:
    """The round as readers get it: plain values only, to be frozen with the publication."""
    seen = overview(hearing)
    return {
        "asked": len(seen.rows),
        "answered": seen.answered,
        "without_remarks": [
            row.answer.unit.name for row in seen.rows if row.answer.verdict == Verdict.NO_REMARKS
        ],
        "unanswered": list(seen.unanswered),
        "sections": [
            {
                "title": section.title,
                "remarks": [
                    {
                        "unit": remark.answer.unit.name,
                        "text": remark.text,
                        "disposition": remark.disposition,
                        "reason": remark.reason,
                    }
                    for remark in remarks
                ],
            }
            for section, remarks in remarks_of(hearing)
        ],
    }


@dataclass(frozen=True, slots=True)
class WaitingHearings:
    """`answers` are those the user's own units have not given in open rounds. `rounds`, for Klima, are past
    their deadline and not published, each with how many remarks are not disposed of.
    """

    answers: tuple[HearingAnswer, ...] = ()
    rounds: tuple[tuple[HearingRound, int], ...] = ()


def waiting_hearings(user: AbstractBaseUser, now: datetime) -> WaitingHearings:
    """What waits for the user in hearings, the nearest deadline first; at most two queries."""
    access = hearing_access(user)
    return WaitingHearings(
        tuple(answers_to_give(access.own_units)) if access.own_units else (),
        tuple(_to_follow_up(now)) if access.edits else (),
    )


def answers_to_give(units: Collection[int]) -> QuerySet[HearingAnswer]:
    """What these units are asked in open rounds and have not answered, the nearest deadline first."""
    waiting = HearingAnswer.objects.filter(round__state=HearingState.OPEN, verdict="", unit__in=list(units))
    return waiting.select_related("round", "unit").order_by("round__deadline", "pk")


def _to_follow_up(now: datetime) -> Iterator[tuple[HearingRound, int]]:
    rounds = (
        HearingRound.objects.filter(~Q(state=HearingState.PUBLISHED), deadline__lte=now)
        .annotate(undisposed=Count("answers__remarks", filter=Q(answers__remarks__disposition="")))
        .order_by("deadline")
    )
    for one in rounds:
        yield one, one.undisposed


def hearings_due(user: AbstractBaseUser, start: date, end: date) -> list[HearingRound]:
    """Open hearings with a deadline from start to end, for those who are asked and those who read all."""
    access = hearing_access(user)
    first = timezone.make_aware(datetime.combine(start, time.min))
    last = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    rounds = HearingRound.objects.filter(state=HearingState.OPEN, deadline__gte=first, deadline__lt=last)
    if not access.reads_all:
        if not access.own_units:
            return []
        rounds = rounds.filter(answers__unit__in=list(access.own_units)).distinct()
    return list(rounds.order_by("deadline"))
