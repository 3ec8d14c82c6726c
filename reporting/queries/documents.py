"""What is frozen for each audience: built from the period as it stands, and read back as it was."""

from __future__ import annotations

from typing import TypeAlias

from reporting.enums import Audience
from reporting.models import Period, Publication
from reporting.queries.chapter import Chapter, chapter_of
from reporting.queries.leadership import summary_of
from reporting.queries.plain import from_plain
from reporting.queries.public_summary import PublicSummary, public_summary
from reporting.queries.reach import WHOLE, Reach
from reporting.queries.summary import LeadershipSummary

Frozen: TypeAlias = LeadershipSummary | PublicSummary | Chapter


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
    return from_plain(LeadershipSummary, publication.data)
