"""What is frozen for each audience, read back as it was."""

from __future__ import annotations

from typing import TypeAlias

from publishing.enums import Audience
from publishing.models import Publication
from publishing.queries.chapter import Chapter
from publishing.queries.period_summary import PeriodSummary
from publishing.queries.plain import from_plain
from publishing.queries.public_summary import PublicSummary

Frozen: TypeAlias = PeriodSummary | PublicSummary | Chapter


def thawed(publication: Publication) -> Frozen:
    """What a publication holds, as it was when it was published."""
    if publication.audience == Audience.COMMITTEE:
        return from_plain(PublicSummary, publication.data)
    if publication.audience == Audience.CHAPTER:
        return from_plain(Chapter, publication.data)
    return from_plain(PeriodSummary, publication.data)
