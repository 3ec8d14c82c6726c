"""Recognises the columns of the published tables, and names the shape of a file."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from web.sheets.errors import UnreadableFile
from web.sheets.words import listed, quoted, shortened

# Lines about the table (title, source, «sep=;») may stand above the header.
HEADER_WITHIN = 30
DETAILED_SHEET = "Oversikt - detaljert"
OVERVIEW_SHEET = "Oversikt"

SYNONYMS: dict[str, tuple[str, ...]] = {
    "number": (
        "kommunenummer",
        "kommunenr",
        "kommunenr.",
        "kommune nr",
        "kommune nr.",
        "komm.nr",
        "komm.nr.",
        "kommune nummer",
    ),
    "municipality": ("kommune", "kommunenavn"),
    "year": ("år", "årstall", "aar", "aarstall"),
    "sector": ("sektor", "utslippssektor", "sektornavn"),
    "source": ("utslippskilde", "utslippskilder", "kilde", "kilder"),
    "gas": ("klimagass", "klimagasser", "gass"),
    "tonnes": (
        "utslipp",
        "utslipp (tonn)",
        "utslipp (tonn co2-ekvivalenter)",
        "utslipp (tonn co2-ekvivalent)",
        "utslipp (tonn co2-ekv)",
        "utslipp (tonn co2-ekv.)",
        "utslipp (tonn co2e)",
        "utslipp i tonn co2-ekvivalenter",
        "utslipp tonn co2-ekvivalenter",
        "tonn co2-ekvivalenter",
        "tonn co2e",
    ),
}
# «Utslipp», «Klimagassutslipp (tonn CO2-ekv.)», «Utslipp, tonn»: never kg, kilotonn or «per innbygger».
_TONNES = re.compile(
    r"(?:(?:klimagass)?utslipp)?[\s(\[,:-]*(?:i )?(?:(?:tonn|t)\b)?[\s,-]*"
    r"(?:co2[\s-]*(?:e|eq|ekv\.?|ekvivalenter|ekvivalent)?)?[\s)\]]*"
)
# In a wide table each year has a column of its own.
_YEAR_HEADER = re.compile(r"(?:utslipp )?((?:19|20)[0-9]{2})(?:\.0)?(?: \(?(?:tonn|t)\b.*)?")
_FEWEST_YEAR_COLUMNS = 2
_MEANING = {label: meaning for meaning, labels in SYNONYMS.items() for label in labels}
_PUBLISHED = {
    "year": "År", "sector": "Sektor", "source": "Utslippskilde", "gas": "Klimagass", "tonnes": "Utslipp",
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Where a table's columns are, by meaning; `headers` as published, trimmed.

    `years` are the columns of a wide table, as (index, year); `width` is how many columns the file has.
    """

    row: int
    headers: tuple[str, ...]
    at: dict[str, int] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()
    years: tuple[tuple[int, int], ...] = ()
    width: int = 0

    def has(self, *meanings: str) -> bool:
        """Whether all these columns are in the table."""
        return all(meaning in self.at for meaning in meanings)

    @property
    def is_table(self) -> bool:
        """A table with the sector in a column."""
        return self.has("sector") and (self.has("year", "tonnes") or self.is_wide)

    @property
    def is_sector_sheet(self) -> bool:
        """A table of one sector, named by its sheet."""
        figures = self.has("year", "tonnes") or self.is_wide
        return "source" in self.at and figures and "sector" not in self.at

    @property
    def is_wide(self) -> bool:
        """Whether each year has a column of its own."""
        alone = "year" not in self.at and "tonnes" not in self.at
        return alone and len(self.years) >= _FEWEST_YEAR_COLUMNS

    @property
    def understood(self) -> int:
        """How many of the columns a table needs or may have are here."""
        return len(self.at) + (2 if self.is_wide and self.at else 0)

    @property
    def has_municipality(self) -> bool:
        """Whether rows say which municipality they are about."""
        return "municipality" in self.at or "number" in self.at

    def header(self, meaning: str) -> str:
        """The header of a column as published."""
        return self.headers[self.at[meaning]]


