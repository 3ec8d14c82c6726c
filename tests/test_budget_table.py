"""One table, many renderings: page, XLSX, CSV, JSON and the command say the same, cell by cell."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from budget.actions.copying import start_revision
from budget.actions.costs import set_cost
from budget.actions.effects import set_effect
from budget.actions.transitions import hand_over
from budget.enums import CostKind
from budget.exports.data import export, summary_rows
from budget.models import ClimateBudget, Line
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import table_sha256
from budget.queries.tables import BudgetTable
from budget.words.answers import answer
from emissions.enums import Scope
from strategy.enums import Level
from tests.budget_factory import (
    HORIZON,
    adopt,
    make_budget,
    make_edition,
    make_line,
    make_target,
    worked_example,
)
from tests.cast import Cast
from tests.html_rules import Node, parse
from tests.worlds import kept
from web.actors import DEMO
from web.formats import format_number
from web.refusals import Refused

pytestmark = pytest.mark.django_db
PAGE = "/budsjett/2027/kommunen-direkte/"


@kept
def budget() -> ClimateBudget:
    """The worked example, and every other kind of line there is."""
    budget = worked_example()
    line = make_line(budget, "T2", {2029: "1.5", 2030: "12.345678"}, already_counted=1, unit="Drift")
    set_cost(by=DEMO, line=line, year=2028, kind=CostKind.INVESTMENT, nok=Decimal("1234.50"))
    make_line(budget, "K1", reason="=virker gjennom innkjøp", area="Ressursbruk")
    make_line(budget, "F1", {2030: 260}, scope=Scope.OWN_OPERATIONS_FOOTPRINT)
    return budget


def as_json(budget: ClimateBudget) -> dict[str, object]:
    return json.loads(export(budget_table(budget), "json"))


def test_the_worked_example(db: None) -> None:
    row = budget_table(worked_example()).year(2030)
    assert (row.gross, row.overlap, row.net, row.path) == (500, 60, 440, 560)
    assert (row.ceiling, row.gap) == (495, 65)
    assert row.net_by_level == {Level.MUNICIPAL: 264, Level.REGIONAL: 0, Level.NATIONAL: 176}


def test_the_answer_agrees_with_the_table(db: None) -> None:
    assert answer(budget_table(worked_example())).text == (
        "I 2030 ligger tiltaksbanen 65 tonn over utslippsrammen. "
        "Kommunens egne tiltak kutter 264 tonn, statlige og regionale 176."
    )


@pytest.mark.parametrize(
    ("cut", "words"),
    [
        (600, "ligger tiltaksbanen 95 tonn under utslippsrammen"),
        (505, "ligger tiltaksbanen på utslippsrammen"),
        (500, "ligger tiltaksbanen 5 tonn over utslippsrammen"),
    ],
)
def test_the_answer_over_on_and_under(db: None, cut: int, words: str) -> None:
    budget = make_budget()
    make_line(budget, "T1", {2030: cut})
    text = answer(budget_table(budget)).text
    assert words in text
    assert "statlige" not in text


def test_a_target_without_percent_has_no_ceiling(db: None) -> None:
    scope = Scope.OWN_OPERATIONS_FOOTPRINT
    target = make_target(scope, kind="qualitative", percent=None, base_year=None)
    budget = make_budget(scope=scope, target=target)
    make_line(budget, "T1", {2030: 100})
    table = budget_table(budget)
    assert (table.year(2030).ceiling, table.year(2030).gap, table.year(2030).path) == (None, None, 900)
    assert "900 tonn. Målet har ingen utslippsramme" in answer(table).text
    adopted = adopt(budget)
    assert budget_table(adopted).year(2030).gap is None


def test_the_years_reach_from_the_inventory_past_plan_and_target(db: None) -> None:
    target = make_target()
    edition = make_edition()
    assert budget_table(make_budget(2027, target=target, edition=edition)).horizon == HORIZON
    late = budget_table(make_budget(2029, target=target, edition=edition))
    assert late.horizon == tuple(range(2025, 2033))
    assert late.year(2032).ceiling == late.year(2030).ceiling


def test_json_is_the_contract(budget: ClimateBudget) -> None:
    data = as_json(budget)
    assert data["budget"] == {
        "year": 2027, "scope": "community_direct", "revision": 1, "state": "draft", "case": None,
    }  # fmt: skip
    assert data["edition"] == {
        "published": budget.edition.published.isoformat(),
        "municipality": "Drammen",
        "publisher": "Miljødirektoratet",
    }
    assert data["target"] == {"base_year": 2009, "target_year": 2030, "percent": "55"}
    lines = {line["measure"]["code"]: line for line in data["lines"]}  # type: ignore[attr-defined]
    assert set(lines) == {"T1", "S1", "T2", "K1"}
    assert lines["T2"]["effects"] == {
        "2025": None, "2026": None, "2027": None, "2028": None, "2029": "0.5", "2030": "11.345678",
    }  # fmt: skip
    assert lines["T2"]["costs"]["2028"] == "1234.5"
    assert lines["K1"]["quantified"] is False
    assert set(lines["K1"]["effects"].values()) == {None}
    assert data["outside_boundary"][0]["effects"]["2030"] == "260"  # type: ignore[index]


def test_quantified_lines_sum_to_gross(budget: ClimateBudget) -> None:
    data = as_json(budget)
    for row in data["years"]:  # type: ignore[attr-defined]
        effects = [line["effects"][str(row["year"])] for line in data["lines"]]  # type: ignore[attr-defined]
        assert sum(Decimal(tonnes) for tonnes in effects if tonnes) == Decimal(row["gross"])
        assert Decimal(row["gross"]) - Decimal(row["overlap"]) == Decimal(row["net"])
        assert sum(map(Decimal, row["net_by_level"].values())) == Decimal(row["net"])
        assert Decimal(row["reference"]) - Decimal(row["net"]) == Decimal(row["path"])
        assert Decimal(row["path"]) - Decimal(row["ceiling"]) == Decimal(row["gap"])


def test_csv_says_what_json_says(budget: ClimateBudget) -> None:
    raw = export(budget_table(budget), "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))
    lines = as_json(budget)["lines"]
    assert len(rows) == len(lines)  # type: ignore[arg-type]
    for row, line in zip(rows, lines, strict=True):  # type: ignore[arg-type]
        assert (row["Nummer"], row["Tiltak"]) == tuple(line["measure"].values())
        assert (row["Ansvarlig"], row["Innsatsområde"]) == (line["unit"], line["focus_area"])
        assert row["Tallfestet"] == ("ja" if line["quantified"] else "nei")
        for year in HORIZON:
            assert row[f"Effekt {year}, tonn"] == (line["effects"][str(year)] or "").replace(".", ",")
            assert row[f"Kostnad {year}, kroner"] == (line["costs"][str(year)] or "").replace(".", ",")
    assert rows[3]["Hvorfor ikke tallfestet"] == "'=virker gjennom innkjøp"


def test_xlsx_says_what_json_says_in_typed_cells(budget: ClimateBudget) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(budget_table(budget), "xlsx")))
    assert book.sheetnames == ["Sammendrag", "Tiltak"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    lines = as_json(budget)["lines"]
    rows = [[cell.value for cell in row] for row in book["Tiltak"]]
    header = next(number for number, row in enumerate(rows) if row[0] == "Nummer")
    for row, line in zip(rows[header + 1 :], lines, strict=True):  # type: ignore[arg-type]
        figures = [*line["effects"].values(), *line["costs"].values()]
        assert [None if value is None else float(value) for value in figures] == row[8 : 8 + len(figures)]
    summary = {row[0].value: [cell.value for cell in row[1:]] for row in book["Sammendrag"] if row[0].value}
    for label, figures in summary_rows(budget_table(budget)):
        assert summary[label] == pytest.approx([float(figure) for figure in figures])
    assert summary["F1 Tiltak F1 (Klimafotavtrykk fra egen virksomhet)"][-1] == 260


def rows_of(page: Node, caption: str) -> dict[str, list[str]]:
    """Row header → the texts of its figures, for the table with this caption."""
    for table in (node for node in page.walk() if node.tag == "table"):
        if any(node.tag == "caption" and caption in node.all_text() for node in table.walk()):
            return {
                next(cell.all_text() for cell in row.children if cell.tag == "th"): [
                    cell.all_text() for cell in row.children if "num" in cell.attributes.get("class", "")
                ]
                for row in table.walk()
                if row.tag == "tr" and any(cell.tag == "th" for cell in row.children)
            }
    raise AssertionError(f"no table «{caption}»")


def shown(figure: Decimal | None) -> str:
    return format_number(figure, 0)


def test_the_page_says_what_the_table_says(budget: ClimateBudget, cast: Cast) -> None:
    adopt(budget)
    client = Client()
    client.force_login(cast.utvalg)
    page = parse(client.get(PAGE).text)
    table = budget_table(ClimateBudget.objects.get())
    summary = rows_of(page, "Sammendrag")
    years = table.years
    assert summary["Referansebane"] == [shown(row.reference) for row in years]
    assert summary["Tiltaksbane"] == [shown(row.path) for row in years]
    assert summary["Utslippsramme"] == [shown(row.ceiling) for row in years]
    assert summary["− Kommunale tiltak, netto"] == [
        shown(-row.by_level[Level.MUNICIPAL].net) for row in years
    ]
    assert summary["− Statlige og regionale tiltak, netto"] == [shown(-row.external_net) for row in years]
    assert summary["Over rammen"] == [
        shown(row.gap) if row.gap is None or row.gap >= 0 else f"{shown(-row.gap)} under" for row in years
    ]
    grid = rows_of(page, "Effekt per tiltak og år")
    for line in table.quantified:
        assert grid[line.title] == [shown(figure) for figure in line.effects.values()]
    assert grid["Sum før overlapp"] == [shown(row.gross) for row in years]
    levels = rows_of(page, "Sum per nivå")
    assert levels["Kommunale tiltak"] == [shown(row.by_level[Level.MUNICIPAL].gross) for row in years]
    assert rows_of(page, "Klimafotavtrykk fra egen virksomhet, tonn CO₂e per år")["Tiltak F1"][-1] == "260"
    assert "=virker gjennom innkjøp" in page.all_text()
    lead = next(node for node in page.walk() if node.attributes.get("id") == "budget-answer")
    whole = " ".join(" ".join(node.text for node in lead.walk()).split())
    assert shown(table.year(2030).gap) in whole


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_the_page_and_the_command_give_the_same_file(
    budget: ClimateBudget, cast: Cast, form: str, tmp_path: Path
) -> None:
    client = Client()
    client.force_login(cast.klima)
    response = client.get(f"{PAGE}last-ned/{form}/")
    assert f'filename="klimabudsjett-2027-kommunen-direkte.{form}"' in response["Content-Disposition"]
    path = tmp_path / "fil"
    call_command("budget_table", "2027", "--format", form, "--output", str(path))
    if form != "xlsx":  # a workbook carries the time it was made
        assert path.read_bytes() == response.content
    assert client.get(f"{PAGE}last-ned/pdf/").status_code == 404


def test_the_command_prefers_the_adopted_then_the_newest_draft(budget: ClimateBudget) -> None:
    adopted = adopt(budget)
    start_revision(by=DEMO, budget=adopted)
    for arguments, revision in (([], 1), (["--revision", "2"], 2)):
        out = io.StringIO()
        call_command("budget_table", "2027", *arguments, stdout=out)
        assert json.loads(out.getvalue())["budget"]["revision"] == revision


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["2028"], "finnes ikke noe klimabudsjett for 2028"),
        (["i fjor"], "må være et tall"),
        (["2027", "--scope", "alt"], "Ukjent systemgrense"),
        (["2027", "--revision", "7"], "revisjon 7"),
        (["2027", "--format", "pdf"], "Ukjent format"),
        (["2027", "--output", "/finnes/ikke/fil"], "Kan ikke skrive"),
    ],
)
def test_the_command_says_why_it_prints_nothing(
    budget: ClimateBudget, arguments: list[str], reason: str
) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError, match=reason) as stop:
        call_command("budget_table", *arguments, stdout=out)
    assert (stop.value.returncode, out.getvalue()) == (1, "")


def test_the_hash_is_stable_and_sees_every_figure(budget: ClimateBudget) -> None:
    before = table_sha256(budget_table(budget))
    assert table_sha256(budget_table(ClimateBudget.objects.get())) == before
    line = Line.objects.order_by("pk")[0]
    set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal("300.000001"), version=1)
    assert table_sha256(budget_table(budget)) != before
    set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(300), version=2)
    assert table_sha256(budget_table(budget)) == before, "versions of cells are not part of it"


def test_a_line_that_cannot_be_computed_is_left_out_and_named(budget: ClimateBudget) -> None:
    line = Line.objects.order_by("pk")[0]
    line.sources.update(share=60)
    table: BudgetTable = budget_table(budget)
    assert [problem.code for problem in table.problems] == ["shares_not_100"]
    assert set(next(row for row in table.lines if row.pk == line.pk).effects.values()) == {None}
    assert table.year(2030).gross == Decimal("211.345678")
    with pytest.raises(Refused):
        hand_over(by=DEMO, budget=budget, version=budget.version)


def test_figures_of_other_scopes_are_never_added(budget: ClimateBudget) -> None:
    table = budget_table(budget)
    assert [line.code for line in table.outside] == ["F1"]
    assert table.year(2030).gross == Decimal("511.345678")
