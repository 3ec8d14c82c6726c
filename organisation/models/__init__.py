"""Units (a dated tree), users, and appointments: who has which role where, from–to."""

from organisation.models.appointments import Appointment
from organisation.models.dates import DatedQuerySet, dated_range, dates_in_order
from organisation.models.labels import LOGIN_LOG_LABELS, ROLE_LABELS, UNIT_KIND_LABELS
from organisation.models.people import LoginLogEntry, User, UserManager
from organisation.models.units import Unit

__all__ = [
    "LOGIN_LOG_LABELS",
    "ROLE_LABELS",
    "UNIT_KIND_LABELS",
    "Appointment",
    "DatedQuerySet",
    "LoginLogEntry",
    "Unit",
    "User",
    "UserManager",
    "dated_range",
    "dates_in_order",
]
