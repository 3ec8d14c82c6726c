"""What a file of accounting figures would do, row by row, before it is written; and writing just that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reporting.actions.money import MoneyRow, import_money
from reporting.models import Period, PlanRowMoney
from reporting.queries.money import AMOUNTS, newest_import, rows_of
from reporting.words.money_columns import COLUMNS, SHEET
from web.actors import Actor
from web.formats import folded
from web.models import Upload
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
    before = list(rows_of(source))
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
    there = {folded(row.title) for row in rows}
    gone = sorted(row.plan_row for row in before if folded(row.plan_row) not in there)
    seen = source.pk if source else None
    return MoneyPlan(rows=rows, gone=gone, seen=seen, mark=(seen, gone))


def _without_amounts(values: Mapping[str, Any]) -> Iterator[Wrong]:
    if all(values.get(name) is None for name in AMOUNTS):
        yield "spent", _("Skriv minst ett beløp.")


def write_money(*, by: Actor, period: Period, plan: MoneyPlan, upload: Upload) -> int:
    """Writes what was previewed, and says how many rows the file has. Raises as `import_money` does."""
    rows = [MoneyRow(**row.values) for row in plan.rows]
    name, sha256 = upload.file_name, upload.sha256
    import_money(by=by, period=period, file_name=name, sha256=sha256, rows=rows, seen=plan.seen)
    return len(rows)
