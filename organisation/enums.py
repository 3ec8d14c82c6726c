"""Codes of the organisation: units, roles, bodies, lines of the login log. Labels live beside models."""

from enum import StrEnum


class UnitKind(StrEnum):
    AREA = "område"
    UNIT = "virksomhet"
    STAFF = "stab"
    ENTERPRISE = "KF"


class Role(StrEnum):
    CONTACT = "contact"
    DEPUTY = "deputy"
    LEADER = "leader"
    CLIMATE_EDITOR = "climate_editor"
    ANALYST = "analyst"
    EXECUTIVE = "executive"
    AUDITOR = "auditor"
    READER = "reader"
    ADMIN = "admin"


class Body(StrEnum):
    """Bodies that sentences speak of. The same codes as `web.names.BODIES`."""

    CLIMATE = "climate"
    ANALYSIS = "analysis"
    COMMITTEE = "committee"
    COUNCIL = "council"
    BOARD = "board"
    LEADERSHIP = "leadership"


UNIT_ROLES = frozenset({Role.CONTACT, Role.DEPUTY, Role.LEADER})
MUNICIPALITY_ROLES = frozenset(Role) - UNIT_ROLES


class LoginLogKind(StrEnum):
    NAME_CHANGED = "name_changed"
    EMAIL_CHANGED = "email_changed"
