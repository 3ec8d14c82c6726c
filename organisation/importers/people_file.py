"""A file of the register of people, a row for each role: what it would change, and writing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from organisation.actions.people_file import NewDays, NewName, NewPerson, NewRole, write_people_changes
from organisation.calculations.addresses import normal_address
from organisation.enums import Role
from organisation.importers.names import Names
from organisation.importers.people_plan import (
    Drafted,
    PeoplePlan,
    PersonRow,
    Standing,
    is_portals,
    overlapping,
    refuse_role,
    refuse_two_at_once,
    refuse_without_administrator,
    role_words,
    row_mark,
    standing_of,
    title_of,
)
from organisation.models import Appointment, Unit
from organisation.words.people_columns import BY_NAME, COLUMNS, SHEET
from web.actors import Actor
from web.formats import format_date
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows

_READ = [column for column in COLUMNS if column.read]
_NEEDED = frozenset(column.name for column in COLUMNS if column.required)


@dataclass(slots=True)
class _Seen:
    """What earlier rows say of a person: how her address is written, and her name."""

    number: int
    written: str
    name: str


@dataclass(slots=True)
class _Reading:
    standing: Standing
    roles: Names[Role]
    drafted: Drafted = field(default_factory=Drafted)
    seen: dict[str, _Seen] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)


def plan_people(content: bytes, file_name: str) -> PeoplePlan:
    """What a file would change; five queries whatever its size. Raises UnreadableFile.

    A column the file does not have changes nothing, nor does a row that is left out.
    """
    table = TableReader(_READ, _NEEDED, SHEET).read(content, file_name)
    parsed = parsed_rows(table, FileResource(Appointment, _READ, {}))
    addresses = {normal_address(row.values.get("email") or "") for row in parsed}
    reading = _Reading(standing_of(addresses), role_words())
    rows = [_row(one, reading) for one in parsed]
    refuse_two_at_once(reading.standing, reading.drafted)
    refuse_without_administrator(reading.standing, reading.drafted)
    return PeoplePlan(rows=rows, changes=reading.drafted.changes())


def write_people(*, by: Actor, plan: PeoplePlan) -> int:
    """Writes what was previewed, and says how many rows. Raises as `write_people_changes` does."""
    write_people_changes(by=by, changes=plan.changes)
    return plan.to_write


def _row(parsed: ParsedRow, reading: _Reading) -> PersonRow:
    values = parsed.values
    row = PersonRow(number=parsed.number, values=values, source=parsed.source)
    row.errors = [(str(BY_NAME[name].header), sentence) for name, sentence in parsed.wrong]
    name = " ".join((values.get("name") or "").split())
    address = _address_of(row, reading, name)
    role, unit = _role_of(row, reading.roles), _unit_of(row, reading.standing.units)
    row.title = title_of(name or address, role, unit.name if unit else "")
    if role is None and not row.errors and any(values.get(one) for one in ("unit", "valid_from", "valid_to")):
        row.refuse("role", _("Skriv hvilken rolle det gjelder, eller tøm virksomhet og datoer."))
    if not row.errors:
        _draft_person(row, reading, name, address)
        if role is not None:
            _draft_role(row, reading, address, role, unit)
    return row


def _address_of(row: PersonRow, reading: _Reading, name: str) -> str:
    """The address as it is stored, refused where it is none or is another person's in the file."""
    written = (row.values.get("email") or "").strip()
    address = normal_address(written)
    if not name:
        row.refuse("name", _("Må fylles ut."))
    if not written:
        row.refuse("email", _("Må fylles ut."))
        return ""
    try:
        validate_email(address)
    except ValidationError:
        row.refuse("email", _("Skriv en e-postadresse, for eksempel navn@eksempel.no."))
        return address
    before = reading.seen.setdefault(address, _Seen(row.number, written, name))
    if before.written != written:
        row.refuse(
            "email",
            _("Adressen er skrevet på en annen måte i rad {row}. Skriv den likt.").format(row=before.number),
        )
    if name and before.name != name:
        row.refuse(
            "name",
            _("Samme adresse har navnet «{name}» i rad {row}. Bruk ett navn.").format(
                name=before.name, row=before.number
            ),
        )
    person = reading.standing.people.get(address)
    if person is not None and not person.is_active:
        row.refuse(
            "email",
            _("{name} er stengt ute. Ta henne eller ham inn igjen i portalen først.").format(
                name=person.name
            ),
        )
    return address


