"""Which passwords are good: long ones, of any signs, that are no name and nothing everybody uses."""

from __future__ import annotations

import unicodedata

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from organisation.forms.links import PasswordForm
from organisation.models import User

pytestmark = pytest.mark.django_db

KARI = {"name": "Kari Eksempel-Nordmann", "email": "kari.eksempel@drammen.example"}


def wrong(password: str) -> list[str]:
    try:
        validate_password(password, User(**KARI))
    except ValidationError as error:
        return list(error.messages)
    return []


@pytest.mark.parametrize(
    "password",
    [
        "en lang setning om været i dag",
        "bare små bokstaver uten tall",
        "ÆØÅ æøå ÆØÅ og 日本語 🙂",
        "kari liker å gå tur i marka om høsten",
        "x7" * 3 + "hestebrygge",
        "femten tegn her",
    ],
)
def test_good_ones(password: str) -> None:
    assert wrong(password) == []


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("fjorten tegn h", "15"),
        ("passwordpassword123", "mest navnet"),
        ("password1234567", "lett å gjette"),
        ("aaaaaaaaaaaaaaaaaaaa", "lett å gjette"),
        ("1212121212121212", "lett å gjette"),
        ("Kari Eksempel Nordmann", "mest navnet"),
        ("Drammen kommune 2026!", "mest navnet"),
        ("klimaportalen-2026", "mest navnet"),
        ("kari.eksempel@drammen.example", "mest navnet"),
    ],
)
def test_bad_ones(password: str, why: str) -> None:
    assert any(why in sentence for sentence in wrong(password)), wrong(password)


def test_a_long_one_is_taken_whole() -> None:
    long = "æ bcd " * 40
    form = PasswordForm({"password": long}, user=User(**KARI))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["password"] == long, "spaces at its ends are part of it"
    assert not PasswordForm({"password": long * 2}, user=User(**KARI)).is_valid()


def test_it_is_the_same_from_every_keyboard() -> None:
    written = "været på åsen er blått"
    user = User.objects.create_user("a@drammen.example", unicodedata.normalize("NFD", written), name="A")
    assert user.check_password(written)
    assert user.check_password(unicodedata.normalize("NFD", written))
    assert not user.check_password(written.upper())


def test_pasting_is_allowed_and_a_manager_knows_the_field() -> None:
    html = str(PasswordForm(user=User(**KARI)))
    assert 'autocomplete="new-password"' in html
    assert "paste" not in html
