"""The reference path of a draft: by rule, typed and from a file; and the policies that are in it."""

from __future__ import annotations

import csv
import io
import re
import threading
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test import Client

from budget.actions.lines import add_line
from budget.actions.reference import (
    PathYear,
    SourcePath,
    add_policy,
    import_reference,
    remove_policy,
    set_reference_source,
)
from budget.actions.transitions import hand_over
from budget.enums import ReferenceRule
from budget.importers.reference import read_reference
from budget.models import ClimateBudget, Line, ReferencePolicy, ReferenceSource
from budget.queries.assembling import budget_table
from strategy.enums import Level
from tests.budget_factory import (
    HORIZON,
    adopt,
    make_budget,
    make_edition,
    make_line,
    make_measure,
    make_source,
    worked_example,
)
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.owner import as_owner
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleFigures, StaleObject
from web.models import Upload
from web.refusals import Closed, Refused
from web.sheets.errors import UnreadableFile

PAGE = "/budsjett/2027/kommunen-direkte/1/referansebane/"
FLAT, TREND, TYPED = ReferenceRule.FLAT, ReferenceRule.TREND, ReferenceRule.TYPED


@kept
def budget() -> ClimateBudget:
    """Cars at 1 010 and 1 000 tonnes, buses at 100, flat."""
    cars, buses = make_source(), make_source("Veitrafikk", "Busser")
    figures = {(cars, 2009): 1100, (cars, 2023): 1010, (cars, 2024): 1000, (buses, 2024): 100}
    return make_budget(edition=make_edition(figures))


@pytest.fixture
def klima(cast: Cast) -> Client:
    return client_of(cast.klima)


def path(tonnes: int, low: int | None = None, high: int | None = None) -> dict[int, PathYear]:
    figures = PathYear(*(None if one is None else Decimal(one) for one in (tonnes, low, high)))  # type: ignore[arg-type]
    return dict.fromkeys(HORIZON, figures)


def save(budget: ClimateBudget, rule: ReferenceRule, version: int, **more: object) -> None:
    set_reference_source(
        **{"by": DEMO, "source": make_source(), "years": {}, **more},  # type: ignore[arg-type]
        budget=budget,
        rule=rule,
        version=version,
    )


def stored(budget: ClimateBudget, year: int = 2030) -> tuple[Decimal, Decimal | None, Decimal | None]:
    return budget.reference_path.values_list("tonnes", "low", "high").get(source=make_source(), year=year)


def test_each_rule_makes_the_path_of_one_source(budget: ClimateBudget) -> None:
    save(budget, TREND, 0, trend_years=2)
    assert stored(budget)[0] == 940
    save(budget, TYPED, 1, years=path(900, 800, 990), note="Fra veivesenets prognose")
    assert stored(budget) == (900, 800, 990)
    save(budget, FLAT, 2)
    assert stored(budget) == (1000, None, None)
    assert budget_table(budget).year(2030).reference == 1100
    rule = ReferenceSource.objects.get(budget=budget)
    assert (rule.rule, rule.trend_years, rule.version) == ("flat", None, 3)


def test_two_who_edit_the_same_source_do_not_overwrite_each_other(budget: ClimateBudget) -> None:
    save(budget, TYPED, 0, years=path(900))
    for version in (0, 2):
        with pytest.raises(StaleObject):
            save(budget, TYPED, version, years=path(800))
    assert stored(budget)[0] == 900


