"""Chooses which sheets of a workbook hold the figures, and which one only controls them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, islice

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from emissions.importers.errors import UnreadableCell
from emissions.importers.municipalities import Choice
from emissions.importers.remarks import about_unseen
from emissions.importers.results import Oddity, Shape
from emissions.importers.shapes import (
    DETAILED_SHEET,
    HEADER_WITHIN,
    OVERVIEW_SHEET,
    Columns,
    better,
    check_columns,
    columns_of,
    table_description,
)
from emissions.importers.tally import Part, Tally
from emissions.importers.tonnes import ZERO, workbook_tonnes
from emissions.importers.wide import long_form
from web.formats import format_number
from web.sheets.errors import UnreadableFile
from web.sheets.limits import Limits
from web.sheets.words import listed
from web.sheets.workbook import Progress, Row, read_in_subprocess
from web.sheets.workbook_process import plain
from web.unseen import UnseenSigns

# The publisher rounds the overview and the sheets one by one.
ROUNDING = Decimal("0.05")
ROUNDING_OF_WHOLE_TONNES = Decimal("0.5")


@dataclass
class Found:
    """A sheet with a table; `problem` is what stopped the reading of it, raised if the sheet is used."""

    title: str
    columns: Columns
    tally: Tally
    problem: UnreadableCell | None = None

    def part(self) -> Part:
        """The sheet's figures. Raises UnreadableCell."""
        if self.problem:
            raise self.problem
        return self.tally.part(self.title.strip() if self.columns.is_sector_sheet else None)


@dataclass
class Chosen:
    """The sheets that hold the figures, and the control sheet if there is one."""

    shape: Shape
    figures: list[Found]
    control: Found | None = None
    oddities: list[Oddity] = field(default_factory=list)


def read_workbook(
    content: bytes,
    municipality: str | None,
    limits: Limits,
    *,
    headers: Mapping[str, str] | None,
    progress: Progress,
) -> Chosen:
    """Sum the rows of every sheet with a table, and choose among them. Raises UnreadableFile."""
    found: list[Found] = []
    best: Columns | None = None
    signs = UnseenSigns()
    with read_in_subprocess(content, limits, DETAILED_SHEET, progress=progress, unseen=signs) as sheets:
        for title, rows in sheets:
            columns, one = _read_sheet(title, rows, Choice(municipality), limits, headers)
            best = better(best, columns) if columns else best
            if one:
                found.append(one)
    chosen = _chosen(found, best)
    chosen.oddities += about_unseen(signs)
    return chosen


def _read_sheet(
    title: str, rows: Iterator[Row], choice: Choice, limits: Limits, headers: Mapping[str, str] | None
) -> tuple[Columns | None, Found | None]:
    head = list(islice(rows, HEADER_WITHIN))
    best: Columns | None = None
    for number, cells in head:
        best = better(best, columns_of(number, cells, headers))
    if best is None or not (best.is_table or best.is_sector_sheet):
        return best, None
    columns, figures = long_form(best, chain((row for row in head if row[0] > best.row), rows), ragged=True)
    tally = Tally(columns, choice, workbook_tonnes, limits, sheet=title)
    found = Found(title, columns, tally)
    try:
        if best.doubled:
            check_columns(best)
        tally.add(figures)
    except UnreadableCell as problem:
        found.problem = problem
    return best, found


def _chosen(found: Sequence[Found], best: Columns | None) -> Chosen:
    tables = [one for one in found if one.columns.is_table]
    sectors = [one for one in found if one.columns.is_sector_sheet]
    detailed = [one for one in tables if "source" in one.columns.at]
    if detailed or (tables and not sectors):
        used = max(detailed or tables, key=lambda one: len(one.columns.at))
        return Chosen(_table_shape(used), [used])
    if sectors:
        overview = [one for one in tables if plain(one.title) == plain(OVERVIEW_SHEET)] or tables
        description = ngettext(
            "Regneark for én kommune, {count} ark med en sektor",
            "Regneark for én kommune, {count} ark med hver sin sektor",
            len(sectors),
        ).format(count=len(sectors))
        return Chosen(Shape("workbook_municipality", description), sectors, overview[0] if overview else None)
    check_columns(best)
    raise UnreadableFile("no_rows", _("Regnearket har ingen rader med utslipp."))


def _table_shape(used: Found) -> Shape:
    rows = table_description(used.columns)
    if plain(used.title) == plain(DETAILED_SHEET):
        sentence = _("Regneark for alle kommuner (arket «{sheet}»), {rows}")
        return Shape("workbook_all", sentence.format(sheet=used.title, rows=rows))
    sentence = _("Regneark med én tabell (arket «{sheet}»), {rows}")
    return Shape("workbook_table", sentence.format(sheet=used.title, rows=rows))


def control(part: Part, overview: Found) -> list[Oddity]:
    """Compare the sector sheets with the overview; a sector without a sheet is taken from the overview.

    An overview that cannot be read is an oddity too: it only controls.
    """
    try:
        control_part = overview.part()
    except UnreadableFile as problem:
        sentence = _("Arket «{sheet}» kunne ikke brukes til kontroll. {problem}")
        return [Oddity("control_unreadable", sentence.format(sheet=overview.title, problem=problem), 0)]
    mine, theirs = _per_sector(part), _per_sector(control_part)
    sheets = {sector for sector, _year in mine}
    names = {key[0].casefold(): key[0] for key in (*part.sums, *control_part.sums)}
    differing = [
        _("{sector} {year} ({sheet} t mot {overview} t)").format(
            sector=names[sector],
            year=year,
            sheet=format_number(mine.get((sector, year), ZERO)),
            overview=format_number(theirs.get((sector, year), ZERO)),
        )
        for sector, year in sorted(mine.keys() | theirs.keys(), key=lambda pair: (pair[1], pair[0]))
        if sector in sheets and _differ(mine.get((sector, year), ZERO), theirs.get((sector, year), ZERO))
    ]
    oddities = []
    if differing:
        sentence = _(
            "Arket «{sheet}» har andre summer enn arkene per sektor: {differing}. Arkene per sektor er brukt."
        )
        oddities.append(
            Oddity(
                "control_mismatch",
                sentence.format(sheet=overview.title, differing=listed(differing, 5)),
                len(differing),
            )
        )
    return oddities + _take_missing(part, control_part, sheets)


def _take_missing(part: Part, overview: Part, sheets: set[str]) -> list[Oddity]:
    missing = {key: one for key, one in overview.sums.items() if key[0].casefold() not in sheets}
    taken = {key: one for key, one in missing.items() if one.tonnes}
    for key, one in taken.items():
        part.add(key, one.tonnes, one.rows)
    if not taken:
        return []
    sentence = _("Disse sektorene har ikke eget ark, og er hentet fra oversikten uten kilde: {sectors}.")
    sectors = sorted({key[0] for key in taken}, key=str.casefold)
    return [
        Oddity(
            "sector_without_sheet",
            sentence.format(sectors=listed(sectors)),
            sum(one.rows for one in taken.values()),
        )
    ]


def _per_sector(part: Part) -> dict[tuple[str, int], Decimal]:
    sums: dict[tuple[str, int], Decimal] = {}
    for (sector, _source, year, _gas), one in part.sums.items():
        key = (sector.casefold(), year)
        sums[key] = sums.get(key, ZERO) + one.tonnes
    return sums


def _differ(sheets: Decimal, overview: Decimal) -> bool:
    whole = overview == overview.to_integral_value()
    return abs(sheets - overview) > (ROUNDING_OF_WHOLE_TONNES if whole else ROUNDING)
