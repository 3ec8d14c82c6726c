"""From an empty database to the first published report, by commands, files and pages, as four people."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budget.enums import BudgetState
from budget.models import ClimateBudget
from emissions.models import Edition
from organisation.models import Municipality, Unit, User
from publishing.models import Publication
from reporting.enums import ReportState
from reporting.models import UnitReport
from strategy.models import Measure, Strategy, Target
from tests.report_forms import posted_by, text_of
from tests.skien_files import STATISTICS, UNITS, XLSX, twelve_lines, workbook

pytestmark = pytest.mark.django_db
PEOPLE = (
    ("Navn", "E-post", "Rolle", "Virksomhet"),
    ("Klima Eksempel", "klima@skien.example", "klimaavdelingen", None),
    ("Kari Eksempel", "sjef@skien.example", "kommunedirektørens ledergruppe", None),
    ("Leder Eksempel", "leder@skien.example", "leder", "Teknisk drift"),
    ("Kontakt Eksempel", "kontakt@skien.example", "kontaktperson", "Teknisk drift"),
)


def command(*arguments: object) -> str:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


def person(login: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(email=f"{login}@skien.example"))
    return client


def send(client: Client, address: str, to: str = "", /, **typed: Any) -> str:
    """Fills in the page's form as it stands, and sends it; where it leads."""
    page = client.get(address)
    assert page.status_code == 200, (address, page.status_code)
    answer = client.post(to or address, posted_by(page) | typed)
    assert answer.status_code in (302, 303), (address, answer.status_code, text_of(answer))
    return str(answer.headers["Location"])


def test_the_first_report_of_skien(tmp_path: Path) -> None:
    set_up(tmp_path)
    klima, chief = person("klima"), person("sjef")
    targets(klima)
    budget = adopted(klima, chief)
    report = reported(klima, budget)
    approved_and_assured(klima, report)
    file = tmp_path / "klimastatus.pdf"
    said = json.loads(command("publish_summary", "2026-T2", "--output", file, "--json"))
    assert said["number"] == 1
    assert file.read_bytes().startswith(b"%PDF")
    assert Publication.objects.get().number == 1


def set_up(folder: Path) -> None:
    command(
        *("setup", "--municipality", "Skien", "--number", "4003"),
        *("--admin-email", "admin@skien.example", "--admin-name", "Admin Eksempel", "--size", "vanlig"),
    )
    units, people = folder / "virksomheter.xlsx", folder / "personer.xlsx"
    units.write_bytes(workbook(UNITS))
    people.write_bytes(workbook(PEOPLE))
    assert json.loads(command("import_units", units, "--json"))["new"] == 2
    assert json.loads(command("import_people", people, "--json"))["new"] == 4
    command("import_emissions", STATISTICS, "--scope", "community_direct", "--published", "2025-12-16")
    # Two steps are what tests/test_two_steps.py and the browser's first day are about.
    admin = person("admin")
    assert admin.get("/organisasjon/").headers["Location"] == reverse("account_two_steps")
    Municipality.objects.update(mfa_required=False)


def targets(klima: Client) -> None:
    send(klima, "/strategi/ny/", title="Klimaplan", covers="2027–2030")
    slug = Strategy.objects.get().slug
    send(
        klima,
        reverse("strategy:new_target", args=[slug]),
        title="55 prosent lavere",
        kind="emission",
        scope="community_direct",
        base_year="2009",
        target_year="2030",
        percent="55",
    )
    codes = [f"T{number}" for number in range(1, 13)]
    unit = Unit.objects.get(name="Teknisk drift").pk
    send(klima, reverse("strategy:starter_list"), chosen=codes, unit=unit, start_year="2027")
    assert Measure.objects.count() == 12


def adopted(klima: Client, chief: Client) -> ClimateBudget:
    page = send(
        klima,
        reverse("budget:create"),
        year="2026",
        target=Target.objects.get().pk,
        edition=Edition.objects.get().pk,
        reference_rule="flat",
    )
    budget = ClimateBudget.objects.get()
    files = [2026, "kommunen-direkte", 1]
    template = klima.get(reverse("budget:line_template", args=files)).content
    content, _words = twelve_lines(template)
    upload = SimpleUploadedFile("tiltak.xlsx", content, XLSX)
    preview = klima.post(reverse("budget:line_import", args=files), {"file": upload}).headers["Location"]
    send(klima, preview)
    for who, step in ((klima, "hand_over"), (chief, "propose")):
        send(who, reverse(f"budget:{step}", args=files))
    send(klima, reverse("budget:adopt", args=files), adopted_on="01.09.2026", case_number="26/404")
    budget.refresh_from_db()
    assert (budget.state, budget.lines.count()) == (BudgetState.ADOPTED, 12), page
    return budget


def reported(klima: Client, budget: ClimateBudget) -> UnitReport:
    today = timezone.localdate()
    days = {"opens_at": 0, "contact_deadline": 7, "leader_deadline": 14, "closes_at": 21}
    moments = {f"{name}_day": f"{today + timedelta(days=n):%d.%m.%Y}" for name, n in days.items()}
    clocks = {f"{name}_time": "08:00" if name == "opens_at" else "23:59" for name in days}
    send(
        klima,
        reverse("reporting:open_period"),
        kind="T2",
        year="2026",
        budget=budget.pk,
        **moments,
        **clocks,
    )
    report = UnitReport.objects.get()
    contact = person("kontakt")
    where = ["2026-T2", report.unit_id]
    answers = {f"s-{pk}-status": "on_track" for pk in report.statuses.values_list("pk", flat=True)}
    send(contact, reverse("reporting:report", args=where), reverse("reporting:submit", args=where), **answers)
    report.refresh_from_db()
    assert report.state == ReportState.SUBMITTED
    return report


def approved_and_assured(klima: Client, report: UnitReport) -> None:
    where = ["2026-T2", report.unit_id]
    send(person("leder"), reverse("reporting:approve", args=where))
    send(klima, reverse("reporting:assure", args=where))
    report.refresh_from_db()
    assert report.state == ReportState.ASSURED
