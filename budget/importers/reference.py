"""What a file with a reference path would change, row by row, before it is written; and writing just that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budget.actions.editing import refuse_closed
from budget.actions.reference import PathYear, SourcePath, check_path_year, import_reference
from budget.models import ClimateBudget, ReferencePath
from budget.queries.reference import PathPage, PathRow, path_page
from budget.words.reference_columns import COLUMNS, REQUIRED, SHEET
from emissions.importers.tonnes import workbook_tonnes
from web.actors import Actor
from web.formats import format_number, parse_norsk_tall
from web.refusals import Refused
from web.register.columns import Column
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows
from web.register.plan import Plan, PlannedRow, refuse_twice
from web.sheets.cells import EmptyCell, WrongCell, label_of, year_of
from web.sheets.words import shortened

HEADERS = {column.name: str(column.header) for column in COLUMNS}
FIGURES = ("tonnes", "low", "high")


@dataclass(slots=True, kw_only=True)
class ReferenceLine(PlannedRow):
    """One source in one year. `path` is the source as it stands in the budget, when it does."""

    path: PathRow | None = None

    @property
    def figures(self) -> PathYear:
        return PathYear(*(self.values.get(name) for name in FIGURES))  # type: ignore[arg-type]

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((HEADERS[name], sentence))


@dataclass(slots=True, kw_only=True)
class ReferencePlan(Plan):
    rows: list[ReferenceLine]


def plan_reference(budget: ClimateBudget, content: bytes, file_name: str) -> ReferencePlan:
    """What the file would change of the budget's path. Raises UnreadableFile and Closed."""
    refuse_closed(budget)
    rows = read_reference(content, file_name)
    page = path_page(budget)
    known = {_key(row.source.sector.name, row.source.name): row for row in page.rows}
    for row in rows:
        if "sector" in row.values and "source" in row.values:
            row.path = known.get(_key(row.values["sector"], row.values["source"]))
            if row.path is None:
                text = _("{source} er ikke en av budsjettets utslippskilder.")
                row.refuse("source", text.format(source=row.title))
    _refuse_incomplete(rows, page)
    for row in rows:
        _compare(row)
    return ReferencePlan(rows=rows)


def write_reference(*, by: Actor, budget: ClimateBudget, plan: ReferencePlan, note: str) -> int:
    """Writes the sources the file changes, and says how many. Raises as `import_reference` does."""
    paths = [
        SourcePath(path.source, {row.values["year"]: row.figures for row in rows}, path.version)
        for path, rows in _by_source(plan.rows)
        if any(row.changes for row in rows)
    ]
    return import_reference(by=by, budget=budget, paths=paths, note=note)


def read_reference(content: bytes, file_name: str) -> list[ReferenceLine]:
    """The rows of the file, tCO2e per source and year, with what is wrong in each. Raises UnreadableFile."""
    table = _READER.read(content, file_name)
    resource = FileResource(ReferencePath, _columns(is_text=not table.is_workbook), {})
    rows = [_line(parsed) for parsed in parsed_rows(table, resource)]
    refuse_twice(rows, _place, _refuse_again)
    return rows


def _line(parsed: ParsedRow) -> ReferenceLine:
    values = parsed.values
    row = ReferenceLine(
        number=parsed.number,
        title=values.get("source") or values.get("sector", ""),
        detail=str(values.get("year", "")),
        values=values,
        source=parsed.source,
    )
    for name, sentence in parsed.wrong:
        row.refuse(name, sentence)
    return row


def _place(row: ReferenceLine) -> Hashable:
    return None if row.errors else (*_key(row.values["sector"], row.values["source"]), row.values["year"])


def _key(sector: str, source: str) -> tuple[str, str]:
    return sector.casefold(), source.casefold()


def _refuse_again(row: ReferenceLine, _first: int) -> None:
    twice = _("{source} står to ganger for {year}.")
    row.refuse("year", twice.format(source=row.title, year=row.values["year"]))


