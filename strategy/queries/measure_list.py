"""The list of measures: what a reader may see, and how it is searched."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window

from organisation.models import Unit
from strategy.models import FocusArea, Measure, Placement, Responsibility, fold
from strategy.models.search import CONFIGURATION
from strategy.rules import PUBLISHED_STATES
from web.sorting import NorskSort

# More words than this narrow nothing; the address may hold anything.
MOST_WORDS = 8
COLUMNS = ("code", "title", "kind", "state", "is_example")


def visible_measures(*, drafts: bool) -> QuerySet[Measure]:
    """Measures in order of their number; those that stand in drafts only, for those who may read drafts."""
    measures = Measure.objects.order_by("code_key", "pk")
    if drafts:
        return measures
    placements = Placement.objects.filter(measure=OuterRef("pk"))
    published = placements.filter(strategy__state__in=sorted(PUBLISHED_STATES))
    return measures.filter(Exists(published) | ~Exists(placements))


def search_measures(measures: QuerySet[Measure], text: str) -> QuerySet[Measure]:
    """Those with all the words: in any Norwegian form or as their beginnings, or as parts of number or title.

    Best hits first: number and title count more than the description.
    """
    words = re.findall(r"[\w.\-]+", fold(text))[:MOST_WORDS]
    if not words:
        return measures.none() if text.strip() else measures
    pieces = [piece for word in words for piece in re.findall(r"\w+", word)]
    in_letters = Q()
    for word in words:
        in_letters &= Q(letters__contains=word)
    found = in_letters
    rank: list[str] = ["code_key", "pk"]
    if pieces:
        query = SearchQuery(
            " & ".join(f"'{piece}':*" for piece in pieces), config=CONFIGURATION, search_type="raw"
        )
        found |= Q(words=query)
        measures = measures.annotate(rank=SearchRank(F("words"), query))
        rank.insert(0, "-rank")
    return measures.filter(found).order_by(*rank)


def answered_for_by(measures: QuerySet[Measure], unit: int) -> QuerySet[Measure]:
    """Those the unit with this key answers for today."""
    return measures.filter(pk__in=Responsibility.objects.current().filter(unit=unit).values("measure_id"))


def choosable_areas(*, drafts: bool) -> list[tuple[int, str]]:
    """Focus areas to filter by, key and name with the strategy's, strategy by strategy; one query."""
    areas = FocusArea.objects.order_by("strategy__order", "strategy", "order")
    if not drafts:
        areas = areas.filter(strategy__state__in=sorted(PUBLISHED_STATES))
    return [
        (pk, f"{title} ({strategy})")
        for pk, title, strategy in areas.values_list("pk", "title", "strategy__title")
    ]


def answering_units() -> QuerySet[Unit]:
    """Units that answer for some measure today, in Norwegian order."""
    return Unit.objects.filter(pk__in=Responsibility.objects.current().values("unit_id")).order_by(
        NorskSort("name"), "pk"
    )


class ListedMeasure(NamedTuple):
    """One row of the list; `unit` is None where nobody answers today."""

    code: str
    title: str
    kind: str
    state: str
    is_example: bool
    unit: str | None


@dataclass(frozen=True, slots=True)
class ListedPage:
    """The rows of one page, and how many measures there are on all of them."""

    number: int
    rows: tuple[ListedMeasure, ...]
    count: int


def listed_page(measures: QuerySet[Measure], number: int, size: int) -> ListedPage:
    """Page `number` of the measures, with who answers for each; one query.

    After the last page comes the last one, found with two queries more.
    """
    unit = Responsibility.objects.current().filter(measure=OuterRef("pk")).values("unit__name")
    named = measures.annotate(answering=Subquery(unit), found=Window(Count("*")))
    start = size * (max(1, number) - 1)
    rows = list(named.values_list(*COLUMNS, "answering", "found")[start : start + size])
    if not rows and number > 1:
        # Nothing more is found than stands on the pages before.
        return listed_page(measures, -(-measures.count() // size), size)
    return ListedPage(
        max(1, number), tuple(ListedMeasure(*row[:-1]) for row in rows), rows[0][-1] if rows else 0
    )
