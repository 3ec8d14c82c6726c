"""Units, people and appointments of the demo municipality. Unit names are facts; every person is invented."""

from __future__ import annotations

from datetime import date

from climate_portal.demo_data.dates import DemoDates
from climate_portal.demo_data.logins import DOMAIN, PASSWORD
from organisation.actions.appointments import end_role, give_role, propose_role
from organisation.actions.names import (
    BodyNames,
    MunicipalityNames,
    name_body,
    name_municipality,
    require_two_steps,
)
from organisation.actions.units import plan_change
from organisation.enums import Body, Role, UnitChangeKind, UnitKind
from organisation.models import Appointment, Unit, User
from web.actors import DEMO

SINCE = date(2024, 1, 1)
NAMED_SINCE = date(2020, 1, 1)

# Areas change often and today's are not public: example data.
SERVICES = "Tjenester og drift"
DEVELOPMENT = "By- og stedsutvikling"
GROWING_UP = "Oppvekst og kultur"
ENTERPRISES = "Kommunale foretak"
AREAS = (DEVELOPMENT, SERVICES, GROWING_UP, ENTERPRISES)

KLIMA = "Klima"
ANALYSIS = "Oppfølging og analyse"
TRANSPORT = "Samferdsel, vei- og parkforvaltning"
KITCHEN = "Ernæring og kjøkkendrift"

U, S, K = UnitKind.UNIT, UnitKind.STAFF, UnitKind.ENTERPRISE
UNITS: tuple[tuple[str, UnitKind, str | None], ...] = (
    (KLIMA, U, DEVELOPMENT),
    (ANALYSIS, S, None),
    (TRANSPORT, U, SERVICES),
    ("Investeringsprosjekter", U, DEVELOPMENT),
    ("Anskaffelser", U, SERVICES),
    ("Arealplan", U, DEVELOPMENT),
    ("Byggesak", U, DEVELOPMENT),
    ("Geodata", U, DEVELOPMENT),
    ("IKT", U, SERVICES),
    (KITCHEN, U, SERVICES),
    ("Arrangementer og aktiv fritid", U, GROWING_UP),
    ("Arenaer kultur idrett og friluftsliv", U, GROWING_UP),
    ("Bibliotek og møteplass", U, GROWING_UP),
    ("Aktivitet og rehabilitering", U, SERVICES),
    ("Barnehageområde 1", U, GROWING_UP),
    ("Barnehageområde 2", U, GROWING_UP),
    ("Barnehageområde 3", U, GROWING_UP),
    ("Barnevern", U, GROWING_UP),
    ("Byarkiv", U, SERVICES),
    ("Kompetansesenteret", U, GROWING_UP),
    ("Kulturskole og ung kultur", U, GROWING_UP),
    ("Legevakt", U, SERVICES),
    ("Lønn og personal", U, SERVICES),
    ("Drammen Eiendom KF", K, ENTERPRISES),
    ("Drammen Drift KF", K, ENTERPRISES),
    ("Drammen Parkering KF", K, ENTERPRISES),
    ("Drammensbadet KF", K, ENTERPRISES),
)

# Login, name, role, unit.
CAST: tuple[tuple[str, str, Role, str | None], ...] = (
    ("klima", "Klima Eksempel", Role.CLIMATE_EDITOR, None),
    ("analyse", "Analyse Eksempel", Role.ANALYST, None),
    ("radmann", "Rådmann Eksempel", Role.EXECUTIVE, None),
    ("direktor", "Direktør Eksempel", Role.LEADER, SERVICES),
    ("leder", "Leder Eksempel", Role.LEADER, TRANSPORT),
    ("kontakt", "Kontakt Eksempel", Role.CONTACT, TRANSPORT),
    ("annen", "Annen Eksempel", Role.CONTACT, KITCHEN),
    ("utvalg", "Utvalg Eksempel", Role.READER, None),
    ("revisor", "Revisor Eksempel", Role.AUDITOR, None),
    ("admin", "Admin Eksempel", Role.ADMIN, None),
)
# Contact and leader of the other units that report; they log in too.
REPORTING_UNITS: tuple[tuple[str, str], ...] = (
    (KLIMA, "klima"),
    (ANALYSIS, "oppfolging"),
    ("Investeringsprosjekter", "investering"),
    ("Anskaffelser", "anskaffelser"),
    ("Arealplan", "arealplan"),
    ("Byggesak", "byggesak"),
    ("IKT", "ikt"),
    ("Arrangementer og aktiv fritid", "arrangement"),
    ("Kompetansesenteret", "kompetanse"),
    ("Lønn og personal", "personal"),
    ("Drammen Eiendom KF", "eiendom"),
    ("Drammen Drift KF", "drift"),
    ("Drammen Parkering KF", "parkering"),
)


