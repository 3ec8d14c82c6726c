"""The personnel system's monthly file: what is kept of it, what it would change, and writing it.

It invites only those with a role here. Others it ends, moves and renames where they are here already, and
counts where they are not. What a person has been given in the portal, it never changes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.people_file import (
    NewDays,
    NewName,
    NewPerson,
    NewRole,
    Stood,
    write_people_changes,
)
from organisation.calculations.addresses import normal_address
from organisation.calculations.personnel import ends_too_many
from organisation.enums import LEADING_ROLES, UNIT_ROLES, AppointmentSource, Role
from organisation.importers.names import Names
from organisation.importers.people_plan import (
    Drafted,
    PeoplePlan,
    PersonRow,
    Standing,
    active_with_a_role,
    day_before,
    overlapping,
    refuse_role,
    refuse_two_at_once,
    refuse_without_administrator,
    role_words,
    row_mark,
    standing_of,
    title_of,
)
from organisation.importers.personnel_reader import PersonnelRow, personnel_rows
from organisation.models import Appointment, Unit, User
from organisation.queries.units import units_above
from organisation.words import personnel as words
from web.actors import Actor
from web.formats import format_date, parse_norsk_dato
from web.refusals import Refused

ENDS_MANY, ENDS_LEADER = "ends_many", "ends_leader"
# Nearer than this, what stands under «rolle» is a role typed wrong; further, it is no role here.
_MEANT_AS_A_ROLE = 0.85
# Systems write the year 9999 for «until further notice».
_NO_END = 2200


@dataclass(frozen=True, slots=True)
class Question:
    """What must be said yes to before anything is written."""

    code: str
    sentence: str


@dataclass(slots=True, kw_only=True)
class PersonnelPlan(PeoplePlan):
    """A whole file. `others` are the rows that concern nobody here."""

    others: int = 0
    questions: Sequence[Question] = ()

    @property
    def others_sentence(self) -> str:
        return words.others(self.others) if self.others else ""


class NotAccepted(Refused):
    """Something must be said yes to first: `questions` are what."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = questions
        super().__init__(*(one.sentence for one in questions))


@dataclass(slots=True)
class _Person:
    """All a file says of somebody."""

    address: str
    rows: list[PersonRow] = field(default_factory=list)


@dataclass(slots=True)
class _Reading:
    """`touched` are roles that need no more, `moved` those that end since she has them somewhere else."""

    standing: Standing
    roles: Names[Role]
    above: dict[int, tuple[int, ...]]
    drafted: Drafted = field(default_factory=Drafted)
    rows: list[PersonRow] = field(default_factory=list)
    ended: list[Appointment] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)

    @property
    def today(self) -> date:
        return self.standing.today

    def held(self, address: str) -> list[Appointment]:
        """Her roles today and to come."""
        roles = self.standing.roles_of(address)
        return [one for one in roles if one.valid_to is None or one.valid_to >= self.today]


def kept_of(content: bytes, file_name: str) -> bytes:
    """What may be kept of a file: the rows that concern somebody here or give a role, how many others there
    were, and who is here but not in it. Two queries. Raises UnreadableFile, also for a fødselsnummer.
    """
    known = set(User.objects.values_list("email", flat=True))
    here = User.objects.filter(active_with_a_role(timezone.localdate())).values_list("email", flat=True)
    roles = role_words()
    rows: list[tuple[int, dict[str, str]]] = []
    met, others = set(), 0
    for row in personnel_rows(content, file_name):
        address = normal_address(row.values.get("email", ""))
        met.add(address)
        if address in known or _says_a_role(row, roles):
            rows.append((row.number, row.values))
        else:
            others += 1
    kept = {"rows": rows, "others": others, "missing": sorted(set(here) - met)}
    return json.dumps(kept, ensure_ascii=False).encode()


def _says_a_role(row: PersonnelRow, roles: Names[Role]) -> bool:
    written = row.values.get("role", "")
    if not written:
        return False
    return roles.get(written) is not None or bool(roles.nearest(written, _MEANT_AS_A_ROLE))


def plan_personnel(kept: bytes) -> PersonnelPlan:
    """What the file would change, from what was kept of it; six queries whatever its size."""
    said = json.loads(kept)
    addresses = {normal_address(values.get("email", "")) for _number, values in said["rows"]}
    reading = _Reading(standing_of(addresses | set(said["missing"])), role_words(), units_above())
    for person in _people(said["rows"], reading):
        _plan_person(person, reading)
    for address in said["missing"]:
        _plan_missing(address, reading)
    refuse_two_at_once(reading.standing, reading.drafted)
    refuse_without_administrator(reading.standing, reading.drafted)
    return PersonnelPlan(
        rows=reading.rows,
        changes=reading.drafted.changes(),
        others=said["others"],
        questions=_questions(reading),
    )


