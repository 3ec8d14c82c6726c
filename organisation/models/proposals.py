"""People proposed for a role somebody else decides about."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisation.enums import Role
from organisation.models.labels import ROLE_LABELS
from organisation.models.people import User
from organisation.models.units import Unit
from web.actor_columns import actor_columns, at_most_one_actor
from web.history import tracked

PROPOSABLE = (Role.CONTACT, Role.DEPUTY)


@tracked()
class AppointmentProposal(models.Model):
    """A person proposed as contact or deputy of a municipal enterprise, whose leader names its people."""

    unit = models.ForeignKey(Unit, verbose_name=_("foretak"), on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(
        _("rolle"), max_length=20, choices=[(r.value, ROLE_LABELS[r]) for r in PROPOSABLE]
    )
    valid_from = models.DateField(_("fra"))
    proposed_at = models.DateTimeField(_("foreslått"), default=timezone.now)
    proposed_by, proposed_by_system, proposed_by_name = actor_columns("proposed_by")
    answered_at = models.DateTimeField(_("besvart"), null=True, blank=True)
    is_accepted = models.BooleanField(_("tatt til følge"), default=False)
    version = models.PositiveIntegerField(_("versjon"), default=1)

    class Meta:
        verbose_name = _("forslag til rolle")
        verbose_name_plural = _("forslag til roller")
        constraints: ClassVar = [
            models.CheckConstraint(name="proposal_role_known", condition=Q(role__in=list(PROPOSABLE))),
            models.CheckConstraint(
                name="proposal_accepted_is_answered",
                condition=Q(is_accepted=False) | Q(answered_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="proposal_open_once",
                fields=["unit", "user", "role"],
                condition=Q(answered_at__isnull=True),
            ),
            at_most_one_actor("proposal_by_one", "proposed_by"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {ROLE_LABELS[Role(self.role)]}, {self.unit}"
