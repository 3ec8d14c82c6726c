"""The tables of the reading pages as spreadsheets, typed, with edition and date in every file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, Edition, Population, reason_text
from emissions.words.tables import FigureLine, FigureTable
from web.formats import format_date
from web.sheets.writing import Column, Sheet, write_csv, write_xlsx


def table_csv(
    table: FigureTable, title: str, edition: Edition, populations: Sequence[Population] = ()
) -> bytes:
    """The table with a column for why numbers are missing, then the edition on every row."""
    provenance = (
        edition.municipality.name,
        str(SCOPE_LABELS[Scope(edition.scope)]),
        edition.publisher,
        edition.published,
        edition.is_example or any(row.is_example for row in populations),
    )
    return write_csv(
        Sheet(
            name=title,
            columns=[
                *_columns(table),
                Column(_("Kommune")),
                Column(_("Systemgrense")),
                Column(_("Utgiver")),
                Column(_("Publisert"), "date"),
                Column(_("Eksempeldata")),
            ],
            rows=[[*row, *provenance] for row in _rows(table)],
        )
    )


def table_xlsx(
    table: FigureTable, title: str, edition: Edition, populations: Sequence[Population] = ()
) -> bytes:
    """The table under its title and edition; with inhabitants, those and their sources on a second sheet."""
    sheets = [
        Sheet(
            name=edition.municipality.name,
            columns=_columns(table),
            rows=list(_rows(table)),
            title=[title, _provenance(edition)],
        )
    ]
    if populations:
        sheets.append(
            Sheet(
                name=_("Folketall"),
                columns=[
                    Column(_("År"), "integer"),
                    Column(_("Innbyggere 1. januar"), "number", 0),
                    Column(_("Kilde")),
                    Column(_("Eksempeldata")),
                ],
                rows=[(row.year, row.inhabitants, row.source, row.is_example) for row in populations],
                title=[_("Innbyggere i {name}").format(name=edition.municipality.name)],
            )
        )
    return write_xlsx(sheets)


def _columns(table: FigureTable) -> list[Column]:
    return [
        *(Column(head) for head in table.name_heads),
        *(Column(head.text, "number", max(head.decimals, 1)) for head in table.heads),
        Column(_("Merknad")),
    ]


def _rows(table: FigureTable) -> Iterator[list[object]]:
    """The exact numbers; an empty cell for a missing one, whose reason stands in the last column."""
    for line in (*table.lines, *([table.total] if table.total else [])):
        yield [*line.names, *(value.number for value in line.values), _remarks(table, line)]


def _remarks(table: FigureTable, line: FigureLine) -> str:
    """«2010: ikke beregnet for dette året. 2025: ikke publisert ennå.»"""
    return " ".join(
        f"{head.text}: {reason_text(value.reasons)}."
        for head, value in zip(table.heads, line.values, strict=True)
        if value.reasons
    )


def _provenance(edition: Edition) -> str:
    line = _("{scope}. Utgitt av {publisher}, publisert {date}.").format(
        scope=SCOPE_LABELS[Scope(edition.scope)],
        publisher=edition.publisher,
        date=format_date(edition.published),
    )
    return f"{line} {_('Eksempeldata.')}" if edition.is_example else line
