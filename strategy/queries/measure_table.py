"""Measures as rows of a spreadsheet: one value per column, links by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import F

from emissions.models import Source
from organisation.models import Unit
from strategy.models import Contribution, Measure, MeasureDependency, MeasureSource
from strategy.queries.measures import responsible_units


@dataclass(slots=True)
class MeasureRecord:
    """A measure with its links as ids; `unit` is the one that answers today."""

    measure: Measure
    unit: int | None = None
    contributing: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()
    needs: frozenset[int] = frozenset()


@dataclass(slots=True)
class Names:
    """What the spreadsheet calls units, sources and measures."""

    units: dict[int, str] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)

    def of(self, link: str) -> dict[int, str]:
        """The names of what a link of MeasureRecord leads to, by id."""
        known = {"unit": self.units, "contributing": self.units, "sources": self.sources, "needs": self.codes}
        return known[link]


def measure_records(measures: Iterable[Measure]) -> list[MeasureRecord]:
    """The measures with their links, in the order given; four queries whatever their number."""
    found = list(measures)
    ids = [one.pk for one in found]
    units = responsible_units(ids)
    contributing = _linked(Contribution.objects.filter(measure__in=ids).values_list("measure_id", "unit_id"))
    sources = _linked(MeasureSource.objects.filter(measure__in=ids).values_list("measure_id", "source_id"))
    needs = _linked(MeasureDependency.objects.filter(measure__in=ids).values_list("measure_id", "needs_id"))
    return [
        MeasureRecord(
            measure=one,
            unit=units[one.pk].pk if one.pk in units else None,
            contributing=frozenset(contributing.get(one.pk, ())),
            sources=frozenset(sources.get(one.pk, ())),
            needs=frozenset(needs.get(one.pk, ())),
        )
        for one in found
    ]


def measure_names() -> Names:
    """Names of every unit, closed ones too, of every source and measure; three queries."""
    return Names(
        # Of two with one name, the one still in operation comes last, and is the one a name leads to.
        units=dict(
            Unit.objects.order_by(F("valid_to").asc(nulls_last=True), "valid_from").values_list("pk", "name")
        ),
        sources={one.pk: source_name(one) for one in Source.objects.select_related("sector")},
        codes=dict(Measure.objects.values_list("pk", "code")),
    )


def source_name(source: Source) -> str:
    """«Veitrafikk: Personbiler»: names of sources repeat from sector to sector."""
    return f"{source.sector.name}: {source.name}"


def _linked(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for measure, other in pairs:
        found.setdefault(measure, set()).add(other)
    return found
