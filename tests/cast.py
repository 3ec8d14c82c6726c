"""The fixed cast: one person per role, the same in every test.

Kontakt and Leder belong to Samferdsel; Annen is the contact of another unit, and so a stranger to
Samferdsel's reports; Direktør leads the area above both; Utvalg reads what is published, Revisor reads all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date

import pytest
from django.test import Client

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from tests.worlds import kept

PASSWORD = "et-passord-til-prover"
SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Cast:
    klima: User
    analyse: User
    radmann: User
    direktor: User
    leder: User
    kontakt: User
    vara: User
    annen: User
    annen_leder: User
    utvalg: User
    revisor: User
    admin: User
    ingen: User  # logged in, but without any role

    area: Unit
    klima_unit: Unit
    transport: Unit
    kitchen: Unit

    def people(self) -> dict[str, User]:
        """Everybody who can log in, by the name used in tests."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if isinstance(value, User)}


def _person(login: str, role: Role | None = None, unit: Unit | None = None) -> User:
    user = User.objects.create_user(f"{login}@drammen.example", PASSWORD, name=f"{login.title()} Eksempel")
    if role:
        Appointment.objects.create(user=user, role=role, unit=unit, valid_from=SINCE)
    return user


@kept
def cast() -> Cast:
    area = Unit.objects.create(name="Tjenester og drift", kind=UnitKind.AREA)
    klima_unit = Unit.objects.create(name="Klima", kind=UnitKind.UNIT, coordinates_network=True)
    transport = Unit.objects.create(
        name="Samferdsel, vei- og parkforvaltning", kind=UnitKind.UNIT, parent=area
    )
    kitchen = Unit.objects.create(name="Ernæring og kjøkkendrift", kind=UnitKind.UNIT, parent=area)
    return Cast(
        klima=_person("klima", Role.CLIMATE_EDITOR),
        analyse=_person("analyse", Role.ANALYST),
        radmann=_person("radmann", Role.EXECUTIVE),
        direktor=_person("direktor", Role.LEADER, area),
        leder=_person("leder", Role.LEADER, transport),
        kontakt=_person("kontakt", Role.CONTACT, transport),
        vara=_person("vara", Role.DEPUTY, transport),
        annen=_person("annen", Role.CONTACT, kitchen),
        annen_leder=_person("annen-leder", Role.LEADER, kitchen),
        utvalg=_person("utvalg", Role.READER),
        revisor=_person("revisor", Role.AUDITOR),
        admin=_person("admin", Role.ADMIN),
        ingen=_person("ingen"),
        area=area,
        klima_unit=klima_unit,
        transport=transport,
        kitchen=kitchen,
    )


@pytest.fixture
def as_user() -> Callable[[User], Client]:
    """A client logged in as somebody, CSRF checked as in a browser is left to its own tests."""

    def log_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in
