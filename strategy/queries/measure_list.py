"""The list of measures: what a reader may see, and how it is searched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from organisation.models import Unit
from strategy.models import FocusArea, Measure, Placement, Responsibility, fold
from strategy.models.search import CONFIGURATION
from strategy.queries.measures import responsible_units
from strategy.rules import PUBLISHED_STATES

# More words than this narrow nothing; the address may hold anything.
MOST_WORDS = 8


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


def answered_for_by(measures: QuerySet[Measure], unit: Unit) -> QuerySet[Measure]:
    """Those the unit answers for today."""
    return measures.filter(pk__in=Responsibility.objects.current().filter(unit=unit).values("measure_id"))


def choosable_areas(*, drafts: bool) -> QuerySet[FocusArea]:
    """Focus areas to filter by, strategy by strategy."""
    areas = FocusArea.objects.select_related("strategy").order_by("strategy__order", "strategy", "order")
    return areas if drafts else areas.filter(strategy__state__in=sorted(PUBLISHED_STATES))


def answering_units() -> QuerySet[Unit]:
    """Units that answer for some measure today, in Norwegian order."""
    return Unit.objects.filter(pk__in=Responsibility.objects.current().values("unit_id")).order_by(
        "name", "pk"
    )


@dataclass(frozen=True, slots=True)
class ListedMeasure:
    """One row of the list; `unit` is empty where nobody answers today."""

    measure: Measure
    unit: str


def listed(measures: Iterable[Measure]) -> list[ListedMeasure]:
    """The measures with who answers for them; one query more."""
    rows = list(measures)
    units = responsible_units(row.pk for row in rows)
    return [ListedMeasure(row, units[row.pk].name if row.pk in units else "") for row in rows]
