"""What of the organisation waits for a person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.utils import timezone

from organisation.models import Appointment, AppointmentProposal, User
from organisation.queries.unowned import Unowned, unowned
from organisation.rules import duties

# Days before the last one in which she is asked to hand over, and after it in which she still may.
ASKED_BEFORE, ASKED_AFTER = timedelta(days=60), timedelta(days=14)


def open_handovers(user: AbstractBaseUser, now: datetime) -> Iterable[Appointment]:
    """Her roles with a last day near that she has not handed over, stand-ins' apart; one query."""
    if not isinstance(user, User):
        return ()
    today = timezone.localdate(now)
    rows = Appointment.objects.filter(
        user=user, valid_to__range=(today - ASKED_AFTER, today + ASKED_BEFORE), unit__isnull=False
    ).exclude(role="stand_in")
    return rows.exclude(handover__confirmed_at__isnull=False).select_related("unit").order_by("valid_to")


def open_proposals(user: AbstractBaseUser) -> QuerySet[AppointmentProposal]:
    """People proposed to the units she leads; one query when she leads any, else none."""
    led = duties(user).leader_units
    rows = AppointmentProposal.objects.filter(unit__in=led, answered_at=None) if led else None
    if rows is None:
        return AppointmentProposal.objects.none()
    return rows.select_related("user", "unit").order_by("proposed_at")


def unowned_in_her_units(user: AbstractBaseUser, now: datetime) -> list[Unowned]:
    """What has no owner in the units she leads, and those below; a query when she leads any, else none."""
    held = duties(user)
    units = held.approves_for | held.oversees
    return unowned(units, timezone.localdate(now)) if units else []
