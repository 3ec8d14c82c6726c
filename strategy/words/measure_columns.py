"""The columns of the spreadsheet of measures: what they are called, and what a measure has in each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from strategy.enums import Level, MeasureState
from strategy.models import (
    CO_BENEFIT_LABELS,
    EXTERNAL_KIND_LABELS,
    LEVEL_LABELS,
    MEASURE_KIND_LABELS,
    MEASURE_STATE_LABELS,
)
from strategy.queries.measure_table import MeasureRecord, Names
from web.register.columns import Column
from web.sheets.cells import plain_text

SHEET = "Tiltak"
FIRST_YEAR, LAST_YEAR = 2000, 2100
COLUMNS = (
    Column(
        "code",
        _("Nummer"),
        longest=20,
        required=True,
        help=_("Står i adressen og i klimabudsjettet, for eksempel T7. Uten mellomrom."),
    ),
    Column("title", _("Tittel"), longest=250, required=True),
    Column(
        "kind",
        _("Type"),
        kind="choice",
        labels=MEASURE_KIND_LABELS,
        required=True,
        help=_("Tiltak kutter utslipp selv. Virkemidler får andre til å kutte."),
    ),
    Column("level", _("Nivå"), kind="choice", labels=LEVEL_LABELS, required=True),
    Column("state", _("Tilstand"), kind="choice", labels=MEASURE_STATE_LABELS, required=True),
    # Told with the move it belongs to: no measure has one of its own.
    Column(
        "reason", _("Begrunnelse for ny tilstand"), longest=1000, in_form=False, writer=lambda _record: ""
    ),
    Column(
        "unit",
        _("Ansvarlig"),
        label=_("Ansvarlig virksomhet eller foretak"),
        kind="link",
        empty=_("Ingen ennå"),
        unknown=_("Virksomheten finnes ikke lenger. Velg en annen."),
    ),
    Column("contributing", _("Bidrar"), label=_("Virksomheter som bidrar"), kind="link", several=True),
    Column(
        "sources",
        _("Utslippskilder"),
        label=_("Utslippskilder tiltaket virker på"),
        kind="link",
        several=True,
    ),
    Column("start_year", _("Fra år"), kind="year", least=FIRST_YEAR, most=LAST_YEAR),
    Column("end_year", _("Til år"), kind="year", least=FIRST_YEAR, most=LAST_YEAR),
    Column(
        "decision_reference",
        _("Vedtak"),
        longest=200,
        help=_("Hvem som vedtok tiltaket, og i hvilken sak."),
    ),
    Column(
        "external_actor",
        _("Ekstern aktør"),
        longest=160,
        help=_("Når andre gjennomfører, og virksomheten følger opp."),
    ),
    Column("external_kind", _("Slags aktør"), kind="choice", labels=EXTERNAL_KIND_LABELS),
    Column("co_benefits", _("Tilleggsgevinster"), kind="choice", labels=CO_BENEFIT_LABELS, several=True),
    Column("co_benefits_note", _("Om tilleggsgevinstene"), longest=400),
    Column(
        "needs",
        _("Avhenger av"),
        kind="link",
        several=True,
        help=_("Numrene til tiltak som må gjennomføres først, med komma mellom."),
    ),
    Column("description", _("Beskrivelse"), kind="long_text", longest=4000, lines=5),
)
# What a file may leave out of a new measure.
DEFAULTS: dict[str, Any] = {"level": Level.MUNICIPAL, "state": MeasureState.PROPOSED}
# Without these there is no measure.
REQUIRED = tuple(column.name for column in COLUMNS if column.required and column.name not in DEFAULTS)
# What stands beside the columns in the file of rows that failed; read back, they say nothing.
ROW_HEADER, WHY_HEADER = _("Rad i filen"), _("Hva som må rettes")
OWN_HEADERS = (ROW_HEADER, WHY_HEADER)
BY_NAME = {column.name: column for column in COLUMNS}
_LINKS = frozenset(one.name for one in fields(MeasureRecord)) - {"measure"}


def shown_values(record: MeasureRecord, names: Names) -> list[object]:
    """One value per column: text, a year, or None for an empty cell."""
    return [cell(column, raw_value(record, column), names) for column in COLUMNS]


def raw_value(record: MeasureRecord, column: Column) -> Any:
    """What the measure has: a text, a code, a year, an id, or a set of ids or codes."""
    if column.writer:
        return column.writer(record)
    value = getattr(record if column.name in _LINKS else record.measure, column.name)
    if column.several:
        return frozenset(value)
    return plain_text(value) if isinstance(value, str) else value


def empty_value(column: Column) -> Any:
    """What a measure has in the column while nothing is said."""
    if column.several:
        return frozenset()
    return "" if column.kind in ("text", "long_text", "choice") else None


def cell(column: Column, value: Any, names: Names) -> object:
    """The value in the words of the spreadsheet, which are those of the preview too."""
    if value in (None, "", frozenset()):
        return None
    if column.several:
        return "; ".join(escaped(word) for word in sorted(_words(column, value, names), key=str.casefold))
    if column.kind == "choice":
        return str(column.words[value])
    return names.of(column.name)[value] if column.kind == "link" else value


def _words(column: Column, values: Iterable[Any], names: Names) -> list[str]:
    if column.kind == "choice":
        return [str(column.words[value]) for value in values]
    known = names.of(column.name)
    # A measure the file itself brings has no id: it goes by its number.
    return [known.get(value, str(value)) for value in values]


def escaped(word: str) -> str:
    """A name as it stands in a list: a semicolon of its own is written «\\;»."""
    return word.replace("\\", "\\\\").replace(";", "\\;")


def split_list(text: str) -> list[str]:
    """The names in a cell, with their own semicolons back."""
    words = re.findall(r"((?:\\.|[^;\\])*)(?:;|$)", text)
    return [clean for word in words if (clean := re.sub(r"\\(.)", r"\1", word).strip())]
