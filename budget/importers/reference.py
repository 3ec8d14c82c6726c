"""A reference path in a file: a row per source and year, XLSX or CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from emissions.importers.tonnes import workbook_tonnes
from web.formats import parse_norsk_tall
from web.sheets.cells import EmptyCell, WrongCell, label_of, year_of
from web.sheets.csv_rows import register_rows
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.words import shortened
from web.sheets.workbook import read_in_subprocess
from web.sheets.writing import Column, Sheet, write_xlsx

# What the columns may be called, in small letters.
COLUMNS = {
    "sector": ("sektor",),
    "source": ("utslippskilde", "kilde"),
    "year": ("år",),
    "tonnes": ("tonn", "tonn co₂e", "tonn co2e", "referansebane"),
    "low": ("lavt anslag", "lavt"),
    "high": ("høyt anslag", "høyt"),
}
NEEDED = ("sector", "source", "year", "tonnes")
HEADER_WITHIN = 15
MOST_ERRORS = 10

# The index of a column and its header, as the file has it.
Place = tuple[int, str]
Row = tuple[int, Sequence[object]]
Figures = tuple[Decimal, Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class FilePath:
    """One source as the file has it: year → (tonnes, low, high), tCO2e. The source's name may be empty."""

    sector: str
    source: str
    years: Mapping[int, Figures]


def read_reference(content: bytes, filename: str) -> list[FilePath]:
    """The paths of a file, tCO2e per source and year, in the order they come.

    Raises UnreadableFile with what to correct: the first ten wrong cells, each with row and column.
    """
    if kind_of(content, filename, REGISTERS) == "workbook":
        with read_in_subprocess(content, REGISTERS, "Referansebane") as sheets:
            for _title, rows in sheets:
                return _paths(rows, is_text=False)
        raise UnreadableFile("no_rows", _("Regnearket har ingen ark."))
    return _paths(register_rows(content, _delimiter_in), is_text=True)


def _delimiter_in(text: str) -> str:
    first = next(iter(text.splitlines()), "")
    return ";" if ";" in first else ","


def _paths(rows: Iterable[Row], *, is_text: bool) -> list[FilePath]:
    at: dict[str, Place] = {}
    found: dict[tuple[str, str], dict[int, Figures]] = {}
    wrong: list[str] = []
    for number, cells in rows:
        if not at:
            at = _header(cells)
            if not at and number > HEADER_WITHIN:
                break
            continue
        try:
            key, year, figures = _figures(at, cells, is_text=is_text)
        except WrongCell as problem:
            wrong.append(_("Rad {number}, {problem}").format(number=number, problem=problem.sentence))
            continue
        if year in found.setdefault(key, {}):
            twice = _("Rad {number}: {source} står to ganger for {year}.")
            wrong.append(twice.format(number=number, source=key[1] or key[0], year=year))
            continue
        found[key][year] = figures
    if not at:
        raise UnreadableFile(
            "no_header", _("Filen mangler kolonnene Sektor, Utslippskilde, År og Tonn. Last ned malen først.")
        )
    if wrong:
        raise UnreadableFile("wrong_cells", " ".join(wrong[:MOST_ERRORS]))
    if not found:
        raise UnreadableFile("no_rows", _("Filen har ingen rader under overskriftene."))
    return [FilePath(sector, source, years) for (sector, source), years in found.items()]


def _header(cells: Iterable[object]) -> dict[str, Place]:
    """The place of each name; empty when the row is no header."""
    headers = [str(cell or "").strip() for cell in cells]
    at = {
        name: (index, header)
        for name, known in COLUMNS.items()
        for index, header in enumerate(headers)
        if header.casefold() in known
    }
    return at if all(name in at for name in NEEDED) else {}


def _figures(
    at: Mapping[str, Place], cells: Sequence[object], *, is_text: bool
) -> tuple[tuple[str, str], int, Figures]:
    def cell(name: str) -> object:
        index, _header = at.get(name, (len(cells), ""))
        return cells[index] if index < len(cells) else None

    with _column(at, "sector"):
        sector = label_of(cell("sector"))
        if sector is None:
            raise WrongCell("empty_cell", _("skriv sektoren."))
    with _column(at, "source"):
        source = label_of(cell("source")) or ""
    with _column(at, "year"):
        year = year_of(cell("year"))
    with _column(at, "tonnes"):
        tonnes = _tonnes(cell("tonnes"), is_text=is_text)
        if tonnes is None:
            raise WrongCell("empty_cell", _("skriv tonn, eller 0."))
    with _column(at, "low"):
        low = _tonnes(cell("low"), is_text=is_text)
    with _column(at, "high"):
        high = _tonnes(cell("high"), is_text=is_text)
    return (sector, source), year, (tonnes, low, high)


@contextmanager
def _column(at: Mapping[str, Place], name: str) -> Iterator[None]:
    """Says of a wrong cell which column it is in. An optional column that is missing has no wrong cells."""
    try:
        yield
    except WrongCell as problem:
        sentence = _("kolonne «{header}»: {problem}").format(header=at[name][1], problem=problem.sentence)
        raise WrongCell(problem.code, sentence) from None


def _tonnes(cell: object, *, is_text: bool) -> Decimal | None:
    """None for an empty cell. Raises WrongCell."""
    if not is_text:
        try:
            return workbook_tonnes(cell)
        except EmptyCell:
            return None
    if not str(cell or "").strip():
        return None
    try:
        found = parse_norsk_tall(str(cell))
    except ValueError as error:
        sentence = _("«{cell}» kan ikke leses. {what_to_do}")
        raise WrongCell(
            "not_a_number", sentence.format(cell=shortened(str(cell)), what_to_do=error)
        ) from None
    if found < 0:
        raise WrongCell("negative", _("«{cell}» er negativt.").format(cell=shortened(str(cell))))
    return found


def reference_file(paths: Iterable[FilePath]) -> bytes:
    """The file people correct and upload again: XLSX, exact tonnes, a row per source and year."""
    columns = [
        Column(_("Sektor")),
        Column(_("Utslippskilde")),
        Column(_("År"), "integer"),
        Column(_("Tonn"), "number", 0),
        Column(_("Lavt anslag"), "number", 0),
        Column(_("Høyt anslag"), "number", 0),
    ]
    rows = [
        [path.sector, path.source, year, *figures]
        for path in paths
        for year, figures in sorted(path.years.items())
    ]
    return write_xlsx([Sheet("Referansebane", columns, rows)])
