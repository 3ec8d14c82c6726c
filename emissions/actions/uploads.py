"""The reading of uploaded statistics. A large file is read by a job, which tells how far it is.

The file itself is an upload like any other: web/register/uploads.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from emissions.enums import ReadingState
from emissions.models import Edition, UploadReading
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.job_runs import hold_run
from web.models import Upload
from web.register.uploads import choose_columns, keep_pieces, keep_upload, locked_upload, waited_too_long

KIND = "emissions.statistics"
# A job that has told nothing for this long has lost its worker.
SILENCE = timedelta(minutes=5)
JOB = "emissions.read_upload"
_UNDER_WAY = (ReadingState.QUEUED, ReadingState.READING)


def may_import(by: Actor) -> None:
    """Raises PermissionDenied for those who may not import statistics."""
    require(by, Permission.IMPORT_EMISSIONS)


def keep_statistics(
    *, by: Actor, file_name: str, content: bytes, headers: Sequence[str] = ()
) -> UploadReading:
    """Keep an uploaded file between preview and confirmation; it is read whenever it is shown.

    `headers` are those of a file whose columns were not recognised. Raises PermissionDenied.
    """
    with acting(by, _("Opplasting av utslippsstatistikk")):
        upload = keep_upload(by=by, may=may_import, kind=KIND, file_name=file_name, content=content)
        return _begun(upload, headers=list(headers))


def keep_large_statistics(
    *, by: Actor, file_name: str, pieces: Iterable[bytes], municipality: str
) -> UploadReading:
    """Keep a large file piece by piece, and put the reading of it in the queue for one municipality.

    Raises PermissionDenied.
    """
    with acting(by, _("Opplasting av utslippsstatistikk")):
        upload = keep_pieces(by=by, may=may_import, kind=KIND, file_name=file_name, pieces=pieces)
        reading = _begun(upload)
        _put_in_queue(reading, municipality)
    return reading


def read_again(*, by: Actor, upload: Upload, municipality: str) -> None:
    """Put the reading of a large file in the queue again, for another municipality.

    Raises UploadGone and PermissionDenied.
    """
    may_import(by)
    with acting(by, _("Opplasting av utslippsstatistikk")):
        held = locked_upload(by, KIND, "", upload.pk)
        reading = reading_of(held)
        if reading.state != ReadingState.KEPT and held.confirmed_at is None:
            _put_in_queue(reading, municipality.strip())


def match_columns(*, by: Actor, upload: Upload, columns: Mapping[str, str]) -> None:
    """Remember what the uploader says the headers mean; a large file is read again with it.

    Raises UploadGone and PermissionDenied.
    """
    with acting(by, _("Opplasting av utslippsstatistikk")):
        choose_columns(by=by, may=may_import, upload=upload, columns=columns)
        reading = reading_of(upload)
        if reading.state != ReadingState.KEPT:
            _put_in_queue(reading, reading.municipality)


def reading_of(held: Upload) -> UploadReading:
    """The reading of a file that is held, held too until the transaction ends."""
    reading = UploadReading.objects.select_for_update().get(pk=held.pk)
    reading.upload = held
    return reading


def finish_upload(*, by: Actor, reading: UploadReading, edition: Edition) -> None:
    """Remember what the uploaded file became; what was read of it is in the edition."""
    may_import(by)
    with acting(by, _("Import av utslippsstatistikk")):
        reading.edition, reading.statistics, reading.state = edition, None, ReadingState.KEPT
        reading.save(update_fields=["edition", "statistics", "state"])


def is_silent(reading: UploadReading) -> bool:
    """Whether a reading that should be under way has told nothing for so long that nobody does it."""
    return reading.state in _UNDER_WAY and reading.touched_at < timezone.now() - SILENCE


def _begun(upload: Upload, **fields: Any) -> UploadReading:
    # The bytes of files nobody confirmed go by themselves; what was read of them goes here.
    UploadReading.objects.filter(upload__in=waited_too_long()).delete()
    return UploadReading.objects.create(upload=upload, **fields)


def _put_in_queue(reading: UploadReading, municipality: str) -> None:
    reading.state, reading.attempt, reading.percent = ReadingState.QUEUED, reading.attempt + 1, 0
    reading.municipality, reading.problem, reading.statistics = municipality, "", None
    reading.touched_at = timezone.now()
    reading.save()
    # One at a time: each may need as much memory as the limits allow.
    app.configure_task(JOB, lock=JOB).defer(upload_id=reading.pk, attempt=reading.attempt)


# --- What the job tells, each in a transaction of its own. All raise RunReplaced when a later run has it ---


def start_reading(upload_id: int, attempt: int) -> UploadReading | None:
    """Mark the file as being read; None where this attempt is not wanted any more. Twice is harmless."""
    if not _tell(upload_id, attempt, state=ReadingState.READING, percent=0):
        return None
    return UploadReading.objects.select_related("upload").get(pk=upload_id)


def told_progress(upload_id: int, attempt: int, percent: int) -> None:
    """How many percent of the file are read."""
    _tell(upload_id, attempt, percent=percent)


def finish_reading(upload_id: int, attempt: int, statistics: dict[str, Any]) -> None:
    """The file is read; what it says of the municipality waits to be seen over."""
    _tell(upload_id, attempt, state=ReadingState.READ, percent=100, statistics=statistics, headers=[])


def fail_reading(upload_id: int, attempt: int, sentence: str, headers: Sequence[str] = ()) -> None:
    """The file could not be read; the sentence is for the uploader."""
    _tell(upload_id, attempt, state=ReadingState.FAILED, problem=sentence, headers=list(headers))


def _tell(upload_id: int, attempt: int, **fields: Any) -> int:
    with transaction.atomic():
        hold_run()
        rows = UploadReading.objects.filter(pk=upload_id, attempt=attempt, state__in=_UNDER_WAY)
        return rows.update(touched_at=timezone.now(), **fields)
