"""Uploaded files on their way to becoming editions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emissions.enums import DraftState
from emissions.models.editions import Edition, EditionUndone


class ImportDraft(models.Model):
    """An uploaded file between upload and receipt, kept for a day.

    A confirmed one knows its edition, so confirming it again leads to the same place; its content is gone.
    A large file has its content in parts, and what a job has read of it in `statistics`.
    """

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    uploaded_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField(default=b"")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")
    undone = models.ForeignKey(EditionUndone, null=True, on_delete=models.PROTECT, related_name="+")
    # What the uploader has said the headers mean: code of the meaning -> header. Empty: they are recognised.
    columns = models.JSONField(default=dict)
    # The headers found in a file whose columns were not recognised.
    headers = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=DraftState.KEPT)
    # Each time a large file is put in the queue; a job that is not the latest has nothing to say.
    attempt = models.PositiveSmallIntegerField(default=0)
    municipality = models.CharField(max_length=80, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(default=timezone.now)
    problem = models.TextField(blank=True)
    statistics = models.JSONField(null=True)

    class Meta:
        verbose_name = _("opplastet fil")
        verbose_name_plural = _("opplastede filer")
        indexes: ClassVar = [models.Index(name="import_draft_by_age", fields=["uploaded_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(name="import_draft_state_known", condition=Q(state__in=list(DraftState))),
            models.CheckConstraint(name="import_draft_percent", condition=Q(percent__lte=100)),
            models.CheckConstraint(
                name="import_draft_read_has_figures",
                condition=~Q(state=DraftState.READ) | Q(statistics__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class UploadPart(models.Model):
    """A piece of a large file; web and worker share no folder, and neither holds a row of sixty megabytes."""

    draft = models.ForeignKey(ImportDraft, on_delete=models.CASCADE, related_name="parts", db_index=False)
    number = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("del av opplastet fil")
        verbose_name_plural = _("deler av opplastede filer")
        constraints: ClassVar = [models.UniqueConstraint(name="upload_part_once", fields=["draft", "number"])]

    def __str__(self) -> str:
        return f"{self.draft} {self.number}"
