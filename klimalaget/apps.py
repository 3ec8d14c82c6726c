from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.contributions import CalendarEntry, Holder, Holding, calendar_entry, holding, register

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def meetings_in_calendar(user: AbstractBaseUser, start: date, end: date) -> Iterator[CalendarEntry]:
    """Klimalaget's meetings for those who may read about the network."""
    # Models are not loaded when this module is.
    from klimalaget.queries import meetings_between  # noqa: PLC0415
    from organisation.rules import Permission, has_permission  # noqa: PLC0415

    if not has_permission(user, Permission.READ_NETWORK):
        return
    first = timezone.make_aware(datetime.combine(start, time.min))
    last = timezone.make_aware(datetime.combine(end + timedelta(days=1), time.min))
    for meeting in meetings_between(first, last):
        yield CalendarEntry(timezone.localdate(meeting.starts_at), meeting.title)


def holdings_of(holder: Holder, day: date) -> Iterator[Holding]:
    """A unit's seat, and the seats a person fills."""
    from klimalaget.actions import unit_moves  # noqa: PLC0415
    from klimalaget.queries import memberships_of, seat_of  # noqa: PLC0415
    from klimalaget.words import membership_holding, seat_holding  # noqa: PLC0415

    if holder.unit is not None and (seat := seat_of(holder.unit)) is not None:
        yield seat_holding(seat, unit_moves(holder.unit))
    if holder.person is not None and (held := memberships_of(holder.person, day)):
        yield membership_holding(held)


class KlimalagetConfig(AppConfig):
    name = "klimalaget"
    verbose_name = _("Klimalaget")

    def ready(self) -> None:
        register(calendar_entry, meetings_in_calendar, switch="network")
        register(holding, holdings_of)
