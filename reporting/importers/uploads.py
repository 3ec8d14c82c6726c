"""A file of a period between preview and confirmation."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import User
from organisation.rules import Permission, require
from reporting.enums import UploadKind
from reporting.models import ExchangeUpload, Period
from web.actors import Actor, acting

UPLOAD_LIFE = timedelta(days=1)
PERMISSIONS = {
    UploadKind.STATUSES: Permission.EXCHANGE_STATUSES,
    UploadKind.MONEY: Permission.ANALYSE_PERIOD,
}


class ImportChanged(Exception):
    """What the file would do is no longer what was previewed; nothing is written."""


class UploadGone(Exception):
    """The uploaded file has waited for more than a day, and is no longer kept."""


def keep_upload(
    *, by: Actor, period: Period, kind: UploadKind, file_name: str, content: bytes
) -> ExchangeUpload:
    """Keeps the file until it is confirmed; those older than a day go. Raises PermissionDenied."""
    require(by, PERMISSIONS[kind])
    if not isinstance(by, User):
        raise PermissionDenied
    with acting(by, _("Lastet opp fil til perioden")):
        ExchangeUpload.objects.filter(uploaded_at__lt=timezone.now() - UPLOAD_LIFE).delete()
        return ExchangeUpload.objects.create(
            period=period, kind=kind, uploaded_by=by, file_name=file_name[:200], content=content
        )


def own_upload(user: User, period: Period, kind: UploadKind, pk: int) -> ExchangeUpload | None:
    """Somebody else's upload does not exist for her."""
    return ExchangeUpload.objects.filter(pk=pk, uploaded_by=user, period=period, kind=kind).first()


def upload_is_gone(upload: ExchangeUpload) -> bool:
    return upload.written is None and upload.uploaded_at < timezone.now() - UPLOAD_LIFE


def locked_upload(by: Actor, upload_id: int) -> ExchangeUpload:
    """The upload to confirm, held until the transaction ends. Raises UploadGone."""
    rows = ExchangeUpload.objects.select_for_update(of=("self",)).select_related("period__budget")
    upload = rows.filter(pk=upload_id, uploaded_by_id=getattr(by, "pk", None)).first()
    if upload is None or upload_is_gone(upload):
        raise UploadGone
    return upload


def mark_written(upload: ExchangeUpload, rows: int) -> None:
    """Remembers that it is done, so that confirming it again writes nothing, and lets the content go."""
    upload.written, upload.content = rows, b""
    upload.save(update_fields=["written", "content"])


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