def _by_source(rows: Iterable[ReferenceLine]) -> Iterator[tuple[PathRow, list[ReferenceLine]]]:
    found: dict[int, list[ReferenceLine]] = defaultdict(list)
    for row in rows:
        if row.path is not None:
            found[row.path.source.pk].append(row)
    for own in found.values():
        assert own[0].path is not None
        yield own[0].path, own


def _refuse_incomplete(rows: Iterable[ReferenceLine], page: PathPage) -> None:
    """Says it once for a source, at its first row, and not while a row of it has something else wrong."""
    for _path, own in _by_source(rows):
        if any(row.errors for row in own) or {row.values["year"] for row in own} == set(page.years):
            continue
        text = _("{source} må ha ett tall for hvert år fra {first} til {last}.")
        own[0].refuse("year", text.format(source=own[0].title, first=page.years[0], last=page.years[-1]))


def _compare(row: ReferenceLine) -> None:
    """What the row would change of what stands, with the version its source stands at."""
    if row.path is None or row.errors or row.values["year"] not in row.path.years:
        return
    year, found, row.mark = row.values["year"], row.figures, row.path.version
    try:
        check_path_year(row.path.source, year, found)
    except Refused as refused:
        row.refuse("tonnes" if found.low is None and found.high is None else "low", str(refused))
        return
    before = PathYear(*row.path.years[year])
    for name in FIGURES:
        old, new = getattr(before, name), getattr(found, name)
        if old != new:
            row.changes.append((HEADERS[name], _shown(old), _shown(new)))


def _shown(tonnes: Decimal | None) -> str:
    return "" if tonnes is None else format_number(tonnes)


def _same(cell: Any) -> Any:
    return "" if cell is None else cell


def _sentences() -> Mapping[str, str]:
    """Of the file as a whole, where the usual sentences do not name the columns."""
    header = _("Filen mangler kolonnene Sektor, Utslippskilde, År og Tonn. Last ned malen først.")
    return {
        "no_header": header,
        "missing_columns": header,
        "no_rows": _("Filen har ingen rader under overskriftene."),
    }


_READER = TableReader(COLUMNS, REQUIRED, SHEET, value=_same, sentences=_sentences)


def _columns(*, is_text: bool) -> list[Column]:
    readers: dict[str, Callable[[Any], Any]] = {
        "sector": _sector,
        "source": lambda cell: label_of(cell) or "",
        "year": year_of,
        "tonnes": lambda cell: _needed_tonnes(cell, is_text=is_text),
        "low": lambda cell: _tonnes(cell, is_text=is_text),
        "high": lambda cell: _tonnes(cell, is_text=is_text),
    }
    return [replace(column, reader=_or_value_error(readers[column.name])) for column in COLUMNS]


def _or_value_error(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def reader(cell: Any) -> Any:
        try:
            return read(cell)
        except WrongCell as problem:
            raise ValueError(problem.sentence) from None

    return reader


def _sector(cell: Any) -> str:
    sector = label_of(cell)
    if sector is None:
        raise WrongCell("empty_cell", _("skriv sektoren."))
    return sector


def _needed_tonnes(cell: Any, *, is_text: bool) -> Decimal:
    tonnes = _tonnes(cell, is_text=is_text)
    if tonnes is None:
        raise WrongCell("empty_cell", _("skriv tonn, eller 0."))
    return tonnes


def _tonnes(cell: Any, *, is_text: bool) -> Decimal | None:
    """None for an empty cell. Raises WrongCell."""
    if not is_text:
        try:
            return workbook_tonnes(cell)
        except EmptyCell:
            return None
    text = str(cell).strip()
    if not text:
        return None
    try:
        found = parse_norsk_tall(text)
    except ValueError as error:
        sentence = _("«{cell}» kan ikke leses. {what_to_do}")
        raise WrongCell(
            "not_a_number", sentence.format(cell=shortened(str(cell)), what_to_do=error)
        ) from None
    if found < 0:
        raise WrongCell("negative", _("«{cell}» er negativt.").format(cell=shortened(str(cell))))
    return found
