"""Two editions side by side, and what the second does to the targets built on the scope."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from emissions.enums import Scope
from emissions.importers.editions import import_edition
from emissions.models import Edition
from emissions.queries.comparisons import compare_editions
from organisation.models import User
from strategy.queries.edition_effect import target_effects
from tests import files
from tests.budget_factory import make_target
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.worlds import kept
from web.actors import COMMAND_LINE

AsUser = Callable[[User], Client]
HEADER = ("År", "Sektor", "Utslipp")
OLD = [(2009, "Veitrafikk", 1000), (2009, "Sjøfart", 500), (2011, "Sjøfart", 400), (2011, "Luftfart", 0)]
NEW = [(2009, "Veitrafikk", 1100), (2009, "Sjøfart", 500), (2011, "Sjøfart", 380), (2013, "Sjøfart", 7)]


def edition(rows: list[tuple[int, str, int]], published: date, **changes: Any) -> Edition:
    terms = {"municipality": "Drammen", "scope": Scope.COMMUNITY_DIRECT, **changes}
    return import_edition(
        by=COMMAND_LINE,
        content=files.csv_file(HEADER, rows),
        file_name="fil.csv",
        published=published,
        publisher="Miljødirektoratet",
        **terms,
    ).edition


@kept
def two(cast: Cast) -> tuple[Edition, Edition]:
    return edition(OLD, date(2024, 12, 1)), edition(NEW, date(2025, 12, 16))


def text_of(response: Any) -> str:
    return response.content.decode().replace("\u00a0", " ")


def address(two: tuple[Edition, Edition], end: str = "") -> str:
    return f"/klimaregnskap/utgaver/sammenlign/{end}?fra={two[0].pk}&til={two[1].pk}"


def test_what_moved_comes_first_the_largest_on_top(two: tuple[Edition, Edition]) -> None:
    found = compare_editions(*two)
    assert [(one.year, one.sector, one.difference) for one in found.moved] == [
        (2009, "Veitrafikk", Decimal(100)),
        (2011, "Sjøfart", Decimal(-20)),
        (2013, "Sjøfart", None),
        (2011, "Luftfart", None),
    ]
    assert [one.percent for one in found.moved[:2]] == [Decimal(10), Decimal(-5)]
    assert [(one.year, one.sector) for one in found.unmoved] == [(2009, "Sjøfart")]
    assert [(one.year, one.difference) for one in found.totals] == [
        (2009, Decimal(100)),
        (2011, Decimal(-20)),
        (2013, None),
    ]


def test_the_page_answers_first_and_can_be_shared(
    two: tuple[Edition, Edition], cast: Cast, as_user: AsUser
) -> None:
    client = as_user(cast.utvalg)
    page = client.get(address(two))
    text = text_of(page)
    assert broken_rules(page.content.decode()) == []
    assert (
        "Fra utgaven publisert 1. desember 2024 til den publisert 16. desember 2025 er 2 av 3 felles tall "
        "per sektor og år endret. Mest endret er Veitrafikk i 2009: +100,0 tonn. "
        "2 tall er kjent i bare en av utgavene." in text
    )
    assert "+10,0" in text
    assert "−5,0" in text
    assert "1 tall er som før" in text
    # Without an address it is the two latest.
    assert "Mest endret er Veitrafikk i 2009" in text_of(client.get("/klimaregnskap/utgaver/sammenlign/"))


def test_the_same_edition_twice_and_those_that_do_not_belong_together(
    two: tuple[Edition, Edition], cast: Cast, as_user: AsUser
) -> None:
    client = as_user(cast.utvalg)
    other = edition(OLD, date(2024, 12, 1), municipality="Oslo")
    assert "Velg to forskjellige utgaver." in text_of(client.get(address((two[0], two[0]))))
    assert "gjelder ikke samme kommune og systemgrense" in text_of(client.get(address((two[0], other))))
    assert "finnes ikke" in text_of(client.get("/klimaregnskap/utgaver/sammenlign/?fra=1x&til=99999"))
    for bad in ((two[0], two[0]), (two[0], other)):
        assert client.get(address(bad, "csv/")).status_code == 404
    assert client.get(address(two, "pdf/")).status_code == 404


def test_one_edition_is_nothing_to_compare(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.utvalg)
    page = "/klimaregnskap/utgaver/sammenlign/"
    assert "har ikke to utgaver å sammenligne" in text_of(client.get(page))
    edition(OLD, date(2024, 12, 1))
    assert "har ikke to utgaver å sammenligne" in text_of(client.get(page))


def test_the_spreadsheet_has_the_rows_of_the_page(
    two: tuple[Edition, Edition], cast: Cast, as_user: AsUser
) -> None:
    client = as_user(cast.utvalg)
    answer = client.get(address(two, "csv/"))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == 1 + 5 + 3
    assert rows[1][:8] == ["Drammen", "2009", "Veitrafikk", "1000", "1100", "100", "10", "ja"]
    assert client.get(address(two, "xlsx/")).content.startswith(b"PK")


def test_queries_do_not_grow(two: tuple[Edition, Edition], cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.utvalg)

    def queries(url: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    make_target()
    few = [queries(address(two)), queries(effect(two))]
    many = [(year, f"Sektor {number}", number) for year in (2009, 2011, 2013) for number in range(1, 30)]
    larger = edition(many, date(2026, 1, 1)), edition([*many, (2015, "x", 1)], date(2026, 1, 2))
    for year in (2031, 2032):
        make_target(target_year=year)
    assert [queries(address(larger)), queries(effect(larger))] == few


# --- Targets ----------------------------------------------------------------------------------------


def effect(two: tuple[Edition, Edition]) -> str:
    return f"/strategi/ny-utgave/?fra={two[0].pk}&til={two[1].pk}"


def test_base_year_and_ceiling_follow_the_edition_and_the_percent_stands(
    two: tuple[Edition, Edition],
) -> None:
    target = make_target()
    (one,) = target_effects(*two)
    assert (one.base_before, one.base_after) == (Decimal(1500), Decimal(1600))
    last = one.years[-1]
    assert last == target.target_year
    left = 1 - target.percent / 100
    assert (one.before[last], one.after[last]) == (1500 * left, 1600 * left)


def test_the_page_says_it_in_a_sentence(two: tuple[Edition, Edition], cast: Cast, as_user: AsUser) -> None:
    make_target()
    page = as_user(cast.utvalg).get(effect(two))
    assert broken_rules(page.content.decode()) == []
    assert "Basisåret 2009 går opp 100 tonn, og utslippsrammen i" in text_of(page)
    assert "Prosenten står fast." in text_of(page)


def test_an_edition_without_the_base_year_is_said(cast: Cast, as_user: AsUser) -> None:
    make_target()
    pair = edition(OLD, date(2024, 12, 1)), edition(NEW[2:], date(2025, 12, 16))
    assert "har ikke tall for basisåret 2009" in text_of(as_user(cast.utvalg).get(effect(pair)))


def test_others_editions_and_bad_addresses_are_not_found(
    two: tuple[Edition, Edition], cast: Cast, as_user: AsUser
) -> None:
    client = as_user(cast.utvalg)
    other = edition(OLD, date(2024, 12, 1), municipality="Oslo")
    for pair in ((two[0], other), (two[0], two[0])):
        assert client.get(effect(pair)).status_code == 404
    assert client.get("/strategi/ny-utgave/?fra=x").status_code == 404
