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


class YearMark(StrEnum):
    """What the municipality's year of climate work is made of, in the order of an ordinary year."""

    ANNUAL_REPORT = "annual_report"
    FIRST_MEETING = "first_meeting"
    GRANTS = "grants"
    OWN_OPERATIONS = "own_operations"
    LEADERS = "leaders"
    CIRCULAR = "circular"
    FIRST_TERTIAL = "first_tertial"
    SECOND_MEETING = "second_meeting"
    PUBLISH = "publish"
    FRAMES = "frames"
    EFFECTS = "effects"
    SECOND_TERTIAL = "second_tertial"
    OWNER_REVIEWS = "owner_reviews"
    THIRD_MEETING = "third_meeting"
    SECOND_TERTIAL_CASE = "second_tertial_case"
    PROPOSAL = "proposal"
    RECOMMENDATION = "recommendation"
    FOURTH_MEETING = "fourth_meeting"
    ADOPTION = "adoption"


# Weeks without reminders and deadlines, at most: there must be days to ask on.
LONGEST_PAUSE = 15
MEETINGS = frozenset(
    {YearMark.FIRST_MEETING, YearMark.SECOND_MEETING, YearMark.THIRD_MEETING, YearMark.FOURTH_MEETING}
)
# Another day each year: known when somebody has written it.
DATED_EACH_YEAR = frozenset({YearMark.GRANTS})
# What other rooms have their own entries about in the year wheel, with the day it really is.
TOLD_ELSEWHERE = MEETINGS | {YearMark.ANNUAL_REPORT, YearMark.FIRST_TERTIAL, YearMark.SECOND_TERTIAL}
# What is not there for a municipality that has switched something off; the rest are everybody's.
SWITCH_OF_MARK = {
    YearMark.OWN_OPERATIONS: Switch.OWN_OPERATIONS,
    YearMark.LEADERS: Switch.LEADERSHIP,
    YearMark.FIRST_TERTIAL: Switch.TERTIALS,
    YearMark.PUBLISH: Switch.TERTIALS,
    YearMark.SECOND_TERTIAL: Switch.TERTIALS,
    YearMark.SECOND_TERTIAL_CASE: Switch.TERTIALS,
    **dict.fromkeys(sorted(MEETINGS), Switch.NETWORK),
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
