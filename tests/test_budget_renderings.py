"""One table, many renderings: page, PDF, chapter, XLSX, CSV and JSON hold the same figures, cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.template.loader import render_to_string
from django.test import Client
from pypdf import PdfReader

from budget.actions.costs import set_cost
from budget.actions.funding import add_funding
from budget.actions.lines import LineDetails, update_line
from budget.enums import CostKind
from budget.exports.data import export, summary_rows
from budget.exports.document_pdf import budget_html_context, render_budget
from budget.models import ClimateBudget, Effect, Line, ReferencePolicy
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import table_content, table_sha256
from budget.queries.tables import BudgetTable, TableLine
from budget.words.document_tables import cost_years, plan_cost
from budget.words.groups import responsible, sums_by_focus_area, sums_by_level, sums_by_unit
from budget.words.lines import (
    decision_words,
    funding_words,
    indicator_words,
    kind_words,
    source_words,
    state_words,
)
from budget.words.prices import price_of, price_words
from emissions.enums import Scope
from strategy.actions.decisions import DecisionData, record_decision
from strategy.enums import Level
from strategy.models import LEVEL_LABELS, Indicator, IndicatorTarget
from tests.budget_factory import adopt, make_edition, make_line, make_source, worked_example
from tests.cast import Cast
from tests.html_rules import Node, broken_rules, parse
from tests.test_pdf import tagged
from tests.worlds import kept
from web.actors import DEMO
from web.formats import format_number

pytestmark = pytest.mark.django_db
PAGE = "/budsjett/2027/kommunen-direkte/"
CHAPTER = f"{PAGE}1/kapittel/"
DECISION = DecisionData(
    body="council",
    title="Bussene <skal> bli utslippsfrie",
    text="Vedtatt.",
    case_number="25/88",
    decided_on=date(2025, 6, 17),
    no_unit="Ikke fordelt.",
)
# The annuity of 12 500 000 kr over 20 years at 4 percent, 919 771.88 kr, over the 1 234.567891 t of 2030.
PRICE = Decimal("745.01")


@kept
def budget() -> ClimateBudget:
    """Adopted, with every kind of line, a range, costs, money from outside, an indicator and a policy."""
    buses, cars = make_source("Veitrafikk", "Busser"), make_source()
    figures = {(source, year): 1000 for source in (buses, cars) for year in (2009, 2024)}
    budget = worked_example(edition=make_edition(figures))
    sources = {buses: 30, cars: 70}
    line = make_line(
        budget, "T2", {2029: "1.5", 2030: "1234.567891"}, already_counted=1, unit="Drift", sources=sources
    )
    set_cost(by=DEMO, line=line, year=2028, kind=CostKind.INVESTMENT, nok=Decimal("1234567.50"))
    set_cost(by=DEMO, line=line, year=2030, kind=CostKind.SAVING, nok=Decimal(1000))
    add_funding(
        by=DEMO, line=line, scheme="Klimasats", granted_nok=Decimal(648000), report_due=date(2028, 3, 1)
    )
    entry = record_decision(by=DEMO, data=DECISION)
    details = LineDetails(
        decision_reference="se også 24/3",
        decision_id=entry.pk,
        extra_cost_nok=Decimal(12_500_000),
        lifetime_years=20,
        discount_percent=Decimal(4),
    )
    explain(line, details)
    # Half of what a price takes: nothing but the reason.
    explain(budget.lines.get(measure__code="T1"), LineDetails(lifetime_years=10))
    indicator = Indicator.objects.create(measure=line.measure, name="Busser", unit_label="busser")
    IndicatorTarget.objects.create(indicator=indicator, year=2027, value=Decimal(14))
    ReferencePolicy.objects.create(budget=budget, title="Engangsavgift", level="national")
    Effect.objects.filter(line__measure__code="T1", year=2030).update(low=Decimal(200), high=Decimal(400))
    make_line(budget, "K1", reason="=virker <gjennom> innkjøp", area="Ressursbruk")
    make_line(budget, "F1", {2030: 260}, scope=Scope.OWN_OPERATIONS_FOOTPRINT)
    return ClimateBudget.objects.get(pk=adopt(budget).pk)


def explain(line: Line, details: LineDetails) -> None:
    line.refresh_from_db()
    update_line(
        by=DEMO,
        line=line,
        version=line.version,
        not_quantified_reason="",
        already_counted=line.already_counted,
        assumptions="",
        details=details,
    )


@pytest.fixture
def table(budget: ClimateBudget) -> BudgetTable:
    return budget_table(budget)


def page_html(cast: Cast) -> str:
    client = Client()
    client.force_login(cast.utvalg)
    return client.get(PAGE).text


def chapter_html(cast: Cast) -> str:
    client = Client()
    client.force_login(cast.utvalg)
    return client.get(CHAPTER).text


def pdf_html(budget: ClimateBudget) -> str:
    return render_to_string("pdf/budget.html", {**budget_html_context(budget), "title": "t", "author": "a"})


def documents(budget: ClimateBudget, cast: Cast) -> dict[str, str]:
    return {"page": page_html(cast), "chapter": chapter_html(cast), "pdf": pdf_html(budget)}


def rows_with(html: str, *headers: str) -> list[dict[str, str]]:
    """Every body and foot row of the tables that have all the headers: header → text."""
    found = []
    for node in parse(html).walk():
        if node.tag != "table":
            continue
        rows = [row for row in node.walk() if row.tag == "tr"]
        names = [cell.all_text() for cell in cells_of(rows[0])]
        if all(header in names for header in headers):
            found += [
                dict(zip(names, (cell.all_text() for cell in cells_of(row)), strict=True))
                for row in rows[1:]
                if len(cells_of(row)) == len(names)
            ]
    return found


def cells_of(row: Node) -> list[Node]:
    return [cell for cell in row.children if cell.tag in ("th", "td")]


def shown(figure: Decimal | None) -> str:
    return format_number(figure, 0)


def under(figure: Decimal | None) -> str:
    return f"{shown(-figure)} under" if figure is not None and round(figure) < 0 else shown(figure)


def test_every_line_says_the_same_everywhere(budget: ClimateBudget, table: BudgetTable, cast: Cast) -> None:
    for name, html in documents(budget, cast).items():
        effects = {row["Nr."]: row for row in rows_with(html, "Nr.", "Sektor og kilde") if row["Nr."]}
        prices = {row["Nr."]: row for row in rows_with(html, "Nr.", "Kroner i 2027") if row["Nr."]}
        # The measures without tonnes have a status too, in a table of their own.
        follow = {
            row["Nr."]: row
            for row in rows_with(html, "Nr.", "Vedtak", "Status")
            if "Hvorfor ikke tallfestet" not in row
        }
        assert set(effects) == set(prices) == set(follow) == {line.code for line in table.quantified}, name
        for line in table.quantified:
            row = effects[line.code]
            assert row["Tiltak"] == line.title, name
            assert [row[str(year)] for year in table.horizon] == [shown(f) for f in line.effects.values()], (
                name
            )
            assert (row["Type"], row["Sektor og kilde"]) == (kind_words(line), source_words(line)), name
            assert (row["Nivå"], row["Ansvarlig"]) == (str(LEVEL_LABELS[line.level]), responsible(line)), name
            row = prices[line.code]
            assert row["Tiltak"] == line.title, name
            costs = [row[f"Kroner i {year}"] for year in cost_years(table)]
            assert costs == [shown(line.costs[year]) for year in cost_years(table)], name
            assert row["Samlet 2027–2030, kroner"] == shown(plan_cost(line.costs, table)), name
            assert row["Kroner per tonn i 2030"] == price_words(table, line), name
            row = follow[line.code]
            assert row["Tiltak"] == line.title, name
            assert row["Finansiering"] == funding_words(line), name
            assert row["Indikator og måltall"] == indicator_words(line, 2027), name
            assert row["Status"] == state_words(line), name
            assert row["Vedtak"] == decision_words(line), name
        assert prices["T2"]["Kroner per tonn i 2030"] == shown(PRICE), name
        assert prices["T1"]["Kroner per tonn i 2030"] == "mangler merkostnad og rente", name
        assert prices["S1"]["Kroner per tonn i 2030"] == "mangler grunnlag", name
        said = "Bussene <skal> bli utslippsfrie, sak 25/88, 17.\u00a0juni 2025; se også 24/3"
        assert follow["T2"]["Vedtak"] == said, name
        (plain,) = rows_with(html, "Hvorfor ikke tallfestet")
        assert (plain["Nr."], plain["Hvorfor ikke tallfestet"]) == ("K1", "=virker <gjennom> innkjøp"), name
        assert "F1" in [row["Nr."] for row in rows_with(html, "Nr.", "Type") if row.get("2030") == "260"], (
            name
        )


def test_every_sum_says_the_same_everywhere(budget: ClimateBudget, table: BudgetTable, cast: Cast) -> None:
    years = table.years
    wanted = {
        "Referansebane": [shown(row.reference) for row in years],
        "− Kommunale tiltak, netto": [shown(-row.by_level[Level.MUNICIPAL].net) for row in years],
        "− Statlige og regionale tiltak, netto": [shown(-row.external_net) for row in years],
        "Tiltaksbane": [shown(row.path) for row in years],
        "Tiltaksbane, lavt": [shown(row.band.path_low if row.band else None) for row in years],
        "Tiltaksbane, høyt": [shown(row.band.path_high if row.band else None) for row in years],
        "Utslippsramme": [shown(row.ceiling) for row in years],
        "Over rammen": [under(row.gap) for row in years],
        "Over rammen, lavt": [under(row.band.gap_low if row.band else None) for row in years],
        "Over rammen, høyt": [under(row.band.gap_high if row.band else None) for row in years],
    }
    groups = {"Virksomhet": sums_by_unit, "Nivå": sums_by_level, "Innsatsområde": sums_by_focus_area}
    for name, html in documents(budget, cast).items():
        summary = {row["Tonn CO₂e"]: row for row in rows_with(html, "Tonn CO₂e", "2030")}
        for label, figures in wanted.items():
            assert [summary[label][str(year)] for year in table.horizon] == figures, (name, label)
        for header, sums_of in groups.items():
            rows = {row[header]: row for row in rows_with(html, header, "2030") if "Nr." not in row}
            for group, sums in sums_of(table).items():
                assert [rows[group][str(year)] for year in sums] == [shown(f) for f in sums.values()], name
            for label, figures in (
                ("Sum før overlapp", [shown(row.gross) for row in years]),
                ("Sum etter overlapp", [shown(row.net) for row in years]),
            ):
                assert [rows[label][str(year)] for year in table.horizon] == figures, (name, header)


def test_the_groups_add_up_to_the_whole(table: BudgetTable) -> None:
    for sums_of in (sums_by_unit, sums_by_level, sums_by_focus_area):
        for row in table.years:
            parts = [sums[row.year] for sums in sums_of(table).values()]
            assert sum(part for part in parts if part is not None) == row.gross


def test_files_hold_what_documents_round(table: BudgetTable) -> None:
    """XLSX, CSV and JSON have all decimals; what the documents show is those, rounded."""
    data = json.loads(export(table, "json"))
    rows = list(csv.DictReader(io.StringIO(export(table, "csv").decode("utf-8-sig")), delimiter=";"))
    book = openpyxl.load_workbook(io.BytesIO(export(table, "xlsx")))
    cells = [[cell.value for cell in row] for row in book["Tiltak"]]
    header = next(row for row in cells if row[0] == "Nummer")
    in_book = {row[0]: dict(zip(header, row, strict=True)) for row in cells[cells.index(header) + 1 :]}
    for line, as_json, as_csv in zip(table.lines, data["lines"], rows, strict=True):
        typed = in_book[line.code]
        for year in table.horizon:
            names = f"Effekt {year}, tonn", f"Kostnad {year}, kroner"
            for name, exact, key in zip(
                names, (line.effects[year], line.costs[year]), ("effects", "costs"), strict=True
            ):
                text = as_json[key][str(year)]
                assert (text and Decimal(text)) == exact
                assert as_csv[name] == (text or "").replace(".", ",")
                assert typed[name] == (None if exact is None else pytest.approx(float(exact)))
        total = plan_cost(line.costs, table)
        name = "Samlet kostnad 2027–2030, kroner"
        assert typed[name] == (None if total is None else pytest.approx(float(total)))
        price = price_of(table, line)
        in_json, name = as_json["cost_per_tonne"], "Kroner per tonn i 2030"
        assert typed[name] == (None if price.nok is None else pytest.approx(float(price.nok)))
        assert as_csv[name] == ("" if price.nok is None else str(price.nok).replace(".", ","))
        if line.quantified:
            assert in_json["nok"] == (None if price.nok is None else str(price.nok))
            assert (in_json["year"], in_json["why_not"] or "") == (2030, price.why_not)
        else:
            assert in_json is None
        words = {
            "Hvorfor ikke kroner per tonn": price.why_not if line.quantified else "",
            "Vedtak": decision_words(line),
            "Type": kind_words(line),
            "Sektor og kilde": source_words(line),
            "Finansiering": funding_words(line),
            "Indikator og måltall": indicator_words(line, 2027),
            "Status": state_words(line),
        }
        assert {key: as_csv[key] for key in words} == words
        assert {key: typed[key] or "" for key in words} == words
        assert as_json["status"] == line.details.state
        entry = line.details.decision
        assert as_json["decision"] == (
            None
            if entry is None
            else {"title": entry.title, "case": "25/88", "decided_on": "2025-06-17", "text": "se også 24/3"}
        )
        shares = [Decimal(part["percent"]) for part in as_json["sources"]]
        assert shares == [part.share for part in line.details.sources]
    first = next(row for row in rows if row["Nummer"] == "T1")
    assert (first["Lavt anslag 2030, tonn"], first["Høyt anslag 2030, tonn"]) == ("200", "400")
    assert (first["Lavt anslag 2029, tonn"], rows[2]["Lavt anslag 2030, tonn"]) == ("", "")
    assert data["years"][-1]["band"]["path_high"] is not None
    assert data["years"][0]["band"] is None


def test_the_workbook_has_every_sum_as_a_number(table: BudgetTable) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(table, "xlsx")))
    rows = [[cell.value for cell in row] for row in book["Sammendrag"]]
    for label, figures in summary_rows(table):
        row = next(row for row in rows if row[0] == label)
        assert row[1:] == [None if figure is None else pytest.approx(float(figure)) for figure in figures]
    for title, sums in (("Sum per virksomhet, før overlapp", sums_by_unit(table)),):
        start = next(number for number, row in enumerate(rows) if row[0] == title)
        for offset, (name, figures) in enumerate(sums.items(), start=1):
            expected = [
                None if figure is None else pytest.approx(float(figure)) for figure in figures.values()
            ]
            assert rows[start + offset] == [name, *expected]


def test_rounding_and_method_are_stated(budget: ClimateBudget, cast: Cast) -> None:
    for name, html in documents(budget, cast).items():
        text = " ".join(parse(html).all_text().split())
        for words in (
            "avrundet til hele tonn og hele kroner",
            "Samme utslipp som siste regnskapsår.",
            "Engangsavgift",
            "T1 og S1",
            "mangler effekt i noen av årene",
            "med alle lave og med alle høye anslag",
            "publisert",
        ):
            assert words in text, (name, words)


def test_documents_keep_the_rules(budget: ClimateBudget, cast: Cast) -> None:
    for name, html in documents(budget, cast).items():
        # What heads every PDF of ours has no caption: it is a list of facts.
        found = [rule for rule in broken_rules(html) if "pdf-metadata" not in rule]
        assert found == [], name
    chapter = chapter_html(cast)
    assert " class=" not in chapter
    assert "style" not in chapter
    # Word keeps the attribute, and centres headings that have none.
    assert '<th scope="col" align="right">2030</th>' in chapter
    assert '<th scope="col" align="left">Tiltak</th>' in chapter
    assert '<td align="right">' in chapter
    tables = [node for node in parse(chapter).walk() if node.tag == "table"]
    assert all(any(node.tag == "thead" for node in one.walk()) for one in tables)


def test_the_pdf_is_accessible_and_says_the_same(budget: ClimateBudget, table: BudgetTable) -> None:
    data = render_budget(budget)
    assert data == render_budget(budget), "the same budget gives the same bytes"
    reader = PdfReader(io.BytesIO(data))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], reader.metadata.title) == (
        "nb",
        "Klimabudsjett 2027: direkte utslipp i kommunen",
    )
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    headers = tagged(reader, "/TH")
    scopes = {header["/A"]["/Scope"] for header in headers}
    assert scopes == {"/Column", "/Row"}
    assert [figure for figure in tagged(reader, "/Figure") if not figure.get("/Alt")] == []
    assert {page.mediabox.width > page.mediabox.height for page in reader.pages} == {True, False}
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    for line in table.lines:
        assert line.code in text
        for figure in line.effects.values():
            assert shown(figure).replace("\u00a0", " ") in text
    assert f"{shown(table.year(2030).path)}".replace("\u00a0", " ") in text


def test_what_is_told_of_a_line_is_not_part_of_the_hash(budget: ClimateBudget) -> None:
    before = budget.table_sha256
    Line.objects.get(measure__code="T2").measure.indicators.all().delete()
    assert table_sha256(budget_table(budget)) == before
    bare = budget_table(budget, with_details=False)
    assert table_sha256(bare) == before


def test_a_range_is_part_of_the_hash_and_nothing_changes_without_one(db: None) -> None:
    budget = worked_example()
    plain = table_sha256(budget_table(budget))
    effects = Effect.objects.filter(line__measure__code="T1", year=2030)
    effects.update(low=Decimal(200))
    assert table_sha256(budget_table(budget)) != plain
    effects.update(low=None)
    assert table_sha256(budget_table(budget)) == plain


def test_details_are_read_once_for_all_lines(table: BudgetTable) -> None:
    line: TableLine = next(line for line in table.lines if line.code == "T2")
    assert source_words(line) == "Veitrafikk: Personbiler 70\u00a0%, Busser 30\u00a0%"
    assert funding_words(line) == "Klimasats: gitt 648\u00a0000 kr, rapporteres innen 1.\u00a0mars 2028"
    assert indicator_words(line, 2027) == "Busser: 14 busser i 2027"
    assert indicator_words(line, 2028) == "Busser"


def test_the_line_shows_its_range(budget: ClimateBudget, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.utvalg)
    ranged, plain = (Line.objects.get(measure__code=code) for code in ("T1", "S1"))
    (low,) = [
        row for row in rows_with(client.get(ranged.get_absolute_url()).text, "Tonn CO₂e", "2030")
        if row["Tonn CO₂e"] == "Lavt anslag"
    ]  # fmt: skip
    assert (low["2030"], low["2029"]) == ("200", "–")
    assert "Lavt anslag" not in client.get(plain.get_absolute_url()).text


def test_what_a_price_is_made_of_is_part_of_the_hash_where_it_is_given(db: None) -> None:
    budget = worked_example()
    plain = table_sha256(budget_table(budget))
    assert '"price"' not in json.dumps(table_content(budget_table(budget)))
    Line.objects.filter(measure__code="T1").update(lifetime_years=10)
    assert table_sha256(budget_table(budget)) != plain
