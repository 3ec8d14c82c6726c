"""Klimalaget: seats, members and what is missing."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from klimalaget.enums import SeatKind
from klimalaget.models import Membership, Seat
from klimalaget.queries import network_coverage
from organisation.enums import UnitKind
from organisation.models import Unit
from tests.worlds import kept


@kept
def seats(cast):
    staff = Unit.objects.create(name="Oppfølging og analyse", kind=UnitKind.STAFF)
    Unit.objects.create(name="Ås KF", kind=UnitKind.ENTERPRISE)
    Unit.objects.create(name="Arealplan", kind=UnitKind.UNIT)
    fixed = Seat.objects.create(unit=cast.transport, kind=SeatKind.FIXED, large_emissions=True)
    Seat.objects.create(unit=cast.kitchen, kind=SeatKind.FIXED, carries_out_measures=True)
    Seat.objects.create(unit=staff, kind=SeatKind.OUTSIDE, outside_reason="Direkte involvert.")
    Membership.objects.create(seat=fixed, member=cast.kontakt, valid_from=date(2024, 1, 1))
    return fixed


def coverage_json(capsys, *options):
    call_command("network_coverage", "--json", *options)
    return json.loads(capsys.readouterr().out)


def test_command_names_what_is_missing(seats, cast, capsys):
    data = coverage_json(capsys)
    # Klima coordinates and the area is a level of leadership: neither is asked for a seat. Å comes last.
    assert data["units_without_seat"] == [
        {"unit": "Arealplan", "kind": "virksomhet"},
        {"unit": "Ås KF", "kind": "KF"},
    ]
    assert data["seats_without_member"] == [{"unit": "Ernæring og kjøkkendrift"}]
    assert data["members_without_deputy"] == [
        {"unit": "Samferdsel, vei- og parkforvaltning", "member": "Kontakt Eksempel"}
    ]


def test_command_asks_about_another_day(seats, capsys):
    data = coverage_json(capsys, "--date", "2023-12-31")
    assert len(data["seats_without_member"]) == 2


def test_command_refuses_a_bad_date(seats):
    with pytest.raises(CommandError, match="ikke en dato"):
        call_command("network_coverage", "--json", "--date", "31.12.2023")


def test_deputy_fills_the_gap(seats, cast):
    Membership.objects.update(deputy=cast.vara)
    assert network_coverage().members_without_deputy == ()


def test_seat_needs_a_basis(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(unit=cast.transport, kind=SeatKind.FIXED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(unit=cast.transport, kind=SeatKind.OUTSIDE)


def test_one_member_at_a_time(seats, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(seat=seats, member=cast.vara, valid_from=date(2025, 1, 1))


def test_page_shows_seats_and_gaps(seats, cast, as_user):
    page = as_user(cast.klima).get(reverse("klimalaget:index")).content.decode()
    assert "Én plass mangler medlem" in page
    assert "Representerer en sektor med store utslipp" in page
    assert "Direkte involvert." in page


def test_reader_of_published_things_is_refused(seats, cast, as_user):
    assert as_user(cast.utvalg).get(reverse("klimalaget:index")).status_code == 403
