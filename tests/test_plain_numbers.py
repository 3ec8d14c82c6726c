"""What Python reads as a number and people do not: refused by every reader, never guessed."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.importers.line_cells import WrongValue, share_of
from budget.importers.reference import read_reference
from climate_portal.environment import BadEnvironment
from climate_portal.environment import whole_number as environment_number
from emissions.importers.statistics import read_statistics
from emissions.importers.tonnes import GroupedNumbers, TextNumbers
from strategy.importers.resource import year_of as measure_year
from tests import files
from web.formats import (
    parse_heltall,
    parse_iso_date,
    parse_norsk_dato,
    parse_norsk_tall,
    whole_number,
)
from web.forms import HeltallField, NorskTallField, PortalForm
from web.sheets.cells import EmptyCell, WrongCell, year_of
from web.sheets.errors import UnreadableFile
from web.sheets.workbook_process import number_in

NO_NUMBERS = (
    "1_000",
    "１２",
    "١٢",
    "1e5",
    "1e-400",
    "1E5",
    "inf",
    "-inf",
    "Infinity",
    "nan",
    "NaN",
    "sNaN1",
    "0x10",
)
STEADY = settings(derandomize=True, max_examples=200, deadline=None)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_every_reader_refuses_it(text: str) -> None:
    for read in (parse_norsk_tall, parse_heltall):
        with pytest.raises(ValueError, match="Skriv et"):
            read(text)
    for numbers in (TextNumbers(","), TextNumbers("."), GroupedNumbers("."), GroupedNumbers(",")):
        with pytest.raises(WrongCell) as wrong:
            numbers(text)
        assert wrong.value.sentence == f"«{text}» er ikke et tall."
    with pytest.raises(WrongCell):
        year_of(text)
    with pytest.raises(ValueError, match="Skriv et årstall"):
        measure_year(text)
    with pytest.raises(WrongValue):
        share_of(text, "Andel")
    assert whole_number(text, -1) == -1


@pytest.mark.django_db
@pytest.mark.parametrize("text", NO_NUMBERS)
def test_a_reference_path_refuses_it(text: str) -> None:
    (row,) = read_reference(f"Sektor;Utslippskilde;År;Tonn\nA;B;2030;{text}\n".encode(), "a.csv")
    assert (row.number, [header for header, _sentence in row.errors]) == (2, ["Tonn"])


@pytest.mark.parametrize("text", NO_NUMBERS)
@pytest.mark.parametrize("field", [HeltallField(), NorskTallField()], ids=["whole", "decimal"])
def test_no_field_takes_it(text: str, field: forms.Field) -> None:
    with pytest.raises(forms.ValidationError):
        field.clean(text)


def test_what_people_write_is_read() -> None:
    assert HeltallField().clean(" 2 027 ") == 2027
    assert HeltallField().clean("\u22123") == -3
    assert HeltallField(required=False).clean("") is None
    assert HeltallField().clean(5) == 5
    assert parse_norsk_tall("1 234,5") == Decimal("1234.5")
    assert TextNumbers(",")("1 234,5") == Decimal("1234.5")
    assert TextNumbers(".")(".5") == Decimal("0.5")


def test_a_whole_number_too_long_for_any_column() -> None:
    with pytest.raises(forms.ValidationError):
        HeltallField().clean("9" * 19)


def all_subclasses(kind: type) -> set[type]:
    return {found for sub in kind.__subclasses__() for found in {sub, *all_subclasses(sub)}}


def test_no_form_has_a_field_that_reads_them() -> None:
    """Django's own number fields take «1_000» and digits of other scripts."""
    assert apps.ready
    ours = [form for form in all_subclasses(PortalForm) if not form.__module__.startswith("tests.")]
    assert len(ours) > 50
    loose = {
        f"{form.__name__}.{name}"
        for form in ours
        for name, field in form.base_fields.items()  # type: ignore[attr-defined]
        if isinstance(field, forms.IntegerField) and not isinstance(field, HeltallField | NorskTallField)
    }
    assert loose == set()


# --- Workbooks ------------------------------------------------------------------------------------


def workbook_of(value: str) -> bytes:
    """Statistics where the cell of tonnes holds this, as its XML says it."""
    content = files.workbook({"A": [("År", "Sektor", "Utslipp"), (2009, "Sjøfart", 987654)]})
    part = files.part_of(content, "xl/worksheets/sheet1.xml")
    return files.with_part(content, "xl/worksheets/sheet1.xml", part.replace(b"987654", value.encode()))


@pytest.mark.parametrize("text", ["1_000", "１２", "1e-400", "1e999", "inf", "nan"])
def test_a_workbooks_number_cell_that_only_python_can_read(text: str) -> None:
    with pytest.raises(UnreadableFile, match="er ikke et tall"):
        read_statistics(workbook_of(text), "a.xlsx", municipality="Drammen")


def test_a_workbooks_own_numbers_are_read() -> None:
    for text, expected in (("1E-05", "0.00001"), ("1.5E+3", "1500"), ("12", "12"), ("-0", "0")):
        read = read_statistics(workbook_of(text), "a.xlsx", municipality="Drammen")
        assert read.figures[0].tonnes == Decimal(expected)


@given(st.floats(allow_nan=False, allow_infinity=False))
@STEADY
def test_every_float_a_workbook_holds_is_read(value: float) -> None:
    assert number_in(repr(value)) == value


@given(st.text(max_size=12))
@STEADY
def test_what_is_read_is_written_in_plain_digits(text: str) -> None:
    for read in (parse_norsk_tall, parse_heltall, TextNumbers(","), GroupedNumbers(".")):
        with suppress(ValueError, WrongCell, EmptyCell):
            value: Any = read(text)
            assert all(not sign.isdigit() or sign in "0123456789" for sign in text), (text, value)


# --- Dates, commands, environment -----------------------------------------------------------------


@pytest.mark.parametrize("text", ["３１.12.2026", "٣١.12.2026", "2026-1_2-01", "31.12.２０２６"])
def test_dates_are_plain_digits(text: str) -> None:
    with pytest.raises(ValueError, match="Skriv en dato"):
        parse_norsk_dato(text)


@pytest.mark.parametrize("text", ["20260910", "2026-W37-4", "２０２６-09-10", "2026-9-1"])
def test_dates_of_commands(text: str) -> None:
    with pytest.raises(ValueError, match="Skriv en dato"):
        parse_iso_date(text)


@pytest.mark.parametrize("year", ["２０２６", "2_026", "2e3", "٢٠٢٦"])
def test_commands_refuse_them(year: str) -> None:
    with pytest.raises(CommandError, match="må være et tall"):
        call_command("budget_table", year, stdout=StringIO())


@pytest.mark.parametrize("port", ["５８７", "5_87", "9" * 400])
def test_the_environment_refuses_them(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_SMTP_PORT", port)
    with pytest.raises(BadEnvironment, match="bruk et helt tall"):
        environment_number("PORTAL_SMTP_PORT", 587)
