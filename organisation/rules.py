"""Who may do what: roles → permissions, one table. Rules about single objects stand in each app's rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import EmptyResultSet, PermissionDenied
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from organisation.enums import LEADING_ROLES, MUNICIPALITY_ROLES, UNIT_ROLES, Role, UnitKind
from organisation.models import Appointment, Handover, Municipality, Unit, User
from web.actors import Actor, SystemActor
from web.http import PortalRequest
from web.names import names


class AuthenticatedRequest(PortalRequest):
    """The request of whoever is logged in: the route table has seen to it that she is."""

    user: User


class Permission(StrEnum):
    READ_PUBLISHED = "read_published"
    READ_INTERNAL = "read_internal"
    READ_DRAFT_BUDGET = "read_draft_budget"
    READ_HISTORY = "read_history"
    IMPORT_EMISSIONS = "import_emissions"
    EDIT_OWN_OPERATIONS = "edit_own_operations"
    EDIT_STRATEGY = "edit_strategy"
    EDIT_BUDGET = "edit_budget"
    MAKE_SCENARIOS = "make_scenarios"
    PROPOSE_BUDGET = "propose_budget"
    REGISTER_ADOPTION = "register_adoption"
    REPORT = "report"
    APPROVE_REPORT = "approve_report"
    ASSURE_REPORT = "assure_report"
    READ_MESSAGES = "read_messages"
    SET_UP_REPORTING = "set_up_reporting"
    NAME_CONTACT = "name_contact"
    READ_DASHBOARD = "read_dashboard"
    PUBLISH_SUMMARY = "publish_summary"
    RECORD_LEADERSHIP_DECISION = "record_leadership_decision"
    EXCHANGE_STATUSES = "exchange_statuses"
    ANALYSE_PERIOD = "analyse_period"
    COMPILE_CHAPTER = "compile_chapter"
    READ_NETWORK = "read_network"
    READ_ORGANISATION = "read_organisation"
    MANAGE_ORGANISATION = "manage_organisation"
    TEND_PORTAL = "tend_portal"
    NAME_THINGS = "name_things"
    READ_LOGIN_LOG = "read_login_log"
    PLAN_YEAR = "plan_year"


P = Permission
_STAFF = frozenset({P.READ_PUBLISHED, P.READ_NETWORK, P.READ_ORGANISATION})
_EVERYTHING_READ = _STAFF | {P.READ_INTERNAL, P.READ_DRAFT_BUDGET, P.READ_HISTORY, P.READ_DASHBOARD}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.CONTACT: _STAFF | {P.REPORT},
    Role.DEPUTY: _STAFF | {P.REPORT},
    Role.LEADER: _STAFF | {P.REPORT, P.APPROVE_REPORT},
    Role.STAND_IN: _STAFF | {P.REPORT, P.APPROVE_REPORT},
    Role.CLIMATE_EDITOR: _EVERYTHING_READ
    | {
        P.IMPORT_EMISSIONS,
        P.EDIT_OWN_OPERATIONS,
        P.EDIT_STRATEGY,
        P.EDIT_BUDGET,
        P.MAKE_SCENARIOS,
        P.REGISTER_ADOPTION,
        P.ASSURE_REPORT,
        P.READ_MESSAGES,
        P.SET_UP_REPORTING,
        P.NAME_CONTACT,
        P.PUBLISH_SUMMARY,
        P.RECORD_LEADERSHIP_DECISION,
        P.EXCHANGE_STATUSES,
        P.TEND_PORTAL,
        P.PLAN_YEAR,
    },
    Role.ANALYST: _EVERYTHING_READ
    | {P.MAKE_SCENARIOS, P.EXCHANGE_STATUSES, P.ANALYSE_PERIOD, P.COMPILE_CHAPTER},
    Role.EXECUTIVE: (_EVERYTHING_READ - {P.READ_HISTORY})
    | {P.PROPOSE_BUDGET, P.MAKE_SCENARIOS, P.PUBLISH_SUMMARY, P.RECORD_LEADERSHIP_DECISION},
    # What was sent to whom is a log too.
    Role.AUDITOR: _EVERYTHING_READ | {P.READ_MESSAGES, P.READ_LOGIN_LOG},
    Role.READER: frozenset({P.READ_PUBLISHED}),
    Role.EMPLOYEE: _STAFF,
    Role.ADMIN: _EVERYTHING_READ
    | {
        P.SET_UP_REPORTING,
        P.MANAGE_ORGANISATION,
        P.NAME_THINGS,
        P.TEND_PORTAL,
        P.READ_LOGIN_LOG,
        P.PLAN_YEAR,
    },
}
# What a role gives in its own unit only. A leader's reach includes the units below hers.
IN_OWN_UNIT = frozenset({P.REPORT, P.APPROVE_REPORT})


@dataclass(frozen=True, slots=True)
class Duties:
    """A user's current appointments, read once per request."""

    roles: frozenset[Role]
    contact_units: frozenset[int]
    # The units the user leads, and those she stands in for today.
    leader_units: frozenset[int]
    # Units below the ones the user leads: read only, «til orientering».
    units_below: frozenset[int]
    # Those of them that are a municipal enterprise, or in one. Nobody outside acts for its leader.
    enterprises_below: frozenset[int] = frozenset()
    # Those of them that nobody leads today: she is the nearest leader above, and acts meanwhile.
    led_for_now: frozenset[int] = frozenset()
    # The units she only stands in for, with her last day there.
    stands_in: Mapping[int, date] = field(default_factory=dict)

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset(permission for role in self.roles for permission in ROLE_PERMISSIONS[role])

    @property
    def own_units(self) -> frozenset[int]:
        return self.contact_units | self.leader_units

    @property
    def approves_for(self) -> frozenset[int]:
        """The units whose leader she is today: her own, those she stands in for, and those without one."""
        return self.leader_units | self.led_for_now

    @property
    def oversees(self) -> frozenset[int]:
        """The units below that she is a leader above; a municipal enterprise has none outside of it."""
        return self.units_below - self.enterprises_below


