"""Publications: the newest for an audience, one by its number, and all of a period."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from publishing.enums import Audience
from publishing.models import Publication
from publishing.queries.period_summary import PeriodSummary
from publishing.queries.plain import from_plain
from publishing.queries.public_summary import PublicSummary
from reporting.models import Period
from web.sorting import NorskSort

# Large, and not wanted where publications are listed.
FILES = ("data", "pdf", "archive_pdf", "html")


@dataclass(frozen=True, slots=True)
class Published:
    """A publication as it is shown: its number and time, and what leadership read."""

    number: int
    at: datetime
    summary: PeriodSummary


@dataclass(frozen=True, slots=True)
class PublishedToAll:
    """A publication for the climate committee and the public."""

    period: str
    number: int
    at: datetime
    summary: PublicSummary


def published_summary(period: Period, unit_id: int | None = None) -> Published | None:
    """The newest publication of a period for leadership, or for the leader of an area."""
    rows = _of(Audience.LEADERSHIP if unit_id is None else Audience.AREA, unit_id).filter(period=period)
    row = rows.defer(*FILES[1:]).order_by("-number").first()
    return Published(row.number, row.published_at, from_plain(PeriodSummary, row.data)) if row else None


def is_published(period: Period) -> bool:
    """Whether leadership's summary of the period is published at all."""
    return _of(Audience.LEADERSHIP).filter(period=period).exists()


def latest_publications(periods: Iterable[Period]) -> dict[int, Publication]:
    """The newest publication for leadership of each period that has one, without its data and files."""
    rows = (
        Publication.objects.filter(period__in=list(periods), audience=Audience.LEADERSHIP)
        .defer("data", "pdf", "archive_pdf", "html")
        .order_by("period_id", "-number")
        .distinct("period_id")
    )
    return {row.period_id: row for row in rows}


def newest_published_to_all() -> PublishedToAll | None:
    """The newest publication for all of the newest period that has one: what the public page begins with."""
    rows = _of(Audience.COMMITTEE).select_related("period").defer(*FILES[1:])
    row = rows.order_by("-period__opens_at", "-number").first()
    return _to_all(row) if row else None


def published_to_all(period: Period, number: int) -> PublishedToAll | None:
    """One publication for all, as it was published."""
    rows = _of(Audience.COMMITTEE).filter(period=period, number=number)
    row = rows.select_related("period").defer(*FILES[1:]).first()
    return _to_all(row) if row else None


def all_published_to_all() -> list[Publication]:
    """Every publication for all, the newest first, without its data and files."""
    rows = _of(Audience.COMMITTEE).select_related("period").defer(*FILES)
    return list(rows.order_by("-period__opens_at", "-number"))


def publications_in(period: Period, areas: Collection[int] | None) -> list[Publication]:
    """The publications of a period by audience and area, the newest first, without their data and files.

    Of those made for an area only these areas', or all when None.
    """
    rows = Publication.objects.filter(period=period).select_related("unit", "published_by").defer(*FILES)
    if areas is not None:
        rows = rows.filter(Q(unit__isnull=True) | Q(unit__in=areas))
    return list(rows.order_by("audience", NorskSort("unit__name"), "-number"))


def find_publication(
    period: Period, audience: str, unit_id: int | None, number: int | None = None
) -> Publication | None:
    """A publication with its data and files: this number, or the newest."""
    rows = _of(audience, unit_id).filter(period=period).select_related("period", "unit", "published_by")
    if number is not None:
        rows = rows.filter(number=number)
    return rows.order_by("-number").first()


def _of(audience: str, unit_id: int | None = None) -> QuerySet[Publication]:
    return Publication.objects.filter(audience=audience, unit=unit_id)


def _to_all(row: Publication) -> PublishedToAll:
    return PublishedToAll(row.period.code, row.number, row.published_at, from_plain(PublicSummary, row.data))
