"""The sentence that comes first on each page of an account broken down, from the figures of its table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.calculations import Value, change, percent_change, share
from emissions.enums import Scope
from emissions.queries.breakdown import Line, sector_lines, sum_of
from emissions.words.tables import FigureTable
from web.formats import format_number

HALF = Decimal("0.5")


def subject(scope: str, municipality: str) -> str:
    """«utslippene i Bergen»"""
    return {
        Scope.COMMUNITY_DIRECT: _("utslippene i {municipality}"),
        Scope.OWN_OPERATIONS_DIRECT: _("de direkte utslippene fra egen virksomhet i {municipality} kommune"),
        Scope.OWN_OPERATIONS_FOOTPRINT: _("klimafotavtrykket fra egen virksomhet i {municipality} kommune"),
        Scope.COMMUNITY_INDIRECT: _("de indirekte utslippene i {municipality}"),
    }[Scope(scope)].format(municipality=municipality)


def development(who: str, lines: Sequence[Line], first: int, last: int) -> str:
    """«Fra 2009 til 2024 gikk utslippene i Bergen ned med 88 000 tonn CO₂e, 29 prosent.»

    `who` is what `subject` gave, here and below.
    """
    return _from_to(who, sum_of(lines), first, last)


def sector(who: str, lines: Sequence[Line], name: str, first: int, last: int) -> str:
    """As `development`, for one sector."""
    everything = sum_of([line for line in lines if line.sector == name], name)
    return _from_to(_("{subject} fra {sector}").format(subject=who, sector=name), everything, first, last)


def _from_to(who: str, everything: Line, first: int, last: int) -> str:
    if first == last:
        return _level(who, everything.value(last), last)
    return _moved(who, everything, first, last)


def shares(who: str, lines: Sequence[Line], year: int) -> str:
    """«I 2024 kom 46 prosent av utslippene i Bergen fra Veitrafikk, mest av alle sektorer.»"""
    everything = sum_of(lines).value(year)
    parts = [(share(line.value(year), everything).number, line.sector) for line in sector_lines(lines)]
    largest = max(((percent, name) for percent, name in parts if percent is not None), default=None)
    if largest is None:
        return _level(who, everything, year)
    return _(
        "I {year} kom {percent} prosent av {subject} fra {sector}, mer enn fra noen annen sektor."
    ).format(year=year, percent=format_number(largest[0], 0), subject=who, sector=largest[1])


def per_inhabitant(who: str, table: FigureTable) -> str:
    """«I 2024 var utslippene i Bergen 2,05 tonn CO₂e per innbygger, mot 3,10 i 2009.»"""
    total = table.total.values if table.total else ()
    known = [
        (head.text, value.number)
        for head, value in zip(table.heads, total, strict=True)
        if value.number is not None
    ]
    if not known:
        return _("Vi kan ikke regne ut {subject} per innbygger: folketallet er ikke registrert.").format(
            subject=who
        )
    year, latest = known[-1]
    sentence = _("I {year} var {subject} {tonnes} tonn CO₂e per innbygger").format(
        year=year, subject=who, tonnes=format_number(latest, 2)
    )
    if len(known) > 1:
        sentence += _(", mot {tonnes} i {year}").format(
            year=known[0][0], tonnes=format_number(known[0][1], 2)
        )
    return f"{sentence}."


def _level(who: str, value: Value, year: int) -> str:
    if value.whole is None:
        return _("Vi vet ikke hvor store {subject} var i {year}.").format(subject=who, year=year)
    return _("I {year} var {subject} {tonnes} tonn CO₂e.").format(
        year=year, subject=who, tonnes=format_number(value.whole, 0)
    )


def _moved(who: str, line: Line, first: int, last: int) -> str:
    before, after = line.value(first), line.value(last)
    moved, percent = change(before, after).number, percent_change(before, after).number
    if moved is None:
        return _(
            "Vi kan ikke si hvordan {subject} endret seg fra {first} til {last}: deler av tallene mangler."
        ).format(subject=who, first=first, last=last)
    if abs(moved) < HALF:
        return _("{subject} var like store i {last} som i {first}.").format(
            subject=f"{who[0].upper()}{who[1:]}", first=first, last=last
        )
    sentence = (
        _("Fra {first} til {last} gikk {subject} ned med {tonnes} tonn CO₂e")
        if moved < 0
        else _("Fra {first} til {last} gikk {subject} opp med {tonnes} tonn CO₂e")
    ).format(first=first, last=last, subject=who, tonnes=format_number(abs(moved), 0))
    if percent is not None:
        sentence += _(", {percent} prosent").format(
            percent=format_number(abs(percent), 1 if abs(percent) < 1 else 0)
        )
    return f"{sentence}."
