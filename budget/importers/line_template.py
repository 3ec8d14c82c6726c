"""The spreadsheet to fill in: the lines as they stand, with lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.worksheet.datavalidation import DataValidation

from budget.importers.columns import (
    ALREADY,
    ASSUMPTIONS,
    MEASURE,
    REASON,
    RESPONSIBLE,
    SCOPE,
    SHEET,
    SOURCES,
    TITLE,
    TONNES,
    Figure,
    figure_headers,
)
from budget.queries.line_states import LineBook, LineState
from climate_portal.web.formats import format_number
from climate_portal.web.spreadsheets import Column, Sheet, write_xlsx
from emissions.enums import Scope
from emissions.models import SCOPE_LABELS

LISTS = "Lister"
# Rows with drop-downs below the lines that are there.
EMPTY_ROWS = 200


def line_template(book: LineBook, name: str, responsible: Mapping[int, str]) -> bytes:
    """An .xlsx of the lines. responsible: the unit that answers for each measure, by the measure's id."""
    title = [
        name,
        _("Effekt i tonn CO₂e mot referansebanen, som positive tall. Kostnader i kroner."),
        _("Utslippskilder skrives slik: Sektor: Kilde = 60 %; Sektor: Kilde = 40 %. Til sammen 100."),
    ]
    figures = figure_headers(book.years)
    columns = [
        Column(MEASURE),
        Column(TITLE),
        Column(RESPONSIBLE),
        Column(SCOPE),
        *(Column(header, "number") for header, figure in figures.items() if figure.kind == TONNES),
        Column(ALREADY, "number"),
        Column(SOURCES),
        Column(REASON),
        Column(ASSUMPTIONS),
        *(Column(header, "number") for header, figure in figures.items() if figure.kind != TONNES),
    ]
    rows = [
        _row(book, columns, figures, measure, state, responsible.get(measure, ""))
        for measure, state in book.lines.items()
    ]
    lists = _lists(book)
    content = write_xlsx([Sheet(SHEET, columns, rows, title), lists])
    return _with_drop_downs(
        content, columns, first=len(title) + 3, last=len(title) + 2 + len(rows) + EMPTY_ROWS
    )


def shares_text(sources: Mapping[int, object], names: Mapping[int, str]) -> str:
    """«Veitrafikk: Personbiler = 60 %; Veitrafikk: Varebiler = 40 %»"""
    return "; ".join(
        f"{names.get(source, source)} = {format_number(share)} %"  # type: ignore[arg-type]
        for source, share in sources.items()
    )


def _row(
    book: LineBook,
    columns: Sequence[Column],
    figures: Mapping[str, Figure],
    measure: int,
    state: LineState,
    responsible: str,
) -> list[object]:
    words: dict[str, object] = {
        MEASURE: book.measures[measure].code,
        TITLE: book.measures[measure].title,
        RESPONSIBLE: responsible,
        SCOPE: str(SCOPE_LABELS[Scope(state.scope)]),
        ALREADY: state.already or None,
        SOURCES: shares_text(state.sources, book.sources),
        REASON: state.reason,
        ASSUMPTIONS: state.assumptions,
    }
    return [
        _figure(state, figures[column.header]) if column.header in figures else words[column.header]
        for column in columns
    ]


def _figure(state: LineState, figure: Figure) -> object:
    effect = state.effects.get(figure.year)
    if hasattr(effect, figure.kind):
        return getattr(effect, figure.kind)
    return state.costs.get((figure.kind, figure.year))


def _lists(book: LineBook) -> Sheet:
    """What can be chosen: measures, scopes and sources."""
    measures = sorted(name.code for name in book.measures.values())
    scopes = [str(label) for label in SCOPE_LABELS.values()]
    sources = list(book.sources.values())
    length = max(len(measures), len(scopes), len(sources))
    padded = [[*values, *[None] * (length - len(values))] for values in (measures, scopes, sources)]
    return Sheet(LISTS, [Column(MEASURE), Column(SCOPE), Column(SOURCES)], list(zip(*padded, strict=True)))


def _with_drop_downs(content: bytes, columns: Sequence[Column], *, first: int, last: int) -> bytes:
    book = load_workbook(io.BytesIO(content))
    page, lists = book[SHEET], book[LISTS]
    places = {column.header: place for place, column in enumerate(columns, start=1)}
    for letter, header in (("A", MEASURE), ("B", SCOPE)):
        known = sum(1 for cell in lists[letter] if cell.value is not None)
        choice = DataValidation(type="list", formula1=f"={LISTS}!${letter}$2:${letter}${known}")
        choice.error = _("Velg fra listen.")
        column = page.cell(row=1, column=places[header]).column_letter
        choice.add(f"{column}{first}:{column}{last}")
        page.add_data_validation(choice)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
