"""From a previewed file to measures: one operation, all or nothing, and only what was previewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit, User
from organisation.rules import Permission, require
from strategy.actions.measure_states import move_measure
from strategy.actions.measures import create_measure, edit_measure, head_of, with_needs, write_needs
from strategy.actions.responsibility import change_responsible
from strategy.enums import MeasureState
from strategy.importers.measures import PlannedMeasure, head_from, plan_measures
from strategy.importers.part_writing import write_parts
from strategy.importers.table import read_tables, recognised
from strategy.models import Measure, MeasureUpload
from strategy.words.measure_columns import REQUIRED
from web.actors import Actor, acting
from web.concurrency import StaleObject
from web.refusals import Refused
from web.sheets.errors import UnreadableFile

UPLOAD_LIFE = timedelta(days=1)


class ImportChanged(Exception):
    """What the file would do is no longer what was previewed; nothing is written."""


class UploadGone(Exception):
    """The uploaded file has waited for more than a day, and is no longer kept."""


def keep_measures(*, by: Actor, file_name: str, content: bytes) -> MeasureUpload:
    """Keep the file between preview and confirmation; those older than a day go. Raises PermissionDenied."""
    require(by, Permission.EDIT_STRATEGY)
    if not isinstance(by, User):
        raise PermissionDenied
    with acting(by, _("Opplasting av regneark med tiltak")):
        MeasureUpload.objects.filter(uploaded_at__lt=timezone.now() - UPLOAD_LIFE).delete()
        return MeasureUpload.objects.create(uploaded_by=by, file_name=file_name[:255], content=content)


def match_columns(*, by: Actor, upload_id: int, columns: Mapping[str, str]) -> None:
    """Remember what the uploader says the headings mean: field → heading.

    Raises UploadGone for somebody else's file, one that is read or too old, and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Kolonner valgt i regneark med tiltak")):
        upload = (
            MeasureUpload.objects.select_for_update()
            .filter(pk=upload_id, uploaded_by_id=getattr(by, "pk", None), written=None)
            .first()
        )
        if upload is None or upload_is_gone(upload):
            raise UploadGone
        upload.columns = dict(columns)
        upload.save(update_fields=["columns"])


def can_match(refusal: UnreadableFile) -> bool:
    """Whether the file has headings enough for somebody to say which is which."""
    return len(refusal.headers) >= len(REQUIRED)


def headers_of(upload: MeasureUpload) -> tuple[tuple[str, ...], dict[str, str]]:
    """The file's headings, and what those that are known or chosen mean: field → heading.

    Raises UnreadableFile where there are none to choose among, as in a file of milestones only.
    """
    try:
        table = read_tables(bytes(upload.content), upload.file_name, upload.columns).measures
    except UnreadableFile as refusal:
        if not can_match(refusal):
            raise
        return refusal.headers, recognised(refusal.headers)
    if table is None:
        raise UnreadableFile("no_header", "")
    return tuple(header for header in dict.fromkeys(table.headers) if header), dict(table.matched)


def own_upload(user: User, pk: int) -> MeasureUpload | None:
    """Somebody else's upload does not exist for her."""
    return MeasureUpload.objects.filter(pk=pk, uploaded_by=user).first()


def upload_is_gone(upload: MeasureUpload) -> bool:
    return upload.written is None and upload.uploaded_at < timezone.now() - UPLOAD_LIFE


def confirm_measures(*, by: Actor, upload_id: int, fingerprint: str) -> int:
    """Write what was previewed, and say how many rows; sent twice it writes once.

    Raises ImportChanged when the plan is another than the one with `fingerprint` or has errors, UploadGone,
    UnreadableFile and PermissionDenied. Nothing is written then.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Import av tiltak fra regneark")):
        upload = (
            MeasureUpload.objects.select_for_update()
            .filter(pk=upload_id, uploaded_by_id=getattr(by, "pk", None))
            .first()
        )
        if upload is None or upload_is_gone(upload):
            raise UploadGone
        if upload.written is not None:
            return upload.written
        plan = plan_measures(bytes(upload.content), upload.file_name, upload.columns)
        if plan.fingerprint != fingerprint or not plan.is_ready:
            raise ImportChanged
        rows = [row for row in plan.rows if row.outcome in ("new", "changed")]
        try:
            _write(by, rows)
            write_parts(by, plan.parts)
        except (StaleObject, Refused):
            raise ImportChanged from None
        upload.written, upload.content = plan.to_write, b""
        upload.save(update_fields=["written", "content"])
        return plan.to_write


def _write(by: Actor, rows: list[PlannedMeasure]) -> None:
    units = {unit.pk: unit for unit in Unit.objects.all()}
    written = {row.code: _write_row(by, row, units) for row in rows}
    wanted = {row.code: row.values["needs"] for row in rows}
    ids = dict(Measure.objects.values_list("code", "pk"))
    # What is taken away goes first: a link may have turned around.
    for code, measure in written.items():
        stays = {ids[need] for need in wanted[code]}
        measure.needs_links.exclude(needs_id__in=stays).delete()
    for code, measure in written.items():
        write_needs(measure, {ids[need] for need in wanted[code]})


def _write_row(by: Actor, row: PlannedMeasure, units: dict[int, Unit]) -> Measure:
    values, record = row.values, row.record
    unit = units.get(values["unit"])
    if record is None:
        made = create_measure(by=by, head=head_from(values), state=MeasureState(values["state"]), unit=unit)
        assert made is not None
        return made
    measure = record.measure
    if unit and unit.pk != record.unit:
        change_responsible(by=by, measure=measure, unit=unit, version=measure.version)
    head = head_from(values)
    links = {"contributing": record.contributing, "sources": record.sources, "needs": record.needs}
    now = head_of(measure, links)
    kept = with_needs(head, record.needs)
    if kept != now:
        measure = edit_measure(by=by, measure=measure, version=measure.version, head=kept)
    if values["state"] != measure.state:
        measure = move_measure(
            by=by,
            measure=measure,
            version=measure.version,
            state=MeasureState(values["state"]),
            reason=values["reason"] or "",
        )
    return measure