def write_personnel(*, by: Actor, plan: PersonnelPlan, accepted: Collection[str]) -> int:
    """Writes what was previewed, and says how many rows.

    Raises as `write_people_changes` does, and NotAccepted for a question nobody has said yes to.
    """
    if left := [one for one in plan.questions if one.code not in accepted]:
        raise NotAccepted(left)
    write_people_changes(by=by, changes=plan.changes)
    return plan.to_write


# --- The rows of one person -------------------------------------------------------------------------------


def _people(rows: Iterable[tuple[int, dict[str, str]]], reading: _Reading) -> list[_Person]:
    found: dict[str, _Person] = {}
    for number, values in rows:
        address = normal_address(values.get("email", ""))
        row = PersonRow(number=number, source=values, title=values["name"] or address)
        row.detail = values.get("position", "")
        row.values = _parsed(row, values, reading)
        row.mark = row_mark(reading.standing.people.get(address), None, row.values["unit"])
        reading.rows.append(row)
        found.setdefault(address or f"row {number}", _Person(address)).rows.append(row)
    return list(found.values())


def _parsed(row: PersonRow, values: dict[str, str], reading: _Reading) -> dict[str, Any]:
    """The role, where she is employed, and the days. What is no role or unit here is mostly somebody else's
    matter, and a fault only where it must be one.
    """
    written, named = values.get("role", ""), values.get("unit", "")
    role = reading.roles.get(written) if written else None
    if role is None and written and reading.roles.nearest(written, _MEANT_AS_A_ROLE):
        row.refuse("role", reading.roles.unknown(written))
    unit = reading.standing.units.get(named) if named else None
    if role in UNIT_ROLES and named and unit is None:
        row.refuse("unit", reading.standing.units.unknown(named))
    days = {name: _day(row, name, values.get(name, "")) for name in ("valid_from", "valid_to")}
    return {"role": role, "unit": unit, **days}


