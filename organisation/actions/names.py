"""Writes about what the municipality and its bodies are called."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from organisation.enums import Body
from organisation.models import BodyName, Municipality
from organisation.queries.municipality_codes import municipality_codes
from organisation.queries.names import newest_name
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.formats import format_date
from web.names import forget_names
from web.refusals import Closed, Refusal, Refused


@dataclass(frozen=True, slots=True)
class MunicipalityNames:
    """All that is said of the municipality."""

    name: str
    number: str
    organisation: str
    chief_title: str
    network: str
    leader_levels: int


@dataclass(frozen=True, slots=True)
class BodyNames:
    """What a body is called from a day on."""

    name: str
    definite: str
    genitive: str
    valid_from: date


def name_municipality(*, by: Actor, given: MunicipalityNames, version: int) -> Municipality:
    """Names the municipality, the first time with version 0.

    Raises Refused for a number that is none or another municipality's, StaleObject, PermissionDenied.
    """
    require(by, Permission.NAME_THINGS)
    _refuse_unfit(given)
    with acting(by, _("Navn på kommunen")):
        stored = Municipality.objects.first()
        if stored is not None:
            save_versioned(stored, expected=version, fields=asdict(given))
        elif version:
            raise StaleObject(None)
        else:
            stored = _created(given)
    forget_names()
    return stored


def _created(given: MunicipalityNames) -> Municipality:
    try:
        with transaction.atomic():
            return Municipality.objects.create(**asdict(given))
    except IntegrityError:
        # Somebody else named it first.
        raise StaleObject(Municipality.objects.first()) from None


def _refuse_unfit(given: MunicipalityNames) -> None:
    if not re.fullmatch("[0-9]{4}", given.number):
        raise Refused(Refusal(_("Kommunenummeret har fire sifre."), field="number"))
    code = municipality_codes().get(given.number)
    if code is None:
        return  # newer than the list we have
    if not code.is_current:
        text = _("{number} er et tidligere nummer. {name} har nummer {today} nå.")
        sentence = text.format(number=given.number, name=code.current_name, today=code.current_code)
        raise Refused(Refusal(sentence, field="number"))
    if code.current_name != given.name:
        text = _("Kommunenummer {number} er {name}. Rett nummeret, eller skriv navnet slik.")
        raise Refused(Refusal(text.format(number=given.number, name=code.current_name), field="name"))


def require_two_steps(*, by: Actor, required: bool) -> None:
    """Whether administrators and those who lead the climate work must log in with two steps.

    Raises PermissionDenied, and Closed while the municipality has no name.
    """
    require(by, Permission.NAME_THINGS)
    with acting(by, _("Krav om totrinn endret")):
        stored = Municipality.objects.select_for_update().first()
        if stored is None:
            raise Closed(_("Gi kommunen navn først."))
        save_versioned(stored, expected=stored.version, fields={"mfa_required": required})
    forget_names()


def name_body(*, by: Actor, body: Body, given: BodyNames, latest: tuple[int, int] = (0, 0)) -> BodyName:
    """Names a body from a day on; the name before it ends the day before. The same day corrects the name.

    `latest` is the key and version of the newest name as it was read, zeros for none. Raises Refused for a
    day before the newest name's first, Closed while the municipality has no name, StaleObject and
    PermissionDenied.
    """
    require(by, Permission.NAME_THINGS)
    with acting(by, _("Navn på et organ")):
        # Two at once wait for each other here, also for a body's first name.
        municipality = Municipality.objects.select_for_update().first()
        if municipality is None:
            raise Closed(_("Gi kommunen navn først."))
        newest = newest_name(body)
        if latest != ((newest.pk, newest.version) if newest else (0, 0)):
            raise StaleObject(newest or municipality)
        named = _named(municipality, body, newest, given)
    forget_names()
    return named


def _named(municipality: Municipality, body: Body, newest: BodyName | None, given: BodyNames) -> BodyName:
    if newest is not None and given.valid_from < newest.valid_from:
        text = _("«{name}» gjelder fra {day}. Skriv den dagen for å rette navnet, eller en senere dag.")
        sentence = text.format(name=newest.name, day=format_date(newest.valid_from))
        raise Refused(Refusal(sentence, field="valid_from"))
    if newest is not None and given.valid_from == newest.valid_from:
        save_versioned(newest, expected=newest.version, fields=asdict(given))
        return newest
    if newest is not None:
        ended = given.valid_from - timedelta(days=1)
        save_versioned(newest, expected=newest.version, fields={"valid_to": ended})
    return BodyName.objects.create(municipality=municipality, body=body, **asdict(given))
