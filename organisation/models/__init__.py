"""Units (a dated tree), users, appointments (who has which role where, from–to), names, and the year."""

from organisation.models.appointments import Appointment
from organisation.models.dates import DatedQuerySet, dated_range, dates_in_order
from organisation.models.handovers import Handover
from organisation.models.labels import (
    BODY_LABELS,
    BODY_SLUGS,
    LOGIN_LOG_LABELS,
    ROLE_LABELS,
    SOURCE_LABELS,
    UNIT_CHANGE_LABELS,
    UNIT_CHANGE_STATE_LABELS,
    UNIT_KIND_LABELS,
    YEAR_MARK_LABELS,
)
from organisation.models.names import LEADER_LEVELS, BodyName, Municipality
from organisation.models.people import LoginLogEntry, User, UserManager
from organisation.models.proposals import PROPOSABLE, AppointmentProposal
from organisation.models.unit_changes import UnitChange
from organisation.models.units import Unit
from organisation.models.year import YearDate, YearTable

__all__ = [
    "BODY_LABELS",
    "BODY_SLUGS",
    "LEADER_LEVELS",
    "LOGIN_LOG_LABELS",
    "PROPOSABLE",
    "ROLE_LABELS",
    "SOURCE_LABELS",
    "UNIT_CHANGE_LABELS",
    "UNIT_CHANGE_STATE_LABELS",
    "UNIT_KIND_LABELS",
    "YEAR_MARK_LABELS",
    "Appointment",
    "AppointmentProposal",
    "BodyName",
    "DatedQuerySet",
    "Handover",
    "LoginLogEntry",
    "Municipality",
    "Unit",
    "UnitChange",
    "User",
    "UserManager",
    "YearDate",
    "YearTable",
    "dated_range",
    "dates_in_order",
]
