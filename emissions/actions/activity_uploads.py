"""Workbooks of activities between preview and confirmation."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from emissions.actions.uploads import DRAFT_LIFE, DRAFT_MEMORY
from emissions.models import ActivityUpload
from emissions.rules import may_enter_some
from organisation.models import User
from organisation.rules import read_duties
from web.actors import Actor, acting


def keep_activity_upload(*, by: Actor, file_name: str, content: bytes) -> ActivityUpload:
    """Keep a workbook until it is confirmed, for a day; the content of older ones goes.

    Raises PermissionDenied for somebody who has no unit to enter activities for.
    """
    if not isinstance(by, User) or not may_enter_some(read_duties(by)):
        raise PermissionDenied
    now = timezone.now()
    with acting(by, _("Opplasting av aktiviteter")):
        ActivityUpload.objects.filter(uploaded_at__lt=now - DRAFT_MEMORY).delete()
        ActivityUpload.objects.filter(uploaded_at__lt=now - DRAFT_LIFE).exclude(content=b"").update(
            content=b""
        )
        return ActivityUpload.objects.create(uploaded_by=by, file_name=file_name[:255], content=content)


def lock_activity_upload(*, by: Actor, upload_id: int) -> ActivityUpload:
    """The uploader's own workbook, locked until the transaction ends: two clicks come one after the other.

    Raises ActivityUpload.DoesNotExist for somebody else's.
    """
    rows = ActivityUpload.objects.select_for_update()
    return rows.get(pk=upload_id, uploaded_by_id=getattr(by, "pk", None))


def finish_activity_upload(*, by: Actor, upload: ActivityUpload) -> None:
    """Remember that the workbook is written, and throw its content away. Raises PermissionDenied."""
    if upload.uploaded_by_id != getattr(by, "pk", None):
        raise PermissionDenied
    with acting(by, _("Aktiviteter ført")):
        upload.confirmed_at, upload.content = timezone.now(), b""
        upload.save(update_fields=["confirmed_at", "content"])


def is_too_old(upload: ActivityUpload, life: timedelta = DRAFT_LIFE) -> bool:
    """Whether the workbook has waited too long to be confirmed."""
    return upload.confirmed_at is None and upload.uploaded_at < timezone.now() - life
