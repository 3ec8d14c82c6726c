"""How uploaded statistics are read, and which edition they became."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from emissions.enums import ReadingState
from emissions.models.editions import Edition, EditionUndone
from web.models import Upload


class UploadReading(models.Model):
    """What is known of an uploaded file of statistics beside the file itself.

    A small one is read whenever it is shown; of a large one, `statistics` is what a job has read. Confirmed,
    it knows its edition, so confirming it again leads to the same place.
    """

    upload = models.OneToOneField(Upload, on_delete=models.CASCADE, primary_key=True, related_name="+")
    edition = models.ForeignKey(Edition, null=True, on_delete=models.PROTECT, related_name="+")
    undone = models.ForeignKey(EditionUndone, null=True, on_delete=models.PROTECT, related_name="+")
    # The headers found in a file whose columns were not recognised.
    headers = models.JSONField(default=list)
    state = models.CharField(max_length=10, default=ReadingState.KEPT)
    # Each time a large file is put in the queue; a job that is not the latest has nothing to say.
    attempt = models.PositiveSmallIntegerField(default=0)
    municipality = models.CharField(max_length=80, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    touched_at = models.DateTimeField(default=timezone.now)
    problem = models.TextField(blank=True)
    statistics = models.JSONField(null=True)

    class Meta:
        verbose_name = _("lesing av opplastet fil")
        verbose_name_plural = _("lesinger av opplastede filer")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="upload_reading_state_known", condition=Q(state__in=list(ReadingState))
            ),
            models.CheckConstraint(name="upload_reading_percent", condition=Q(percent__lte=100)),
            models.CheckConstraint(
                name="upload_reading_read_has_figures",
                condition=~Q(state=ReadingState.READ) | Q(statistics__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.upload)
