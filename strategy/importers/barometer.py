"""A spreadsheet or CSV file with one row per indicator and period, and what it would change.

Columns are known by their headers, in any order; others are passed over, so that the portal's own export can
be read back. A row with neither figure nor reason says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from emissions.enums import MissingReason
from emissions.models import MISSING_LABELS
from strategy.actions.barometer import ValueData, check_value, set_values
from strategy.models import BarometerIndicator, BarometerValue, format_period, parse_period
from strategy.queries.barometer import IndicatorStanding, standings
from strategy.words.barometer import measured
from strategy.words.barometer_columns import COLUMNS, INDICATOR, NOTE, PERIOD, REQUIRED, SHEET, VALUE
from web.actors import Actor
from web.formats import parse_norsk_tall
from web.refusals import Refused
from web.register.columns import Column
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows
from web.register.plan import Plan, PlannedRow, refuse_twice
from web.sheets.cells import Moment
from web.sheets.words import shortened

MOST_ROWS = 2_000
LONGEST_NOTE = 250
# The column is numeric(18,4).
MOST_DECIMALS, MOST_VALUE = 4, Decimal(10) ** 14
HEADERS = {column.name: str(column.header) for column in COLUMNS}


@dataclass(slots=True, kw_only=True)
class BarometerRow(PlannedRow):
    """One row: the value it would write, when it can."""

    standing: IndicatorStanding | None = None
    data: ValueData | None = None

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((HEADERS[name], sentence))


@dataclass(slots=True, kw_only=True)
class BarometerPlan(Plan):
    """A whole file: the rows that say something."""

    rows: list[BarometerRow]


def plan_barometer(content: bytes, file_name: str) -> BarometerPlan:
    """What a file would change; two queries and no writing.

    Raises UnreadableFile when the file as a whole cannot be read, with a Norwegian sentence.
    """
    table = _READER.read(content, file_name)
    known = {one.indicator.name.casefold(): one for one in standings()}
    resource = FileResource(BarometerValue, _columns(from_text=not table.is_workbook), {})
    rows = [_row(parsed, known) for parsed in parsed_rows(table, resource) if _says_something(parsed)]
    refuse_twice(rows, _key, _refuse_again)
    for row in rows:
        _compare(row)
    return BarometerPlan(rows=rows)


def write_barometer(*, by: Actor, plan: BarometerPlan) -> int:
    """Writes what was previewed, and says how many values. Raises as `set_values` does."""
    values = [
        (row.standing.indicator, row.data)
        for row in plan.rows
        if row.standing and row.data and row.outcome != "unchanged"
    ]
    return set_values(by=by, values=values)


def _sentences() -> Mapping[str, str]:
    """Of the file as a whole, where the usual sentences do not name the template."""
    header = _(
        "Vi finner ikke kolonnene «{indicator}», «{period}» og «{value}». Last ned malen, og fyll ut den."
    ).format(indicator=INDICATOR, period=PERIOD, value=VALUE)
    large = _("Regnearket er for stort å lese. Last ned malen, og fyll ut den.")
    return {
        "empty": _("Filen er tom. Last ned malen, fyll den ut og last den opp."),
        "too_large": _("Filen er større enn 5 MB. Last ned malen, og fyll ut den."),
        "too_many_rows": _("Filen har for mange rader. Last ned malen, og fyll ut den."),
        "too_many_columns": _("Filen har for mange kolonner. Last ned malen, og fyll ut den."),
        "not_a_spreadsheet": _(
            "Filen er verken et regneark (.xlsx) eller en CSV-fil. Last ned malen, og fyll ut den."
        ),
        "forbidden_xml": _(
            "Regnearket inneholder noe et regneark ikke skal ha, og blir ikke lest. "
            "Last ned malen, og fyll ut den."
        ),
        "no_header": header,
        "missing_columns": header,
        **dict.fromkeys(("unpacked", "memory", "cpu"), large),
    }


def _same(cell: Any) -> Any:
    return "" if cell is None else cell


_READER = TableReader(COLUMNS, REQUIRED, SHEET, value=_same, sentences=_sentences, most_rows=MOST_ROWS)


def _columns(*, from_text: bool) -> list[Column]:
    readers: dict[str, Callable[[Any], Any]] = {
        "indicator": _plain,
        "period": _plain,
        "value": lambda cell: _value(cell, from_text=from_text),
        "missing_reason": _reason,
        "source_note": _note,
    }
    return [replace(column, reader=readers[column.name]) for column in COLUMNS]


def _says_something(parsed: ParsedRow) -> bool:
    return bool(_plain(parsed.source["value"]) or _plain(parsed.source.get("missing_reason", "")))


def _row(parsed: ParsedRow, known: Mapping[str, IndicatorStanding]) -> BarometerRow:
    values = parsed.values
    name = values.get("indicator", "")
    row = BarometerRow(number=parsed.number, title=name, values=values, source=parsed.source)
    for column, sentence in parsed.wrong:
        row.refuse(column, sentence)
    row.standing = known.get(name.casefold())
    if row.standing is None:
        row.refuse(
            "indicator",
            _("«{name}» finnes ikke i klimabarometeret.").format(name=shortened(name))
            if name
            else _("cellen er tom. Skriv navnet på indikatoren."),
        )
    if values.get("value") is not None and values.get("missing_reason"):
        row.refuse("missing_reason", _("raden har både et tall og en grunn til at det mangler. Fjern ett."))
    if row.errors or row.standing is None:
        return row
    row.title = row.standing.indicator.name
    period = _period(row, row.standing.indicator)
    if period is not None:
        row.detail = format_period(row.standing.indicator.frequency, period)
        row.data = ValueData(
            period=period,
            value=values["value"],
            missing_reason=values.get("missing_reason", ""),
            source_note=values.get("source_note", ""),
        )
    return row


def _period(row: BarometerRow, indicator: BarometerIndicator) -> date | None:
    try:
        period = parse_period(indicator.frequency, row.values["period"])
    except ValueError as problem:
        row.refuse("period", str(problem))
        return None
    if period > timezone.localdate():
        row.refuse(
            "period",
            _("{period} har ikke begynt ennå.").format(period=format_period(indicator.frequency, period)),
        )
        return None
    return period


def _key(row: BarometerRow) -> tuple[int, date] | None:
    return (row.standing.indicator.pk, row.data.period) if row.standing and row.data else None


def _refuse_again(row: BarometerRow, first: int) -> None:
    row.refuse(
        "period",
        _("samme indikator og periode står også i rad {row}. Behold én av dem.").format(row=first),
    )


def _compare(row: BarometerRow) -> None:
    """What the row would change of what stands, with the version it stands at."""
    if row.errors or row.standing is None or row.data is None:
        return
    found, unit = row.data, row.standing.indicator.unit_label
    there = next((value for value in row.standing.values if value.period == found.period), None)
    row.is_new, row.mark = there is None, there.version if there else 0
    row.data = replace(found, version=there.version if there else 0)
    before = measured(there.value, there.missing_reason, unit) if there else ""
    after = measured(found.value, found.missing_reason, unit)
    if there is None or (there.value, there.missing_reason) != (found.value, found.missing_reason):
        row.changes.append((VALUE, before, after))
    if (there.source_note if there else "") != found.source_note:
        row.changes.append((NOTE, there.source_note if there else "", found.source_note))
    if row.is_new or row.changes:
        try:
            check_value(row.standing.indicator, found)
        except Refused as refused:
            for reason in refused.reasons:
                row.refuse(reason.field, reason.text)


def _plain(cell: Any) -> str:
    if isinstance(cell, Moment):
        return cell.text
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _note(cell: Any) -> str:
    text = _plain(cell)
    if len(text) > LONGEST_NOTE:
        raise ValueError(_("teksten er lengre enn {most} tegn.").format(most=LONGEST_NOTE))
    return text


def _reason(cell: Any) -> str:
    text = _plain(cell)
    if not text:
        return ""
    for code, label in MISSING_LABELS.items():
        if text.casefold() in (code.value, str(label).casefold()):
            return MissingReason(code).value
    raise ValueError(
        _("«{text}» er ikke en av grunnene. Velg mellom: {known}.").format(
            text=shortened(text), known=", ".join(str(label) for label in MISSING_LABELS.values())
        )
    )


def _value(cell: Any, *, from_text: bool) -> Decimal | None:
    if isinstance(cell, Moment):
        raise ValueError(_("cellen er en dato ({date}), ikke et tall.").format(date=cell.text))
    if isinstance(cell, str) and not cell.strip():
        return None
    if isinstance(cell, bool) or (isinstance(cell, str) and not from_text):
        raise ValueError(
            _("«{cell}» er tekst, ikke et tall. Gjør om cellen til tall, og prøv igjen.").format(
                cell=shortened(str(cell))
            )
        )
    value = parse_norsk_tall(cell) if isinstance(cell, str) else Decimal(repr(cell))
    if not value.is_finite() or abs(value) >= MOST_VALUE:
        raise ValueError(_("tallet er for stort."))
    rounded = round(value, MOST_DECIMALS)
    # A workbook's binary floats have noise beyond what anybody typed.
    if rounded != value and isinstance(cell, str):
        raise ValueError(_("tallet har mer enn {most} desimaler.").format(most=MOST_DECIMALS))
    return rounded
