"""Text that looks like it is about a person is asked about before it is saved; figures and cases are not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django import forms
from django.http import QueryDict
from django.urls import reverse
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.reporting_world import World
from tests.test_national_id import national_id
from web.formats import format_number
from web.forms import NATIONAL_ID, PHONE, LongTextField, PortalForm
from web.national_id import national_ids_in
from web.personal_text import phones_in

PHONES = [
    "Ring 412 34 567 ved spørsmål",
    "Kontakt: 41 23 45 67.",
    "Nås på 32041234",
    "tlf. 41234567",
    "Tlf: 4123 4567",
    "telefonnummer 32 04 00 00",
    "mobil 20262030",
    "Ola (412 34 567)",
    "+47 41234567",
    "004741234567",
    "412\u00a034\u00a0567",
    "Ring 912 34 567, så svarer vi. 3 biler er levert.",
]
NO_PHONES = [
    "Sak 24/12345 og 24/12345678",
    "saksnr. 41234567",
    "I 2026 2030 og 2027",
    "20262030",
    "20260901",
    "kr 41234567",
    "Kroner: 41 23 45 67",
    "41234567 kroner",
    "41 234 567 kr",
    "41234567 tonn",
    "25 34 56 78 tCO2e",
    "25000000",
    "kontonummer 1503.12.34567",
    "1503 12 34567",
    "Organisasjonsnummer 912 345 678",
    "NO 912345678 MVA",
    "https://kommune.example/sak/41234567",
    "https://kommune.example/?tlf=41234567",
    "journalpost 41234567",
    "12 34 56 78 er for lavt",
    "−41234567",
    "41234567,50",
    "98 765 432",
    "3,41234567",
    "22 33 44 55 66 biler",
    "12.03.2026 og 13.04.2027",
    "",
]


@pytest.mark.parametrize("text", PHONES)
def test_a_telephone_number_is_seen(text: str) -> None:
    assert len(phones_in(text)) == 1


@pytest.mark.parametrize("text", NO_PHONES)
def test_what_is_counted_dated_or_numbered_otherwise_is_not(text: str) -> None:
    assert phones_in(text) == frozenset()


BEFORE = st.sampled_from(["", "Ring ", "Nås på ", "Spør Kari, ", "(", "Vakt:\n"])
AFTER = st.sampled_from(["", ".", ", takk", ")", "\nTakk", " når det haster"])


@given(st.integers(20000000, 99999999), st.sampled_from([(8,), (2, 2, 2, 2), (3, 2, 3)]), BEFORE, AFTER)
def test_every_number_in_every_norwegian_grouping(
    number: int, groups: tuple[int, ...], a: str, b: str
) -> None:
    digits, parts = str(number), []
    assume(groups != (8,) or not (digits.startswith("20") or digits.endswith("000")))
    for size in groups:
        parts.append(digits[:size])
        digits = digits[size:]
    assert phones_in(f"{a}{' '.join(parts)}{b}") == {str(number)}


@given(st.integers(0, 10**12), st.sampled_from(["kr", "kroner", "tonn", "kWh", "km", "%"]))
def test_no_amount_is_one(amount: int, unit: str) -> None:
    written = format_number(amount)
    for text in (written, f"{written} {unit}", f"{amount} {unit}", f"kr {amount}", f"kr {written},-"):
        assert phones_in(text) == frozenset()


@given(st.integers(10, 99), st.integers(1, 99_999_999))
def test_no_case_number_is_one(year: int, number: int) -> None:
    assert phones_in(f"Se {year}/{number} og 20{year}/{number}.") == frozenset()


@given(st.integers(10**10, 10**11 - 1))
def test_no_account_number_is_one(number: int) -> None:
    digits = str(number)
    for text in (
        digits,
        f"{digits[:4]}.{digits[4:6]}.{digits[6:]}",
        f"{digits[:4]} {digits[4:6]} {digits[6:]}",
    ):
        assert phones_in(f"Konto {text}") == frozenset()
        assert phones_in(f"Betal til {text}.") == frozenset()


@given(st.integers(1900, 2099), st.integers(1900, 2099))
def test_no_years_are_one(first: int, last: int) -> None:
    for text in (f"{first} {last}", f"{first}–{last}", f"{first}-{last}", f"{first}{last}"):
        assert phones_in(f"I {text} ble det gjort.") == frozenset()


# --- The form -------------------------------------------------------------------------------------


def a_national_id() -> str:
    made = (national_id(date(1980, 5, 17), individual, (0, 0)) for individual in range(20))
    return next(filter(None, made))


class Note(PortalForm):
    title = forms.CharField(label="Tittel", required=False)
    text = LongTextField(label="Tekst", required=False, max_length=200)
    more = LongTextField(label="Mer", required=False)


def note(typed: dict[str, str], **options: Any) -> Note:
    data = QueryDict(mutable=True)
    data.update(typed)
    return Note(data, **options)


def test_a_telephone_number_is_asked_about_once_and_saved_when_somebody_says_so() -> None:
    form = note({"text": "Ring 412 34 567", "more": "Sak 24/1"})
    assert not form.is_valid()
    assert form.errors == {"text": [str(PHONE)]}
    html = str(form)
    assert "Ring 412 34 567" in html
    assert html.count("Lagre likevel") == 1
    assert broken_rules(f"<main>{html}</main>") == []
    kept = note({"text": "Ring 412 34 567", "text-behold": "1"})
    assert kept.is_valid()
    assert kept.cleaned_data["text"] == "Ring 412 34 567"
    assert "checked" in str(kept)


def test_the_box_of_one_field_is_not_anothers() -> None:
    form = note({"text": "Ring 412 34 567", "more": "Ring 412 34 568", "text-behold": "1"})
    assert list(form.errors) == ["more"]


def test_a_national_number_must_go() -> None:
    number = a_national_id()
    assert national_ids_in(f"Gjelder {number[:6]} {number[6:]}.") == {number}
    form = note({"text": f"Gjelder {number}", "text-behold": "1"})
    assert form.errors == {"text": [str(NATIONAL_ID)]}
    assert "Lagre likevel" not in str(form)


def test_what_stood_there_is_not_asked_about_again() -> None:
    before = {"text": f"Ring 412 34 567. {a_national_id()}"}
    assert note({"text": f"{before['text']} Ny setning."}, initial=before).is_valid()
    assert not note({"text": f"{before['text']} Eller 412 34 568."}, initial=before).is_valid()


def test_a_line_of_text_and_a_prefix() -> None:
    assert note({"title": "412 34 567"}).is_valid()
    assert note({"a-text": "412 34 567", "a-text-behold": "1"}, prefix="a").is_valid()
    assert not note({"a-text": "412 34 567", "text-behold": "1"}, prefix="a").is_valid()


def test_a_text_that_is_wrong_otherwise_says_that() -> None:
    form = note({"text": "x" * 201 + " 412 34 567"})
    assert [len(messages) for messages in form.errors.values()] == [1]
    assert "for lang" in str(form.errors)


# --- The report card, which saves by itself ---------------------------------------------------------


@pytest.mark.django_db
def test_a_card_that_saves_by_itself_asks_and_keeps_the_rest(world: World, cast: Cast, as_user: Any) -> None:
    report = world.report()
    status = report.statuses.order_by("order", "pk")[0]
    contact = as_user(cast.kontakt)
    url = reverse("reporting:save_status", args=[report.period.code, report.unit_id, status.pk])
    part = {"headers": {"HX-Request": "true", "HX-Target": f"lagret-{status.pk}"}}
    prefix = f"s-{status.pk}"
    typed = {
        f"{prefix}-version": str(status.version),
        f"{prefix}-status": "delayed",
        f"{prefix}-what_happened": "Ring 412 34 567",
        f"{prefix}-cause": "Leveransen er sen",
    }
    asked = contact.post(url, typed, **part)
    assert asked.status_code == 422
    assert f'name="{prefix}-what_happened-behold"' in asked.text
    status.refresh_from_db()
    assert (status.what_happened, status.cause) == ("", "Leveransen er sen")
    typed |= {f"{prefix}-version": str(status.version), f"{prefix}-what_happened-behold": "1"}
    saved = contact.post(url, typed, **part)
    assert saved.status_code == 200
    status.refresh_from_db()
    assert status.what_happened == "Ring 412 34 567"
    del typed[f"{prefix}-what_happened-behold"]
    typed |= {f"{prefix}-version": str(status.version), f"{prefix}-what_happened": "Ring 412 34 567 igjen"}
    assert contact.post(url, typed, **part).status_code == 200
    page = contact.get(reverse("reporting:report", args=[report.period.code, report.unit_id])).text
    assert f"{prefix}-what_happened-behold" in page