@pytest.mark.parametrize(
    ("years", "sentence"),
    [
        ({2030: PathYear(Decimal(1))}, "for hvert år fra 2025 til 2030"),
        (path(-1), "positivt tall"),
        (path(900, 950, 990), "hver sin side"),
        (path(900, 850, None), "både lavt og høyt"),
    ],
)
def test_what_is_no_path_is_refused(
    budget: ClimateBudget, years: Mapping[int, PathYear], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        save(budget, TYPED, 0, years=years)
    with pytest.raises(Refused, match="3 regnskapsår for Personbiler"):
        save(budget, TREND, 0, trend_years=4)
    assert not ReferenceSource.objects.exists()


def test_a_path_below_what_lines_share_is_refused(db: None) -> None:
    with pytest.raises(Refused, match="mer enn referansebanen på 900 tonn"):
        save(worked_example(), TYPED, 0, years=path(900))


def test_a_strange_source_is_refused(budget: ClimateBudget) -> None:
    with pytest.raises(Refused, match="Fly er ikke med i referansebanen"):
        save(budget, FLAT, 0, source=make_source("Luftfart", "Fly"))


def test_who_and_when(budget: ClimateBudget, cast: Cast) -> None:
    for name in set(cast.people()) - {"klima"}:
        with pytest.raises(PermissionDenied):
            save(budget, FLAT, 0, by=getattr(cast, name))
    make_line(budget, "T1", {2030: 1})
    hand_over(by=DEMO, budget=budget, version=1)
    with pytest.raises(Closed):
        save(budget, FLAT, 0)


# --- Policies -------------------------------------------------------------------------------------


def test_a_policy_is_in_the_path_or_a_line_never_both(budget: ClimateBudget) -> None:
    line = make_line(budget, "S1", {2030: 1}, level=Level.NATIONAL)
    with pytest.raises(Refused, match="ta det ut av budsjettet først"):
        add_policy(by=DEMO, budget=budget, title="", level="national", measure=line.measure)
    measure = make_measure("S2", level=Level.NATIONAL)
    policy = add_policy(by=DEMO, budget=budget, title="", level="national", measure=measure)
    assert policy.title == "S2 Tiltak S2"
    with pytest.raises(Refused, match="allerede regnet med i referansebanen"):
        add(budget, measure)
    with pytest.raises(Refused, match="står her allerede"):
        add_policy(by=DEMO, budget=budget, title="S2 Tiltak S2", level="national")
    remove_policy(by=DEMO, policy=policy)
    add(budget, measure)


def add(budget: ClimateBudget, measure: object) -> Line:
    return add_line(
        by=DEMO,
        budget=budget,
        measure=measure,  # type: ignore[arg-type]
        scope=budget.scope,
        order=9,
        sources={make_source().pk: Decimal(100)},
    )


def test_the_database_refuses_both(budget: ClimateBudget) -> None:
    line = make_line(budget, "S1", {2030: 1})
    policy = ReferencePolicy(budget=budget, title="S1", level="national", measure=line.measure)
    with pytest.raises(IntegrityError, match="never both"), transaction.atomic():
        policy.save()
    other = make_measure("S2")
    ReferencePolicy.objects.create(budget=budget, title="S2", level="national", measure=other)
    with pytest.raises(IntegrityError, match="never both"), transaction.atomic():
        Line.objects.create(budget=budget, measure=other, scope=budget.scope)
    with pytest.raises(IntegrityError, match="never both"), transaction.atomic():
        Line.objects.filter(pk=line.pk).update(measure=other)
    another = make_budget(2031, target=budget.target, edition=budget.edition)
    Line.objects.create(budget=another, measure=other, scope=budget.scope)  # another budget: allowed


def line_and_policy_at_once(budget: ClimateBudget) -> int:
    """How many places one measure ends up in when two people put it in both at the same time."""
    measure, barrier = make_measure("S9"), threading.Barrier(2, timeout=20)

    def write(row: Line | ReferencePolicy) -> None:
        try:
            with transaction.atomic():
                barrier.wait()
                row.save()
        except IntegrityError:
            pass
        finally:
            connection.close()

    rows = (
        Line(budget=budget, measure=measure, scope=budget.scope),
        ReferencePolicy(budget=budget, measure=measure, title="S9", level="national"),
    )
    threads = [threading.Thread(target=write, args=(row,)) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return budget.lines.filter(measure=measure).count() + measure.reference_policies.count()


@pytest.mark.django_db(transaction=True)
def test_of_line_and_policy_at_once_one_stands() -> None:
    assert line_and_policy_at_once(make_budget()) == 1


@pytest.mark.django_db(transaction=True)
def test_control_without_the_triggers_both_stand() -> None:
    budget = make_budget()
    off = []
    with as_owner() as owners, owners.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass, tgname FROM pg_trigger "
            "WHERE tgname LIKE '%is_no_policy%' OR tgname LIKE '%is_no_line%'"
        )
        off = cursor.fetchall()
        for table, name in off:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    try:
        assert len(off) == 2
        assert line_and_policy_at_once(budget) == 2
    finally:
        with as_owner() as owners, owners.cursor() as cursor:
            for table, name in off:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {name}")


# --- Files ----------------------------------------------------------------------------------------


HEADER = "Sektor;Utslippskilde;År;Tonn;Lavt anslag;Høyt anslag"


def csv_file(*rows: tuple[object, ...], header: str = HEADER) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(header.split(";"))
    writer.writerows(rows)
    return out.getvalue().encode()


def cars(
    tonnes: str = "900,5", years: tuple[int, ...] = HORIZON, name: str = "Personbiler"
) -> list[tuple[object, ...]]:
    return [("Veitrafikk", name, year, tonnes, "", "") for year in years]


@pytest.mark.django_db
def test_a_csv_file_is_read() -> None:
    found = read_reference(
        csv_file(*cars(), ("Veitrafikk", "Busser", 2025, "1 234,5", "1 000", "2 000")), "a.csv"
    )
    assert [(row.values["sector"], row.values["source"], row.values["year"]) for row in found] == [
        *(("Veitrafikk", "Personbiler", year) for year in HORIZON),
        ("Veitrafikk", "Busser", 2025),
    ]
    assert found[-1].figures == PathYear(Decimal("1234.5"), Decimal(1000), Decimal(2000))
    assert found[HORIZON.index(2030)].figures == PathYear(Decimal("900.5"))
    assert [row.errors for row in found] == [[]] * 7


@pytest.mark.django_db
def test_a_column_may_have_another_name() -> None:
    named = csv_file(*cars(), header="Sektor;Kilde;År;Referansebane;Lavt;Høyt")
    assert read_reference(named, "a.csv")[0].figures == PathYear(Decimal("900.5"))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "tom"),
        (csv_file(*cars(), header="a;b;c;d;e;f"), "mangler kolonnene"),
        (csv_file(), "ingen rader"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile, match=re.escape(sentence)):
        read_reference(content, "bane.csv")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "row", "column", "sentence"),
    [
        (
            csv_file(*cars("mye")),
            2,
            "Tonn",
            "«mye» kan ikke leses. Skriv et tall, for eksempel 1\u00a0234,5.",
        ),
        (csv_file(*cars("1.234")), 2, "Tonn", "«1.234» kan ikke leses. Mener du 1"),
        (
            csv_file(("Veitrafikk", "Personbiler", 2027, "1", "litt", "")),
            2,
            "Lavt anslag",
            "«litt» kan ikke leses. Skriv et tall",
        ),
        (csv_file(*cars("-5")), 2, "Tonn", "«-5» er negativt"),
        (csv_file(*cars("")), 2, "Tonn", "skriv tonn"),
        (csv_file(("", "Personbiler", 2027, "1", "", "")), 2, "Sektor", "skriv sektoren"),
        (csv_file(*cars(), *cars(years=(2030,))), 8, "År", "Personbiler står to ganger for 2030"),
        (
            csv_file(("Veitrafikk", "Personbiler", "i fjor", "1", "", "")),
            2,
            "År",
            "«i fjor» er ikke et årstall",
        ),
    ],
)
def test_a_wrong_cell_says_where_and_why(content: bytes, row: int, column: str, sentence: str) -> None:
    number, header, said = next(
        (one.number, *error) for one in read_reference(content, "bane.csv") for error in one.errors
    )
    assert (number, header, said[: len(sentence)]) == (row, column, sentence)