NO_DUTIES = Duties(frozenset(), frozenset(), frozenset(), frozenset())


def read_duties(user: User, day: date | None = None) -> Duties:
    """The user's roles and units on `day` (default today); at most three queries, two for most leaders.

    The third, of who leads what, is only asked for leaders with somebody below. Names are not among them;
    one of an employee's is whether her role is taken into use.
    """
    if not user.is_active:
        return NO_DUTIES
    day = day or timezone.localdate()
    return _duties_from(Appointment.objects.valid_on(day).filter(user=user), day)


def _duties_from(appointments: QuerySet[Appointment], day: date) -> Duties:
    rows = list(appointments.values_list("role", "unit_id", "valid_to"))
    if any(role == Role.EMPLOYEE for role, *_rest in rows) and not employees_may_read():
        rows = [row for row in rows if row[0] != Role.EMPLOYEE]
    contact = frozenset(unit for role, unit, _to in rows if role in (Role.CONTACT, Role.DEPUTY))
    leader = frozenset(unit for role, unit, _to in rows if role in LEADING_ROLES)
    own = {unit for role, unit, _to in rows if role == Role.LEADER}
    tree = read_tree() if leader else NO_TREE
    below = tree.below(leader)
    overseen = below & tree.below(leader, outside_enterprises=True)
    return Duties(
        roles=frozenset(Role(role) for role, _unit, _to in rows),
        contact_units=contact,
        leader_units=leader,
        units_below=below,
        enterprises_below=below - overseen,
        led_for_now=_led_for_now(leader, overseen - leader, tree, day) if overseen - leader else frozenset(),
        stands_in={unit: to for role, unit, to in rows if role == Role.STAND_IN and to and unit not in own},
    )