def columns_of(row_number: int, cells: Sequence[object], chosen: Mapping[str, str] | None = None) -> Columns:
    """Recognise a row as a header: as many columns as can be understood, maybe none.

    `chosen` says what folded headers mean, and then nothing is guessed.
    """
    headers = tuple("" if cell is None else str(cell).strip() for cell in cells)
    at: dict[str, int] = {}
    doubled: tuple[str, ...] = ()
    years: list[tuple[int, int]] = []
    for index, header in enumerate(headers):
        text = folded(header)
        meaning = meaning_of(text) if chosen is None else chosen.get(text)
        # Folding makes plain digits of others, which are no year.
        if meaning is None and (year := _YEAR_HEADER.fullmatch(text)) and year[1] in header:
            years.append((index, int(year[1])))
        if meaning in at:
            doubled = doubled or (headers[at[meaning]], header)
        elif meaning:
            at[meaning] = index
    if len({year for _index, year in years}) < len(years):
        twice = next(header for index, header in enumerate(headers) if index == years[-1][0])
        doubled = doubled or (twice, twice)
    return Columns(row_number, headers, at, doubled, tuple(years), len(headers))


def meaning_of(header: str) -> str | None:
    """What a folded header means, by the publishers' own words."""
    if header in _MEANING:
        return _MEANING[header]
    return "tonnes" if header and _TONNES.fullmatch(header) and re.search("utslipp|tonn", header) else None


def folded(header: str) -> str:
    """A header without what publications vary: CO₂/CO2, case, spaces, kinds of dash."""
    text = unicodedata.normalize("NFKC", header).casefold().strip(" \ufeff*")
    text = text.translate(dict.fromkeys(range(0x2010, 0x2016), "-")).replace("_", " ")
    return " ".join(text.split())


def check_columns(best: Columns | None) -> Columns:
    """Return the columns when they make a table; `best` is the row that looked most like a header.

    Raises UnreadableFile that lists what is missing and what was found.
    """
    if best is None or not best.at:
        found = listed(quoted([shortened(header) for header in best.headers if header])) if best else ""
        sentence = _("Filen mangler kolonnene «År», «Sektor» og «Utslipp».")
        raise UnreadableFile("wrong_columns", f"{sentence} {_found(found)}", best.headers if best else ())
    if best.doubled:
        first, second = best.doubled
        if first == second:
            sentence = _("Kolonnen «{first}» står to ganger i filen. Fjern den ene, og prøv igjen.")
        else:
            sentence = _("Kolonnene «{first}» og «{second}» betyr det samme. Fjern den ene, og prøv igjen.")
        raise UnreadableFile(
            "duplicate_column",
            sentence.format(first=shortened(first), second=shortened(second)),
            best.headers,
        )
    if best.is_table:
        return best
    needed = ("sector",) if best.is_wide else ("year", "sector", "tonnes")
    missing = [_PUBLISHED[meaning] for meaning in needed if meaning not in best.at]
    if len(missing) == 1:
        sentence = _("Filen mangler kolonnen {missing}.")
    else:
        sentence = _("Filen mangler kolonnene {missing}.")
    found = listed(quoted([shortened(header) for header in best.headers if header]))
    raise UnreadableFile(
        "wrong_columns", f"{sentence.format(missing=listed(quoted(missing)))} {_found(found)}", best.headers
    )


def _found(found: str) -> str:
    if not found:
        return _("Vi fant ingen overskrifter i filen.")
    return _("Vi fant {found}. Last opp filen slik Miljødirektoratet gir den ut.").format(found=found)


def better(one: Columns | None, other: Columns) -> Columns:
    """The one of two header candidates that more columns were understood in; the first when equal.

    With nothing understood it is the one with more texts: a title has fewer than a header.
    """
    if one is None:
        return other
    if one.understood or other.understood:
        return other if other.understood > one.understood else one
    return other if _texts(other) > _texts(one) else one


def _texts(columns: Columns) -> int:
    return sum(1 for header in columns.headers if header and not re.fullmatch(r"[0-9\s.,-]+", header))


def blank(cells: Sequence[object]) -> bool:
    """Whether a row has no value at all."""
    return not any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in cells)


def table_description(columns: Columns) -> str:
    """What a row of the table is, in Norwegian: «en rad per kommune, år, sektor og kilde»."""
    parts = [
        *([_("kommune")] if columns.has_municipality else []),
        _("år"),
        _("sektor"),
        *([_("kilde")] if "source" in columns.at else []),
        *([_("gass")] if "gas" in columns.at else []),
    ]
    if columns.years and columns.at.get("year") == columns.width:
        parts.remove(_("år"))
        return _("en rad per {parts}, og en kolonne per år").format(parts=listed(parts))
    return _("en rad per {parts}").format(parts=listed(parts))
