"""Recognises the columns of the published tables, and names the shape of a file."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from emissions.importers.errors import UnreadableFile
from emissions.importers.wording import listed, quoted, shortened

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
    ),
    "municipality": ("kommune", "kommunenavn"),
    "year": ("år", "årstall"),
    "sector": ("sektor", "utslippssektor", "sektornavn"),
    "source": ("utslippskilde", "utslippskilder", "kilde"),
    "gas": ("klimagass", "gass"),
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
_MEANING = {label: meaning for meaning, labels in SYNONYMS.items() for label in labels}
_PUBLISHED = {
    "year": "År", "sector": "Sektor", "source": "Utslippskilde", "gas": "Klimagass", "tonnes": "Utslipp",
}  # fmt: skip


@dataclass(frozen=True)
class Columns:
    """Where a table's columns are, by meaning; `headers` as published, trimmed."""

    row: int
    headers: tuple[str, ...]
    at: dict[str, int] = field(default_factory=dict)
    doubled: tuple[str, ...] = ()

    def has(self, *meanings: str) -> bool:
        """Whether all these columns are in the table."""
        return all(meaning in self.at for meaning in meanings)

    @property
    def is_table(self) -> bool:
        """A table with the sector in a column."""
        return self.has("year", "sector", "tonnes")

    @property
    def is_sector_sheet(self) -> bool:
        """A table of one sector, named by its sheet."""
        return self.has("year", "source", "tonnes") and "sector" not in self.at

    @property
    def has_municipality(self) -> bool:
        """Whether rows say which municipality they are about."""
        return "municipality" in self.at or "number" in self.at

    def header(self, meaning: str) -> str:
        """The header of a column as published."""
        return self.headers[self.at[meaning]]


def columns_of(row_number: int, cells: Sequence[object]) -> Columns:
    """Recognise a row as a header: as many columns as can be understood, maybe none."""
    headers = tuple("" if cell is None else str(cell).strip() for cell in cells)
    at: dict[str, int] = {}
    doubled: tuple[str, ...] = ()
    for index, header in enumerate(headers):
        meaning = _MEANING.get(folded(header))
        if meaning in at:
            doubled = doubled or (headers[at[meaning]], header)
        elif meaning:
            at[meaning] = index
    return Columns(row_number, headers, at, doubled)


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
        raise UnreadableFile("wrong_columns", f"{sentence} {_found(found)}")
    if best.doubled:
        first, second = best.doubled
        if first == second:
            sentence = _("Kolonnen «{first}» står to ganger i filen. Fjern den ene, og prøv igjen.")
        else:
            sentence = _("Kolonnene «{first}» og «{second}» betyr det samme. Fjern den ene, og prøv igjen.")
        raise UnreadableFile(
            "duplicate_column", sentence.format(first=shortened(first), second=shortened(second))
        )
    missing = [_PUBLISHED[meaning] for meaning in ("year", "sector", "tonnes") if meaning not in best.at]
    if missing:
        if len(missing) == 1:
            sentence = _("Filen mangler kolonnen {missing}.")
        else:
            sentence = _("Filen mangler kolonnene {missing}.")
        found = listed(quoted([shortened(header) for header in best.headers if header]))
        raise UnreadableFile(
            "wrong_columns", f"{sentence.format(missing=listed(quoted(missing)))} {_found(found)}"
        )
    return best


def _found(found: str) -> str:
    if not found:
        return _("Vi fant ingen overskrifter i filen.")
    return _("Vi fant {found}. Last opp filen slik Miljødirektoratet gir den ut.").format(found=found)


def better(one: Columns | None, other: Columns) -> Columns:
    """The one of two header candidates that more columns were understood in; the first when equal."""
    return other if one is None or len(other.at) > len(one.at) else one


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
    return _("en rad per {parts}").format(parts=listed(parts))
