"""Uploaded files between preview and confirmation: one table for all of them.

The bytes go when the file is confirmed, or after a day. Name, SHA-256 and what became of it stay.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from web.actors import Actor, SystemActor, acting
from web.concurrency import StaleObject
from web.models import Upload, UploadPart
from web.register.plan import PlanT

# Raises PermissionDenied for those who may not.
May = Callable[[Actor], None]
UPLOAD_LIFE = timedelta(days=1)


class ImportChanged(Exception):
    """What the file would do is no longer what was previewed; nothing is written."""


class UploadGone(Exception):
    """The uploaded file has waited for more than a day, and is no longer kept."""


def keep_upload(
    *,
    by: Actor,
    may: May,
    kind: str,
    about: str = "",
    file_name: str,
    content: bytes,
    sha256: str = "",
) -> Upload:
    """Keeps the file until it is confirmed, for a day; `sha256` is the file's own where less of it is kept.

    `may` raises PermissionDenied for those who may not write it; so does a system actor: an upload is
    somebody's.
    """
    may(by)
    if isinstance(by, SystemActor):
        raise PermissionDenied
    with acting(by, _("Lastet opp en fil")):
        forget_old_uploads()
        return Upload.objects.create(
            kind=kind,
            about=about,
            user_id=by.pk,
            file_name=file_name[:200],
            sha256=sha256 or sha256_of(content),
            content=content,
        )


def keep_pieces(
    *, by: Actor, may: May, kind: str, about: str = "", file_name: str, pieces: Iterable[bytes]
) -> Upload:
    """Keeps a large file piece by piece, as `keep_upload` keeps a small one: nobody holds the whole of it."""
    with acting(by, _("Lastet opp en fil")):
        upload = keep_upload(by=by, may=may, kind=kind, about=about, file_name=file_name, content=b"")
        digest = hashlib.sha256()
        for number, piece in enumerate(pieces):
            digest.update(piece)
            UploadPart.objects.create(upload=upload, number=number, content=piece)
        upload.sha256 = digest.hexdigest()
        upload.save(update_fields=["sha256"])
        return upload


def content_of(upload: Upload) -> bytes:
    """The bytes of the file, whichever way they are kept."""
    pieces = upload.parts.order_by("number").values_list("content", flat=True).iterator(chunk_size=4)
    return bytes(upload.content) or b"".join(pieces)


def forget_old_uploads() -> int:
    """Lets the bytes of files nobody confirmed within a day go; gives how many rows had some."""
    old = waited_too_long()
    emptied = old.exclude(content=b"").update(content=b"")
    return emptied + UploadPart.objects.filter(upload__in=old).delete()[0]


def waited_too_long() -> QuerySet[Upload]:
    """The files nobody confirmed within a day."""
    return Upload.objects.filter(confirmed_at__isnull=True, uploaded_at__lt=timezone.now() - UPLOAD_LIFE)


def own_upload(by: Actor, kind: str, about: str, pk: int) -> Upload | None:
    """Her own file of this kind. Somebody else's does not exist for her."""
    return Upload.objects.filter(pk=pk, kind=kind, about=about, user_id=_owner(by)).first()


def _owner(by: Actor) -> int:
    return -1 if isinstance(by, SystemActor) else by.pk


def is_gone(upload: Upload) -> bool:
    return upload.confirmed_at is None and upload.uploaded_at < timezone.now() - UPLOAD_LIFE


def locked_upload(by: Actor, kind: str, about: str, pk: int) -> Upload:
    """Her own file, held until the transaction ends: two clicks come one after the other.

    Raises UploadGone.
    """
    mine = Upload.objects.select_for_update().filter(pk=pk, kind=kind, about=about)
    upload = mine.filter(user_id=_owner(by)).first()
    if upload is None or is_gone(upload):
        raise UploadGone
    return upload


def choose_columns(*, by: Actor, may: May, upload: Upload, columns: Mapping[str, str]) -> None:
    """Remembers what the uploader says the headings mean: field → heading.

    Raises UploadGone, and what `may` raises.
    """
    may(by)
    with acting(by, _("Valgte kolonner i en fil")):
        held = locked_upload(by, upload.kind, upload.about, upload.pk)
        if held.confirmed_at is not None:
            raise UploadGone
        held.columns = dict(columns)
        held.save(update_fields=["columns"])


def confirm_once(*, by: Actor, may: May, upload: Upload, reason: str, write: Callable[[Upload], int]) -> int:
    """Lets `write` write the file, lets its bytes go, and says how many rows; sent twice it writes once.

    `write` gets the file, held until the transaction ends. Raises UploadGone, and what `may` and `write`
    raise: then nothing is written, and the file waits for another try.
    """
    may(by)
    with acting(by, reason):
        held = locked_upload(by, upload.kind, upload.about, upload.pk)
        if held.confirmed_at is not None:
            return held.written or 0
        held.written = write(held)
        held.confirmed_at, held.content = timezone.now(), b""
        held.save(update_fields=["written", "confirmed_at", "content"])
        UploadPart.objects.filter(upload=held).delete()
        return held.written


def confirm_upload(
    *,
    by: Actor,
    may: May,
    upload: Upload,
    fingerprint: str,
    reason: str,
    plan: Callable[[bytes, str, Mapping[str, str]], PlanT],
    write: Callable[[Actor, PlanT, Upload], int],
) -> int:
    """Writes what was previewed, all or nothing, and says how many rows; sent twice it writes once.

    `write` is the register's action. Raises ImportChanged when the plan is another than the one with
    `fingerprint`, or a row has moved since; UnreadableFile, and what `confirm_once` raises.
    """

    def write_planned(held: Upload) -> int:
        found = plan(content_of(held), held.file_name, held.columns)
        if found.fingerprint != fingerprint or not found.is_ready:
            raise ImportChanged
        try:
            return write(by, found, held)
        except StaleObject:
            raise ImportChanged from None

    return confirm_once(by=by, may=may, upload=upload, reason=reason, write=write_planned)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