def _led_for_now(leader: frozenset[int], below: frozenset[int], tree: Tree, day: date) -> frozenset[int]:
    led = led_units(day)
    return frozenset(unit for unit in below if unit not in led and tree.led_from(unit, led) in leader)


def led_units(day: date) -> set[int]:
    """The units with an active leader or stand-in on the day; one query."""
    rows = Appointment.objects.valid_on(day).filter(role__in=LEADING_ROLES, user__is_active=True)
    return set(rows.values_list("unit_id", flat=True))


@dataclass(frozen=True, slots=True)
class Tree:
    """Which unit is under which, and which are municipal enterprises.

    Where the municipality has one level of leaders, nobody leads from above.
    """

    parents: Mapping[int, int | None]
    enterprises: frozenset[int]
    led_from_above: bool = True

    def below(self, units: Collection[int], *, outside_enterprises: bool = False) -> frozenset[int]:
        """All units under the given ones, however deep; or without going into a municipal enterprise."""
        children: dict[int, list[int]] = {}
        for pk, parent in self.parents.items():
            if parent is not None and not (outside_enterprises and pk in self.enterprises):
                children.setdefault(parent, []).append(pk)
        found: set[int] = set()
        waiting = list(units)
        while waiting:
            for child in children.get(waiting.pop(), ()):
                if child not in found:
                    found.add(child)
                    waiting.append(child)
        return frozenset(found)

    def led_from(self, unit: int, led: Collection[int]) -> int | None:
        """The nearest unit above with a leader, who acts while the unit has none.

        None where there is none, and for a municipal enterprise: it answers to its own board, and waits.
        """
        if not self.led_from_above:
            return None
        seen: set[int] = set()
        while unit not in self.enterprises and unit not in seen:
            seen.add(unit)
            above = self.parents.get(unit)
            if above is None or above in led:
                return above
            unit = above
        return None

    def within_enterprise(self, unit: int | None) -> bool:
        """Whether the unit is a municipal enterprise, or in one."""
        seen: set[int] = set()
        while unit is not None and unit not in seen:
            if unit in self.enterprises:
                return True
            seen.add(unit)
            unit = self.parents.get(unit)
        return False


NO_TREE = Tree({}, frozenset())


def read_tree() -> Tree:
    """Every unit there is or was; one query beside the names'. It is small enough to read whole."""
    rows = list(Unit.objects.values_list("pk", "parent_id", "kind"))
    return Tree(
        {pk: parent for pk, parent, _kind in rows},
        frozenset(pk for pk, _parent, kind in rows if kind == UnitKind.ENTERPRISE),
        led_from_above=names().leader_levels > 1,
    )


def duties(user: AbstractBaseUser) -> Duties:
    """The user's duties, remembered on the user object: the request's own, so never stale for long."""
    if not isinstance(user, User):
        return NO_DUTIES
    remembered: Duties | None = user.__dict__.get("_duties")
    if remembered is None:
        remembered = user.__dict__["_duties"] = read_duties(user)
    return remembered


def has_permission(user: AbstractBaseUser, code: str) -> bool:
    """Whether the user has the permission through any role she holds today."""
    return code in duties(user).permissions


def require(by: Actor, permission: Permission) -> None:
    """The action's own check. System actors act for nobody and are let through by name.

    Raises PermissionDenied.
    """
    if isinstance(by, SystemActor):
        return
    if not isinstance(by, User) or permission not in read_duties(by).permissions:
        raise PermissionDenied


# What each may give, in a unit: Klima those who report, a leader those who report and who stands in for her.
_GIVEN_BY_CLIMATE = frozenset({Role.CONTACT, Role.DEPUTY})
_GIVEN_BY_LEADER = _GIVEN_BY_CLIMATE | {Role.STAND_IN}


