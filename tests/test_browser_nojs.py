"""The portal without JavaScript: everything is a link or a form, and the answers are whole pages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from budget.actions.transitions import hand_over, propose
from budget.models import ClimateBudget
from climate_portal.demo_data.organisation import person
from tests.browser import OpenTab, Tab, at_page, log_in, unfold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILE = Path(__file__).parent / "data" / "utslipp_tre_kommuner.csv"
DRAFT = "/budsjett/2027/kommunen-direkte/"


@pytest.fixture
def plain_tab(open_tab: OpenTab) -> OpenTab:
    """A tab whose browser runs no script."""

    def open_one(login: str = "") -> Tab:
        return open_tab(login, java_script_enabled=False)

    return open_one


def test_log_in_and_out(plain_tab: OpenTab) -> None:
    tab = plain_tab()
    log_in(tab, "kontakt")
    tab.page.get_by_text("Kontakt Eksempel").first.click()
    tab.page.get_by_role("button", name="Logg ut").click()
    at_page(tab.page, "Logg inn")


def test_report(plain_tab: OpenTab) -> None:
    """«Forsinket» asks for a cause when the draft is saved, as no script can ask at once."""
    tab = plain_tab("kontakt")
    page = tab.go("/")
    page.get_by_role("link", name="Start").click()
    for title, status in (
        ("Utslippsfrie anleggsplasser", "I rute"),
        ("Elektriske tjenestebiler", "I rute"),
        ("Sammenhengende sykkelveinett", "Forsinket"),
        ("Massemottak nær", "Ikke startet, etter plan"),
    ):
        card = unfold(page.get_by_role("region", name=title))
        card.get_by_role("radio", name=status, exact=True).check()
        card.get_by_label("Hva har skjedd siden sist?").fill("Dette har skjedd.")
        if card.get_by_label(re.compile("måltall")).count():
            card.get_by_label(re.compile("måltall")).fill("2,5")
    page.get_by_role("button", name="Lagre utkast").last.click()
    expect(page.get_by_text("Utkastet er lagret.")).to_be_visible()
    late = unfold(page.get_by_role("region", name="Sammenhengende sykkelveinett"))
    late.get_by_label("Hva er årsaken?").fill("Grunnervervet tok lengre tid.")
    late.get_by_label("Hva gjør dere?").fill("Vi bygger neste strekning først.")
    late.get_by_label("Når er det tatt igjen?").fill("30.06.2027")
    late.get_by_label("Hvor stor del er forsinket").fill("50")
    page.get_by_role("button", name="Send til virksomhetsleder").click()
    at_page(page, "Rapporten er sendt")


def test_edit_a_line(plain_tab: OpenTab) -> None:
    page = plain_tab("klima").go(DRAFT)
    page.get_by_role("link", name="Elektriske tjenestebiler i vei og park").first.click()
    page.get_by_role("link", name="Rediger").click()
    page.get_by_label("Effekt 2029, tonn CO₂e").fill("1 234,5")
    page.get_by_role("button", name="Lagre").click()
    at_page(page, "Elektriske tjenestebiler i vei og park")
    expect(page.get_by_role("table", name="Effekt per år")).to_contain_text(re.compile("1.234,5|1.235"))


def test_a_wrong_figure_comes_back_with_its_reason(plain_tab: OpenTab) -> None:
    tab = plain_tab("klima")
    page = tab.go(DRAFT)
    page.get_by_role("link", name="Parkeringsavgift etter utslipp").first.click()
    page.get_by_role("link", name="Rediger").click()
    page.get_by_label("Effekt 2029, tonn CO₂e").fill("abc")
    with tab.expecting(422):
        page.get_by_role("button", name="Lagre").click()
    expect(page).to_have_title(re.compile("^Feil:"))
    expect(page.get_by_label("Effekt 2029, tonn CO₂e")).to_have_value("abc")
    page.get_by_role("group", name="Rett opp dette før du går videre").get_by_role("link").click()
    expect(page.get_by_label("Effekt 2029, tonn CO₂e")).to_be_focused()


def test_save_a_focus_area(plain_tab: OpenTab) -> None:
    """«Lagre Mobilitet» takes one focus area, all its figures or none."""
    tab = plain_tab("klima")
    page = tab.go(DRAFT)
    for measure, year, figure in (
        ("Utslippsfrie anleggsplasser i kommunal regi", 2028, "1 111"),
        ("Sammenhengende sykkelveinett, etappe 2", 2029, "77,5"),
    ):
        page.get_by_role("textbox", name=f"{measure}, {year}", exact=True).fill(figure)
    with page.expect_navigation():
        page.get_by_role("row", name=re.compile("^Mobilitet")).get_by_role(
            "button", name="Lagre Mobilitet"
        ).click()
    at_page(page, "Klimabudsjett 2027")
    saved = page.get_by_role("textbox", name="Sammenhengende sykkelveinett, etappe 2, 2029", exact=True)
    expect(saved).to_have_value("77,5")
    page.get_by_role("textbox", name="Utslippsfrie anleggsplasser i kommunal regi, 2027", exact=True).fill(
        "9"
    )
    saved.fill("abc")
    with tab.expecting(422):
        page.get_by_role("row", name=re.compile("^Mobilitet")).get_by_role(
            "button", name="Lagre Mobilitet"
        ).click()
    expect(saved).to_have_value("abc")
    page.get_by_role("link", name=re.compile("etappe 2, 2029: Skriv et tall")).click()
    expect(saved).to_be_focused()
    line = ClimateBudget.objects.get(year=2027).lines.get(measure__code="T1")
    assert line.effects.get(year=2027).tonnes != 9


def test_import(plain_tab: OpenTab) -> None:
    page = plain_tab("klima").go("/klimaregnskap/importer/")
    page.get_by_label("Fil med utslippsstatistikk").set_input_files(FILE)
    page.get_by_role("button", name="Last opp og se over").click()
    page.get_by_role("button", name="Gå videre").click()
    at_page(page, "Se over importen")
    page.get_by_label("Kommune").select_option("Tinn")
    page.get_by_label("Utgiver").fill("Miljødirektoratet")
    page.get_by_label("Publisert").fill("16.12.2025")
    page.get_by_role("button", name="Oppdater").click()
    page.get_by_role("button", name=re.compile(r"Importer .* rader")).click()
    expect(page.get_by_text("Klimaregnskapet for Tinn er importert")).to_be_visible()
    page.get_by_role("link", name="Se klimaregnskapet").click()
    expect(page.get_by_role("columnheader", name="Tinn")).to_be_visible()


def test_adopt(plain_tab: OpenTab) -> None:
    """Last: afterwards the draft is no draft."""
    budget = ClimateBudget.objects.get(year=2027)
    hand_over(by=person("klima"), budget=budget, version=budget.version)
    budget.refresh_from_db()
    propose(by=person("radmann"), budget=budget, version=budget.version)
    tab = plain_tab("klima")
    page = tab.go(DRAFT)
    page.get_by_role("link", name="Registrer kommunestyrets vedtak").click()
    with tab.expecting(422):
        page.get_by_role("button", name="Registrer vedtaket").click()
    page.get_by_label("Vedtaksdato").fill("01.09.2026")
    page.get_by_label("Saksnummer").fill("26/404")
    page.get_by_role("button", name="Registrer vedtaket").click()
    expect(page.get_by_text("Kommunestyrets vedtak er registrert.")).to_be_visible()
    expect(page.locator("input.kp-cell")).to_have_count(0)