def _role_of(row: PersonRow, roles: Names[Role]) -> Role | None:
    written = row.values.get("role") or ""
    role = roles.get(written) if written else None
    if written and role is None:
        row.refuse("role", roles.unknown(written))
    return role


def _unit_of(row: PersonRow, units: Names[Unit]) -> Unit | None:
    written = row.values.get("unit") or ""
    unit = units.get(written) if written else None
    if written and unit is None:
        row.refuse("unit", units.unknown(written))
    return unit


def _draft_person(row: PersonRow, reading: _Reading, name: str, address: str) -> None:
    person = reading.standing.people.get(address)
    row.mark = row_mark(person, None, None)
    if person is None:
        if address not in reading.drafted.people:
            reading.drafted.people[address] = NewPerson(name=name, email=address)
            row.is_new = True
            row.say("name", "", name)
            row.say("email", "", address)
    elif person.name != name and person.pk not in reading.drafted.names:
        reading.drafted.names[person.pk] = NewName(pk=person.pk, version=person.version, name=name)
        row.say("name", person.name, name)


def _draft_role(row: PersonRow, reading: _Reading, address: str, role: Role, unit: Unit | None) -> None:
    standing, values = reading.standing, row.values
    first: date | None = values.get("valid_from")
    last: date | None = values.get("valid_to")
    mine = [one for one in standing.roles_of(address) if one.pk not in reading.taken]
    met = overlapping(mine, role, unit, first or standing.today, last if first else None)
    there = next(met, None)
    row.mark = row_mark(standing.people.get(address), there, unit)
    if there is not None:
        reading.taken.add(there.pk)
        _draft_days(row, reading, there, unit)
        return
    first = first or standing.today
    refuse_role(row, role, unit, first, last)
    if row.errors:
        return
    row.is_new = True
    row.say("role", "", title_of("", role, unit.name if unit else "").removeprefix(": "))
    row.say("valid_from", "", format_date(first))
    if last is not None:
        row.say("valid_to", "", format_date(last))
    person = standing.people.get(address)
    new = NewRole(
        person=person.pk if person else address,
        role=role,
        unit=unit.pk if unit else None,
        valid_from=first,
        valid_to=last,
    )
    reading.drafted.roles.append((new, row))


def _draft_days(row: PersonRow, reading: _Reading, there: Appointment, unit: Unit | None) -> None:
    values: Mapping[str, Any] = row.values
    first: date = values.get("valid_from") or there.valid_from
    last: date | None = values.get("valid_to", there.valid_to)
    if (first, last) == (there.valid_from, there.valid_to):
        return
    if is_portals(there):
        row.kept = True
        return
    refuse_role(row, Role(there.role), unit, first, last)
    if row.errors:
        return
    for name, before, after in _days(there, first, last):
        row.say(name, before, after)
    row.ends = last is not None and (there.valid_to is None or last < there.valid_to)
    days = NewDays(pk=there.pk, version=there.version, valid_from=first, valid_to=last)
    reading.drafted.days[there.pk] = days, row


def _days(there: Appointment, first: date, last: date | None) -> Sequence[tuple[str, str, str]]:
    pairs = [("valid_from", there.valid_from, first), ("valid_to", there.valid_to, last)]
    return [
        (name, format_date(before) if before else "", format_date(after) if after else "")
        for name, before, after in pairs
        if before != after
    ]