@pytest.mark.django_db
def test_a_preview_writes_nothing_and_the_confirmation_all(budget: ClimateBudget, klima: Client) -> None:
    assert broken_rules(klima.get(f"{PAGE}les-inn/").text) == []
    preview = upload(klima, csv_file(*cars()))
    assert broken_rules(preview) == []
    assert "<del>1\u00a0000</del>" in preview
    assert "<ins>900,5</ins>" in preview
    assert not ReferenceSource.objects.exists()
    for _twice in range(2):
        assert confirm(klima, preview)["Location"] == PAGE
    rule = ReferenceSource.objects.get(budget=budget)
    assert (rule.rule, rule.note, stored(budget)[0]) == (
        "imported",
        "Lest inn fra bane.csv",
        Decimal("900.5"),
    )
    assert budget.reference_path.filter(source__name="Busser", tonnes=100).count() == len(HORIZON)


def upload(client: Client, content: bytes, name: str = "bane.csv") -> str:
    """The preview of a file that can be read."""
    answer = client.post(f"{PAGE}les-inn/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 303, answer.text
    assert answer["Location"] == preview_url()
    return client.get(answer["Location"]).text


def preview_url() -> str:
    return f"{PAGE}les-inn/{Upload.objects.latest('pk').pk}/"


def confirm(client: Client, preview: str) -> Any:
    content = re.search(r'name="fingerprint" value="([^"]+)"', preview)
    assert content
    return client.post(preview_url(), {"fingerprint": content[1]})


@pytest.mark.django_db
def test_the_file_we_give_out_is_read_back_unchanged(budget: ClimateBudget, klima: Client) -> None:
    content = klima.get(f"{PAGE}fil/").content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [cell.value for cell in sheet[1]][:4] == ["Sektor", "Utslippskilde", "År", "Tonn"]
    page = upload(klima, content, "bane.xlsx")
    assert "Filen er lik det som står i portalen" in page
    assert 'name="fingerprint"' not in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (csv_file(*cars(name="Romskip")), "Romskip er ikke en av budsjettets utslippskilder"),
        (csv_file(*cars(years=HORIZON[1:])), "ett tall for hvert år fra 2025 til 2030"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(
    budget: ClimateBudget, klima: Client, content: bytes, sentence: str
) -> None:
    page = upload(klima, content)
    assert broken_rules(page) == []
    assert sentence in page
    assert 'name="fingerprint"' not in page
    wrong = openpyxl.load_workbook(io.BytesIO(klima.get(f"{preview_url()}feil/").content)).active
    assert [cell.value for cell in wrong[1]][:5] == ["Rad i filen", "Feil", "Sektor", "Utslippskilde", "År"]
    assert sentence in wrong["B2"].value
    assert klima.post(preview_url(), {"fingerprint": ""}).status_code == 409
    assert not ReferenceSource.objects.exists()


@pytest.mark.django_db
def test_what_others_changed_after_the_preview_is_not_overwritten(
    budget: ClimateBudget, klima: Client
) -> None:
    preview = upload(klima, csv_file(*cars()))
    save(budget, TYPED, 0, years=path(777))
    answer = confirm(klima, preview)
    assert answer.status_code == 409
    assert "Noe er endret i portalen siden forhåndsvisningen" in answer.text
    assert "<del>777</del>" in answer.text
    assert stored(budget)[0] == 777
    assert confirm(klima, answer.text).status_code == 303
    assert stored(budget)[0] == Decimal("900.5")


@pytest.mark.django_db
def test_a_preview_somebody_has_changed_is_refused(budget: ClimateBudget, klima: Client) -> None:
    preview = upload(klima, csv_file(*cars()))
    changed = preview.replace('name="fingerprint" value="', 'name="fingerprint" value="x')
    assert confirm(klima, changed).status_code == 409
    assert not ReferenceSource.objects.exists()
    # Where previews were confirmed before leads to where the file is uploaded.
    for answer in (klima.get(f"{PAGE}les-inn/lagre/"), klima.post(f"{PAGE}les-inn/lagre/", {"lest": "x"})):
        assert (answer.status_code, answer["Location"]) == (303, f"{PAGE}les-inn/")
    assert "Last opp filen på nytt" in klima.get(f"{PAGE}les-inn/").text


@pytest.mark.django_db
def test_sources_the_file_does_not_change_stay_as_they_are(budget: ClimateBudget, klima: Client) -> None:
    save(budget, FLAT, 0, source=make_source("Veitrafikk", "Busser"))
    preview = upload(klima, csv_file(*cars(), *cars("100", name="Busser")))
    assert confirm(klima, preview).status_code == 303
    rules = dict(ReferenceSource.objects.values_list("source__name", "rule"))
    assert rules == {"Busser": "flat", "Personbiler": "imported"}


@pytest.mark.django_db
def test_a_range_that_is_none_is_told_in_the_preview(budget: ClimateBudget, klima: Client) -> None:
    rows = [(*row[:4], "850", "") for row in cars()]
    assert "Skriv både lavt og høyt anslag for Personbiler i 2025" in upload(klima, csv_file(*rows))


@pytest.mark.django_db
def test_no_file_is_taken_into_a_budget_that_is_no_draft(budget: ClimateBudget, klima: Client) -> None:
    preview = upload(klima, csv_file(*cars()))
    make_line(budget, "T1", {2030: 1})
    hand_over(by=DEMO, budget=budget, version=1)
    assert confirm(klima, preview)["Location"] == PAGE
    assert klima.get(preview_url())["Location"] == PAGE
    for answer in (klima.get(f"{PAGE}les-inn/"), klima.post(f"{PAGE}les-inn/")):
        assert answer.status_code == 409
        assert "kan ikke endres" in answer.text
    assert not ReferenceSource.objects.exists()


@pytest.mark.django_db
def test_a_preview_is_its_uploaders_and_its_budgets(budget: ClimateBudget, klima: Client) -> None:
    upload(klima, csv_file(*cars()))
    Upload.objects.update(about="0")
    assert klima.get(preview_url()).status_code == 404
    assert klima.get(f"{preview_url()}feil/").status_code == 404


@pytest.mark.django_db
def test_an_import_is_all_or_nothing(budget: ClimateBudget) -> None:
    save(budget, TYPED, 0, years=path(900))
    buses = make_source("Veitrafikk", "Busser")
    paths = [SourcePath(buses, path(50), 0), SourcePath(make_source(), path(50), 0)]
    with pytest.raises(StaleFigures):
        import_reference(by=DEMO, budget=budget, paths=paths, note="")
    assert set(budget.reference_path.filter(source=buses).values_list("tonnes", flat=True)) == {100}


# --- The pages ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_page_of_the_path(budget: ClimateBudget, klima: Client, cast: Cast) -> None:
    save(budget, TYPED, 0, years=path(900, 800, 990))
    add_policy(by=DEMO, budget=budget, title="CO₂-avgift", level="national")
    page = klima.get(PAGE).text
    assert broken_rules(page) == []
    for text in ("Lagt inn år for år", "800–990", "CO₂-avgift", "2025–2026 ligger mellom", "1\u00a0000</td>"):
        assert text in page, text
    make_line(budget, "T1", {2030: 1})
    adopt(budget)
    page = client_of(cast.utvalg).get(PAGE).text
    assert "Les inn fra fil" not in page
    assert "CO₂-avgift" in page


@pytest.mark.django_db
def test_one_source_is_edited_on_its_page(budget: ClimateBudget, klima: Client) -> None:
    address = f"{PAGE}kilde/{make_source().pk}/"
    assert broken_rules(klima.get(address).text) == []
    typed = {f"tonnes-{year}": "950" for year in HORIZON}
    form = {"rule": "typed", "version": "0", "note": "Egen prognose", **typed}
    assert klima.post(address, {**form, "tonnes-2026": ""}).status_code == 422
    assert klima.post(address, form).status_code == 303
    stale = klima.post(address, {**form, "tonnes-2030": "940"})
    assert stale.status_code == 409
    assert re.search(r"<td>940</td>\s*<td>950</td>", stale.text)
    trend = {"rule": "trend", "trend_years": "2", "version": "1"}
    assert klima.post(address, trend).status_code == 303
    assert stored(budget)[0] == 940
    assert klima.get(f"{PAGE}kilde/999999/").status_code == 404


@pytest.mark.django_db
def test_a_policy_on_the_page(budget: ClimateBudget, klima: Client) -> None:
    address = f"{PAGE}virkemiddel/"
    page = klima.get(address).text
    assert broken_rules(page) == []
    token = page.partition('name="submission_token" value="')[2].partition('"')[0]
    form = {"title": "CO₂-avgift", "level": "national", "submission_token": token}
    assert klima.post(address, {**form, "title": ""}).status_code == 422
    assert [klima.post(address, form).status_code for _click in range(2)] == [303, 303]
    policy = ReferencePolicy.objects.get()
    remove = f"/budsjett/virkemiddel/{policy.pk}/ta-ut/"
    assert broken_rules(klima.get(remove).text) == []
    assert klima.post(remove).status_code == 303
    assert not ReferencePolicy.objects.exists()
