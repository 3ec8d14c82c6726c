"""What a file of accounting figures would do, row by row, before it is written; and writing just that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.actions.money import MoneyRow, import_money
from reporting.models import Period, PlanRowMoney
from reporting.queries.money import newest_import, row_key
from reporting.words.money_columns import COLUMNS, SHEET
from web.actors import Actor
from web.register.plan import Plan
from web.register.rows_plan import PlainRegister, Wrong, plan_rows


@dataclass(slots=True, kw_only=True)
class MoneyPlan(Plan):
    """`gone` are rows the file before had and this one does not; `mark` has that file's id."""

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
    source = newest_import(period)
    before = list(source.rows.all()) if source else []
    register = PlainRegister(
        model=PlanRowMoney,
        columns=COLUMNS,
        sheet=SHEET,
        keys=("plan_row",),
        needed=frozenset({"plan_row", "spent"}),
        stored=lambda: before,
        title=lambda values: str(values.get("plan_row", "")),
        rules=_without_amounts,
        again=("plan_row", gettext_lazy("Raden står også i rad {row}. Behold bare den ene.")),
    )
    rows = plan_rows(register, content, file_name).rows
    there = {row_key(row.title) for row in rows}
    gone = sorted(row.plan_row for row in before if row_key(row.plan_row) not in there)
    seen = source.pk if source else None
    return MoneyPlan(rows=rows, gone=gone, seen=seen, mark=(seen, gone))


def _without_amounts(values: Mapping[str, Any]) -> Iterator[Wrong]:
    if all(values.get(name) is None for name in ("budgeted", "spent", "forecast")):
        yield "spent", _("Skriv minst ett beløp.")


def write_money(*, by: Actor, period: Period, plan: MoneyPlan, file_name: str, sha256: str) -> int:
    """Writes what was previewed, and says how many rows the file has. Raises as `import_money` does."""
    names = [field.name for field in fields(MoneyRow)]
    rows = [MoneyRow(**{name: row.values[name] for name in names if name in row.values}) for row in plan.rows]
    import_money(by=by, period=period, file_name=file_name, sha256=sha256, rows=rows, seen=plan.seen)
    return len(rows)
