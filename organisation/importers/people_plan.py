"""What every file of people is held against, and what it comes to: who is here, and what would change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.people_file import NewDays, NewName, NewPerson, NewRole, PeopleChanges, Stood
from organisation.enums import UNIT_ROLES, AppointmentSource, Role
from organisation.importers.names import Names
from organisation.models import ROLE_LABELS, Appointment, Unit, User
from organisation.queries.files import not_ended
from organisation.rules import employees_may_read
from organisation.words.people_columns import BY_NAME
from web.formats import format_date
from web.register.plan import Outcome, Plan, PlannedRow

# Longer than any role.
ALWAYS = date.max
Key = tuple[str, str, int | None]


@dataclass(slots=True, kw_only=True)
class PersonRow(PlannedRow):
    """A row of a file of people. `ends`: a role gets a last day; `kept`: the portal decides it otherwise."""

    ends: bool = False
    kept: bool = False

    @property
    def outcome(self) -> Outcome:
        if self.errors:
            return "error"
        if self.is_new:
            return "new"
        if self.ends:
            return "ended"
        if self.changes:
            return "changed"
        return "kept" if self.kept else "unchanged"

    @property
    def outcome_word(self) -> str:
        if self.kept:
            return _("Ført inn i portalen, endres ikke av fil")
        words = {"new": _("ny"), "changed": _("endres"), "ended": _("avsluttes")}
        return words.get(self.outcome, "")

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(BY_NAME[name].header) if name else "", sentence))

    def say(self, name: str, before: str, after: str) -> None:
        self.changes.append((str(BY_NAME[name].header), before, after))


@dataclass(slots=True, kw_only=True)
class PeoplePlan(Plan):
    """A whole file of people, and what writing it would be."""

    changes: PeopleChanges = field(default_factory=PeopleChanges)


@dataclass(slots=True)
class Standing:
    """Who is here today, by address, with all roles they have and have had, and the units there are."""

    today: date
    people: Mapping[str, User]
    roles: Mapping[int, list[Appointment]]
    units: Names[Unit]

    def roles_of(self, address: str) -> list[Appointment]:
        person = self.people.get(address)
        return self.roles.get(person.pk, []) if person else []


@dataclass(slots=True)
class Drafted:
    """What the rows have come to so far; each list is one of PeopleChanges."""

    people: dict[str, NewPerson] = field(default_factory=dict)
    names: dict[int, NewName] = field(default_factory=dict)
    roles: list[tuple[NewRole, PersonRow]] = field(default_factory=list)
    days: dict[int, tuple[NewDays, PersonRow]] = field(default_factory=dict)
    withdrawn: dict[int, Stood] = field(default_factory=dict)

    def changes(self) -> PeopleChanges:
        return PeopleChanges(
            people=list(self.people.values()),
            names=list(self.names.values()),
            roles=[role for role, _row in self.roles],
            days=[days for days, _row in self.days.values()],
            withdrawn=list(self.withdrawn.values()),
        )


def standing_of(addresses: Collection[str] | None = None) -> Standing:
    """Those with these addresses, or everybody; three queries."""
    today = timezone.localdate()
    people = User.objects.all() if addresses is None else User.objects.filter(email__in=addresses)
    by_address = {person.email: person for person in people}
    owners = [person.pk for person in by_address.values()]
    roles: dict[int, list[Appointment]] = {}
    held = Appointment.objects.filter(user__in=owners).select_related("unit").order_by("valid_from", "pk")
    for one in held:
        roles.setdefault(one.user_id, []).append(one)
    units = Unit.objects.filter(not_ended(today)).order_by("valid_from", "pk")
    return Standing(today, by_address, roles, Names((unit.name, unit) for unit in units))


def role_words() -> Names[Role]:
    """The words for roles; their codes are read too."""
    return Names(
        [(str(label), role) for role, label in ROLE_LABELS.items()], [(role.value, role) for role in Role]
    )


def title_of(name: str, role: Role | None, unit: str) -> str:
    """«Kari Eksempel: leder, Vann og avløp»."""
    if role is None:
        return name
    said = str(ROLE_LABELS[role])
    return f"{name}: {said}, {unit}" if unit else f"{name}: {said}"


def refuse_role(row: PersonRow, role: Role, unit: Unit | None, first: date, last: date | None) -> None:
    """The rules of the actions, so that the preview tells everything at once."""
    if role in UNIT_ROLES and unit is None:
        row.refuse("unit", _("Rollen gjelder en virksomhet. Skriv hvilken."))
    if role not in UNIT_ROLES and unit is not None:
        row.refuse("unit", _("Rollen gjelder hele kommunen. La cellen stå tom."))
    if role == Role.EMPLOYEE and not employees_may_read():
        row.refuse("role", _("Rollen ansatt er ikke tatt i bruk her."))
    if last is not None and last < first:
        row.refuse(
            "valid_to",
            _("Rollen slutter {last}, før den begynner {first}. Rett en av datoene.").format(
                last=format_date(last), first=format_date(first)
            ),
        )
    if role == Role.STAND_IN and last is None:
        row.refuse("valid_to", _("En stedfortreder har en siste dag. Skriv den."))
    if unit is not None and unit.valid_to is not None and unit.valid_to < first:
        row.refuse(
            "unit",
            _("{unit} legges ned etter {day}.").format(unit=unit.name, day=format_date(unit.valid_to)),
        )


def overlapping(
    roles: Iterable[Appointment], role: Role, unit: Unit | None, first: date, last: date | None
) -> Iterator[Appointment]:
    """Those of the same role in the same unit on some of the days; one from the same day comes first."""
    same = [one for one in roles if one.role == role and one.unit_id == (unit.pk if unit else None)]
    met = [one for one in same if one.valid_from <= (last or ALWAYS) and (one.valid_to or ALWAYS) >= first]
    yield from sorted(met, key=lambda one: (one.valid_from != first, one.valid_from))


def is_portals(appointment: Appointment) -> bool:
    """Files suggest, the portal decides: only what a file or the setup made may a file change."""
    return appointment.source == AppointmentSource.PORTAL


def refuse_two_at_once(standing: Standing, drafted: Drafted) -> None:
    """Each role, for the same person in the same unit, once at a time: told on the row that comes last."""
    addresses = {person.pk: address for address, person in standing.people.items()}
    spans: dict[Key, list[tuple[date, date, PersonRow | None]]] = {}
    for pk, roles in standing.roles.items():
        for one in roles:
            if one.pk in drafted.withdrawn:
                continue
            found = drafted.days.get(one.pk)
            first, last = (
                (found[0].valid_from, found[0].valid_to) if found else (one.valid_from, one.valid_to)
            )
            key = addresses[pk], one.role, one.unit_id
            spans.setdefault(key, []).append((first, last or ALWAYS, found[1] if found else None))
    for new, row in drafted.roles:
        address = new.person if isinstance(new.person, str) else addresses[new.person]
        key = address, new.role, new.unit
        spans.setdefault(key, []).append((new.valid_from, new.valid_to or ALWAYS, row))
    for held in spans.values():
        _refuse_overlaps(held)


def _refuse_overlaps(held: list[tuple[date, date, PersonRow | None]]) -> None:
    ordered = sorted(held, key=lambda span: (span[0], span[2].number if span[2] else 0))
    for earlier, later in pairwise(ordered):
        if earlier[1] < later[0]:
            continue
        row, other = (later[2], earlier[2]) if later[2] is not None else (earlier[2], None)
        if row is None:
            continue
        if other is not None and other is not row:
            first, last = sorted((other.number, row.number))
            at = row if row.number == last else other
            at.refuse("", _("Det samme står også i rad {row}. Behold bare den ene.").format(row=first))
        else:
            row.refuse("valid_from", _("Rollen står der allerede i en del av tiden. Rett datoene."))


def refuse_without_administrator(standing: Standing, drafted: Drafted) -> None:
    """The last administrator stays: told on the rows that would end one; one query."""
    open_ended = Appointment.objects.valid_on(standing.today).filter(role=Role.ADMIN, valid_to=None)
    held = set(open_ended.filter(user__is_active=True).values_list("pk", flat=True))
    ended = {
        pk: row
        for pk, (days, row) in drafted.days.items()
        if pk in held and (days.valid_to is not None or days.valid_from > standing.today)
    }
    given = any(
        new.role == Role.ADMIN and new.valid_to is None and new.valid_from <= standing.today
        for new, _row in drafted.roles
    )
    if held and not given and not held - ended.keys():
        for row in ended.values():
            row.refuse(
                "valid_to",
                _("Portalen må ha minst én administrator uten sluttdato. Gi rollen til en annen først."),
            )


def day_before(day: date) -> date:
    return day - timedelta(days=1)


def active_with_a_role(today: date) -> Q:
    """People who can log in and have a role, or are to have one."""
    return Q(is_active=True) & Q(pk__in=Appointment.objects.filter(not_ended(today)).values("user_id"))


def row_mark(person: User | None, appointment: Appointment | None, unit: Unit | None) -> Sequence[object]:
    """What a row would be written onto."""
    return (
        (person.pk, person.version) if person else None,
        (appointment.pk, appointment.version) if appointment else None,
        unit.pk if unit else None,
    )
