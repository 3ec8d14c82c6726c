"""The columns of a spreadsheet of lines, known by their headers in any order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from budget.enums import CostKind
from web.register.columns import Column, ColumnKind

SHEET = "Klimabudsjett"
MEASURE, SCOPE, REASON, ALREADY, ASSUMPTIONS = (
    "Tiltak",
    "Systemgrense",
    "Ikke tallfestet fordi",
    "Allerede med i regnskapet",
    "Metode og forutsetninger",
)
# The split as pairs of columns to choose in, or written in one.
SOURCES, SOURCE, SHARE = "Utslippskilder", "Kilde", "Andel"
LEAST_PAIRS, MOST_PAIRS = 3, 10
# What a line says beside its figures, by the name it has in `LineDetails`.
DETAILS = {
    "calculated_by": "Regnet ut av",
    "calculated_on": "Regnet ut dato",
    "attachment_url": "Lenke til vedlegg",
    "plan_reference": "Rad i økonomiplanen",
    "decision_id": "Vedtak i vedtaksregisteret",
    "decision_reference": "Vedtak, i ord",
    "extra_cost_nok": "Samlet merkostnad",
    "lifetime_years": "Levetid",
    "discount_percent": "Kalkulasjonsrente",
}
_DETAIL_KINDS: Mapping[str, ColumnKind] = {
    "calculated_on": "date",
    "extra_cost_nok": "number",
    "lifetime_years": "integer",
    "discount_percent": "number",
}
TITLE, RESPONSIBLE = "Tittel (endres ikke her)", "Ansvarlig (endres ikke her)"
COST_WORDS = {
    CostKind.INVESTMENT: "Investering",
    CostKind.OPERATION: "Drift",
    CostKind.SAVING: "Innsparing",
}
TONNES, LOW, HIGH = "tonnes", "low", "high"
ESTIMATE_WORDS = {LOW: "lavt", HIGH: "høyt"}


@dataclass(frozen=True, slots=True)
class Figure:
    """What a column of figures holds: an estimate of the effect, or a kind of cost, in one year."""

    kind: str
    year: int


def pair(number: int) -> tuple[str, str]:
    """«Kilde 1», «Andel 1»"""
    return f"{SOURCE} {number}", f"{SHARE} {number}"


def figure_headers(years: Iterable[int]) -> dict[str, Figure]:
    """Header → figure for every year: «2027», «2027 lavt», «Drift 2027»."""
    years = tuple(years)
    found = {str(year): Figure(TONNES, year) for year in years}
    found |= {f"{year} {word}": Figure(kind, year) for kind, word in ESTIMATE_WORDS.items() for year in years}
    return found | {
        f"{word} {year}": Figure(kind, year) for kind, word in COST_WORDS.items() for year in years
    }


def line_columns(years: Iterable[int], pairs: int) -> list[Column]:
    """The columns of the template, in its order, with so many pairs of sources; named by their headers."""
    figures = figure_headers(years)
    return [
        Column(MEASURE, MEASURE),
        Column(TITLE, TITLE, read=False),
        Column(RESPONSIBLE, RESPONSIBLE, read=False),
        Column(SCOPE, SCOPE),
        *(_number(header) for header, figure in figures.items() if figure.kind == TONNES),
        _number(ALREADY),
        *(column for number in range(1, pairs + 1) for column in _pair_columns(number)),
        Column(REASON, REASON),
        Column(ASSUMPTIONS, ASSUMPTIONS),
        *(_number(header) for header, figure in figures.items() if figure.kind != TONNES),
        *(Column(header, header, kind=_DETAIL_KINDS.get(name, "text")) for name, header in DETAILS.items()),
    ]


def known_columns(years: Iterable[int]) -> list[Column]:
    """Every column a file may have."""
    return [*line_columns(years, MOST_PAIRS), Column(SOURCES, SOURCES)]


def _number(header: str) -> Column:
    return Column(header, header, kind="number")


def _pair_columns(number: int) -> tuple[Column, Column]:
    source, share = pair(number)
    return Column(source, source), _number(share)
