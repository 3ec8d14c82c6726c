"""The rows of the budget page as text: one place for page and cell answer, so that they never differ."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from budget.queries.tables import BudgetTable, TableLine, TableYear
from budget.words.figures import cut, gap, tonnes, whole
from budget.words.groups import carried_out_by, known_sum, level_title
from strategy.enums import Level
from web.grid import escape


@dataclass(frozen=True, slots=True)
class SumCell:
    """One figure of a sum row. `good` marks a distance that lies under the ceiling, `in_body` a
    figure that is no total of its table."""

    id: str
    text: str
    good: bool = False
    in_body: bool = False

    def markup(self, *, out_of_band: bool = False) -> SafeString:
        """The table cell, one string for page and answer: a page may have hundreds of them."""
        text = f'<span class="kp-tag kp-ok">{escape(self.text)}</span>' if self.good else escape(self.text)
        css = "num sum" if self.in_body else "num"
        swap = ' hx-swap-oob="true"' if out_of_band else ""
        return SafeString(f'<td class="{css}" id="{self.id}"{swap}>{text}</td>')


@dataclass(frozen=True, slots=True)
class SumRow:
    label: str
    cells: tuple[SumCell, ...]
    css: str = ""

    @property
    def markup(self) -> SafeString:
        return SafeString("".join(cell.markup() for cell in self.cells))


def _is_under(value: Decimal | None) -> bool:
    return value is not None and whole(value) < 0


Figure = Callable[[TableYear], str]

SUMMARY: tuple[tuple[str, object, Figure, str], ...] = (
    ("reference", gettext_lazy("Referansebane"), lambda row: tonnes(row.reference), ""),
    (
        "external",
        gettext_lazy("− Statlige og regionale tiltak, netto"),
        lambda row: cut(row.external_net),
        "",
    ),
    (
        "municipal",
        gettext_lazy("− Kommunale tiltak, netto"),
        lambda row: cut(row.by_level[Level.MUNICIPAL].net),
        "",
    ),
    ("path", gettext_lazy("Tiltaksbane"), lambda row: tonnes(row.path), ""),
    ("ceiling", gettext_lazy("Utslippsramme"), lambda row: tonnes(row.ceiling), ""),
    ("gap", gettext_lazy("Over rammen"), lambda row: gap(row.gap), "gap"),
)
FOOT: tuple[tuple[str, object, Figure, str], ...] = (
    (
        "municipal-gross",
        gettext_lazy("Sum kommunale tiltak"),
        lambda row: tonnes(row.by_level[Level.MUNICIPAL].gross),
        "",
    ),
    (
        "municipal-overlap",
        gettext_lazy("Overlapp"),
        lambda row: cut(row.by_level[Level.MUNICIPAL].overlap),
        "",
    ),
    (
        "municipal-net",
        gettext_lazy("Netto"),
        lambda row: tonnes(row.by_level[Level.MUNICIPAL].net),
        "",
    ),
)


# What a year says though no line has a figure in it.
_WITHOUT_LINES = frozenset({"reference", "ceiling"})


def sum_rows(rows: Iterable[tuple[str, object, Figure, str]], years: Iterable[TableYear]) -> list[SumRow]:
    years = list(years)
    return [
        SumRow(str(label), tuple(_cell(key, figure, year) for year in years), css)
        for key, label, figure, css in rows
    ]


def _cell(key: str, figure: Figure, year: TableYear) -> SumCell:
    if not year.known and key not in _WITHOUT_LINES:
        return SumCell(f"sum-{key}-{year.year}", tonnes(None))
    return SumCell(f"sum-{key}-{year.year}", figure(year), good=key == "gap" and _is_under(year.gap))


def level_cell(level: Level, year: TableYear) -> SumCell:
    gross = year.by_level[level].gross if year.known else None
    return SumCell(f"level-{level}-{year.year}", tonnes(gross), in_body=True)


def unit_cell(unit_id: int | None, actor: str, year: int, value: Decimal | None) -> SumCell:
    """The sum of a unit, or of an actor outside the municipality, whoever follows that one up."""
    who = hashlib.sha256(actor.encode()).hexdigest()[:10] if actor else str(unit_id or 0)
    return SumCell(f"{'actor' if actor else 'unit'}-{who}-{year}", tonnes(value), in_body=True)


def level_rows(table: BudgetTable) -> list[SumRow]:
    """Counted effects per level, before overlap; levels without lines are left out."""
    present = {line.level for line in table.quantified}
    return [
        SumRow(
            level_title(level),
            tuple(level_cell(level, year) for year in table.years),
        )
        for level in Level
        if level in present
    ]


def unit_rows(table: BudgetTable) -> list[SumRow]:
    """Counted effects per unit or actor that carries them out, before overlap, in the order of the lines."""
    lines: dict[tuple[int | None, str], list[TableLine]] = {}
    for line in table.quantified:
        unit = None if line.external_actor else line.unit_id
        lines.setdefault((unit, line.external_actor), []).append(line)
    return [
        SumRow(
            carried_out_by(own[0]),
            tuple(unit_cell(unit, actor, year, known_sum(own, year)) for year in table.horizon),
        )
        for (unit, actor), own in lines.items()
    ]


def group_cell(form_id: str, year: int, value: Decimal | None) -> SumCell:
    """The sum of the lines one group shows."""
    return SumCell(f"sum-{form_id}-{year}", tonnes(value), in_body=True)


def cost_cell(year: int, nok: Decimal | None) -> SumCell:
    """The merkostnad of the whole budget, NOK."""
    return SumCell(f"sum-cost-{year}", tonnes(nok))
