"""What a file of statuses would do, row by row, before anything is written; and writing just that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from reporting.actions.exchange import ImportedStatus, import_statuses
from reporting.actions.reports import CLEARED_OFF_PLAN, StatusAnswers
from reporting.enums import OFF_PLAN, DecisionLevel, Status
from reporting.models import DECISION_LEVEL_LABELS, STATUS_LABELS, MeasureStatus, Period
from reporting.rules.exchange import why_closed_to_files, why_not_importable
from reporting.rules.reports import missing_answers
from reporting.words.exchange import STATUS_COLUMNS, STATUS_SHEET
from web.actors import Actor
from web.formats import folded, format_date, format_number
from web.register.columns import Column
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows
from web.register.plan import Plan, PlannedRow, refuse_twice
from web.sheets.cells import plain_text
from web.sheets.errors import UnreadableFile

KEYS = ("period", "unit_id", "measure")
ANSWERS = tuple(column.name for column in STATUS_COLUMNS if column.read and column.name not in KEYS)
BY_NAME: Mapping[str, Column] = {column.name: column for column in STATUS_COLUMNS}
READER = TableReader(STATUS_COLUMNS, frozenset({*KEYS, "status"}), STATUS_SHEET)


@dataclass(slots=True, kw_only=True)
class StatusRow(PlannedRow):
    """One row of the file; `values` are the answers, `key` is what the row is about."""

    key: tuple[str, int | None, str]
    status: MeasureStatus | None = None

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(BY_NAME[name].header), sentence))


@dataclass(slots=True, kw_only=True)
class StatusPlan(Plan):
    """`incomplete` are the units that still lack an answer afterwards: (unit, the measures' numbers)."""

    rows: list[StatusRow]
    incomplete: list[tuple[str, list[str]]]


def plan_statuses(period: Period, content: bytes, file_name: str) -> StatusPlan:
    """Reads, parses and checks the whole file; a handful of queries whatever its size. Nothing is written.

    Raises UnreadableFile for a file that cannot be read, or while the period takes no file.
    """
    if sentence := why_closed_to_files(period, timezone.now()):
        raise UnreadableFile("closed", sentence)
    table = READER.read(content, file_name)
    found = (
        MeasureStatus.objects.filter(report__period=period)
        .select_related("measure", "report__unit", "report__period")
        .order_by("report_id", "order", "pk")
    )
    stored = {(status.report.unit_id, status.measure.code.casefold()): status for status in found}
    units = {unit for unit, _code in stored}
    resource = FileResource(MeasureStatus, STATUS_COLUMNS, _lookups())
    rows = [_status_row(parsed) for parsed in parsed_rows(table, resource)]
    refuse_twice(rows, _key, _refuse_again)
    for row in rows:
        _place(row, period, stored, units)
        _check(row, period.year)
    return StatusPlan(rows=rows, incomplete=list(_incomplete(rows, stored.values())))


def _lookups() -> dict[str, dict[str, str]]:
    statuses = {label: code.value for code, label in STATUS_LABELS.items()}
    levels = {label: code.value for code, label in DECISION_LEVEL_LABELS.items()}
    return {
        "status": _by_word(statuses, Status),
        "decision_level": _by_word(levels, DecisionLevel),
    }


def _by_word(labels: Mapping[Any, str], codes: Iterable[str]) -> dict[str, str]:
    words = {str(code): str(code) for code in codes}
    words |= {folded(label): code for label, code in labels.items()}
    return words


def _status_row(parsed: ParsedRow) -> StatusRow:
    values = parsed.values
    row = StatusRow(
        number=parsed.number,
        title=values.get("measure", ""),
        key=(values.get("period", ""), values.get("unit_id"), values.get("measure", "")),
        values={name: values[name] for name in ANSWERS if name in values},
        source=parsed.source,
    )
    for name, sentence in parsed.wrong:
        row.refuse(name, sentence)
    return row


def _key(row: StatusRow) -> tuple[int, str] | None:
    _period, unit, measure = row.key
    return (unit, measure.casefold()) if unit and measure else None


def _refuse_again(row: StatusRow, first: int) -> None:
    row.refuse("measure", _("Tiltaket står også i rad {row}. Behold bare den ene raden.").format(row=first))


def _place(
    row: StatusRow,
    period: Period,
    stored: Mapping[tuple[int, str], MeasureStatus],
    units: set[int],
) -> None:
    """Finds the status the row is about, by its keys."""
    code, unit, measure = row.key
    wrong = {header for header, _sentence in row.errors}
    if code != period.code:
        row.refuse(
            "period",
            _("Raden gjelder «{row}». Her importeres {period}.").format(row=code[:20], period=period.code),
        )
    if unit is None:
        if str(BY_NAME["unit_id"].header) not in wrong:
            row.refuse("unit_id", _("Må fylles ut."))
        return
    row.status = stored.get((unit, measure.casefold()))
    if row.status is None:
        if unit not in units:
            row.refuse("unit_id", _("Virksomhet {id} rapporterer ikke i perioden.").format(id=unit))
        else:
            row.refuse(
                "measure",
                _("Virksomheten rapporterer ikke på «{measure}» i perioden.").format(measure=measure[:40]),
            )
        return
    report = row.status.report
    row.title, row.detail = str(row.status.measure), report.unit.name
    row.mark = (row.status.pk, row.status.version, report.state)


def _check(row: StatusRow, year: int) -> None:
    """What the row changes, and the rules of the form, so that the preview tells everything at once."""
    if row.errors or row.status is None:
        return
    status = row.status
    said = {name: row.values.get(name, getattr(status, name)) for name in ANSWERS}
    if said["status"] not in OFF_PLAN:
        said |= {name: getattr(StatusAnswers(), name) for name in CLEARED_OFF_PLAN}
    row.values = said
    row.changes = list(_changes(status, said))
    if not row.changes:
        return
    if sentence := why_not_importable(status.report, timezone.now()):
        row.refuse("unit_id", sentence)
        return
    share = said["delayed_share"]
    if share is not None and not 0 < share <= 100:
        row.refuse("delayed_share", _("Skriv et tall over 0 og høyst 100."))
    for name, sentence in missing_answers(_Said(**{key: said[key] for key in _ASKED}), year):
        row.refuse(name, sentence)


_ASKED = ("status", *CLEARED_OFF_PLAN, "decision_follow_up")


@dataclass(frozen=True, slots=True)
class _Said:
    """The row as the rules of the form ask it."""

    status: str
    cause: str
    corrective_action: str
    new_date: date | None
    delayed_share: Decimal | None
    decision_level: str
    decision_question: str
    decision_follow_up: str


def _changes(status: MeasureStatus, said: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in ANSWERS:
        before, after = getattr(status, name), said[name]
        # A file holds no signs nobody sees, so what is stored is held against it without them.
        if (plain_text(before) if isinstance(before, str) else before) != after:
            yield str(BY_NAME[name].header), shown(name, before), shown(name, after)


def shown(name: str, value: Any) -> str:
    """A value in words, for people to read."""
    if value in (None, ""):
        return ""
    if name == "status":
        return str(STATUS_LABELS[Status(value)])
    if name == "decision_level":
        return str(DECISION_LEVEL_LABELS[DecisionLevel(value)])
    if isinstance(value, date):
        return format_date(value)
    return format_number(value) if isinstance(value, Decimal) else str(value)


def _incomplete(
    rows: Iterable[StatusRow], stored: Iterable[MeasureStatus]
) -> Iterator[tuple[str, list[str]]]:
    """Units the file speaks for that lack an answer also after it."""
    answered = {row.status.pk for row in rows if row.status and row.values.get("status")}
    touched = {row.status.report_id for row in rows if row.status and row.changes}
    left: dict[str, list[str]] = {}
    for status in stored:
        if status.report_id in touched and not status.status and status.pk not in answered:
            left.setdefault(status.report.unit.name, []).append(status.measure.code)
    yield from sorted(left.items())


def write_statuses(*, by: Actor, period: Period, plan: StatusPlan, file_name: str, sha256: str) -> int:
    """Writes what was previewed, and says how many statuses. Raises as `import_statuses` does."""
    rows = [
        ImportedStatus(row.status.pk, row.status.version, row.values)
        for row in plan.rows
        if row.status is not None and row.outcome == "changed"
    ]
    import_statuses(by=by, period=period, file_name=file_name, sha256=sha256, rows=rows)
    return len(rows)
