"""Own operations: activities × versioned factors, entered by grid or workbook, frozen as editions."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from emissions.actions.closing import close_year
from emissions.actions.factors import Gases, add_activity_type, add_factor
from emissions.actions.own_operations import ActivityChange, set_activities
from emissions.apps import activity_tasks
from emissions.calculations import Factor, activity_tonnes, exact_sum, factor_in, factor_of_gases
from emissions.enums import GwpSet, MeasuredIn, MissingReason, Scope
from emissions.models import Activity, ActivityType, Edition, EmissionFactor, Figure
from emissions.queries.accounts import source_totals
from emissions.queries.closing import closing_account
from emissions.queries.own_operations import activity_rows, factor_history
from organisation.models import User
from tests import files
from tests.cast import Cast
from tests.html_rules import broken_rules, has
from web.actors import COMMAND_LINE
from web.concurrency import StaleFigures
from web.refusals import Refused

D = Decimal
AsUser = Callable[[User], Client]
DIRECT, FOOTPRINT = Scope.OWN_OPERATIONS_DIRECT, Scope.OWN_OPERATIONS_FOOTPRINT
quantities = st.decimals(0, 10**13, places=6)
factors = st.decimals(0, 10**6, places=10)


def kind(
    name: str = "Diesel",
    scope: Scope = DIRECT,
    kg: str | None = "2.5",
    first: int = 2021,
    source: str | None = None,
) -> ActivityType:
    made = add_activity_type(
        by=COMMAND_LINE,
        name=name,
        measured_in=MeasuredIn.LITRE,
        scope=scope,
        sector="Kjøretøy",
        source=source or name,
    )
    if kg:
        add_factor(by=COMMAND_LINE, activity_type=made, first=first, last=None, source="Prøve", kg_co2e=D(kg))
    return made


def enter(cast: Cast, made: ActivityType, year: int, quantity: str | None, **more: Any) -> Activity:
    change = ActivityChange(
        more.pop("unit", cast.transport),
        made,
        year,
        None if quantity is None else D(quantity),
        more.pop("reason", None),
        more.pop("version", 0),
    )
    return set_activities(by=more.pop("by", COMMAND_LINE), changes=[change])[0]


def close(year: int = 2024, **more: Any) -> tuple[Edition, bool]:
    given = {"by": COMMAND_LINE, "scope": DIRECT, "published": date(2025, 3, 1), "publisher": "Prøve kommune"}
    return close_year(year=year, **(given | more))


# Arithmetic


@given(quantities, factors)
def test_tonnes_are_exact(quantity: Decimal, kg: Decimal) -> None:
    tonnes = activity_tonnes(quantity, kg)
    assert tonnes is not None
    assert Fraction(tonnes) == Fraction(quantity) * Fraction(kg) / 1000


@given(st.lists(quantities, max_size=8), factors)
def test_the_sum_of_the_parts_is_the_tonnes_of_the_sum(parts: list[Decimal], kg: Decimal) -> None:
    whole = activity_tonnes(exact_sum(parts), kg)
    assert whole == exact_sum([activity_tonnes(part, kg) for part in parts])


def test_unknown_is_not_zero() -> None:
    assert activity_tonnes(None, D(2)) is None
    assert activity_tonnes(D(2), None) is None
    assert activity_tonnes(D(0), D(2)) == 0


def test_the_highest_valid_version_counts() -> None:
    known = [Factor(1, 2020, None, 1, D(1)), Factor(2, 2022, 2023, 2, D(2))]
    assert [getattr(factor_in(year, known), "pk", None) for year in (2019, 2021, 2022, 2024)] == [
        None,
        1,
        2,
        1,
    ]


def test_official_example_as_a_factor(cast: Cast) -> None:
    """32 497 CO2 + 231 CH4 + 1 N2O = 39 230 by AR5, and the database agrees with the sum."""
    assert factor_of_gases(D(32497), D(231), D(1), GwpSet.AR4) == 38570
    made = kind(kg=None)
    factor = add_factor(
        by=cast.klima,
        activity_type=made,
        first=2021,
        last=None,
        source="Miljødirektoratet",
        gases=Gases(D(32497), D(231), D(1)),
        gwp=GwpSet.AR5,
    )
    assert factor is not None
    assert factor.kg_co2e == 39230
    enter(cast, made, 2024, "1000")
    [row] = activity_rows()
    assert row.tonnes == 39230


# Factors in the database


def test_a_correction_is_a_new_version_and_the_old_one_stays(cast: Cast) -> None:
    made = kind()
    enter(cast, made, 2024, "1000")
    add_factor(by=cast.klima, activity_type=made, first=2023, last=2024, source="Ny", kg_co2e=D(3))
    assert list(factor_history(made).values_list("version", flat=True)) == [2, 1]
    assert [row.tonnes for row in activity_rows()] == [3]
    for spoil in (
        lambda: EmissionFactor.objects.update(kg_co2e=9),
        lambda: EmissionFactor.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            spoil()


def test_one_factor_per_year_and_version(cast: Cast) -> None:
    old = EmissionFactor.objects.get(activity_type=kind())
    common = {"activity_type": old.activity_type, "version": 1, "source": "x", "created_by_system": "demo"}
    with pytest.raises(IntegrityError, match="factor_one_per_year"), transaction.atomic():
        EmissionFactor.objects.create(valid_from_year=2025, valid_to_year=2026, kg_co2e=1, **common)
    EmissionFactor.objects.create(valid_from_year=2019, valid_to_year=2020, kg_co2e=1, **common)
    with pytest.raises(IntegrityError, match="factor_is_the_sum"), transaction.atomic():
        EmissionFactor.objects.create(
            valid_from_year=2010, kg_co2e=1, kg_co2=1, kg_ch4=1, kg_n2o=0, gwp_set="ar5", **common
        )


def test_a_type_never_moves_to_the_other_account(cast: Cast) -> None:
    made = kind()
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        ActivityType.objects.filter(pk=made.pk).update(scope=FOOTPRINT)


# Entering


def test_what_cannot_be_entered(cast: Cast) -> None:
    made = kind()
    cast.kitchen.valid_to = date(2022, 12, 31)
    cast.kitchen.save()
    for wrong, sentence in (
        (("2024", "-1", cast.transport), "negativ"),
        (("2200", "1", cast.transport), "2200 kan ikke føres"),
        (("2023", "1", cast.kitchen), "fantes ikke i 2023"),
        (("2024", "0.0000001", cast.transport), "6 desimaler"),
    ):
        year, quantity, unit = wrong
        with pytest.raises(Refused, match=sentence):
            enter(cast, made, int(year), quantity, unit=unit)
    assert not Activity.objects.exists()


def test_whose_activities(cast: Cast) -> None:
    made = kind()
    for who in (cast.klima, cast.leder, cast.kontakt, cast.vara):
        enter(cast, made, 2024, "1", by=who)
    for who in (cast.annen, cast.direktor, cast.analyse, cast.radmann, cast.utvalg, cast.admin, cast.ingen):
        with pytest.raises(PermissionDenied):
            enter(cast, made, 2024, "2", version=1, by=who)


def test_saved_twice_is_no_conflict_but_another_figure_is(cast: Cast) -> None:
    made = kind()
    enter(cast, made, 2024, "5")
    assert enter(cast, made, 2024, "5").version == 1
    with pytest.raises(StaleFigures):
        enter(cast, made, 2024, "6")
    assert enter(cast, made, 2024, None, version=1).version == 2
    with pytest.raises(StaleFigures):
        enter(cast, made, 2024, "7", version=1)


def cell(
    cast: Cast, made: ActivityType, typed: str, version: int = 0, year: int = 2024
) -> tuple[str, dict[str, str]]:
    key = f"{cast.transport.pk}-{made.pk}-{year}"
    url = reverse("emissions:own_cell", args=[cast.transport.pk, made.pk, year])
    return url, {f"effect-{key}": typed, f"version-{key}": str(version)}


def test_a_cell_answers_in_the_cell(cast: Cast, as_user: AsUser) -> None:
    made, client = kind(), as_user(cast.kontakt)
    htmx = {"HX-Request": "true"}

    def post(typed: str, version: int = 0) -> Any:
        url, data = cell(cast, made, typed, version)
        return client.post(url, data, headers=htmx)

    for typed in ("mye", "-3"):
        refused = post(typed)
        assert refused.status_code == 422
        assert "data-kp-error" in refused.content.decode()
        page = client.post(*cell(cast, made, typed)).content.decode()  # without JavaScript
        assert f'href="#c-{cast.transport.pk}-{made.pk}-2024"' in page
        assert broken_rules(page) == []
    assert not Activity.objects.exists()
    saved = post("1 000")
    assert (saved.status_code, Activity.objects.get().quantity) == (200, 1000)
    assert ">2,5<" in saved.content.decode()
    stale = post("7")
    assert stale.status_code == 409
    assert "1\xa0000" in stale.content.decode()
    assert post("Ikke beregnet", 1).status_code == 200
    assert Activity.objects.get().missing_reason == MissingReason.NOT_ESTIMATED


def test_without_a_factor_it_is_saved_and_said(cast: Cast, as_user: AsUser) -> None:
    made = kind(kg=None)
    url, data = cell(cast, made, "10")
    answer = as_user(cast.kontakt).post(url, data, headers={"HX-Request": "true"}).content.decode()
    assert "ingen utslippsfaktor for 2024" in answer
    assert [row.tonnes for row in activity_rows()] == [None]
    page = as_user(cast.utvalg).get(reverse("emissions:own_year", args=[2024])).content.decode()
    assert "Uten utslippsfaktor" in page


def test_save_all_without_javascript_is_all_or_nothing(cast: Cast, as_user: AsUser) -> None:
    one, two, client = kind("Diesel"), kind("Bensin"), as_user(cast.kontakt)
    url = reverse("emissions:own_entry", args=[2024, cast.transport.pk])
    both = {**cell(cast, one, "5")[1], **cell(cast, two, "seks")[1]}
    refused = client.post(url, both)
    assert (refused.status_code, Activity.objects.count()) == (422, 0)
    assert 'value="5"' in refused.content.decode()
    both |= cell(cast, two, "6")[1]
    assert client.post(url, both).status_code == 303
    assert Activity.objects.count() == 2
    stale = client.post(url, {**cell(cast, one, "9")[1], **cell(cast, two, "6", 1)[1]})
    assert stale.status_code == 409
    assert Activity.objects.get(activity_type=one).quantity == 5


def test_a_strangers_unit_does_not_exist(cast: Cast, as_user: AsUser) -> None:
    made = kind()
    page = reverse("emissions:own_entry", args=[2024, cast.transport.pk])
    url, data = cell(cast, made, "5")
    single = reverse("emissions:own_activity", args=[2024, cast.transport.pk, made.pk])
    for who in (cast.annen, cast.utvalg, cast.ingen):
        assert as_user(who).get(page).status_code == as_user(who).get(single).status_code == 404
        assert as_user(who).post(url, data).status_code == as_user(who).post(single).status_code == 404
    for who in (cast.klima, cast.kontakt, cast.leder):
        assert as_user(who).get(page).status_code == as_user(who).get(single).status_code == 200


def test_those_who_read_all_and_the_leader_above_see_figures_and_notes_without_a_form(
    cast: Cast, as_user: AsUser
) -> None:
    made = kind()
    change = ActivityChange(cast.transport, made, 2024, D(1234), None, 0, "anslått av oss")
    set_activities(by=cast.kontakt, changes=[change])
    page = reverse("emissions:own_entry", args=[2024, cast.transport.pk])
    single = reverse("emissions:own_activity", args=[2024, cast.transport.pk, made.pk])
    url, data = cell(cast, made, "5")
    for who in (cast.analyse, cast.radmann, cast.revisor, cast.admin, cast.direktor):
        client = as_user(who)
        for address in (page, single):
            text = client.get(address).content.decode()
            assert "1\xa0234" in text
            assert "anslått av oss" in text
            assert 'name="effect-' not in text
            assert 'name="amount"' not in text
            assert broken_rules(text) == []
        for address in (page, single, url):
            assert client.post(address, data).status_code == 403
    history = reverse("history", args=["emissions.activity", Activity.objects.get().pk])
    assert history in as_user(cast.revisor).get(single).content.decode()
    assert history not in as_user(cast.radmann).get(single).content.decode()
    factors = reverse("emissions:own_factor", args=[made.pk])
    kinds_history = reverse("history", args=["emissions.activitytype", made.pk])
    assert kinds_history in as_user(cast.revisor).get(factors).content.decode()
    assert kinds_history not in as_user(cast.utvalg).get(factors).content.decode()
    assert Activity.objects.get().quantity == 1234


def test_a_note_is_written_in_the_browser_with_the_amount_or_without_changing_it(
    cast: Cast, as_user: AsUser
) -> None:
    made, client = kind(), as_user(cast.kontakt)
    url = reverse("emissions:own_activity", args=[2024, cast.transport.pk, made.pk])
    page = client.get(url).content.decode()
    assert broken_rules(page) == []
    assert "Mengde, liter" in page
    sent = {"amount": "1 000", "note": "målt på tanken", "version": "0"}
    answer = client.post(url, sent)
    grid = reverse("emissions:own_entry", args=[2024, cast.transport.pk])
    assert (answer.status_code, answer["Location"]) == (303, grid)
    stored = Activity.objects.get()
    assert (stored.quantity, stored.note, stored.version) == (1000, "målt på tanken", 1)
    assert "målt på tanken" in client.get(grid).content.decode()
    assert 'value="målt på tanken"' in client.get(url).content.decode()
    # The cell of the grid leaves the note; the same form sent twice writes nothing more.
    cell_url, data = cell(cast, made, "900", 1)
    client.post(cell_url, data)
    assert client.post(url, sent | {"version": "2", "amount": "900"}).status_code == 303
    stored.refresh_from_db()
    assert (stored.quantity, stored.note, stored.version) == (900, "målt på tanken", 2)
    assert client.post(url, {"amount": "ikke levert ennå", "note": "", "version": "2"}).status_code == 303
    stored.refresh_from_db()
    assert (stored.quantity, stored.missing_reason, stored.note) == (None, "not_yet_delivered", "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "mye"}, "Skriv et tall"),
        ({"amount": "-3"}, "negativ"),
        ({"amount": "0,0000001"}, "6 desimaler"),
        ({"note": "x" * 300}, "299"),
    ],
)
def test_a_bad_activity_is_kept_and_explained(
    cast: Cast, as_user: AsUser, change: dict[str, str], words: str
) -> None:
    made = kind()
    url = reverse("emissions:own_activity", args=[2024, cast.transport.pk, made.pk])
    sent = {"amount": "1 000", "note": "målt", "version": "0"} | change
    answer = as_user(cast.kontakt).post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert all(f'value="{sent[name]}"' in page for name in ("amount", "note"))
    assert not Activity.objects.exists()


def test_an_activity_others_wrote_meanwhile_shows_both(cast: Cast, as_user: AsUser) -> None:
    made = kind()
    enter(cast, made, 2024, "5")
    url = reverse("emissions:own_activity", args=[2024, cast.transport.pk, made.pk])
    client, sent = as_user(cast.kontakt), {"amount": "7", "note": "min", "version": "0"}
    answer = client.post(url, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert ">5<" in page
    assert "min" in page
    assert 'name="version" value="1"' in page
    assert client.post(url, sent | {"version": "1"}).status_code == 303
    assert Activity.objects.get().note == "min"


# What waits


def waits(user: User) -> list[str]:
    fresh = User.objects.get(pk=user.pk)
    return [task.detail for task in activity_tasks(fresh, datetime(2025, 2, 1, 8, tzinfo=UTC))]


def test_missing_figures_of_last_year_wait_for_those_who_enter_them(cast: Cast, as_user: AsUser) -> None:
    diesel, petrol, oil = kind("Diesel"), kind("Bensin"), kind("Olje")
    assert waits(cast.kontakt) == waits(cast.klima) == []
    for made in (diesel, petrol, oil):
        enter(cast, made, 2023, "5")
    enter(cast, diesel, 2023, "5", unit=cast.kitchen)
    three = [f"{cast.transport.name} har ikke tall for 3 aktiviteter som er ført før."]
    assert waits(cast.kontakt) == waits(cast.vara) == waits(cast.leder) == three
    assert waits(cast.annen) == [f"{cast.kitchen.name} har ikke tall for 1 aktivitet som er ført før."]
    assert waits(cast.klima) == [f"2 virksomheter mangler tall: {cast.kitchen.name}, {cast.transport.name}."]
    for who in (cast.direktor, cast.analyse, cast.radmann, cast.revisor, cast.utvalg, cast.admin, cast.ingen):
        assert waits(who) == []
    enter(cast, diesel, 2024, "0")
    enter(cast, petrol, 2024, None, reason=MissingReason.NOT_OCCURRING)
    enter(cast, oil, 2024, None, reason=MissingReason.NOT_YET_DELIVERED)
    assert waits(cast.kontakt) == [f"{cast.transport.name} har ikke tall for 1 aktivitet som er ført før."]
    enter(cast, oil, 2024, "3", version=1)
    assert waits(cast.kontakt) == []
    assert waits(cast.klima) == [f"1 virksomhet mangler tall: {cast.kitchen.name}."]
    enter(cast, oil, 2024, None, version=2)
    assert len(waits(cast.kontakt)) == 1, "emptied again, it waits again"
    cast.kitchen.valid_to = date(2023, 12, 31)
    cast.kitchen.save()
    assert waits(cast.annen) == []


def test_what_waits_costs_the_same_for_one_and_three(cast: Cast) -> None:
    def count() -> int:
        user = User.objects.get(pk=cast.klima.pk)
        with CaptureQueriesContext(connection) as context:
            list(activity_tasks(user, datetime(2025, 2, 1, 8, tzinfo=UTC)))
        return len(context)

    enter(cast, kind("A"), 2023, "1")
    one = count()
    for name, unit in (("B", cast.transport), ("C", cast.kitchen)):
        enter(cast, kind(name), 2023, "1", unit=unit)
    assert count() == one


# Taken out


def test_what_the_page_shows_is_taken_out_with_zero_unknown_and_nothing_apart(
    cast: Cast, as_user: AsUser
) -> None:
    diesel, flights = kind(), kind("Fly", FOOTPRINT, kg="0.2")
    enter(cast, diesel, 2023, "1000")
    enter(cast, diesel, 2024, "0")
    enter(cast, diesel, 2024, None, reason=MissingReason.CONFIDENTIAL, unit=cast.kitchen)
    enter(cast, flights, 2024, None, reason=MissingReason.NOT_YET_DELIVERED)
    close(gaps_because=MissingReason.NOT_ESTIMATED)
    client = as_user(cast.utvalg)
    url = reverse("emissions:own_export", args=[2024, "csv"])
    assert url in client.get(reverse("emissions:own_year", args=[2024])).content.decode()
    answer = client.get(url)
    assert "egen-virksomhet-2024.csv" in answer["Content-Disposition"]
    lines = answer.content.decode("utf-8-sig").splitlines()
    rows = [dict(zip(lines[0].split(";"), line.split(";"), strict=True)) for line in lines[1:]]
    shown = {
        (row["Systemgrense"].split()[0], row["Navn"], row["År"]): (
            row["Tonn CO₂e"],
            row["Hvorfor noe mangler"],
        )
        for row in rows
        if row["Fordelt på"] == "Virksomhet"
    }
    assert shown == {
        ("Direkte", cast.transport.name, "2023"): ("2,5", ""),
        ("Direkte", cast.transport.name, "2024"): ("0", ""),
        ("Direkte", cast.kitchen.name, "2024"): ("", "unntatt offentlighet"),
        ("Klimafotavtrykk", cast.transport.name, "2024"): ("", "ikke levert ennå"),
    }
    assert "publisert 1.\xa0mars 2025" in rows[0]["Utgave som gjelder"]
    book = load_workbook(io.BytesIO(client.get(reverse("emissions:own_export", args=[2024, "xlsx"])).content))
    assert book.sheetnames == [
        "Direkte per aktivitet",
        "Direkte per virksomhet",
        "Fotavtrykk per aktivitet",
        "Fotavtrykk per virksomhet",
        "Utslippsfaktorer 2024",
    ]
    cells = [[one.value for one in row] for row in book["Direkte per virksomhet"].iter_rows()]
    assert [cast.transport.name, 2.5, 0] in cells
    assert [cast.kitchen.name, None, "unntatt offentlighet"] in cells
    assert any("publisert 1.\xa0mars 2025" in str(line[0]) for line in cells)
    assert client.get(reverse("emissions:own_export", args=[2024, "pdf"])).status_code == 404


def test_an_account_nobody_has_begun_is_taken_out_too(cast: Cast, as_user: AsUser) -> None:
    for file_format in ("csv", "xlsx"):
        url = reverse("emissions:own_export", args=[2024, file_format])
        assert as_user(cast.utvalg).get(url).status_code == 200


# Workbook


def workbook(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    book = Workbook()
    book.active.title = "Aktiviteter"
    book.active.append(["Virksomhet", "Aktivitet", "Måleenhet", "År", "Mengde", "Merknad"])
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("aktiviteter.xlsx", out.getvalue())


def send(client: Client, *rows: tuple[object, ...]) -> Any:
    return follow(client, client.post(reverse("emissions:own_upload"), {"file": workbook(*rows)}))


def follow(client: Client, answer: Any) -> Any:
    assert answer.status_code == 303
    return client.get(answer["Location"])


def test_workbook_before_after_and_once(cast: Cast, as_user: AsUser) -> None:
    made, client = kind(), as_user(cast.klima)
    enter(cast, made, 2024, "5")
    page = send(client, (cast.transport.name, "Diesel", "liter", 2024, 7.5, "målt"))
    text = page.content.decode()
    assert broken_rules(text) == []
    assert has(text, "Mengde: <del>5</del> → <ins>7,5</ins>")
    assert has(text, "Merknad: <ins>målt</ins>")
    url, seen = page.request["PATH_INFO"], page.context["plan"].fingerprint
    enter(cast, made, 2024, "6", version=1)
    moved = client.post(url, {"fingerprint": seen})
    assert (moved.status_code, Activity.objects.get().quantity) == (409, 6)
    now = {"fingerprint": moved.context["plan"].fingerprint}
    assert client.post(url, now).status_code == 303
    assert client.post(url, now).status_code == 303
    assert (Activity.objects.get().quantity, Activity.objects.get().version) == (D("7.5"), 3)


def test_wrong_rows_are_named_and_nothing_is_written(cast: Cast, as_user: AsUser) -> None:
    kind()
    cast.kitchen.valid_to = date(2022, 12, 31)
    cast.kitchen.save()
    name = cast.transport.name
    text = send(
        as_user(cast.klima),
        (name, "Diesel", "liter", 2024, 1, ""),
        (name, "Diesel", "liter", 2024, 2, ""),
        (name, "Diesel", "liter", 2023, "mange", ""),
        (name, "Diesel", "liter", 2023, -4, ""),
        ("Ukjent", "Diesel", "liter", 2023, 4, ""),
        (name, "Bensin", "liter", 2023, 4, ""),
        (name, "Diesel", "kg", 2023, 4, ""),
        (name, "Diesel", "liter", 2020, 4, ""),
        (cast.kitchen.name, "Diesel", "liter", 2023, 4, ""),
        (name, "Diesel", "liter", "i fjor", 4, ""),
    ).content.decode()
    for line in (
        "Rad 3, kolonne Aktivitet: Samme virksomhet, aktivitet og år står også i rad 2",
        "Rad 4, kolonne Mengde: Skriv et tall",
        "Rad 5, kolonne Mengde: Mengden kan ikke være negativ",
        "Rad 6, kolonne Virksomhet: Fant ingen virksomhet",
        "Rad 7, kolonne Aktivitet: Fant ingen aktivitet",
        "Rad 8, kolonne Måleenhet: «Diesel» føres i liter, ikke i kg",
        "Rad 9, kolonne År: «Diesel» har ingen utslippsfaktor for 2020",
        "Rad 10, kolonne År: Ernæring og kjøkkendrift fantes ikke i 2023",
        "Rad 11, kolonne År: Skriv året med fire sifre",
    ):
        assert line in text
    assert "Lagre endringene" not in text
    assert not Activity.objects.exists()


def test_wrong_rows_are_taken_out_to_be_mended(cast: Cast, as_user: AsUser) -> None:
    kind()
    client, name = as_user(cast.kontakt), cast.transport.name
    page = send(client, (name, "Diesel", "liter", 2024, 1, ""), (name, "Bensin", "liter", 2024, "4,5", "a"))
    errors = f"{page.request['PATH_INFO']}feil/"
    rows = list(load_workbook(io.BytesIO(client.get(errors).content)).active.values)
    assert rows[0] == (
        "Rad i filen",
        "Feil",
        "Virksomhet",
        "Aktivitet",
        "Måleenhet",
        "År",
        "Mengde",
        "Merknad",
    )
    assert rows[1][:1] + rows[1][2:] == (3, name, "Bensin", "liter", 2024, "4,5", "a")
    assert rows[1][1].startswith("Aktivitet: Fant ingen aktivitet")
    assert as_user(cast.leder).get(errors).status_code == 404


def test_a_contact_uploads_for_her_own_unit_only(cast: Cast, as_user: AsUser) -> None:
    kind()
    text = send(as_user(cast.kontakt), (cast.kitchen.name, "Diesel", "liter", 2024, 1, "")).content.decode()
    assert "Rad 2, kolonne Virksomhet: Du kan ikke føre for Ernæring og kjøkkendrift" in text
    assert as_user(cast.utvalg).get(reverse("emissions:own_upload")).status_code == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"Virksomhet;Aktivitet", "ikke et regneark"),
        (b"<!doctype html><html><body>Logg inn</body></html>", "nettside"),
        (files.ole("EncryptedPackage"), "passord"),
        (files.all_municipalities()[:-400], "slutten av filen mangler"),
        (files.bomb(60), "for stort når det pakkes ut"),
        (files.with_macros(), "makroer"),
        (files.all_municipalities(), "overskriftene «Virksomhet» og «Aktivitet»"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    cast: Cast, as_user: AsUser, content: bytes, words: str
) -> None:
    file = SimpleUploadedFile("a.xlsx", content)
    answer = as_user(cast.klima).post(reverse("emissions:own_upload"), {"file": file})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Activity.objects.exists()


def test_dates_for_numbers_and_numbers_as_text(cast: Cast, as_user: AsUser) -> None:
    """A number as text is read where it can only mean one thing."""
    kind()
    name = cast.transport.name
    text = send(
        as_user(cast.klima),
        (name, "Diesel", "liter", 2024, date(2024, 1, 1), ""),
        (name, "Diesel", "liter", date(2023, 1, 1), 4, ""),
        (name, "Diesel", "liter", 2023, "1.234", ""),
        (name, "Diesel", "liter", 2022, "1 234,5", ""),
    ).content.decode()
    assert "Rad 2, kolonne Mengde: Mengden er ikke et tall" in text
    assert "Rad 3, kolonne År: Skriv året med fire sifre" in text
    assert "Rad 4, kolonne Mengde: Mener du" in text
    assert "Rad 5" not in text
    assert not Activity.objects.exists()


def test_the_template_comes_back_unchanged(cast: Cast, as_user: AsUser) -> None:
    enter(cast, kind(), 2024, "1234.5")
    enter(cast, kind("Bensin"), 2024, None, reason=MissingReason.CONFIDENTIAL)
    client = as_user(cast.kontakt)
    content = client.get(reverse("emissions:own_template", args=[2024])).content
    sheet = load_workbook(io.BytesIO(content))["Aktiviteter"]
    assert len(sheet.data_validations.dataValidation) == 3
    file = SimpleUploadedFile("mal.xlsx", content)
    page = follow(client, client.post(reverse("emissions:own_upload"), {"file": file}))
    assert [row.outcome for row in page.context["plan"].rows] == ["unchanged", "unchanged"]


# Pages and editions


def test_the_two_accounts_stand_apart(cast: Cast, as_user: AsUser) -> None:
    enter(cast, kind("Diesel", DIRECT), 2024, "400000")
    enter(cast, kind("Matvarer", FOOTPRINT), 2024, "800000")
    page = as_user(cast.utvalg).get(reverse("emissions:own_year", args=[2024]))
    text = page.content.decode()
    assert broken_rules(text) == []
    assert [part.answer for part in page.context["parts"]] == [
        "1\xa0000 tonn CO₂e i 2024.",
        "2\xa0000 tonn CO₂e i 2024.",
    ]
    assert "3\xa0000" not in text


def test_few_queries_however_many(cast: Cast, as_user: AsUser) -> None:
    client, urls = as_user(cast.klima), ["own_year", "own_entry", "own_factors", "own_units"]

    def counts() -> list[int]:
        found = []
        for name in urls:
            args = {"own_factors": [], "own_entry": [2024, cast.transport.pk]}.get(name, [2024])
            with CaptureQueriesContext(connection) as context:
                assert client.get(reverse(f"emissions:{name}", args=args)).status_code == 200
            found.append(len(context))
        return found

    enter(cast, kind("A"), 2024, "1")
    client.get("/klimaregnskap/")
    first = counts()
    for name in ("B", "C"):
        enter(cast, kind(name), 2024, "1", unit=cast.kitchen)
    assert counts() == first


def test_closing_makes_an_edition_once(cast: Cast, as_user: AsUser) -> None:
    made = kind()
    for year, quantity in ((2023, "2000"), (2024, "1000.5")):
        enter(cast, made, year, quantity)
    edition, written = close()
    assert (written, edition.shape, edition.scope) == (True, "own_operations", DIRECT)
    assert list(Figure.objects.order_by("year").values_list("tonnes", flat=True)) == [D(5), D("2.50125")]
    assert close(published=date(2025, 4, 1)) == (edition, False)
    enter(cast, made, 2024, "900", version=1)
    assert close(published=date(2025, 4, 1))[1] is True
    assert Edition.objects.count() == 2
    page = as_user(cast.utvalg).get(reverse("emissions:edition", args=[edition.pk])).content.decode()
    assert "lukket i portalen" in page


def test_closing_is_refused_until_what_is_missing_has_a_reason(cast: Cast, as_user: AsUser) -> None:
    made, other = kind(), kind("Bensin", first=2024)
    enter(cast, made, 2023, "1000")
    enter(cast, other, 2023, "1000")
    enter(cast, made, 2024, "0")
    assert [gap.year for gap in closing_account(DIRECT, 2024).gaps] == [2023, 2024]
    url = reverse("emissions:own_close", args=[2024, "egen-virksomhet-direkte"])
    client = as_user(cast.klima)
    refused = client.post(url, {"published": "1.3.2025"})
    assert refused.status_code == 422
    assert "Noe mangler" in refused.content.decode()
    assert not Edition.objects.exists()
    answer = client.post(url, {"published": "1.3.2025", "gaps_because": "not_estimated"})
    assert answer.status_code == 303
    found = Figure.objects.order_by("source__name", "year").values_list(
        "source__name", "year", "tonnes", "missing_reason"
    )
    assert list(found) == [
        ("Bensin", 2023, None, "not_estimated"),
        ("Bensin", 2024, None, "not_estimated"),
        ("Diesel", 2023, D("2.5"), ""),
        ("Diesel", 2024, D(0), ""),
    ]


def test_a_source_with_an_unknown_part_has_no_figure(cast: Cast) -> None:
    made, other = kind(), kind("Anleggsdiesel", source="Diesel")
    for year in (2023, 2024):
        enter(cast, made, year, "1000")
    enter(cast, other, 2023, "1000")
    enter(cast, other, 2024, None, reason=MissingReason.NOT_ESTIMATED)
    edition, _written = close(gaps_because=MissingReason.NOT_ESTIMATED)
    assert dict(Figure.objects.values_list("year", "tonnes")) == {2023: D(5), 2024: None}
    assert "2,5 tonn er ført, men en del mangler" in edition.oddities[0].replace("\xa0", " ")
    assert [year for _source, year in source_totals(edition)] == [2023]


def test_only_klima_closes_and_makes_factors(cast: Cast, as_user: AsUser) -> None:
    made = kind()
    for name, who in cast.people().items():
        client = as_user(who)
        expected = 200 if name == "klima" else 403
        url = reverse("emissions:own_close", args=[2024, "egen-virksomhet-direkte"])
        assert (name, client.get(url).status_code) == (name, expected)
        if name != "klima":
            with pytest.raises(PermissionDenied):
                add_factor(by=who, activity_type=made, first=2021, last=None, source="x", kg_co2e=D(1))
            with pytest.raises(PermissionDenied):
                close(by=who)


def test_a_new_factor_sent_twice_is_one(cast: Cast, as_user: AsUser) -> None:
    made, client = kind(), as_user(cast.klima)
    url = reverse("emissions:own_factor", args=[made.pk])
    token = client.get(url).context["submission_token"]()
    data = {"valid_from_year": "2024", "kg_co2e": "2,7", "source": "Ny", "submission_token": token}
    for _time in range(2):
        assert client.post(url, data).status_code == 303
    assert made.factors.count() == 2
    another = client.get(url).context["submission_token"]()
    refused = client.post(url, data | {"kg_co2": "1", "submission_token": another})
    assert refused.status_code == 422
    assert "ikke begge deler" in refused.content.decode()


def test_changes_to_one_are_all_or_nothing(cast: Cast) -> None:
    made, other = kind(), kind("Bensin")
    good = ActivityChange(cast.transport, made, 2024, D(1), None, 0)
    enter(cast, other, 2024, "5")
    with pytest.raises(StaleFigures):
        set_activities(by=cast.klima, changes=[good, replace(good, activity_type=other)])
    assert not Activity.objects.filter(activity_type=made).exists()
