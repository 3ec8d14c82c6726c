"""Where the organisation's pages lead: to its front page, and to the handover of a role."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from organisation.models import Appointment
from web.form_page import Crumb


def organisation_crumb() -> Crumb:
    return _("Organisasjon"), reverse("organisation:index")


def handover_url(row: Appointment, *, may_change: bool) -> str:
    """The page of a role's handover, for those who see to it; empty for a role without a last day."""
    if row.valid_to is None or not may_change:
        return ""
    return reverse("organisation:handover", args=[row.pk])