# Body, short name, definite and genitive form. The council and the board are called what the law calls them.
BODIES: tuple[tuple[Body, str, str, str], ...] = (
    (Body.CLIMATE, KLIMA, "Virksomhet Klima", "Virksomhet Klimas"),
    (Body.ANALYSIS, ANALYSIS, ANALYSIS, f"{ANALYSIS}s"),
    (Body.COMMITTEE, "Klimautvalget", "Klimautvalget", "Klimautvalgets"),
)


def load_names() -> None:
    """What the municipality and its bodies are called."""
    municipality = MunicipalityNames("Drammen", "3301", "Drammen kommune", "rådmann", "Klimalaget", 3)
    name_municipality(by=DEMO, given=municipality, version=0)
    # One password is enough for logins that everybody knows.
    require_two_steps(by=DEMO, required=False)
    for body, name, definite, genitive in BODIES:
        name_body(by=DEMO, body=body, given=BodyNames(name, definite, genitive, NAMED_SINCE))


def load_organisation() -> dict[str, Unit]:
    """Create units, people and appointments; returns the units by name."""
    units: dict[str, Unit] = {}
    for area in AREAS:
        units[area] = Unit.objects.create(name=area, kind=UnitKind.AREA, is_example=True)
    for name, kind, parent in UNITS:
        units[name] = Unit.objects.create(
            name=name,
            kind=kind,
            parent=units[parent] if parent else None,
            coordinates_network=name == KLIMA,
            # The enterprises are named in reports from 2017–18; which there are today, is not public.
            is_example=kind == K,
        )
    password = _hashed_once()
    for login, name, role, unit in CAST:
        _appoint(_user(login, name, password), role, units[unit] if unit else None)
    for unit, login in REPORTING_UNITS:
        _appoint(_user(f"kontakt.{login}", f"Kontakt {unit}", password), Role.CONTACT, units[unit])
        _appoint(_user(f"leder.{login}", f"Leder {unit}", password), Role.LEADER, units[unit])
    _appoint(_user("vara", "Vara Eksempel", password), Role.DEPUTY, units[TRANSPORT])
    _appoint(_user("leder.kjokken", f"Leder {KITCHEN}", password), Role.LEADER, units[KITCHEN])
    return units


SHUT_OUT = "tidligere"
LEAVES = "Kompetansesenteret"
PROPOSED_TO = "Drammen Parkering KF"
MOVES, MOVES_TO = "Byarkiv", DEVELOPMENT


def load_changes(units: dict[str, Unit], dates: DemoDates) -> None:
    """What is about to change: a contact who leaves, who comes after her, a proposal, a unit that moves."""
    leaves = Appointment.objects.get(unit=units[LEAVES], role=Role.CONTACT)
    end_role(by=DEMO, appointment=leaves, last_day=dates.role_ends, expected=leaves.version)
    # Invited before the demo begins: her letter is not in the box.
    comes = User.objects.create_user(f"ny.kontakt@{DOMAIN}", name="Ny Kontakt", invited_at=dates.invited_at)
    give_role(by=DEMO, user=comes, role=Role.CONTACT, unit=units[LEAVES], valid_from=dates.role_begins)
    former = User.objects.create_user(f"{SHUT_OUT}@{DOMAIN}", name="Tidligere Eksempel", is_active=False)
    Appointment.objects.create(
        user=former,
        role=Role.CONTACT,
        unit=units[LEAVES],
        valid_from=date(2022, 1, 1),
        valid_to=dates.role_ended,
    )
    propose_role(
        by=DEMO, user=person("vara"), role=Role.DEPUTY, unit=units[PROPOSED_TO], valid_from=dates.today
    )
    plan_change(
        by=DEMO,
        unit=units[MOVES],
        kind=UnitChangeKind.MOVE,
        on=dates.unit_moves,
        parent=units[MOVES_TO],
    )


def person(login: str) -> User:
    return User.objects.get(email=f"{login}@{DOMAIN}")


def _hashed_once() -> str:
    """The same password for all: hashed once, as hashing is slow on purpose."""
    user = User()
    user.set_password(PASSWORD)
    return user.password


def _user(login: str, name: str, password: str) -> User:
    return User.objects.create(email=f"{login}@{DOMAIN}", name=name[:120], password=password)


def _appoint(user: User, role: Role, unit: Unit | None) -> None:
    Appointment.objects.create(user=user, role=role, unit=unit, valid_from=SINCE)
