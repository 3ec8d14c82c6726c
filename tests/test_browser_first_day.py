"""From an empty database to the first published report, by one person with every role, in a real browser.

One test: each step stands on the one before. The municipality is «Liten»; the figures are its own, from the
national statistics. What is counted at the end is what it costs to begin: presses, and words typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from budget.enums import BudgetState
from budget.models import ClimateBudget
from publishing.models import Publication
from reporting.enums import ReportState
from reporting.models import UnitReport
from tests.browser import Tab, at_page, faults_of, open_tabs, unfold, work_off_jobs
from tests.skien_files import STATISTICS, UNITS, XLSX, twelve_lines, workbook
from tests.test_two_steps import app_shows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mange ord etter hverandre"
ADDRESS, NAME = "kari@skien.example", "Kari Eksempel"


@dataclass
class Person:
    """Somebody at a keyboard, and what she has pressed and written."""

    tab: Tab
    presses: int = 0
    words: int = 0

    @property
    def page(self) -> Page:
        return self.tab.page

    def press(self, name: str | re.Pattern[str], role: str = "button") -> None:
        self.presses += 1
        part = self.page.get_by_role("main").get_by_role(role, name=name)  # type: ignore[arg-type]
        part.first.click()
        self.page.wait_for_load_state()

    def follow(self, name: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation():
            self.press(name, "link")

    def write(self, field: str, text: str) -> None:
        self.words += len(text.split())
        self.page.locator(f"#id_{field}").fill(text)

    def choose(self, field: str, option: str) -> None:
        self.presses += 1
        self.page.locator(f"#id_{field}").select_option(label=option)

    def tick(self, field: str) -> None:
        self.presses += 1
        self.page.locator(f"#id_{field}").check()


@pytest.fixture
def kari(live_server: LiveServer, chromium: Browser) -> Iterator[Person]:
    with open_tabs(chromium, live_server.url) as tabs:
        yield Person(tabs.open())
        problems = tabs.problems()
    assert not problems, problems


def test_one_person_begins_alone(kari: Person) -> None:
    code = she_logs_in(kari, set_up())
    units_from_a_file(kari)
    every_role_is_hers(kari)
    the_statistics(kari)
    target_and_measures(kari)
    the_budget_is_adopted(kari)
    the_report_is_sent_and_approved(kari)
    it_is_published(kari)
    nothing_is_left_to_begin_with(kari)
    # Beginning may not become dearer unseen: 84 presses and 166 words on the day this was written.
    assert kari.presses <= 95
    assert kari.words <= 190
    she_comes_back_with_a_code(kari, code)


def set_up() -> str:
    out = StringIO()
    call_command(
        "setup",
        municipality="Skien",
        number="4003",
        admin_email=ADDRESS,
        admin_name=NAME,
        size="liten",
        stdout=out,
    )
    return re.sub(r"^https?://[^/]+", "", out.getvalue().splitlines()[-1])


def she_logs_in(kari: Person, link: str) -> str:
    """Chooses a password, sets up two steps, and gives a recovery code."""
    kari.tab.go(link)
    kari.write("password", PASSWORD)
    kari.press("Lagre passordet")
    give_password(kari)
    secret = kari.page.locator("code").inner_text().replace(" ", "")
    assert faults_of(kari.page) == []
    kari.write("code", app_shows(secret))
    kari.press(re.compile("Slå på|Lagre|Gå videre"))
    at_page(kari.page, "Reservekoder")
    assert faults_of(kari.page) == []
    return kari.page.locator("main code").first.inner_text()


def give_password(kari: Person) -> None:
    at_page(kari.page, "Logg inn")
    kari.page.get_by_label("E-post").fill(ADDRESS)
    kari.page.get_by_label("Passord").fill(PASSWORD)
    kari.press("Logg inn")


def begin(kari: Person, step: str) -> None:
    """By the page that says what is left."""
    kari.tab.go("/kom-i-gang/")
    kari.press(re.compile(f": {step}$"), "link")


def units_from_a_file(kari: Person) -> None:
    begin(kari, "Virksomheter og foretak")
    file = {"name": "virksomheter.xlsx", "mimeType": XLSX, "buffer": workbook(UNITS)}
    kari.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    kari.press("Last opp og se over")
    kari.press(re.compile("^(Bekreft|Les inn|Lagre)"))


def every_role_is_hers(kari: Person) -> None:
    """She is Klima, the executive, and leader and contact of the unit that does the work."""
    for role, unit in (
        ("Klimaavdelingen", "Hele kommunen"),
        ("Kommunedirektørens ledergruppe", "Hele kommunen"),
        ("Leder", "Teknisk drift"),
        ("Kontaktperson", "Teknisk drift"),
    ):
        begin(kari, "De første personene")
        kari.choose("role", role)
        kari.choose("unit", unit)
        kari.write("email", ADDRESS)
        kari.press("Inviter")


def the_statistics(kari: Person) -> None:
    begin(kari, "Utslippene")
    kari.page.get_by_label("Fil med utslippsstatistikk").set_input_files(STATISTICS)
    kari.press("Last opp og se over")
    kari.press("Gå videre")
    at_page(kari.page, "Se over importen")
    kari.page.get_by_label("Kommune").select_option("Skien")
    kari.page.get_by_label("Systemgrense").select_option("Direkte utslipp i kommunen")
    kari.page.get_by_label("Utgiver").fill("Miljødirektoratet")
    kari.page.get_by_label("Publisert").fill("16.12.2025")
    kari.page.get_by_label("Publisert").press("Tab")
    kari.press(re.compile(r"Importer .* rader"))
    at_page(kari.page, "Kvittering for importen")


def target_and_measures(kari: Person) -> None:
    begin(kari, "Klimamålet")
    kari.write("title", "Klimaplan for Skien")
    kari.write("covers", "2027–2030")
    kari.press(re.compile("^Lag"))
    begin(kari, "Klimamålet")
    kari.write("title", "55 prosent lavere utslipp")
    kari.tick("kind_0")
    kari.choose("scope", "Direkte utslipp i kommunen")
    kari.write("base_year", "2009")
    kari.write("target_year", "2030")
    kari.write("percent", "55")
    kari.press("Lagre")
    begin(kari, "Tiltakene")
    for box in kari.page.locator("input[name=chosen]").all():
        box.check()
        kari.presses += 1
    kari.choose("unit", "Teknisk drift")
    kari.write("start_year", "2027")
    kari.press("Legg til tiltakene")


def the_budget_is_adopted(kari: Person) -> None:
    begin(kari, "Klimabudsjettet")
    kari.follow("Nytt klimabudsjett")
    kari.write("year", "2026")
    kari.page.locator("#id_target").select_option(index=1)
    kari.page.locator("#id_edition").select_option(index=1)
    kari.tick("reference_rule_0")
    kari.press("Gå videre")
    kari.follow("importer tiltak")
    template = kari.tab.download(kari.page.get_by_role("link", name="Last ned malen"))
    content, words = twelve_lines(template)
    kari.words += words
    kari.page.locator("#id_file").set_input_files(
        {"name": "tiltak.xlsx", "mimeType": XLSX, "buffer": content}
    )
    kari.press("Last opp og se over")
    kari.press(re.compile("^(Bekreft|Lagre|Les inn)"))
    for step in ("Klargjør for kommunedirektøren", "Foreslå for kommunestyret"):
        kari.follow(step)
        kari.press(step)
    kari.follow("Registrer kommunestyrets vedtak")
    kari.write("adopted_on", "01.09.2026")
    kari.write("case_number", "26/404")
    kari.press("Registrer vedtaket")
    budget = ClimateBudget.objects.get()
    assert (budget.state, budget.lines.count()) == (BudgetState.ADOPTED, 12)


def the_report_is_sent_and_approved(kari: Person) -> None:
    begin(kari, "Den første rapporteringen")
    kari.write("year", "2026")
    kari.page.locator("#id_budget").select_option(index=1)
    for moment, day, clock in (
        ("opens_at", "07.09.2026", "08:00"),
        ("contact_deadline", "14.09.2026", "23:59"),
        ("leader_deadline", "21.09.2026", "23:59"),
        ("closes_at", "28.09.2026", "23:59"),
    ):
        kari.write(f"{moment}_day", day)
        kari.write(f"{moment}_time", clock)
    kari.press("Se hva som åpnes")
    kari.press(re.compile("^Åpne"))
    kari.tab.go("/")
    kari.press(re.compile("^(Start|Fortsett)"), "link")
    at_page(kari.page, "Klimarapport for årsrapport 2026")
    for row in kari.page.locator("input[id^=v-]").all():
        pk = str(row.get_attribute("id")).removeprefix("v-")
        card = unfold(kari.page.locator(f"#kort-{pk}"))
        kari.tick(f"s-{pk}-status_2")
        expect(card.locator("[id^=svar-]")).to_have_text(re.compile("^Bekreftet"))
    kari.press("Send og godkjenn")


def it_is_published(kari: Person) -> None:
    report = UnitReport.objects.get()
    assert report.state == ReportState.APPROVED
    kari.follow("Se rapporten")
    main = kari.page.get_by_role("main")
    expect(main).to_contain_text("Godkjent av leder, av den som sendte den")
    kari.follow("Kvalitetssikre")
    kari.press("Kvalitetssikre")
    kari.tab.go("/rapportering/")
    assert faults_of(kari.page) == []
    kari.follow("Klimastatus for årsrapport 2026")
    kari.follow("Publiser sammendrag")
    kari.press("Publiser sammendrag")
    work_off_jobs()
    expect(main).to_contain_text("Publisert som nr. 1.")
    assert Publication.objects.get().number == 1


def nothing_is_left_to_begin_with(kari: Person) -> None:
    """But for the factors, which nobody needed yet."""
    kari.tab.go("/kom-i-gang/")
    expect(kari.page.get_by_role("main")).to_contain_text("Åtte av ni steg er gjort.")
    assert faults_of(kari.page) == []
    kari.tab.go("/")
    assert faults_of(kari.page) == []
    menu = kari.page.get_by_role("navigation", name="Hovedmeny").get_by_role("link")
    names = [name.partition("\n")[0].strip() for name in menu.all_inner_texts()]
    assert names[:5] == ["Min side", "Klimaregnskap", "Strategi", "Klimabudsjett", "Rapportering"]
    assert not {"Klimaledelse", "Klimalaget"} & set(names)


def she_comes_back_with_a_code(kari: Person, code: str) -> None:
    kari.tab.go("/logg-ut/")
    kari.press("Logg ut")
    give_password(kari)
    assert faults_of(kari.page) == []
    kari.write("code", code)
    kari.press(re.compile("^(Logg inn|Gå videre|Fortsett)"))
    at_page(kari.page, "Min side")
