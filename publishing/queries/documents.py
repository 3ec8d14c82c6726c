"""What is frozen for each audience: built from the period as it stands, and read back as it was."""

from __future__ import annotations

from typing import TypeAlias

from publishing.enums import Audience
from publishing.models import Publication
from publishing.queries.chapter import Chapter, chapter_of
from publishing.queries.period_summary import summary_of
from publishing.queries.plain import from_plain
from publishing.queries.public_summary import PublicSummary, public_summary
from publishing.queries.reach import WHOLE, Reach
from publishing.queries.summary import PeriodSummary
from reporting.models import Period

Frozen: TypeAlias = PeriodSummary | PublicSummary | Chapter


def document_for(audience: str, period: Period, reach: Reach = WHOLE) -> Frozen:
    """The period as it stands now, as this audience reads it. `reach` is the area when it is for one."""
    summary = summary_of(period, reach)
    if audience == Audience.COMMITTEE:
        return public_summary(summary)
    if audience == Audience.CHAPTER:
        return chapter_of(summary)
    return summary


def thawed(publication: Publication) -> Frozen:
    """What a publication holds, as it was when it was published."""
    if publication.audience == Audience.COMMITTEE:
        return from_plain(PublicSummary, publication.data)
    if publication.audience == Audience.CHAPTER:
        return from_plain(Chapter, publication.data)
    return from_plain(PeriodSummary, publication.data)
