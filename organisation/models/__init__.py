"""Units (a dated tree), users, appointments (who has which role where, from–to), and names."""

from organisation.models.appointments import Appointment
from organisation.models.dates import DatedQuerySet, dated_range, dates_in_order
from organisation.models.labels import (
    BODY_LABELS,
    BODY_SLUGS,
    LOGIN_LOG_LABELS,
    ROLE_LABELS,
    UNIT_KIND_LABELS,
)
from organisation.models.names import LEADER_LEVELS, BodyName, Municipality
from organisation.models.people import LoginLogEntry, User, UserManager
from organisation.models.units import Unit

__all__ = [
    "BODY_LABELS",
    "BODY_SLUGS",
    "LEADER_LEVELS",
    "LOGIN_LOG_LABELS",
    "ROLE_LABELS",
    "UNIT_KIND_LABELS",
    "Appointment",
    "BodyName",
    "DatedQuerySet",
    "LoginLogEntry",
    "Municipality",
    "Unit",
    "User",
    "UserManager",
    "dated_range",
    "dates_in_order",
]
