"""Reads about hearing rounds: who was asked, who answered, and what became of each remark."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

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
from web.sorting import NorskSort


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One unit in a round; `code` is answered, late, waiting, overdue or closed (before the
    deadline)."""

    answer: HearingAnswer
    code: str
    words: str
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


def hearing_sections_of(strategy: Strategy) -> list[tuple[str, str]]:
    """(title, text) of what a hearing of the strategy asks about: the whole, then each focus area."""
    themes: dict[int, list[str]] = {}
    for theme in Theme.objects.filter(focus_area__strategy=strategy).order_by("order", "title"):
        themes.setdefault(theme.focus_area_id, []).append(theme.title)
    sections = [(_("Strategien som helhet"), strategy.introduction)]
    for area in FocusArea.objects.filter(strategy=strategy).order_by("order", "title"):
        listed = themes.get(area.pk)
        own = _("Temaer: {themes}.").format(themes=", ".join(listed)) if listed else ""
        sections.append((area.title, "\n".join(part for part in (area.description, own) if part)))
    return sections if len(sections) > 1 else []


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
    rows = tuple(_row(hearing, answer) for answer in answers)
    return Overview(
        rows=rows,
        unanswered=tuple(row.answer.unit.name for row in rows if not row.answer.verdict),
        remarks=sum(row.remarks for row in rows),
        undisposed=sum(answer.undisposed for answer in answers),
    )


def _row(hearing: HearingRound, answer: Any) -> AnswerRow:
    if answer.verdict:
        words = str(answer.get_verdict_display())
        if answer.verdict == Verdict.REMARKS and answer.remark_count > 1:
            words = _("{count} merknader").format(count=answer.remark_count)
        elif answer.verdict == Verdict.REMARKS:
            words = _("Én merknad")
        code = "late" if answer.is_late else "answered"
        return AnswerRow(answer, code, words, answer.remark_count)
    return AnswerRow(answer, _code_of_unanswered(hearing), _("Har ikke svart"), 0)


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
