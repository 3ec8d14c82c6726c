"""Uploaded files between preview and confirmation."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from climate_portal.web.actors import Actor, acting
from emissions.models import Edition, ImportDraft
from organisation.models import User
from organisation.rules import Permission, require

# How long an uploaded file waits to be confirmed, and how long the portal can still say that it waited.
DRAFT_LIFE = timedelta(days=1)


DRAFT_MEMORY = timedelta(days=30)


class DraftGone(Exception):
    """The uploaded file has waited for more than a day, and is no longer kept."""


def keep_upload(*, by: Actor, file_name: str, content: bytes) -> ImportDraft:
    """Keep an uploaded file between preview and confirmation; the content of those older than a day goes.

    Raises PermissionDenied, also for a system actor: an upload is somebody's.
    """
    require(by, Permission.IMPORT_EMISSIONS)
    if not isinstance(by, User):
        raise PermissionDenied
    now = timezone.now()
    with acting(by, _("Opplasting av utslippsstatistikk")):
        ImportDraft.objects.filter(uploaded_at__lt=now - DRAFT_MEMORY).delete()
        ImportDraft.objects.filter(uploaded_at__lt=now - DRAFT_LIFE).exclude(content=b"").update(content=b"")
        return ImportDraft.objects.create(uploaded_by=by, file_name=file_name[:255], content=content)


def is_gone(draft: ImportDraft) -> bool:
    """Whether the upload has waited too long to be confirmed."""
    return draft.edition_id is None and draft.uploaded_at < timezone.now() - DRAFT_LIFE


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
        draft.save(update_fields=["edition", "content"])
