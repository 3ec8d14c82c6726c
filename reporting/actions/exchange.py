"""Statuses from the system where some units report: a whole file, or nothing of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.rules import Permission, require
from reporting.actions.chain import move_report
from reporting.actions.deviations import follow_deviations
from reporting.actions.reports import freeze_version
from reporting.enums import EDITABLE_STATES, ReportState
from reporting.models import MeasureStatus, Period, StatusImport, UnitReport
from reporting.rules.exchange import why_closed_to_files, why_not_importable
from reporting.rules.reports import missing_answers
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Closed


@dataclass(frozen=True, slots=True)
class ImportedStatus:
    """What a file says of one measure: the whole new answer, by field of MeasureStatus."""

    status_id: int
    version: int
    fields: Mapping[str, Any]


def import_statuses(
    *, by: Actor, period: Period, file_name: str, sha256: str, rows: Sequence[ImportedStatus]
) -> StatusImport:
    """Writes the rows, all or nothing. A report whose measures are all answered then stands as approved:
    it was approved where the unit reports.

    Raises PermissionDenied, StaleObject when a status has moved on, and Refused when the period is
    closed or a unit answers in the portal.
    """
    require(by, Permission.EXCHANGE_STATUSES)
    with acting(by, _("Importerte statuser")):
        now = timezone.now()
        # The period, then the reports by id: files come one at a time, and a unit that saves meanwhile waits
        # for one report and holds no other.
        period = Period.objects.select_for_update(no_key=True).get(pk=period.pk)
        if sentence := why_closed_to_files(period, now):
            raise Closed(sentence)
        made = StatusImport.objects.create(
            period=period,
            file_name=file_name,
            sha256=sha256,
            rows=len(rows),
            at=now,
            **actor_values("by", by),
        )
        for report, own in _by_report(period, rows):
            if sentence := why_not_importable(report, now):
                raise Closed(sentence)
            _write(by, report, own, made)
        return made


def _by_report(
    period: Period, rows: Sequence[ImportedStatus]
) -> list[tuple[UnitReport, list[tuple[MeasureStatus, ImportedStatus]]]]:
    """The reports the rows are about, locked in one order, each with its rows."""
    wanted = {row.status_id: row for row in rows}
    ids = MeasureStatus.objects.filter(pk__in=wanted, report__period=period).values("report_id")
    locked = UnitReport.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "unit", "period__budget"
    )
    reports = {report.pk: report for report in locked.filter(pk__in=ids).order_by("pk")}
    of_report: dict[int, list[tuple[MeasureStatus, ImportedStatus]]] = defaultdict(list)
    for status in MeasureStatus.objects.filter(pk__in=wanted, report_id__in=reports).order_by("pk"):
        of_report[status.report_id].append((status, wanted[status.pk]))
    return [(report, of_report[pk]) for pk, report in reports.items()]


def _write(
    by: Actor,
    report: UnitReport,
    rows: Sequence[tuple[MeasureStatus, ImportedStatus]],
    source: StatusImport,
) -> None:
    now = timezone.now()
    words = _("Importert fra {file}").format(file=source.file_name)
    if report.state not in EDITABLE_STATES:
        again = _("Nye statuser er importert fra {file}").format(file=source.file_name)
        move_report(report, by, report.version, ReportState.RETURNED, now, again, return_comment=again)
    for status, row in rows:
        fields = {**row.fields, "confirmed_at": now, "imported_from": source}
        save_versioned(status, expected=row.version, fields=fields)
    if any(list(missing_answers(one, report.period.year, report.unit)) for one in report.statuses.all()):
        # The rest comes with a later file; until then the unit is among those who are missing.
        return
    move_report(report, by, report.version, ReportState.SUBMITTED, now, words, submitted_at=now)
    freeze_version(report, by, now)
    move_report(report, by, report.version, ReportState.APPROVED, now, words, approved_at=now)
    follow_deviations(report)
