"""What a file of accounting figures would do, row by row, before it is written; and writing just that."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _

from organisation.rules import Permission, require
from reporting.actions.money import MoneyRow, import_money
from reporting.importers.period_files import FileResource, ParsedRow, parsed_rows
from reporting.importers.table import TableReader
from reporting.importers.uploads import ImportChanged, locked_upload, mark_written, sha256_of
from reporting.models import Period, PlanRowMoney
from reporting.queries.money import newest_import, row_key
from reporting.words.exchange import MONEY_COLUMNS, MONEY_SHEET
from strategy.words.measure_columns import plain_text
from web.actors import Actor, acting
from web.concurrency import StaleObject
from web.formats import format_number
from web.refusals import Refused

BY_NAME = {column.name: column for column in MONEY_COLUMNS}
AMOUNTS = ("budgeted", "spent", "forecast")
READER = TableReader(MONEY_COLUMNS, frozenset({"plan_row", "spent"}), MONEY_SHEET)
Outcome = Literal["new", "changed", "unchanged", "error"]


@dataclass(slots=True)
class MoneyLine:
    """One row of the file. `changes` are (column, before, after), `errors` are (column, sentence)."""

    number: int
    values: dict[str, Any]
    is_new: bool = True
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def plan_row(self) -> str:
        return str(self.values.get("plan_row", ""))

    @property
    def outcome(self) -> Outcome:
        if self.errors:
            return "error"
        return "new" if self.is_new else "changed" if self.changes else "unchanged"

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(BY_NAME[name].header), sentence))


@dataclass(slots=True)
class MoneyPlan:
    """`gone` are rows the file before had and this one does not; `seen` is that file's id."""

    rows: list[MoneyLine]
    gone: list[str]
    seen: int | None

    def count(self, outcome: Outcome) -> int:
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def is_ready(self) -> bool:
        changed = bool(self.gone) or any(row.outcome != "unchanged" for row in self.rows)
        return changed and not self.count("error")

    @property
    def fingerprint(self) -> str:
        digest = hashlib.sha256(repr((self.seen, self.gone)).encode())
        for row in self.rows:
            digest.update(repr((row.number, sorted(row.values.items()), row.errors)).encode())
        return digest.hexdigest()


def plan_money(period: Period, content: bytes, file_name: str) -> MoneyPlan:
    """Reads, parses and checks the whole file against the newest one. Nothing is written.

    Raises UnreadableFile.
    """
    table = READER.read(content, file_name)
    source = newest_import(period)
    before = {row_key(row.plan_row): row for row in source.rows.all()} if source else {}
    resource = FileResource(PlanRowMoney, MONEY_COLUMNS, {})
    rows = [_money_line(parsed) for parsed in parsed_rows(table, resource)]
    _refuse_twice(rows)
    for row in rows:
        _check(row, before)
    there = {row_key(row.plan_row) for row in rows}
    gone = sorted(stored.plan_row for key, stored in before.items() if key not in there)
    return MoneyPlan(rows, gone, source.pk if source else None)


def _money_line(parsed: ParsedRow) -> MoneyLine:
    number, values, wrong = parsed
    row = MoneyLine(number, values)
    for name, sentence in wrong:
        row.refuse(name, sentence)
    return row


def _refuse_twice(rows: Iterable[MoneyLine]) -> None:
    first: dict[str, int] = {}
    for row in rows:
        key = row_key(row.plan_row)
        if key and key in first:
            row.refuse(
                "plan_row", _("Raden står også i rad {row}. Behold bare den ene.").format(row=first[key])
            )
        first.setdefault(key, row.number)


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


def confirm_money(*, by: Actor, upload_id: int, fingerprint: str) -> int:
    """Writes what was previewed, and says how many rows the file has; sent twice it writes once.

    Raises ImportChanged, UploadGone, UnreadableFile and PermissionDenied. Nothing is written then.
    """
    require(by, Permission.ANALYSE_PERIOD)
    with acting(by, _("Importerte regnskapstall")):
        upload = locked_upload(by, upload_id)
        if upload.written is not None:
            return upload.written
        content = bytes(upload.content)
        plan = plan_money(upload.period, content, upload.file_name)
        if plan.fingerprint != fingerprint or not plan.is_ready:
            raise ImportChanged
        rows = [
            MoneyRow(
                plan_row=row.plan_row,
                comment=row.values.get("comment", ""),
                **{name: row.values.get(name) for name in AMOUNTS},
            )
            for row in plan.rows
        ]
        try:
            import_money(
                by=by,
                period=upload.period,
                file_name=upload.file_name,
                sha256=sha256_of(content),
                rows=rows,
                seen=plan.seen,
            )
        except (StaleObject, Refused):
            raise ImportChanged from None
        mark_written(upload, len(rows))
        return len(rows)
