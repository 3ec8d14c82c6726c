"""Codes of the organisation: units, roles, bodies and what changes them. Labels live beside models."""

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
    STAND_IN = "stand_in"
    CLIMATE_EDITOR = "climate_editor"
    ANALYST = "analyst"
    EXECUTIVE = "executive"
    AUDITOR = "auditor"
    READER = "reader"
    EMPLOYEE = "employee"
    ADMIN = "admin"


class Body(StrEnum):
    """Bodies that sentences speak of. The same codes as `web.names.BODIES`."""

    CLIMATE = "climate"
    ANALYSIS = "analysis"
    COMMITTEE = "committee"
    COUNCIL = "council"
    BOARD = "board"
    LEADERSHIP = "leadership"


# Who leads a unit on a day: its leader, and who stands in for her.
LEADING_ROLES = frozenset({Role.LEADER, Role.STAND_IN})
UNIT_ROLES = LEADING_ROLES | {Role.CONTACT, Role.DEPUTY}
MUNICIPALITY_ROLES = frozenset(Role) - UNIT_ROLES


class Switch(StrEnum):
    """What a municipality may do without; all else is always there."""

    TERTIALS = "tertials"
    OWN_OPERATIONS = "own_operations"
    NETWORK = "network"
    LEADERSHIP = "leadership"


class Size(StrEnum):
    """How much of the portal a municipality begins with. It sets the switches, and is not kept."""

    SMALL = "liten"
    USUAL = "vanlig"
    ALL = "alt"


SWITCHES_OF_SIZE = {
    Size.SMALL: frozenset[Switch](),
    Size.USUAL: frozenset({Switch.TERTIALS, Switch.OWN_OPERATIONS}),
    Size.ALL: frozenset(Switch),
}


class AppointmentSource(StrEnum):
    """Who said that somebody has a role: files suggest, the portal decides."""

    PORTAL = "portal"
    FILE = "file"
    SETUP = "setup"


class UnitChangeKind(StrEnum):
    """What may happen to a unit on a day."""

    RENAME = "rename"
    MOVE = "move"
    CLOSE = "close"
    HAND_ALL = "hand_all"


class UnitChangeState(StrEnum):
    PLANNED = "planned"
    DONE = "done"
    STOPPED = "stopped"
    CANCELLED = "cancelled"


class LoginLogKind(StrEnum):
    """What may happen to somebody's way in."""

    LOGGED_IN = "logged_in"
    LOGIN_FAILED = "login_failed"
    LOCKED_OUT = "locked_out"
    ACCOUNT_OPENED = "account_opened"
    PASSWORD_CHOSEN = "password_chosen"  # noqa: S105 - a code
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a code
    PASSWORD_CHANGED = "password_changed"  # noqa: S105 - a code
    SIGNED_OUT_ALL = "signed_out_all"
    MFA_SET = "mfa_set"
    MFA_REMOVED = "mfa_removed"
    MFA_RESET = "mfa_reset"
    MFA_FAILED = "mfa_failed"
    CODE_USED = "code_used"
    CODES_RENEWED = "codes_renewed"
    ROLE_GIVEN = "role_given"
    ROLE_CHANGED = "role_changed"
    ROLE_ENDED = "role_ended"
    NAME_CHANGED = "name_changed"
    EMAIL_CHANGED = "email_changed"
    MAIL_RETURNED = "mail_returned"


class LinkPurpose(StrEnum):
    """What a one-time link is for; the kind of the mail it comes by."""

    INVITATION = "invitation"
    NEW_PASSWORD = "new_password"  # noqa: S105 - a code
    OPEN_ACCOUNT = "open_account"