def _day(row: PersonRow, name: str, text: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_norsk_dato(text)
    except ValueError as problem:
        row.refuse(name, str(problem))
        return None
    return None if day.year >= _NO_END else day


def _plan_person(person: _Person, reading: _Reading) -> None:
    there, first = reading.standing.people.get(person.address), person.rows[0]
    _check_who(person, there)
    if any(row.errors for row in person.rows):
        return
    name = str(first.source["name"])
    if there is not None and there.name != name:
        reading.drafted.names[there.pk] = NewName(pk=there.pk, version=there.version, name=name)
        first.say("name", there.name, name)
    for row in person.rows:
        if row.values["role"] is not None:
            _plan_role(row, person.address, reading)
    _plan_moves(person, reading)
    _plan_end(person, reading)
    if there is None and any(row.is_new for row in person.rows):
        reading.drafted.people[person.address] = NewPerson(name=name, email=person.address)


def _check_who(person: _Person, there: User | None) -> None:
    first = person.rows[0]
    if not first.source["name"]:
        first.refuse("name", _("Må fylles ut."))
    try:
        validate_email(person.address)
    except ValidationError:
        first.refuse("email", _("Skriv en e-postadresse, for eksempel navn@eksempel.no."))
    if there is not None and not there.is_active:
        for row in person.rows:
            if row.values["role"] is not None:
                row.refuse("email", _("{name} er stengt ute i portalen.").format(name=there.name))


def _plan_role(row: PersonRow, address: str, reading: _Reading) -> None:
    """A role the file gives. Its first day is that of the employment, so a role that is here keeps its own,
    and a new one begins today at the earliest.
    """
    role, last = row.values["role"], row.values["valid_to"]
    unit = row.values["unit"] if role in UNIT_ROLES else None
    first = max(row.values["valid_from"] or reading.today, reading.today)
    row.title = title_of(row.title, role, unit.name if unit else "")
    there = next(overlapping(reading.standing.roles_of(address), role, unit, reading.today, None), None)
    if there is not None:
        reading.touched.add(there.pk)
        row.mark = row_mark(reading.standing.people.get(address), there, unit)
        if last != there.valid_to:
            _set_last_day(row, there, last, reading)
    elif last is None or last >= first:
        refuse_role(row, role, unit, first, last)
        if not row.errors:
            _give(row, address, reading, role, unit, first, last)


def _give(
    row: PersonRow,
    address: str,
    reading: _Reading,
    role: Role,
    unit: Unit | None,
    first: date,
    last: date | None,
) -> None:
    person = reading.standing.people.get(address)
    row.is_new = person is None or not row.changes
    row.say("role", "", _role_in(role, unit))
    row.say("valid_from", "", format_date(first))
    if last is not None:
        row.say("valid_to", "", format_date(last))
    new = NewRole(
        person=person.pk if person else address,
        role=role,
        unit=unit.pk if unit else None,
        valid_from=first,
        valid_to=last,
    )
    reading.drafted.roles.append((new, row))


def _plan_moves(person: _Person, reading: _Reading) -> None:
    """The roles files have given her go with her to the one unit this has her in; not down to a part of
    where she is.
    """
    units = {row.values["unit"].pk: row.values["unit"] for row in person.rows if row.values["unit"]}
    if len(units) != 1:
        return
    [unit] = units.values()
    row = person.rows[0]
    given = {one.values["role"] for one in person.rows}
    for held in reading.held(person.address):
        elsewhere = held.unit_id is not None and held.unit_id not in (
            unit.pk,
            *reading.above.get(unit.pk, ()),
        )
        if held.source != AppointmentSource.FILE or held.pk in reading.touched or not elsewhere:
            continue
        reading.touched.add(held.pk)
        reading.moved.add(held.pk)
        role = Role(held.role)
        _set_last_day(row, held, day_before(reading.today), reading)
        there = overlapping(reading.standing.roles_of(person.address), role, unit, reading.today, None)
        if role not in given and next(there, None) is None:
            _give(row, person.address, reading, role, unit, reading.today, held.valid_to)
        # She has it still, somewhere else.
        row.ends = False


def _plan_end(person: _Person, reading: _Reading) -> None:
    """When all her rows have a last day, so have her roles."""
    days = [row.values["valid_to"] for row in person.rows]
    if any(day is None for day in days):
        return
    last, row = max(days), person.rows[0]
    for held in reading.held(person.address):
        if held.pk not in reading.touched and (held.valid_to is None or held.valid_to > last):
            _set_last_day(row, held, last, reading)


def _plan_missing(address: str, reading: _Reading) -> None:
    """Somebody with a role here who is not in the file any more."""
    person = reading.standing.people.get(address)
    if person is None or not person.is_active:
        return
    for held in reading.held(address):
        unit = held.unit.name if held.unit else ""
        row = PersonRow(number=0, title=title_of(person.name, Role(held.role), unit))
        row.detail = _("Står ikke i filen")
        row.mark = row_mark(person, held, held.unit)
        reading.rows.append(row)
        _set_last_day(row, held, day_before(reading.today), reading)


def _set_last_day(row: PersonRow, held: Appointment, last: date | None, reading: _Reading) -> None:
    """A role a file has given gets this last day; one that has not begun by then never was."""
    if held.source != AppointmentSource.FILE:
        row.kept = True
        return
    if last is not None and last < held.valid_from:
        if held.valid_from > reading.today:
            reading.drafted.withdrawn[held.pk] = Stood(pk=held.pk, version=held.version)
            row.say("role", _role_in(Role(held.role), held.unit), "")
            _ends(row, held, reading)
            return
        last = held.valid_from
    if last == held.valid_to or (last is None and held.role == Role.STAND_IN):
        return
    row.say(
        "valid_to", format_date(held.valid_to) if held.valid_to else "", format_date(last) if last else ""
    )
    days = NewDays(pk=held.pk, version=held.version, valid_from=held.valid_from, valid_to=last)
    reading.drafted.days[held.pk] = days, row
    if last is not None and (held.valid_to is None or last < held.valid_to):
        _ends(row, held, reading)


def _ends(row: PersonRow, held: Appointment, reading: _Reading) -> None:
    row.ends = True
    reading.ended.append(held)


def _role_in(role: Role, unit: Unit | None) -> str:
    return title_of("", role, unit.name if unit else "").removeprefix(": ")


def _questions(reading: _Reading) -> list[Question]:
    """What is too much to do without being told that it is right; one query."""
    found = []
    lose = {held.user_id for held in reading.ended if held.pk not in reading.moved}
    active = User.objects.filter(active_with_a_role(reading.today)).count()
    if ends_too_many(len(lose), active):
        found.append(Question(ENDS_MANY, words.many_end(len(lose), active)))
    people = {person.pk: person.name for person in reading.standing.people.values()}
    leaders = [
        f"{people[held.user_id]} ({held.unit.name})"
        for held in reading.ended
        if held.role in LEADING_ROLES and held.unit is not None
    ]
    if leaders:
        found.append(Question(ENDS_LEADER, words.leaders_end(leaders)))
    return found
