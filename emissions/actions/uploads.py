"""Uploaded files between upload and receipt. A large one is read by a job, which tells how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from emissions.enums import DraftState
from emissions.models import Edition, ImportDraft, UploadPart
from organisation.models import User
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.job_runs import hold_run

# How long an uploaded file waits to be confirmed, and how long the portal can still say that it waited.
DRAFT_LIFE = timedelta(days=1)


DRAFT_MEMORY = timedelta(days=30)


# A job that has told nothing for this long has lost its worker.
SILENCE = timedelta(minutes=5)
JOB = "emissions.read_upload"
_UNDER_WAY = (DraftState.QUEUED, DraftState.READING)


class DraftGone(Exception):
    """The uploaded file has waited for more than a day, and is no longer kept."""


def keep_upload(*, by: Actor, file_name: str, content: bytes, headers: Sequence[str] = ()) -> ImportDraft:
    """Keep an uploaded file between preview and confirmation; the content of those older than a day goes.

    `headers` are those of a file whose columns were not recognised. Raises PermissionDenied, also for a
    system actor: an upload is somebody's.
    """
    user = _uploader(by)
    with acting(by, _("Opplasting av utslippsstatistikk")):
        _forget_old(timezone.now())
        return ImportDraft.objects.create(
            uploaded_by=user, file_name=file_name[:255], content=content, headers=list(headers)
        )


def keep_large_upload(
    *, by: Actor, file_name: str, pieces: Iterable[bytes], municipality: str
) -> ImportDraft:
    """Keep a large file piece by piece, and put the reading of it in the queue for one municipality.

    Raises PermissionDenied as `keep_upload` does.
    """
    user = _uploader(by)
    with acting(by, _("Opplasting av utslippsstatistikk")):
        _forget_old(timezone.now())
        draft = ImportDraft.objects.create(uploaded_by=user, file_name=file_name[:255])
        for number, piece in enumerate(pieces):
            UploadPart.objects.create(draft=draft, number=number, content=piece)
        _put_in_queue(draft, municipality, {})
    return draft


def read_again(
    *, by: Actor, draft_id: int, municipality: str, columns: Mapping[str, str] | None = None
) -> ImportDraft:
    """Put the reading of a large file in the queue again, for another municipality or with other columns.

    None keeps the columns as they are. Raises as `lock_upload` does.
    """
    with acting(by, _("Opplasting av utslippsstatistikk")):
        draft = lock_upload(by=by, draft_id=draft_id)
        if draft.state != DraftState.KEPT and draft.edition_id is None:
            _put_in_queue(draft, municipality.strip(), draft.columns if columns is None else dict(columns))
    return draft


def match_columns(*, by: Actor, draft_id: int, columns: Mapping[str, str]) -> ImportDraft:
    """Remember what the uploader says the headers mean; a large file is read again with it.

    Raises as `lock_upload` does.
    """
    with acting(by, _("Opplasting av utslippsstatistikk")):
        draft = lock_upload(by=by, draft_id=draft_id)
        if draft.state == DraftState.KEPT:
            draft.columns = dict(columns)
            draft.save(update_fields=["columns"])
        elif draft.edition_id is None:
            _put_in_queue(draft, draft.municipality, dict(columns))
    return draft


def _uploader(by: Actor) -> User:
    require(by, Permission.IMPORT_EMISSIONS)
    if not isinstance(by, User):
        raise PermissionDenied
    return by


def _forget_old(now: datetime) -> None:
    ImportDraft.objects.filter(uploaded_at__lt=now - DRAFT_MEMORY).delete()
    old = ImportDraft.objects.filter(uploaded_at__lt=now - DRAFT_LIFE)
    old.exclude(content=b"").update(content=b"")
    UploadPart.objects.filter(draft__in=old).delete()


def _put_in_queue(draft: ImportDraft, municipality: str, columns: dict[str, str]) -> None:
    draft.state, draft.attempt, draft.percent, draft.problem = DraftState.QUEUED, draft.attempt + 1, 0, ""
    draft.municipality, draft.columns, draft.statistics = municipality, columns, None
    draft.touched_at = timezone.now()
    draft.save()
    # One at a time: each may need as much memory as the limits allow.
    app.configure_task(JOB, lock=JOB).defer(draft_id=draft.pk, attempt=draft.attempt)


def is_gone(draft: ImportDraft) -> bool:
    """Whether the upload has waited too long to be confirmed."""
    decided = draft.edition_id is not None or draft.undone_id is not None
    return not decided and draft.uploaded_at < timezone.now() - DRAFT_LIFE


def is_silent(draft: ImportDraft) -> bool:
    """Whether a reading that should be under way has told nothing for so long that nobody does it."""
    return draft.state in _UNDER_WAY and draft.touched_at < timezone.now() - SILENCE


def lock_upload(*, by: Actor, draft_id: int) -> ImportDraft:
    """The uploader's own file, locked until the transaction ends: two clicks come one after the other.

    Raises ImportDraft.DoesNotExist for somebody else's, DraftGone and PermissionDenied.
    """
    require(by, Permission.IMPORT_EMISSIONS)
    draft = ImportDraft.objects.select_for_update(of=("self",)).get(
        pk=draft_id, uploaded_by_id=getattr(by, "pk", None)
    )
    if is_gone(draft):
        raise DraftGone
    return draft


def finish_upload(*, by: Actor, draft: ImportDraft, edition: Edition) -> None:
    """Remember what the uploaded file became, and throw its content away."""
    require(by, Permission.IMPORT_EMISSIONS)
    with acting(by, _("Import av utslippsstatistikk")):
        draft.edition = edition
        draft.content = b""
        draft.statistics = None
        draft.state = DraftState.KEPT
        draft.save(update_fields=["edition", "content", "statistics", "state"])
        UploadPart.objects.filter(draft=draft).delete()


# --- What the job tells, each in a transaction of its own. All raise RunReplaced when a later run has it ---


def start_reading(draft_id: int, attempt: int) -> ImportDraft | None:
    """Mark the file as being read; None where this attempt is not wanted any more. Twice is harmless."""
    if not _tell(draft_id, attempt, state=DraftState.READING, percent=0):
        return None
    return ImportDraft.objects.get(pk=draft_id)


def told_progress(draft_id: int, attempt: int, percent: int) -> None:
    """How many percent of the file are read."""
    _tell(draft_id, attempt, percent=percent)


def finish_reading(draft_id: int, attempt: int, statistics: dict[str, Any]) -> None:
    """The file is read; what it says of the municipality waits to be seen over."""
    _tell(draft_id, attempt, state=DraftState.READ, percent=100, statistics=statistics, headers=[])


def fail_reading(draft_id: int, attempt: int, sentence: str, headers: Sequence[str] = ()) -> None:
    """The file could not be read; the sentence is for the uploader."""
    _tell(draft_id, attempt, state=DraftState.FAILED, problem=sentence, headers=list(headers))


def _tell(draft_id: int, attempt: int, **fields: Any) -> int:
    with transaction.atomic():
        hold_run()
        rows = ImportDraft.objects.filter(pk=draft_id, attempt=attempt, state__in=_UNDER_WAY)
        return rows.update(touched_at=timezone.now(), **fields)