def roles_to_give(held: Duties, unit: Unit | None) -> frozenset[Role]:
    """The roles somebody with these duties may give, change and end in the unit; None is the municipality.

    The administrator all of them. A municipal enterprise answers to its own board: of the others only its
    leader names its people.
    """
    if Permission.MANAGE_ORGANISATION in held.permissions:
        return UNIT_ROLES if unit is not None else MUNICIPALITY_ROLES
    if unit is None:
        return frozenset()
    given: frozenset[Role] = frozenset()
    if Permission.NAME_CONTACT in held.permissions and unit.kind != UnitKind.ENTERPRISE:
        given |= _GIVEN_BY_CLIMATE
    # Not who stands in: she would name the next one, and lengthen her own time.
    if unit.pk in held.leader_units and unit.pk not in held.stands_in:
        given |= _GIVEN_BY_LEADER
    return given


def may_propose(held: Duties, unit: Unit) -> bool:
    """Whether somebody may propose people to the leader of a municipal enterprise: Klima may."""
    return unit.kind == UnitKind.ENTERPRISE and Permission.NAME_CONTACT in held.permissions


def fresh_duties(by: Actor) -> Duties:
    """An action's own look at what the actor is today; a system actor is nobody here."""
    return read_duties(by) if isinstance(by, User) else NO_DUTIES


def hold_duties(by: Actor) -> Duties:
    """What the actor is today, and stays until the transaction ends; two queries more than reading it.

    Takes the person and the appointments FOR SHARE: whoever ends a role or shuts somebody out changes those
    rows, and so either waits for this transaction, or is waited for here and then counts. Held first of all
    in an action, before what it is about.
    """
    if not isinstance(by, User):
        return NO_DUTIES
    if not _held(User.objects.filter(pk=by.pk, is_active=True)):
        return NO_DUTIES
    day = timezone.localdate()
    mine = Appointment.objects.valid_on(day).filter(user=by)
    return _duties_from(Appointment.objects.filter(pk__in=_held(mine)), day)


def _held(rows: QuerySet[Any]) -> list[int]:
    """The rows' keys as they are when nobody else is changing them, held FOR SHARE."""
    sql, values = rows.order_by("pk").values_list("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} FOR SHARE", values)
        return [pk for (pk,) in cursor.fetchall()]


def hold_units(keys: Iterable[int] | None = None) -> dict[int, Unit]:
    """The units, or all of them, as they are and stay until the transaction ends, by primary key; one query.

    Whoever gives something to a unit holds it first of all, before what is given: whoever closes one changes
    them all first (`actions.units.locked_tree`), and so either waits, and finds what was given, or is waited
    for here, and the unit is seen to be closed.
    """
    rows = Unit.objects.order_by("pk")
    if keys is not None:
        rows = rows.filter(pk__in=list(keys))
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return {}
    return {unit.pk: unit for unit in Unit.objects.raw(f"{sql} FOR SHARE", values)}


def held_unit(unit: Unit) -> Unit:
    """One of them, as `hold_units`."""
    return hold_units([unit.pk])[unit.pk]


def employees_may_read() -> bool:
    """Whether everybody employed may be let in to read the internal pages; one query. Off at first."""
    return Municipality.objects.filter(employees_read=True).exists()


def may_hand_over(by: Actor, appointment: Appointment) -> bool:
    """Whether somebody may write the handover of a role: whoever has it, and whoever may give it."""
    if isinstance(by, SystemActor) or by.pk == appointment.user_id:
        return True
    return Role(appointment.role) in roles_to_give(fresh_duties(by), appointment.unit)


def may_read_handover(user: User, handover: Handover) -> bool:
    """The note is read by whoever writes it, her successor, those who lead the unit, and Klima."""
    appointment = handover.appointment
    if user.pk in (appointment.user_id, handover.successor_id):
        return True
    held = duties(user)
    return Permission.NAME_CONTACT in held.permissions or appointment.unit_id in held.leader_units
