"""A handover: what a person leaves with a role, to whom, and what she writes about the task."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisation.models.appointments import Appointment
from organisation.models.people import User
from web.history import tracked


@tracked(exclude=["note"])
class Handover(models.Model):
    """From a role with a last day to who takes over.

    The note is about the task, never about people. It is emptied on `note_until`, a year after the last day,
    and is left out of history, which would keep it.
    """

    appointment = models.OneToOneField(
        Appointment, verbose_name=_("rolle"), on_delete=models.PROTECT, related_name="handover"
    )
    successor = models.ForeignKey(
        User, verbose_name=_("overtar"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField(_("notat"), blank=True, max_length=4000)
    note_until = models.DateField(_("notatet slettes"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("overlevert"), null=True, blank=True)
    done_at = models.DateTimeField(_("flyttet"), null=True, blank=True)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("overlevering")
        verbose_name_plural = _("overleveringer")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="handover_note_has_an_end", condition=Q(note="") | Q(note_until__isnull=False)
            ),
            models.CheckConstraint(
                name="handover_moved_after_confirmed",
                condition=Q(done_at__isnull=True) | Q(confirmed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment}"
