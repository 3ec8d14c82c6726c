"""Sums the rows of one table for one municipality, at close to the speed the rows are read."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from emissions.importers.errors import wrong_length
from emissions.importers.labels import is_sum
from emissions.importers.municipalities import Choice, Municipality, named
from emissions.importers.shapes import Columns, blank
from emissions.importers.tonnes import ZERO, at_cell
from web.sheets.cells import EmptyCell, WrongCell, label_of, year_of
from web.sheets.limits import Limits, too_many_rows
from web.sheets.words import shortened

Key = tuple[str, str | None, int, str | None]
# A sentence below the table that the delimiter has cut up: «Kilde: Miljødirektoratet, 2025».
_FOOTER = re.compile(
    r"\s*(?:kilde|merknad|merk|note|fotnote|sist oppdatert|oppdatert)\b.*[:.]|\s*\*+ ", re.IGNORECASE
)
KEY_COLUMNS = ("sector", "source", "year", "gas")


@dataclass(slots=True)
class Sum:
    """tCO2e of one key, and how many rows of one municipality were added up in it, at most."""

    tonnes: Decimal = ZERO
    rows: int = 0
    doubled: int = 0


@dataclass
class Part:
    """A table's figures: labels trimmed, sums of sums left out."""

    sums: dict[Key, Sum] = field(default_factory=dict)
    years: dict[Municipality, set[int]] = field(default_factory=dict)
    left_out: int = 0

    def add(self, key: Key, tonnes: Decimal, rows: int) -> None:
        """Add rows of one municipality (number) to a key."""
        one = self.sums.get(key)
        if one is None:
            one = self.sums[key] = Sum()
        one.tonnes += tonnes
        one.rows += rows
        one.doubled += rows if rows > 1 else 0

    def leave_out_sums(self) -> None:
        """Leave out rows that repeat the sum of others, as «Totalt»; alone they are kept as figures."""
        for position in (0, 1, 3):
            if not any(is_sum(_text(label)) for label in {key[position] for key in self.sums}):
                continue
            detailed = {self._rest(key, position) for key in self.sums if not is_sum(_text(key[position]))}
            for key in [key for key in self.sums if is_sum(_text(key[position]))]:
                one = self.sums.pop(key)
                if self._rest(key, position) in detailed:
                    self.left_out += one.rows
                else:
                    kept = key if position == 0 else (*key[:position], None, *key[position + 1 :])
                    self.sums[kept] = one  # type: ignore[index]

    @staticmethod
    def _rest(key: Key, position: int) -> tuple[object, ...]:
        sector, source, year, _gas = key
        return {0: (year,), 1: (sector, year), 3: (sector, source, year)}[position]


def _text(label: object) -> str | None:
    return label if isinstance(label, str) else None


