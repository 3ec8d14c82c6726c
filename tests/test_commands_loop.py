"""The same loop as the browser walks, as management commands: from a published file to a decision."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook
from pypdf import PdfReader

from budget.actions.effects import set_effect
from budget.actions.transitions import hand_over, propose, register_adoption
from budget.models import ClimateBudget
from climate_portal.demo_data.organisation import person
from publishing.models import Publication
from reporting.actions.reports import StatusAnswers, approve_report, assure_report, save_status, submit_report
from reporting.enums import Status
from reporting.models import UnitReport
from web.formats import format_number

pytestmark = pytest.mark.usefixtures("demo_db")

FILE = Path(__file__).parent / "data" / "utslipp_tre_kommuner.csv"
SCOPE = ("--scope", "community_direct")


def run(*arguments: object) -> str:
    out = io.StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def data(*arguments: object) -> Any:
    return json.loads(run(*arguments))


def test_the_whole_loop(tmp_path: Path) -> None:
    import_skien()
    fill_in_and_adopt()
    before = data("publish_summary", "2026-T2", "--output", tmp_path / "before.pdf", "--json")
    report()
    after = data("publish_summary", "2026-T2", "--output", tmp_path / "after.pdf", "--json", "--by", email())
    assert after["number"] == before["number"] + 1
    assert after["sha256"] != before["sha256"]
    again = data("publish_summary", "2026-T2", "--output", tmp_path / "again.pdf", "--json")
    assert again == after
    assert (tmp_path / "again.pdf").read_bytes() == (tmp_path / "after.pdf").read_bytes()
    the_pdf_says_what_the_budget_says(tmp_path / "after.pdf")
    the_network_is_covered()


def email() -> str:
    return person("klima").email


def import_skien() -> None:
    arguments = (
        "import_emissions",
        FILE,
        *SCOPE,
        "--municipality",
        "Skien",
        "--published",
        "2025-12-16",
        "--json",
    )
    tried = data(*arguments, "--dry-run")
    assert tried["edition"] is None
    with pytest.raises(CommandError):
        run("emissions_table", *SCOPE, "--municipality", "Skien", "--json")
    done = data(*arguments, "--by", email())
    assert done["years"] == tried["years"]
    assert data(*arguments) == {**done, "unchanged": True}
    rows = data("emissions_table", *SCOPE, "--municipality", "Skien", "--year", 2024, "--json")
    assert sum(Decimal(row["tonnes"]) for row in rows) == Decimal(done["years"]["2024"])
    # Drammen's own account is what it was.
    drammen = data("emissions_table", *SCOPE, "--year", 2024, "--json")
    assert sum(Decimal(row["tonnes"]) for row in drammen) == 212_000


def fill_in_and_adopt() -> None:
    budget = ClimateBudget.objects.get(year=2027)
    before = data("budget_table", 2027)
    assert (before["budget"]["state"], before["budget"]["case"]) == ("draft", None)
    line = budget.lines.get(measure__code="T1")
    version = line.effects.get(year=2030).version
    klima, radmann = person("klima"), person("radmann")
    set_effect(by=klima, line=line, year=2030, tonnes=Decimal("1234.5"), version=version)
    for step, by, more in (
        (hand_over, klima, {}),
        (propose, radmann, {}),
        (register_adoption, klima, {"adopted_on": date(2026, 9, 1), "case_number": "26/404"}),
    ):
        budget.refresh_from_db()
        step(by=by, budget=budget, version=budget.version, **more)
    after = data("budget_table", 2027)
    assert after["budget"] | {"state": "adopted", "case": "26/404"} == after["budget"]
    old, new = before["years"][-1], after["years"][-1]
    lost = Decimal(2558) - Decimal("1234.5")
    assert Decimal(new["gap"]) - Decimal(old["gap"]) == lost
    assert before["years"][:-1] == after["years"][:-1]
    the_formats_agree(after)


def the_formats_agree(table: Any) -> None:
    """JSON, CSV and XLSX are renderings of one table; quantified lines sum to gross."""
    last = table["years"][-1]
    effects = [
        Decimal(one["effects"]["2030"]) for one in table["lines"] if one["effects"]["2030"] is not None
    ]
    assert sum(effects) == Decimal(last["gross"])
    lines = run("budget_table", 2027, "--format", "csv").removeprefix("\ufeff").splitlines()
    assert len([one for one in lines if one.startswith(("T", "S")) and one[1].isdigit()]) == len(
        table["lines"]
    )
    assert any("1234,5" in one for one in lines)


def report() -> None:
    """Samferdsel reports one deviation; leader and Klima say yes."""
    found = UnitReport.objects.get(period__kind="T2", unit__name="Samferdsel, vei- og parkforvaltning")
    late = StatusAnswers(
        status=Status.DELAYED,
        indicator_value=Decimal("2.4"),
        what_happened="2,4 km er åpnet.",
        cause="Grunnervervet tok lengre tid.",
        corrective_action="Vi bygger neste strekning først.",
        new_date=date(2027, 6, 30),
        delayed_share=Decimal(50),
    )
    fine = StatusAnswers(
        status=Status.ON_TRACK, what_happened="Vi følger planen.", indicator_value=Decimal(5)
    )
    kontakt, leder, klima = person("kontakt"), person("leder"), person("klima")
    for status in found.statuses.select_related("measure"):
        answers = late if status.measure.code == "T3" else fine
        save_status(by=kontakt, status=status, version=status.version, answers=answers)
    for step, by, more in (
        (submit_report, kontakt, {}),
        (approve_report, leder, {"comment": "Vi følger opp grunnervervet."}),
        (assure_report, klima, {}),
    ):
        found.refresh_from_db()
        step(by=by, report=found, version=found.version, **more)


def the_pdf_says_what_the_budget_says(path: Path) -> None:
    pdf = PdfReader(path)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "".join("".join(page.extract_text() for page in pdf.pages).split())
    table = data("budget_table", 2026)
    assert table["budget"]["state"] == "adopted"
    for year in table["years"]:
        for row in ("reference", "path", "ceiling", "gap"):
            figure = format_number(Decimal(year[row]), 0)
            assert "".join(figure.split()) in text, (row, year["year"])
    assert "Grunnervervettoklengretid." in text
    assert Publication.objects.latest("number").published_by_name == person("klima").name


def the_network_is_covered() -> None:
    coverage = data("network_coverage", "--json")
    assert set(coverage) == {"units_without_seat", "seats_without_member", "members_without_deputy"}
    for rows in coverage.values():
        assert [row["unit"] for row in rows] == sorted((row["unit"] for row in rows), key=norwegian)
    assert not {"Klima"} & {row["unit"] for row in coverage["units_without_seat"]}


def norwegian(name: str) -> str:
    return name.casefold().replace("æ", "zæ").replace("ø", "zø").replace("å", "zå")


def test_nothing_is_written_for_an_unknown_period(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="2031"):
        run("publish_summary", "2031-T1", "--output", tmp_path / "none.pdf")
    assert list(tmp_path.iterdir()) == []


def test_the_workbook_has_typed_numbers(tmp_path: Path) -> None:
    run("budget_table", 2026, "--format", "xlsx", "--output", tmp_path / "b.xlsx")
    book = load_workbook(tmp_path / "b.xlsx")
    assert book.sheetnames == ["Sammendrag", "Tiltak"]
    numbers = [cell.value for row in book["Tiltak"].iter_rows() for cell in row if cell.data_type == "n"]
    assert 420 in numbers
