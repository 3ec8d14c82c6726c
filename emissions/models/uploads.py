"""Uploaded files on their way to becoming editions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emissions.models.editions import Edition


class ImportDraft(models.Model):
    """An uploaded file between preview and confirmation, kept for a day.

    A confirmed one knows its edition, so confirming it again leads to the same place; its content is gone.
    """

    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    uploaded_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("opplastet fil")
        verbose_name_plural = _("opplastede filer")
        indexes: ClassVar = [models.Index(name="import_draft_by_age", fields=["uploaded_at"])]

    def __str__(self) -> str:
        return self.file_name
