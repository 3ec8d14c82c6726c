"""The columns of the spreadsheet of measures: what they are called, and what a measure has in each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from strategy.models import (
    CO_BENEFIT_LABELS,
    EXTERNAL_KIND_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
)
from strategy.queries.measure_table import MeasureRecord, Names
from web.sheets.cells import plain_text

SHEET = "Tiltak"


@dataclass(frozen=True, slots=True)
class MeasureColumn:
    """`name` is the field, `several` says that the cell holds names with semicolons between."""

    name: str
    header: Any
    several: bool = False
    is_year: bool = False
    longest: int = 250


COLUMNS = (
    MeasureColumn("code", _("Nummer"), longest=20),
    MeasureColumn("title", _("Tittel")),
    MeasureColumn("kind", _("Type")),
    MeasureColumn("level", _("Nivå")),
    MeasureColumn("state", _("Tilstand")),
    MeasureColumn("reason", _("Begrunnelse for ny tilstand"), longest=1000),
    MeasureColumn("unit", _("Ansvarlig")),
    MeasureColumn("contributing", _("Bidrar"), several=True),
    MeasureColumn("sources", _("Utslippskilder"), several=True),
    MeasureColumn("start_year", _("Fra år"), is_year=True),
    MeasureColumn("end_year", _("Til år"), is_year=True),
    MeasureColumn("decision_reference", _("Vedtak"), longest=200),
    MeasureColumn("external_actor", _("Ekstern aktør"), longest=160),
    MeasureColumn("external_kind", _("Slags aktør")),
    MeasureColumn("co_benefits", _("Tilleggsgevinster"), several=True),
    MeasureColumn("co_benefits_note", _("Om tilleggsgevinstene"), longest=400),
    MeasureColumn("needs", _("Avhenger av"), several=True),
    MeasureColumn("description", _("Beskrivelse"), longest=4000),
)
# Without these there is no measure.
REQUIRED = ("code", "title", "kind")
# What stands beside the columns in the file of rows that failed; read back, they say nothing.
ROW_HEADER, WHY_HEADER = _("Rad i filen"), _("Hva som må rettes")
OWN_HEADERS = (ROW_HEADER, WHY_HEADER)
BY_NAME = {column.name: column for column in COLUMNS}
# Columns whose words are given.
LABELLED: dict[str, dict[Any, Any]] = {
    "kind": MEASURE_KIND_LABELS,
    "level": LEVEL_LABELS,
    "state": MEASURE_STATE_LABELS,
    "external_kind": EXTERNAL_KIND_LABELS,
    "co_benefits": CO_BENEFIT_LABELS,
}


def shown_values(record: MeasureRecord, names: Names) -> list[object]:
    """One value per column: text, a year, or None for an empty cell."""
    return [cell(column, raw_value(record, column.name), names) for column in COLUMNS]


def raw_value(record: MeasureRecord, name: str) -> Any:
    """What the measure has: a text, a code, a year, an id, or a set of ids or codes."""
    if name in ("unit", "contributing", "sources", "needs"):
        return getattr(record, name)
    if name == "reason":
        return ""
    value = getattr(record.measure, name)
    return (
        frozenset(value) if name == "co_benefits" else plain_text(value) if isinstance(value, str) else value
    )


def cell(column: MeasureColumn, value: Any, names: Names) -> object:
    """The value in the words of the spreadsheet, which are those of the preview too."""
    if value in (None, "", frozenset()):
        return None
    if column.several:
        return "; ".join(
            escaped(word) for word in sorted(_words(column.name, value, names), key=str.casefold)
        )
    if column.name in LABELLED:
        return str(LABELLED[column.name][value])
    return names.units[value] if column.name == "unit" else value


def _words(name: str, values: Iterable[Any], names: Names) -> list[str]:
    if name in LABELLED:
        return [str(LABELLED[name][value]) for value in values]
    known: dict[Any, str] = {"contributing": names.units, "sources": names.sources}.get(name, names.codes)
    # A measure the file itself brings has no id: it goes by its number.
    return [known.get(value, str(value)) for value in values]


def escaped(word: str) -> str:
    """A name as it stands in a list: a semicolon of its own is written «\\;»."""
    return word.replace("\\", "\\\\").replace(";", "\\;")


def split_list(text: str) -> list[str]:
    """The names in a cell, with their own semicolons back."""
    words = re.findall(r"((?:\\.|[^;\\])*)(?:;|$)", text)
    return [clean for word in words if (clean := re.sub(r"\\(.)", r"\1", word).strip())]
