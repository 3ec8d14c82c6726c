"""Names come in Norwegian order, whatever the database server was started with."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from organisation.enums import UnitKind
from organisation.models import Unit
from organisation.queries.register import people_register
from tests.clock import NOW
from web.sorting import NorskSort

pytestmark = pytest.mark.django_db

IN_ORDER = [
    "2. tertial",
    "10. tertial",
    "aasen",
    "bibliotek",
    "Énergi",
    "Eplehage",
    "KL2",
    "kl10",
    "KL10b",
    "Nav",
    "Samferdsel, vei- og parkforvaltning",
    "Sosiale tjenester",
    "ting",
    "Ŧuohki",
    "Zoo",
    "Ære",
    "Ærfugl",
    "ÆSJ",
    "öl",
    "Ørn",
    "Åsen",
    "ååå",
]


def sort_key(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT norsk_sort(%s)", [text])
        return str(cursor.fetchone()[0])


def test_names_come_in_norwegian_order() -> None:
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    Unit.objects.bulk_create([Unit(name=name, kind=UnitKind.STAFF) for name in shuffled])
    found = Unit.objects.order_by(NorskSort("name"), "pk").values_list("name", flat=True)
    assert list(found) == IN_ORDER


def test_descending_order() -> None:
    Unit.objects.bulk_create([Unit(name=name, kind=UnitKind.STAFF) for name in IN_ORDER])
    found = Unit.objects.order_by(NorskSort("name").desc()).values_list("name", flat=True)
    assert list(found) == IN_ORDER[::-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ÆØÅ", "æøå"),
        ("A\u030asen", "Åsen"),  # Å as a letter and a combining ring
        ("Ärlig", "ærlig"),
        ("Öl", "øl"),
        ("Crème", "creme"),
        ("Čáhci", "cahci"),
        ("KL02", "kl2"),
    ],
)
def test_what_sorts_as_the_same(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


def test_an_a_with_an_accent_is_not_an_å() -> None:
    assert sort_key("à") == sort_key("a") != sort_key("å")


def test_the_key_is_plain_ascii_for_norwegian_names_and_may_stand_in_an_index() -> None:
    assert sort_key("Blåbærsyltetøy på rømme, ÉÈ 7").isascii()
    with connection.cursor() as cursor:
        cursor.execute("SELECT provolatile, proisstrict FROM pg_proc WHERE proname = 'norsk_sort'")
        assert cursor.fetchone() == ("i", True)


def test_the_key_is_the_same_in_every_locale() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT norsk_sort('ÆRE ÉN ŁØ' COLLATE \"C\"), norsk_sort('ÆRE ÉN ŁØ')")
        first, second = cursor.fetchone()
    assert first == second == sort_key("ære én łø")


def plan_of(rows: QuerySet[Any]) -> str:
    """How the database reads the first page, when it would rather not sort."""
    sql, parameters = rows[:50].query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(row[0] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("index", "rows"),
    [
        ("unit_norwegian_order", lambda: Unit.objects.order_by(NorskSort("name"), "pk")),
        ("user_norwegian_order", lambda: people_register(NOW.date())),
    ],
)
def test_the_first_page_of_many_names_is_read_in_order(index: str, rows: Callable[[], QuerySet[Any]]) -> None:
    """Thousands of names are not brought to their keys, and sorted, to show fifty."""
    found = plan_of(rows())
    assert f"Index Scan using {index}" in found
    assert "Sort" not in found


def test_a_list_in_another_order_is_sorted() -> None:
    """The negative control."""
    assert "Sort" in plan_of(Unit.objects.order_by("valid_from", "pk"))
