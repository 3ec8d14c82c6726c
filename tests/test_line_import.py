"""Lines from a spreadsheet: what the template says, what is refused, and all or nothing."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from budget.actions import line_import
from budget.actions.costs import set_cost
from budget.actions.line_import import LineRow, StaleLines, import_lines
from budget.actions.lines import LineDetails, update_line
from budget.actions.reference import add_policy
from budget.enums import CostKind
from budget.exports.line_template import line_template
from budget.importers import line_changes
from budget.importers.lines import read_lines
from budget.models import ClimateBudget, Cost, Effect, Line
from budget.queries.line_states import line_book, line_states
from budget.queries.line_trial import Trial
from emissions.models import SCOPE_LABELS
from strategy.actions.decisions import DecisionData, record_decision
from strategy.models import Decision
from tests.budget_factory import adopt, make_budget, make_line, make_measure, make_source, worked_example
from tests.files import ole
from tests.html_rules import broken_rules
from tests.races import until_waiting
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.models import Upload
from web.sheets.errors import UnreadableFile

FOOTPRINT = "own_operations_footprint"
CARS = "Veitrafikk: Personbiler"
DECISION = DecisionData(
    body="council", title="", text="Vedtatt.", case_number="25/88",
    decided_on=date(2025, 6, 17), no_unit="Ikke fordelt.",
)  # fmt: skip
REGISTERED = "25/88: Utslippsfrie anlegg (kommunestyret, 17.\u00a0juni 2025)"
LONG = "Biler byttes når leasingen går ut.\r\nØkonomi: «tre bud» " + "x" * 2000


@kept
def budget() -> ClimateBudget:
    budget = make_budget()
    line = make_line(budget, "T1", {2027: 100, 2028: "150.123456"})
    Effect.objects.filter(line=line, year=2027).update(low=90, high=120)
    set_cost(by=DEMO, line=line, year=2027, kind=CostKind.OPERATION, nok=Decimal("1000.50"))
    for title in ("Budsjettvedtak", "Budsjettvedtak", "Utslippsfrie anlegg"):
        record_decision(by=DEMO, data=replace(DECISION, title=title))
    line.refresh_from_db()
    update_line(
        by=DEMO,
        line=line,
        version=line.version,
        not_quantified_reason="",
        already_counted=Decimal(0),
        assumptions=LONG,
        details=LineDetails(
            calculated_by="Klima Eksempel",
            calculated_on=date(2026, 9, 15),
            attachment_url="https://arkiv.drammen.example/1",
            plan_reference="Rad 11",
            decision_id=Decision.objects.get(title="Utslippsfrie anlegg").pk,
            extra_cost_nok=Decimal("-1000.50"),
            lifetime_years=10,
            discount_percent=Decimal("4.25"),
        ),
    )
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
    """The preview of a file that can be read; the page it was uploaded on for another."""
    answer = client.post(url(budget), {"file": SimpleUploadedFile(name, content)})
    return client.get(answer["Location"]) if answer.status_code == 303 else answer


def confirm(client: Any, page: Any) -> Any:
    """Confirms what the preview shows."""
    return client.post(page.request["PATH_INFO"], {"fingerprint": page.context["plan"].fingerprint})


def counts(page: Any) -> tuple[int, int, int]:
    """How many lines are new, changed and as before."""
    plan = page.context["plan"]
    return plan.count("new"), plan.count("changed"), plan.count("unchanged")


def errors_of(page: Any) -> list[str]:
    return [
        f"Rad {row.number}, kolonne {column}: {sentence}"
        for row in page.context["plan"].rows
        for column, sentence in row.errors
    ]


def test_the_template_read_back_changes_nothing(cast: Any, as_user: Any, budget: ClimateBudget) -> None:
    client = as_user(cast.klima)
    content = client.get(url(budget, "line_template")).content
    book = line_book(budget)
    read = read_lines(content, "x.xlsx", book)
    assert read.errors == ()
    assert {line.measure: line.state for line in read.lines} == dict(book.lines)
    page = upload(client, budget, content)
    assert counts(page) == (0, 0, 3)
    assert "Filen er lik det som står i portalen" in page.content.decode()
    assert broken_rules(page.content.decode()) == []


def test_the_template_has_lists_to_choose_from(budget: ClimateBudget) -> None:
    book = load_workbook(io.BytesIO(template(budget)))
    sheet, lists = book["Klimabudsjett"], book["Lister"]
    head = next(cell.row for cell in sheet["A"] if cell.value == "Tiltak")
    named: dict[str, list[str]] = {}
    kinds: dict[str, list[tuple[str, str]]] = {}
    for check in sheet.data_validations.dataValidation:
        headers = [str(sheet.cell(head, area.min_col).value) for area in check.sqref.ranges]
        assert {area.min_row for area in check.sqref.ranges} == {head + 1}
        if check.type != "list":
            kinds[str(check.type)] = [*kinds.get(check.type, []), *headers]
            continue
        cells = lists[check.formula1.removeprefix("'Lister'!").replace("$", "")]
        for header in headers:
            named[header] = [cell.value for (cell,) in cells]
        assert check.showErrorMessage is (headers != ["Ikke tallfestet fordi"])
    assert named == {
        "Tiltak": ["T1", "T2", "T3", "T4"],
        "Systemgrense": [str(label) for label in SCOPE_LABELS.values()],
        **{f"Kilde {number}": [CARS] for number in (1, 2, 3)},
        "Ikke tallfestet fordi": ["Kan ikke måles ennå"],
        "Vedtak i vedtaksregisteret": list(line_book(budget).decisions.values()),
    }
    assert REGISTERED in named["Vedtak i vedtaksregisteret"]
    assert len(set(named["Vedtak i vedtaksregisteret"])) == 3, "two of the same name are told apart"
    assert {"2027", "2027 lavt", "Drift 2027", "Andel 1", "Kalkulasjonsrente"} <= {*kinds["decimal"]}
    assert (kinds["whole"], kinds["date"]) == (["Levetid"], ["Regnet ut dato"])


def test_new_and_changed_lines_are_shown_and_then_written(
    cast: Any, as_user: Any, budget: ClimateBudget
) -> None:
    def both(sheet: Any, columns: dict[str, int], row: int) -> None:
        put(_2027=110, _2028=None, _2029=0, Drift_2027=None, Investering_2028=5000)(sheet, columns, row)
        put(**{"2030_lavt": 1})(sheet, columns, row)
        put(_2030=2)(sheet, columns, row)
        new_row(Kilde_1=CARS, _2027=12.5, Levetid=8, Regnet_ut_dato="1. mai 2026")(sheet, columns, row)
        put(Rad_i_økonomiplanen=None, Vedtak_i_vedtaksregisteret=None)(sheet, columns, row)
        put(**{"Vedtak,_i_ord": "Sak 9"})(sheet, columns, row)

    client = as_user(cast.klima)
    before = line_states(budget)
    page = upload(client, budget, edited(budget, both))
    assert page.status_code == 200
    assert counts(page) == (1, 1, 2)
    changed = next(row for row in page.context["plan"].rows if row.outcome == "changed")
    assert ("2027", "100", "110") in changed.changes
    assert ("Drift 2027", "1\u00a0000,5", "") in changed.changes
    assert broken_rules(page.content.decode()) == []
    assert line_states(budget) == before
    for _twice in range(2):
        assert confirm(client, page)["Location"] == budget.get_absolute_url()
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
    assert (line.plan_reference, line.decision, line.decision_reference) == ("", None, "Sak 9")
    assert (line.calculated_by, line.extra_cost_nok, line.lifetime_years) == (
        "Klima Eksempel",
        Decimal("-1000.50"),
        10,
    )
    assert (new.lifetime_years, new.calculated_on) == (8, date(2026, 5, 1))


def test_a_figure_put_back_has_a_version_of_its_own(budget: ClimateBudget) -> None:
    line = Line.objects.get(measure__code="T1")
    old = line.effects.get(year=2028).version

    def write(value: float | None) -> None:
        book = line_book(budget)
        read = read_lines(edited(budget, put(_2028=value)), "x.xlsx", book)
        rows = [
            LineRow(one.measure, book.lines[one.measure].fingerprint, one.state) for one in read.lines[:1]
        ]
        assert import_lines(by=DEMO, budget=budget, rows=rows) == 1

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
        (put(Andel_1=60), "kolonne Andel 1: andelene er 60 prosent"),
        (put(Andel_1=120), "tallet er for stort"),
        (put(Andel_1="halve"), "kolonne Andel 1: «halve» er tekst"),
        (put(Kilde_1="Veitrafikk: Romskip"), "kolonne Kilde 1: «Veitrafikk: Romskip» er ikke blant"),
        (put(Kilde_2=CARS), "kolonne Andel 2: skriv andelen i prosent"),
        (put(Kilde_2=CARS, Andel_2=50, Andel_1=50), "kolonne Kilde 2: «Veitrafikk: Personbiler» står to"),
        (put(Andel_2=50), "kolonne Kilde 2: velg utslippskilden"),
        (put(Kilde_1=None, Andel_1=None), "kolonne Kilde 1: velg utslippskilden"),
        (put(Levetid=2.5), "kolonne Levetid: levetiden må være et helt antall år"),
        (put(Levetid=0), "kolonne Levetid: levetiden må være"),
        (put(Kalkulasjonsrente=101), "kolonne Kalkulasjonsrente: kalkulasjonsrenten må være"),
        (put(Samlet_merkostnad="mye"), "kolonne Samlet merkostnad: «mye» er tekst"),
        (put(Regnet_ut_dato="i fjor"), "kolonne Regnet ut dato: «i fjor» er ikke en dato"),
        (put(Lenke_til_vedlegg="arkivet"), "kolonne Lenke til vedlegg: skriv en hel adresse"),
        (put(Vedtak_i_vedtaksregisteret="Noe annet"), "«Noe annet» står ikke i vedtaksregisteret"),
        (put(Regnet_ut_av="x" * 121), "kolonne Regnet ut av: teksten er lengre enn 120"),
        (put(Systemgrense="Klimafotavtrykk fra egen virksomhet"), "systemgrensen kan ikke endres"),
        (put(Systemgrense="Hele verden"), "er ikke en systemgrense"),
        (put(Ikke_tallfestet_fordi="Vet ikke"), "både tall og en grunn"),
        (put(Ikke_tallfestet_fordi="x" * 301), "lengre enn 300 tegn"),
        (put(Metode_og_forutsetninger="x" * 10_001), "lengre enn 10"),
        (new_row(_2027=1), "kolonne Kilde 1: velg utslippskilden"),
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
    client = as_user(cast.klima)
    page = upload(client, budget, edited(budget, edit))
    assert page.status_code == 200
    found = " ".join(errors_of(page)).replace("\u00a0", " ")
    assert sentence in found
    assert page.context["plan"].is_ready is False
    assert confirm(client, page).status_code == 409
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
    assert sentence in str(refused.value)
    page = upload(as_user(cast.klima), budget, content)
    assert page.status_code == 422
    # Of a large file the page says so before it is read.
    assert ("må være mindre enn 5 MB" if code == "too_large" else sentence) in page.content.decode()
    assert "Miljødirektoratet" not in page.content.decode().split("<main")[1]


def test_half_a_file_is_refused(budget: ClimateBudget) -> None:
    content = template(budget)
    with pytest.raises(UnreadableFile, match="slutten av filen mangler"):
        read_lines(content[: len(content) // 2], "tiltak.xlsx", line_book(budget))


def test_what_the_arithmetic_refuses_is_said_with_its_row(cast: Any, as_user: Any, db: None) -> None:
    shared = worked_example()
    page = upload(as_user(cast.klima), shared, edited(shared, put(_2027=1200)))
    assert page.context["plan"].is_ready is False
    assert any("mer enn felles utslippsgrunnlag" in one for one in errors_of(page))
    assert all(row.title == "T1 Tiltak T1" for row in page.context["plan"].rows if row.errors)
    assert "mer enn felles utslippsgrunnlag" in page.content.decode()
    assert shared.lines.get(measure__code="T1").effects.get(year=2027).tonnes == 300


def test_more_than_the_source_emits_is_only_remarked(cast: Any, as_user: Any, budget: ClimateBudget) -> None:
    page = upload(as_user(cast.klima), budget, edited(budget, put(_2029=1200)))
    assert page.status_code == 200
    assert ["kolonne 2029: Mer enn kilden slipper ut" in one for one in page.context["plan"].remarks] == [
        True
    ]
    assert "kolonne 2029: Mer enn kilden slipper ut" in page.content.decode()


def test_lines_changed_meanwhile_stop_everything(cast: Any, as_user: Any, budget: ClimateBudget) -> None:
    def edit(sheet: Any, columns: dict[str, int], row: int) -> None:
        put(_2029=1)(sheet, columns, row)
        put(_2029=2)(sheet, columns, row + 2)
        new_row(Kilde_1=CARS, _2027=1)(sheet, columns, row)

    client = as_user(cast.klima)
    page = upload(client, budget, edited(budget, edit))
    for code in ("T1", "T3"):
        line = Line.objects.get(measure__code=code)
        set_cost(by=DEMO, line=line, year=2026, kind=CostKind.SAVING, nok=Decimal(1))
    before = line_states(budget)
    answer = confirm(client, page)
    assert answer.status_code == 409
    assert "Noe er endret i portalen siden forhåndsvisningen" in answer.content.decode()
    # The preview is made anew: the file would take away what was put there meanwhile.
    seen = {row.title: row.changes for row in answer.context["plan"].rows if row.outcome == "changed"}
    assert [(name, ("Innsparing 2026", "1", "") in changes) for name, changes in seen.items()] == [
        ("T1 Tiltak T1", True),
        ("T3 Tiltak T3", True),
    ]
    assert line_states(budget) == before


def test_a_cost_changed_and_changed_back_is_no_longer_as_it_was_seen(
    cast: Any, as_user: Any, budget: ClimateBudget
) -> None:
    """The amounts are those of the preview, the versions are not: somebody has been there."""
    client = as_user(cast.klima)
    page = upload(client, budget, edited(budget, put(_2029=1)))
    line = Line.objects.get(measure__code="T1")
    for nok in ("5", "1000.50"):
        set_cost(by=DEMO, line=line, year=2027, kind=CostKind.OPERATION, nok=Decimal(nok))
    refused = confirm(client, page)
    assert refused.status_code == 409
    before, after = ([row.changes for row in one.context["plan"].rows] for one in (page, refused))
    assert before == after, "what it would change is the same, who has been there is not"
    assert not line.effects.filter(year=2029).exists()


def test_control_without_versions_a_cost_changed_back_is_not_seen(
    cast: Any, as_user: Any, budget: ClimateBudget, monkeypatch: pytest.MonkeyPatch
) -> None:
    blind = property(lambda state: str(state.packed()))
    monkeypatch.setattr("budget.queries.line_states.LineState.fingerprint", blind)
    client = as_user(cast.klima)
    page = upload(client, budget, edited(budget, put(_2029=1)))
    line = Line.objects.get(measure__code="T1")
    for nok in ("5", "1000.50"):
        set_cost(by=DEMO, line=line, year=2027, kind=CostKind.OPERATION, nok=Decimal(nok))
    assert confirm(client, page).status_code == 303


def test_sources_may_be_written_in_one_column(budget: ClimateBudget) -> None:
    def written(text: str, **more: Any) -> Any:
        def edit(sheet: Any, columns: dict[str, int], row: int) -> None:
            put(**more)(sheet, columns, row)
            sheet.cell(row - 1, 90).value = "Utslippskilder"
            sheet.cell(row, 90).value = text

        return read_lines(edited(budget, edit), "x.xlsx", line_book(budget))

    read = written("Veitrafikk: Personbiler = 100 %", Kilde_1=None, Andel_1=None)
    assert (read.errors, dict(read.lines[0].state.sources)) == ((), {make_source().pk: 100})
    both = written("Veitrafikk: Personbiler = 100 %")
    assert "utslippskildene står også i egne kolonner" in both.errors[0].sentence
    wrong = written("Veitrafikk: Personbiler = 60 %", Kilde_1=None, Andel_1=None)
    assert "andelene er 60 prosent" in wrong.errors[0].sentence


# --- Two people at once ---------------------------------------------------------------------------


def import_while_the_grid_saves(monkeypatch: pytest.MonkeyPatch) -> tuple[Cost, set[str]]:
    """An import is confirmed; between its look at the line and its writing, the grid saves the same cost.

    What the cost became, and what each of the two was told.
    """
    budget = make_budget()
    line = make_line(budget, "T1", {2027: 100})
    set_cost(by=DEMO, line=line, year=2027, kind=CostKind.OPERATION, nok=Decimal(1000))
    cost = Cost.objects.get()
    book = line_book(budget)
    state = book.lines[line.measure_id]
    wanted = replace(state, costs={(CostKind.OPERATION.value, 2027): Decimal(2000)})
    rows = [LineRow(line.measure_id, state.fingerprint, wanted)]
    looked, saved = threading.Event(), threading.Event()
    told: set[str] = set()
    whole = line_import.line_states

    def slow(of: ClimateBudget) -> Any:
        found = whole(of)
        looked.set()
        until_waiting(saved.is_set)
        return found

    def run(name: str, work: Callable[[], object]) -> None:
        try:
            work()
            told.add(f"{name}: lagret")
        except (StaleObject, StaleLines) as stale:
            told.add(f"{name}: {type(stale).__name__}")
        finally:
            connection.close()

    def save() -> None:
        assert looked.wait(10)
        own = Line.objects.select_related("budget__target").get(pk=line.pk)
        set_cost(by=DEMO, line=own, year=2027, kind=CostKind.OPERATION, nok=Decimal(3), version=cost.version)
        saved.set()

    monkeypatch.setattr(line_import, "line_states", slow)
    threads = [
        threading.Thread(
            target=run, args=("import", lambda: import_lines(by=DEMO, budget=budget, rows=rows))
        ),
        threading.Thread(target=run, args=("grid", save)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    return Cost.objects.get(), told


@pytest.mark.django_db(transaction=True)
def test_an_import_and_the_grid_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    cost, told = import_while_the_grid_saves(monkeypatch)
    assert (cost.nok, told) == (2000, {"import: lagret", "grid: StaleObject"})


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_the_import_writes_over_what_the_grid_saved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def unlocked(budget: ClimateBudget, measures: Any) -> dict[int, Line]:
        return {line.measure_id: line for line in Line.objects.filter(budget=budget, measure__in=measures)}

    monkeypatch.setattr(line_import, "_locked", unlocked)
    cost, told = import_while_the_grid_saves(monkeypatch)
    assert (cost.nok, told) == (2000, {"grid: lagret", "import: lagret"})


def test_a_preview_belongs_to_one_person_and_one_budget(
    cast: Any, as_user: Any, budget: ClimateBudget
) -> None:
    client = as_user(cast.klima)
    page = upload(client, budget, edited(budget, put(_2029=1)))
    address = page.request["PATH_INFO"]
    changed = {"fingerprint": page.context["plan"].fingerprint + "x"}
    assert client.post(address, changed).status_code == 409
    # Where previews were confirmed before leads to where the file is uploaded.
    old = url(budget, "line_import_confirm")
    assert client.get(old)["Location"] == url(budget)
    assert client.post(old, {"payload": "x"})["Location"] == url(budget)
    assert "Last opp filen på nytt" in client.get(url(budget)).content.decode()
    Upload.objects.update(about="0")
    assert {client.get(f"{address}{more}").status_code for more in ("", "feil/")} == {404}
    assert not Effect.objects.filter(year=2029).exists()


def test_wrong_rows_come_back_with_what_stood_in_them(cast: Any, as_user: Any, budget: ClimateBudget) -> None:
    def without_a_column(sheet: Any, columns: dict[str, int], row: int) -> None:
        put(_2027="hundre")(sheet, columns, row)
        put(_2027="=1+1")(sheet, columns, row + 2)
        sheet.delete_cols(columns["Drift 2027"])

    client = as_user(cast.klima)
    page = upload(client, budget, edited(budget, without_a_column))
    content = client.get(f"{page.request['PATH_INFO']}feil/").content
    book = load_workbook(io.BytesIO(content))
    head, *rows = book.active.values
    assert head[:3] == ("Rad i filen", "Feil", "Tiltak")
    assert "Drift 2027" not in head, "an empty cell would take the cost away"
    assert [(row[2], row[head.index("2027")]) for row in rows] == [("T1", "hundre"), ("T3", "=1+1")]
    # Mended, it is read as it is, with the two columns that say what was wrong.
    for row, tonnes in ((2, 110), (3, 8)):
        book.active.cell(row, head.index("2027") + 1).value = tonnes
    mended = upload(client, budget, saved(book))
    assert counts(mended) == (0, 2, 0)
    assert [row.changes for row in mended.context["plan"].rows] == [
        [("2027", "100", "110")],
        [("2027", "7", "8")],
    ]


def test_a_measure_the_reference_path_holds_is_refused_at_its_row(
    cast: Any, as_user: Any, budget: ClimateBudget
) -> None:
    add_policy(by=DEMO, budget=budget, title="", level="national", measure=make_measure("T5"))
    content = edited(budget, new_row("T5", Kilde_1=CARS, _2027=1))
    found = errors_of(upload(as_user(cast.klima), budget, content))
    assert [("kolonne Tiltak" in one, "allerede regnet med i referansebanen" in one) for one in found] == [
        (True, True)
    ]


def test_what_no_row_is_about_refuses_the_file(
    cast: Any, as_user: Any, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = worked_example()
    whole = line_changes.try_out

    def elsewhere(*args: Any) -> Trial:
        trial = whole(*args)
        return replace(trial, refused=tuple(replace(one, line=None) for one in trial.refused))

    monkeypatch.setattr(line_changes, "try_out", elsewhere)
    page = upload(as_user(cast.klima), shared, edited(shared, put(_2027=1200)))
    assert page.status_code == 422
    assert "mer enn felles utslippsgrunnlag" in page.content.decode()


def test_only_klima_and_only_drafts(cast: Any, as_user: Any, db: None) -> None:
    shared = worked_example()
    preview = upload(as_user(cast.klima), shared, edited(shared, put(_2029=1)))
    for name, user in cast.people().items():
        for page in ("line_import", "line_template"):
            assert (as_user(user).get(url(shared, page)).status_code == 200) is (name == "klima"), name
        if name != "klima":
            assert confirm(as_user(user), preview).status_code in (403, 404)
    adopted = adopt(shared)
    client = as_user(cast.klima)
    assert confirm(client, preview)["Location"] == adopted.get_absolute_url()
    assert "kan ikke endres" in client.get(adopted.get_absolute_url()).content.decode()
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