class Tally:
    """Adds the rows of one table to sums per key.

    `convert` gives a tonnes cell as Decimal, raising EmptyCell or WrongCell. `ragged` rows are a workbook's:
    trailing empty cells are not there, and what stands to the right of the table is not part of it.
    """

    def __init__(
        self,
        columns: Columns,
        choice: Choice,
        convert: Callable[[Any], Decimal],
        limits: Limits,
        *,
        sheet: str | None = None,
    ) -> None:
        self.columns = columns
        self.choice = choice
        self.sheet = sheet
        self.rows_read = self.without_tonnes = self.without_municipality = self.sum_rows = 0
        self.notes: list[int] = []
        self._convert = convert
        self._limits = limits
        whose = [columns.at[meaning] for meaning in ("number", "municipality") if meaning in columns.at]
        what = [columns.at[meaning] for meaning in KEY_COLUMNS if meaning in columns.at]
        self._what = [meaning for meaning in KEY_COLUMNS if meaning in columns.at]
        self._whose: Callable[[Sequence[Any]], Any] = itemgetter(*whose) if whose else lambda _row: None
        self._key: Callable[[Sequence[Any]], Any] = itemgetter(*what)
        self._known: dict[Any, bool] = {} if whose else {None: True}
        self._municipalities: dict[Any, Municipality | None] = {None: None}
        self._entries: dict[Any, dict[Any, list[Any]]] = {}
        self._width = len(columns.headers) if sheet is None else max(columns.at.values()) + 1

    def add(self, rows: Iterable[tuple[int, Sequence[Any]]]) -> None:
        """Add (row number, cells). Raises UnreadableCell for the first row that cannot be used."""
        known, entries, width, limit = self._known, self._entries, self._width, self._limits.rows
        whose, key_of, convert, tonnes_at = self._whose, self._key, self._convert, self.columns.at["tonnes"]
        read = self.rows_read
        for number, row in rows:
            if len(row) != width:
                fitted = self._fitted(number, row)
                if fitted is None:
                    continue
                row = fitted
            ident = whose(row)
            belongs = known.get(ident)
            if belongs is None:
                belongs = self._belongs(number, row, ident)
                if belongs is None:
                    continue
            read += 1
            if read > limit:
                raise too_many_rows(self._limits)
            if not belongs:
                continue
            try:
                tonnes = convert(row[tonnes_at])
            except EmptyCell:
                read -= self._empty(number, row)
                continue
            except WrongCell as problem:
                raise at_cell(self.place(number), self._tonnes_header(row), problem) from None
            key = key_of(row)
            mine = entries.get(ident)
            if mine is None:
                mine = entries[ident] = {}
            entry = mine.get(key)
            if entry is None:
                mine[key] = [tonnes, 1, number]
            else:
                entry[0] += tonnes
                entry[1] += 1
        self.rows_read = read

    def part(self, sector: str | None = None) -> Part:
        """The figures, labels and years checked; `sector` is given where the sheet is the sector.

        Raises UnreadableCell for a year or a label that cannot be used.
        """
        part = Part()
        key_of = self._keys(sector)
        for ident, entries in self._entries.items():
            municipality = self._municipalities.get(ident)
            years = part.years.setdefault(municipality, set()) if municipality else set()
            mine: dict[Key, list[Any]] = {}
            for raw, (tonnes, rows, number) in entries.items():
                key = key_of(raw, number)
                if key is None:
                    part.left_out += rows
                    continue
                one = mine.setdefault(key, [ZERO, 0])
                one[0] += tonnes
                one[1] += rows
            for key, (tonnes, rows) in mine.items():
                years.add(key[2])
                part.add(key, tonnes, rows)
        part.leave_out_sums()
        return part

    def _tonnes_header(self, row: Sequence[Any]) -> str:
        """The column a row's tonnes stand in, which in a wide table is its year."""
        at = self.columns.at
        return str(row[at["year"]]) if at["year"] == self.columns.width else self.columns.header("tonnes")

    def place(self, number: int) -> str:
        """«Rad 17», in a workbook with its sheet."""
        if self.sheet is None:
            return _("Rad {number}").format(number=number)
        return _("Arket «{sheet}», rad {number}").format(sheet=shortened(self.sheet), number=number)

    def _keys(self, sector: str | None) -> Callable[[Sequence[Any], int], Key | None]:
        """A function that gives the key of (raw cells, row number); each distinct cell is read once."""
        place = {meaning: index for index, meaning in enumerate(self._what)}
        readers: dict[str, Callable[[Any], Any]] = {
            "year": _year_or_sum, "sector": _sector, "source": label_of, "gas": label_of,
        }  # fmt: skip
        read: dict[str, dict[Any, Any]] = {meaning: {} for meaning in place}

        def value(meaning: str, raw: Sequence[Any], number: int) -> Any:
            if meaning not in place:
                return sector if meaning == "sector" else None
            cell = raw[place[meaning]]
            known = read[meaning]
            if cell not in known:
                try:
                    known[cell] = readers[meaning](cell)
                except WrongCell as problem:
                    raise at_cell(self.place(number), self.columns.header(meaning), problem) from None
            return known[cell]

        def key(raw: Sequence[Any], number: int) -> Key | None:
            year = value("year", raw, number)
            if year is None:
                return None
            return (
                value("sector", raw, number),
                value("source", raw, number),
                year,
                value("gas", raw, number),
            )

        return key

    def _belongs(self, number: int, row: Sequence[Any], ident: Any) -> bool | None:
        """Whether the row is to be used; None when it is not a row of data."""
        pair = ident if isinstance(ident, tuple) else (
            (ident, None) if "number" in self.columns.at else (None, ident)
        )  # fmt: skip
        municipality = named(*pair)
        if self._is_note(number, row):
            return None
        if municipality is None:
            self.without_municipality += 1
            return False
        if is_sum(municipality.name):
            self.sum_rows += 1
            return None
        belongs = self.choice.takes(municipality)
        self._municipalities[ident] = municipality
        self._known[ident] = belongs
        return belongs

    def _empty(self, number: int, row: Sequence[Any]) -> int:
        """Account for a row without tonnes; 1 if it is not a row of data at all."""
        if self._is_note(number, row):
            return 1
        self.without_tonnes += 1
        return 0

    def _is_note(self, number: int, row: Sequence[Any]) -> bool:
        at = self.columns.at
        if not blank([row[at["tonnes"]]]):
            return False
        filled = [cell for cell in row if not blank([cell])]
        about = len(filled) == 1 and _is_remark(filled[0])
        if not about and not blank([row[at[meaning]] for meaning in self._what]):
            return False
        if filled:
            self.notes.append(number)
        return True

    def _fitted(self, number: int, row: Sequence[Any]) -> Sequence[Any] | None:
        """A row of another length than the header made to fit; None when it is not a row of data."""
        if self.sheet is not None:
            return (
                row[: self._width] if len(row) > self._width else [*row, *[None] * (self._width - len(row))]
            )
        if blank(row):
            return None
        if len(row) > self._width and blank(row[self._width :]):
            return row[: self._width]
        if (len(row) == 1 and _is_remark(row[0])) or (len(row) < self._width and _FOOTER.match(row[0])):
            self.notes.append(number)
            return None
        raise wrong_length(self.place(number), len(row), self.columns.width)


def _is_remark(cell: object) -> bool:
    """Whether a cell that stands alone in its row is a sentence about the table, not a row cut short."""
    return isinstance(cell, str) and (" " in cell.strip() or ":" in cell)


def _year_or_sum(cell: object) -> int | None:
    """The year, or None where the row says it is a sum of others. Raises WrongCell."""
    return None if isinstance(cell, str) and is_sum(cell.strip()) else year_of(cell)


def _sector(cell: object) -> str:
    """The sector, which every row of figures must have. Raises WrongCell."""
    sector = label_of(cell)
    if sector is None:
        raise WrongCell("empty_cell", _("cellen er tom. Fyll inn sektoren, og del opp sammenslåtte celler."))
    return sector
