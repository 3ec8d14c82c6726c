"""Lines from a spreadsheet: what the template says, what is refused, and all or nothing."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from budget import actions
from budget.enums import CostKind
from budget.importers import line_template, read_lines
from budget.models import ClimateBudget, Cost, Effect, Line
from budget.queries.line_states import line_book, line_states
from climate_portal.web.actors import DEMO
from emissions.importers import UnreadableFile
from tests.budget_factory import adopt, make_budget, make_line, make_measure, worked_example
from tests.files import ole
from tests.html_rules import broken_rules

FOOTPRINT = "own_operations_footprint"
LONG = "Biler byttes når leasingen går ut.\r\nØkonomi: «tre bud» " + "x" * 2000


@pytest.fixture
def budget(db: None) -> ClimateBudget:
    budget = make_budget()
    line = make_line(budget, "T1", {2027: 100, 2028: "150.123456"})
    Effect.objects.filter(line=line, year=2027).update(low=90, high=120)
    Line.objects.filter(pk=line.pk).update(assumptions=LONG)
    actions.set_cost(by=DEMO, line=line, year=2027, kind=CostKind.OPERATION, nok=Decimal("1000.50"))
    make_line(budget, "T2", reason="Kan ikke måles ennå")
    make_line(budget, "T3", {2027: 7}, scope=FOOTPRINT)
    make_measure("T4")
    return budget


def template(budget: ClimateBudget) -> bytes:
    return line_template(line_book(budget), str(budget), {})


Edit = Callable[[Any, dict[str, int], int], None]


def edited(budget: ClimateBudget, edit: Edit) -> bytes:
    """The template after `edit(sheet, column by header, row of the first line)`."""
    book = load_workbook(io.BytesIO(template(budget)))
    sheet = book["Klimabudsjett"]
    head = next(cell.row for cell in sheet["A"] if cell.value == "Tiltak")
    columns = {cell.value: cell.column for cell in sheet[head]}
    edit(sheet, columns, head + 1)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(**cells: Any) -> Edit:
    """Edits of the first line; `_2027` is the column «2027»."""

    def edit(sheet: Any, columns: dict[str, int], row: int) -> None:
        for header, value in cells.items():
            sheet.cell(row, columns[header.lstrip("_").replace("_", " ")]).value = value

    return edit


def new_row(code: str = "T4", **cells: Any) -> Edit:
    def edit(sheet: Any, columns: dict[str, int], row: int) -> None:
        put(Tiltak=code, **cells)(sheet, columns, row + 3)

    return edit


def url(budget: ClimateBudget, name: str = "line_import") -> str:
    return reverse(f"budget:{name}", args=[budget.year, "kommunen-direkte", budget.revision])


def upload(client: Any, budget: ClimateBudget, content: bytes, name: str = "tiltak.xlsx") -> Any:
    return client.post(url(budget), {"file": SimpleUploadedFile(name, content)})


def confirmation(page: Any) -> dict[str, str]:
    return {
        "payload": page.context["payload"],
        "submission_token": str(page.context["submission_token"]()),
    }


def test_the_template_read_back_changes_nothing(cast: Any, as_user: Any, budget: ClimateBudget) -> None:
    client = as_user(cast.klima)
    content = client.get(url(budget, "line_template")).content
    book = line_book(budget)
    read = read_lines(content, "x.xlsx", book)
    assert read.errors == ()
    assert {line.measure: line.state for line in read.lines} == dict(book.lines)
    page = upload(client, budget, content)
    assert (page.context["new"], page.context["edited"], page.context["unchanged"]) == (0, 0, 3)
    assert "Filen endrer ingenting" in page.content.decode()
    assert broken_rules(page.content.decode()) == []


def test_the_template_has_lists_to_choose_from(budget: ClimateBudget) -> None:
    book = load_workbook(io.BytesIO(template(budget)))
    choices = book["Klimabudsjett"].data_validations.dataValidation
    assert [one.formula1 for one in choices] == ["=Lister!$A$2:$A$5", "=Lister!$B$2:$B$5"]
    assert [cell.value for cell in book["Lister"]["A"]][1:] == ["T1", "T2", "T3", "T4"]


def test_new_and_changed_lines_are_shown_and_then_written(
    cast: Any, as_user: Any, budget: ClimateBudget
) -> None:
    def both(sheet: Any, columns: dict[str, int], row: int) -> None:
        put(_2027=110, _2028=None, _2029=0, Drift_2027=None, Investering_2028=5000)(sheet, columns, row)
        put(**{"2030_lavt": 1})(sheet, columns, row)
        put(_2030=2)(sheet, columns, row)
        new_row(Utslippskilder="Veitrafikk: Personbiler = 100 %", _2027=12.5)(sheet, columns, row)

    client = as_user(cast.klima)
    before = line_states(budget)
    page = upload(client, budget, edited(budget, both))
    assert page.status_code == 200
    assert (page.context["new"], page.context["edited"], page.context["unchanged"]) == (1, 1, 2)
    assert broken_rules(page.content.decode()) == []
    assert line_states(budget) == before
    sent = confirmation(page)
    for _twice in range(2):
        assert client.post(url(budget, "line_import_confirm"), sent).status_code == 303
    line = Line.objects.get(measure__code="T1")
    assert list(line.effects.order_by("year").values_list("year", "tonnes", "low", "high")) == [
        (2027, 110, 90, 120),
        (2029, 0, None, None),
        (2030, 2, 1, None),
    ]
    assert list(Cost.objects.values_list("kind", "year", "nok")) == [("investment", 2028, 5000)]
    new = Line.objects.get(measure__code="T4")
    assert (new.order, new.sources.get().share, new.effects.get().tonnes) == (4, 100, Decimal("12.5"))
    assert line.assumptions == LONG


def test_a_figure_put_back_has_a_version_of_its_own(budget: ClimateBudget) -> None:
    line = Line.objects.get(measure__code="T1")
    old = line.effects.get(year=2028).version

    def write(value: float | None) -> None:
        book = line_book(budget)
        read = read_lines(edited(budget, put(_2028=value)), "x.xlsx", book)
        rows = [
            actions.LineRow(one.row, one.measure, book.lines[one.measure].fingerprint, one.state)
            for one in read.lines[:1]
        ]
        assert actions.import_lines(by=DEMO, budget=budget, rows=rows) == 1

    write(None)
    write(5)
    assert line.effects.get(year=2028).version > old


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        (put(Tiltak="T99"), "kolonne Tiltak: «T99» finnes ikke"),
        (put(Tiltak="T2"), "kolonne Tiltak: samme tiltak står også i rad"),
        (put(Tiltak=None), "kolonne Tiltak: cellen er tom"),
        (put(_2027="hundre"), "kolonne 2027: «hundre» er tekst"),
        (put(_2027="100"), "kolonne 2027: «100» er tekst"),
        (put(_2027=date(2027, 1, 1)), "kolonne 2027: cellen er en dato (01.01.2027)"),
        (put(_2027="=10*10"), "kolonne 2027: cellen er en formel"),
        (put(Tiltak="=A1"), "kolonne Tiltak: cellen er en formel"),
        (put(_2027=-1), "kolonne 2027: tallet er negativt"),
        (put(_2027=10**9), "kolonne 2027: tallet er for stort"),
        (put(_2027=80), "mellom det lave og det høye"),
        (put(_2027=None), "kolonne 2027: cellen er tom, men det lave"),
        (put(_2027=True), "er tekst, ikke et tall"),
        (put(Drift_2027="gratis"), "kolonne Drift 2027: «gratis» er tekst"),
        (put(Utslippskilder="Veitrafikk: Personbiler = 60 %"), "andelene er 60 prosent"),
        (put(Utslippskilder="Veitrafikk: Romskip"), "«Veitrafikk: Romskip» er ikke blant"),
        (put(Utslippskilder="Veitrafikk: Personbiler = halve"), "Skriv et tall"),
        (put(Utslippskilder=None), "kolonne Utslippskilder: skriv utslippskilden"),
        (put(Systemgrense="Klimafotavtrykk fra egen virksomhet"), "systemgrensen kan ikke endres"),
        (put(Systemgrense="Hele verden"), "er ikke en systemgrense"),
        (put(Ikke_tallfestet_fordi="Vet ikke"), "både tall og en grunn"),
        (put(Ikke_tallfestet_fordi="x" * 301), "lengre enn 300 tegn"),
        (put(Metode_og_forutsetninger="x" * 10_001), "lengre enn 10"),
        (new_row(_2027=1), "kolonne Utslippskilder: skriv utslippskilden"),
        (lambda sheet, columns, row: put(_2025="x")(sheet, columns, row), "kolonne 2025"),
        (lambda sheet, columns, row: setattr(sheet.cell(row - 1, 70), "value", "2044"), "gjelder 2025–2030"),
        (lambda sheet, columns, row: setattr(sheet.cell(row - 1, 70), "value", "Pris"), "kjenner ikke"),
        (lambda sheet, columns, row: setattr(sheet.cell(row - 1, 70), "value", "2027"), "står to ganger"),
    ],
)
def test_each_wrong_cell_is_named(
    cast: Any, as_user: Any, budget: ClimateBudget, edit: Edit, sentence: str
) -> None:
    before = line_states(budget)
    page = upload(as_user(cast.klima), budget, edited(budget, edit))
    assert page.status_code == 422
    found = " ".join(page.context["sentences"]).replace("\u00a0", " ")
    assert sentence in found
    assert found.startswith("Rad ")
    assert line_states(budget) == before


def html() -> bytes:
    return b"<!DOCTYPE html><html><body>Logg inn</body></html>"


@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b"", "empty", "Filen er tom"),
        (html(), "web_page", "Filen er en nettside"),
        (b"Tiltak;2027\nT1;5\n", "not_a_spreadsheet", "ikke et regneark"),
        (ole("EncryptedPackage"), "password", "passord"),
        (saved(Workbook()), "no_header", "Vi finner ikke kolonnen «Tiltak»"),
        (b"x" * (5 * 1024 * 1024 + 1), "too_large", "større enn 5 MB"),
    ],
)
def test_other_files_are_refused(
    cast: Any, as_user: Any, budget: ClimateBudget, content: bytes, code: str, sentence: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_lines(content, "tiltak.xlsx", line_book(budget))
    assert refused.value.code == code
    page = upload(as_user(cast.klima), budget, content)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert "Miljødirektoratet" not in page.content.decode().split("<main")[1]


def test_half_a_file_is_refused(budget: ClimateBudget) -> None:
    content = template(budget)
    with pytest.raises(UnreadableFile, match="slutten av filen mangler"):
        read_lines(content[: len(content) // 2], "tiltak.xlsx", line_book(budget))


def test_what_the_arithmetic_refuses_is_said_with_its_row(cast: Any, as_user: Any, db: None) -> None:
    shared = worked_example()
    page = upload(as_user(cast.klima), shared, edited(shared, put(_2027=1200)))
    assert page.status_code == 422
    assert any("mer enn felles utslippsgrunnlag" in one for one in page.context["sentences"])
    assert all(one.startswith("Rad ") for one in page.context["sentences"])
    assert shared.lines.get(measure__code="T1").effects.get(year=2027).tonnes == 300


def test_more_than_the_source_emits_is_only_remarked(cast: Any, as_user: Any, budget: ClimateBudget) -> None:
    page = upload(as_user(cast.klima), budget, edited(budget, put(_2029=1200)))
    assert page.status_code == 200
    assert ["kolonne 2029: Mer enn kilden slipper ut" in one for one in page.context["remarks"]] == [True]


def test_lines_changed_meanwhile_stop_everything(cast: Any, as_user: Any, budget: ClimateBudget) -> None:
    def edit(sheet: Any, columns: dict[str, int], row: int) -> None:
        put(_2029=1)(sheet, columns, row)
        put(_2029=2)(sheet, columns, row + 2)
        new_row(Utslippskilder="Veitrafikk: Personbiler", _2027=1)(sheet, columns, row)

    client = as_user(cast.klima)
    page = upload(client, budget, edited(budget, edit))
    for code in ("T1", "T3"):
        line = Line.objects.get(measure__code=code)
        actions.set_cost(by=DEMO, line=line, year=2026, kind=CostKind.SAVING, nok=Decimal(1))
    before = line_states(budget)
    answer = client.post(url(budget, "line_import_confirm"), confirmation(page))
    assert answer.status_code == 409
    assert "2 linjer er endret av andre siden forhåndsvisningen" in answer.content.decode()
    assert line_states(budget) == before


def test_a_preview_belongs_to_one_person_and_one_budget(
    cast: Any, as_user: Any, budget: ClimateBudget
) -> None:
    client = as_user(cast.klima)
    sent = confirmation(upload(client, budget, edited(budget, put(_2029=1))))
    answer = client.post(url(budget, "line_import_confirm"), {**sent, "payload": sent["payload"] + "x"})
    assert answer.status_code == 422
    assert "gjelder ikke lenger" in answer.content.decode()
    assert client.get(url(budget, "line_import_confirm"))["Location"] == url(budget)


def test_only_klima_and_only_drafts(cast: Any, as_user: Any, db: None) -> None:
    shared = worked_example()
    sent = confirmation(upload(as_user(cast.klima), shared, edited(shared, put(_2029=1))))
    for name, user in cast.people().items():
        for page in ("line_import", "line_template"):
            assert (as_user(user).get(url(shared, page)).status_code == 200) is (name == "klima"), name
        if name != "klima":
            assert as_user(user).post(url(shared, "line_import_confirm"), sent).status_code in (403, 404)
    adopted = adopt(shared)
    client = as_user(cast.klima)
    assert client.post(url(adopted, "line_import_confirm"), sent).status_code == 409
    for answer in (client.get(url(adopted)), upload(client, adopted, b"")):
        assert answer.status_code == 409
        assert "kan ikke endres" in answer.content.decode()
    assert adopted.lines.get(measure__code="T1").effects.get(year=2029).tonnes == 300


def test_reading_takes_the_same_queries_for_many_lines(
    cast: Any, as_user: Any, budget: ClimateBudget
) -> None:
    client = as_user(cast.klima)

    def count() -> int:
        content = template(budget)
        with CaptureQueriesContext(connection) as queries:
            assert upload(client, budget, content).status_code == 200
        return len(queries)

    count()
    few = count()
    for number in range(5):
        make_line(budget, f"X{number}", {2027: 1})
    assert count() == few
