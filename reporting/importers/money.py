"""What a file of accounting figures would do, row by row, before it is written; and writing just that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from reporting.actions.money import MoneyRow, import_money
from reporting.models import Period, PlanRowMoney
from reporting.queries.money import newest_import, row_key
from reporting.words.exchange import MONEY_COLUMNS, MONEY_SHEET
from web.actors import Actor
from web.formats import format_number
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows
from web.register.plan import Plan, PlannedRow, refuse_twice
from web.sheets.cells import plain_text

BY_NAME = {column.name: column for column in MONEY_COLUMNS}
AMOUNTS = ("budgeted", "spent", "forecast")
READER = TableReader(MONEY_COLUMNS, frozenset({"plan_row", "spent"}), MONEY_SHEET)


@dataclass(slots=True, kw_only=True)
class MoneyLine(PlannedRow):
    """One row of the file."""

    @property
    def plan_row(self) -> str:
        return str(self.values.get("plan_row", ""))

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(BY_NAME[name].header), sentence))


@dataclass(slots=True, kw_only=True)
class MoneyPlan(Plan):
    """`gone` are rows the file before had and this one does not; `mark` has that file's id."""

    rows: list[MoneyLine]
    gone: list[str]
    seen: int | None

    @property
    def is_ready(self) -> bool:
        """The file replaces the one before: rows that are gone are a change too."""
        return bool(self.to_write or self.gone) and not self.count("error")


def plan_money(period: Period, content: bytes, file_name: str) -> MoneyPlan:
    """Reads, parses and checks the whole file against the newest one. Nothing is written.

    Raises UnreadableFile.
    """
    table = READER.read(content, file_name)
    source = newest_import(period)
    before = {row_key(row.plan_row): row for row in source.rows.all()} if source else {}
    resource = FileResource(PlanRowMoney, MONEY_COLUMNS, {})
    rows = [_money_line(parsed) for parsed in parsed_rows(table, resource)]
    refuse_twice(rows, lambda row: row_key(row.plan_row) or None, _refuse_again)
    for row in rows:
        _check(row, before)
    there = {row_key(row.plan_row) for row in rows}
    gone = sorted(stored.plan_row for key, stored in before.items() if key not in there)
    seen = source.pk if source else None
    return MoneyPlan(rows=rows, gone=gone, seen=seen, mark=(seen, gone))


def _money_line(parsed: ParsedRow) -> MoneyLine:
    row = MoneyLine(number=parsed.number, values=parsed.values, source=parsed.source, is_new=True)
    row.title, row.mark = row.plan_row, sorted(parsed.values.items())
    for name, sentence in parsed.wrong:
        row.refuse(name, sentence)
    return row


def _refuse_again(row: MoneyLine, first: int) -> None:
    row.refuse("plan_row", _("Raden står også i rad {row}. Behold bare den ene.").format(row=first))


def _check(row: MoneyLine, before: Mapping[str, PlanRowMoney]) -> None:
    if not row.plan_row:
        row.refuse("plan_row", _("Må fylles ut."))
    elif not row.errors and all(row.values.get(name) is None for name in AMOUNTS):
        row.refuse("spent", _("Skriv minst ett beløp."))
    stored = before.get(row_key(row.plan_row))
    row.is_new = stored is None
    if not row.errors:
        row.changes = list(_changes(stored, row.values))


def _changes(stored: PlanRowMoney | None, values: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in (*AMOUNTS, "comment"):
        if name not in values:
            continue
        before = getattr(stored, name) if stored else None
        # An empty comment is none; zero is an amount.
        if isinstance(before, str):
            before = plain_text(before)
        if (None if before == "" else before) != (None if values[name] == "" else values[name]):
            yield str(BY_NAME[name].header), _shown(before), _shown(values[name])


def _shown(value: Any) -> str:
    if value in (None, ""):
        return ""
    return format_number(value) if isinstance(value, Decimal) else str(value)


def write_money(*, by: Actor, period: Period, plan: MoneyPlan, file_name: str, sha256: str) -> int:
    """Writes what was previewed, and says how many rows the file has. Raises as `import_money` does."""
    rows = [
        MoneyRow(
            plan_row=row.plan_row,
            comment=row.values.get("comment", ""),
            **{name: row.values.get(name) for name in AMOUNTS},
        )
        for row in plan.rows
    ]
    import_money(by=by, period=period, file_name=file_name, sha256=sha256, rows=rows, seen=plan.seen)
    return len(rows)
