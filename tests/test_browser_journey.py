"""The whole loop in a real browser, as the people who do it: from a published file to a decision.

One test, because each step stands on the one before. What only shows in the middle of something (a
preview, a step, a receipt) is also looked at here, as tests/test_browser_pages*.py do with the rest.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser import DESKTOP, OpenTab, Tab, at_page, faults_of, follow, log_in, unfold, work_off_jobs
from web.formats import format_number

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILE = Path(__file__).parent / "data" / "utslipp_tre_kommuner.csv"
UNIT = "Samferdsel, vei- og parkforvaltning"
# Every figure on the budget page that follows from the cells.
SUMS = "cells => Object.fromEntries(cells.map(cell => [cell.id, cell.innerText]))"


def test_the_whole_loop(open_tab: OpenTab) -> None:
    klima, radmann = open_tab(), open_tab()
    log_in(klima, "klima")
    log_in(radmann, "radmann")
    import_skien(klima)
    move_a_measure(klima)
    fill_in_the_budget(klima)
    adopt_the_budget(klima, radmann)
    nothing_moves_the_adopted_budget(klima)

    kontakt, leder = open_tab(), open_tab(phone=True)
    log_in(kontakt, "kontakt")
    log_in(leder, "leder")
    report(kontakt)
    approve_on_a_phone(leder)
    assure(klima)

    read_the_summary(radmann)
    publish(klima)
    see_the_network(klima)

    readers_read(open_tab)
    history_tells_all(open_tab)
    anybody_reads_the_public_page(open_tab())


def room(tab: Tab, name: str) -> Page:
    """Into a room through the main menu."""
    tab.page.get_by_role("navigation", name="Hovedmeny").get_by_role("link", name=name).click()
    return at_page(tab.page, re.compile(name))


def look(tab: Tab) -> None:
    """The page as it stands has no fault."""
    assert faults_of(tab.page) == []
    tab.page.set_viewport_size(DESKTOP)


def skien_by_year() -> dict[int, Decimal]:
    """What the file says, read without the portal; the file has no gases."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    text = FILE.read_text(encoding="utf-8-sig")
    delimiter = ";" if text.partition("\n")[0].count(";") else ","
    for row in csv.DictReader(io.StringIO(text), delimiter=delimiter):
        if row["Kommune"].strip() == "Skien" and row["Utslipp"].strip():
            sums[int(row["År"])] += Decimal(row["Utslipp"].replace(",", "."))
    return sums


# --- 1. Klimaregnskap -------------------------------------------------------------------------


def import_skien(klima: Tab) -> None:
    page = room(klima, "Klimaregnskap")
    page.get_by_role("link", name="Importer en fil").click()
    page.get_by_label("Fil med utslippsstatistikk").set_input_files(FILE)
    page.get_by_role("button", name="Last opp og se over").click()
    at_page(page, "Kolonnene i filen")
    expect(page.get_by_label("Utslippskilde")).to_have_value("Utslippskilde")
    look(klima)
    page.get_by_role("button", name="Gå videre").click()
    at_page(page, "Se over importen")
    expect(page.get_by_role("definition").filter(has_text="Skien, Tinn, Vinje")).to_be_visible()
    page.get_by_label("Kommune").select_option("Skien")
    page.get_by_label("Systemgrense").select_option("Direkte utslipp i kommunen")
    page.get_by_label("Utgiver").fill("Miljødirektoratet")
    page.get_by_label("Publisert").fill("16.12.2025")
    page.get_by_label("Publisert").press("Tab")
    button = page.get_by_role("button", name=re.compile(r"Importer .* rader"))
    expect(button).to_be_visible()
    by_year = skien_by_year()
    for year in (2009, 2024):
        row = page.get_by_role("table", name="Hva filen summerer til").get_by_role("row", name=str(year))
        expect(row.get_by_role("cell").first).to_have_text(format_number(by_year[year], 0))
    look(klima)
    button.click()
    at_page(page, "Kvittering for importen")
    expect(page.get_by_text("Klimaregnskapet for Skien er importert")).to_be_visible()
    expect(page.get_by_role("link", name="Angre import")).to_be_visible()
    look(klima)
    page.get_by_role("link", name="Se klimaregnskapet").click()
    side_by_side = page.get_by_role("table", name="Utslipp i alt per år for hver kommune")
    expect(side_by_side.get_by_role("columnheader")).to_have_text(["År", "Drammen", "Skien"])
    row = side_by_side.get_by_role("row", name="2024")
    expect(row.get_by_role("cell").last).to_have_text(format_number(by_year[2024], 0))
    drammen, skien = (page.get_by_role("region", name=name, exact=True) for name in ("Drammen", "Skien"))
    expect(skien).to_contain_text("utgitt av Miljødirektoratet, publisert 16. desember 2025")
    expect(skien).not_to_contain_text("eksempeldata")
    expect(drammen).to_contain_text("eksempeldata")
    look(klima)


# --- 2. Strategi ------------------------------------------------------------------------------


def move_a_measure(klima: Tab) -> None:
    page = room(klima, "Strategi")
    side_by_side = page.get_by_role("region", name="Utslippsmål side om side")
    expect(side_by_side.get_by_text("−55 % i 2030, fra 2021")).to_be_visible()
    expect(side_by_side.get_by_text("−55 % i 2030, fra 2009")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Klimastrategi for Drammen 2030").first.click()
    page.get_by_role("link", name="Mobilitetspunkter og bildeling ved knutepunktene").click()
    expect(page.get_by_text("Arealplan er ansvarlig.")).to_be_visible()
    page.get_by_role("link", name="Endre ansvarlig").click()
    page.get_by_label("Ansvarlig").select_option("Byggesak")
    page.get_by_role("button", name="Lagre").click()
    expect(page.get_by_text("Byggesak er nå ansvarlig for tiltaket.")).to_be_visible()
    expect(page.get_by_text("Byggesak er ansvarlig.")).to_be_visible()


# --- 3. Klimabudsjett -------------------------------------------------------------------------


def cell(page: Page, measure: str, year: int) -> Locator:
    return page.get_by_role("textbox", name=f"{measure}, {year}", exact=True)


def sums(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.locator("[id^=sum-], [id^=unit-], [id^=level-]").evaluate_all(SUMS)
    return found


def fill_in_the_budget(klima: Tab) -> None:
    page = room(klima, "Klimabudsjett")
    page.get_by_role("link", name="Klimabudsjett 2027").click()
    at_page(page, "Klimabudsjett 2027")
    page.evaluate("window.sameLoad = true")
    before = sums(page)
    # 2030, the target year: the sentence on top follows too.
    figure = cell(page, "Utslippsfrie anleggsplasser i kommunal regi", 2030)
    expect(figure).to_have_value(re.compile(r"2.558"))
    answer = page.locator("#budget-answer")
    said = answer.inner_text()
    figure.fill("1 234,5")
    figure.press("Enter")
    expect(figure).to_have_value(f"1{NBSP}234,5")
    expect(answer).not_to_have_text(said)
    after = sums(page)
    moved = {name for name in after if after[name] != before[name]}
    assert {"sum-path-2030", "sum-gap-2030", "sum-municipal-2030", "sum-municipal-gross-2030"} <= moved
    assert {name[-4:] for name in moved} == {"2030"}
    assert page.evaluate("window.sameLoad")

    refused = cell(page, "Elektriske tjenestebiler i vei og park", 2029)
    with klima.expecting(422):
        refused.fill("abc")
        refused.press("Tab")
    expect(refused).to_have_attribute("aria-invalid", "true")
    expect(refused).to_have_value("abc")
    expect(refused).to_have_accessible_description(re.compile("«abc»|tall"))
    assert sums(page) == after
    look(klima)
    refused.press("Escape")
    expect(refused).not_to_have_attribute("aria-invalid", "true")

    page.reload()
    assert sums(page) == after  # what was swapped in is what a new page says
    expect(figure).to_have_value(f"1{NBSP}234,5")


NBSP = "\u00a0"


def adopt_the_budget(klima: Tab, radmann: Tab) -> None:
    step(klima, "Klargjør for rådmannen")
    expect(klima.page.get_by_text("Budsjettet er klargjort for rådmannen.")).to_be_visible()
    expect(klima.page.locator("input.kp-cell")).to_have_count(0)

    room(radmann, "Klimabudsjett").get_by_role("link", name="Klimabudsjett 2027").click()
    page = radmann.page
    follow(page, "Gjør om til utkast igjen")
    look(radmann)
    page.get_by_role("link", name="Avbryt").click()
    step(radmann, "Foreslå for kommunestyret")
    expect(page.get_by_text("Budsjettet er foreslått for kommunestyret.")).to_be_visible()

    klima.page.reload()
    klima.page.get_by_role("link", name="Registrer kommunestyrets vedtak").click()
    with klima.expecting(422), klima.page.expect_navigation():
        klima.page.get_by_role("button", name="Registrer vedtaket").click()
    look(klima)
    klima.page.get_by_label("Vedtaksdato").fill("01.09.2026")
    klima.page.get_by_label("Saksnummer").fill("26/404")
    klima.page.get_by_role("button", name="Registrer vedtaket").click()
    expect(klima.page.get_by_text("Kommunestyrets vedtak er registrert.")).to_be_visible()
    expect(klima.page.get_by_text("vedtatt av kommunestyret 1. september 2026, sak 26/404")).to_be_visible()
    klima.page.wait_for_load_state()


def step(tab: Tab, name: str) -> None:
    """A weighty step: to the page that says what happens, and through it."""
    tab.page.get_by_role("link", name=name).click()
    at_page(tab.page, name)
    look(tab)
    tab.page.get_by_role("button", name=name).click()


def nothing_moves_the_adopted_budget(klima: Tab) -> None:
    """No cell on the page, none on the page of one line, and none by a post of its own."""
    page = klima.page
    figures = page.locator("main td.num")
    before = figures.all_inner_texts()
    assert len(before) > 100
    expect(page.locator("main input.kp-cell")).to_have_count(0)
    follow(page, "Elektriske tjenestebiler i vei og park")
    expect(page.get_by_role("link", name=re.compile("Rediger"))).to_have_count(0)
    line = re.search(r"/tiltak/(\d+)/", page.url)
    assert line
    with klima.expecting(409):
        status = page.evaluate(
            """async ([line, year]) => {
              const {"X-CSRFToken": token} = JSON.parse(document.body.getAttribute("hx-headers"));
              const body = new URLSearchParams({csrfmiddlewaretoken: token});
              body.set(`effect-${line}-${year}`, "1");
              body.set(`version-${line}-${year}`, "1");
              return (await fetch(`/budsjett/celle/${line}/${year}/`, {method: "POST", body})).status;
            }""",
            [line[1], 2029],
        )
    assert status == 409
    page.go_back()
    page.reload()
    assert figures.all_inner_texts() == before
    page.get_by_role("link", name="Last ned", exact=True).click()
    page.get_by_role("button", name="Lag PDF").click()
    expect(page.get_by_text("Vi lager PDF-en.")).to_be_visible()
    look(klima)
    work_off_jobs()
    link = page.get_by_role("link", name="Last ned PDF")
    expect(link).to_be_visible()
    assert klima.download(link)[:5] == b"%PDF-"
    page.get_by_role("link", name="Tilbake til Klimabudsjett 2027").click()
    follow(page, "Lag en revisjon")
    look(klima)
    page.get_by_role("link", name="Avbryt").click()


# --- 4. and 5. The unit's report --------------------------------------------------------------


def card(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title)


def answer(page: Page, title: str, status: str, happened: str, result: str = "") -> Locator:
    """Fills one measure in, and waits until it is saved."""
    part = unfold(card(page, title))
    part.get_by_role("radio", name=status, exact=True).check()
    if result:
        part.get_by_label(re.compile("måltall")).fill(result)
    part.get_by_label("Hva har skjedd siden sist?").fill(happened)
    expect(part.locator("[id^=svar-]")).to_have_text(re.compile("^(Bekreftet|Skriv hva som er årsaken)"))
    return part


def report(kontakt: Tab) -> None:
    page = kontakt.page
    expect(page.get_by_text("Fire tiltak. Ingen er bekreftet ennå.")).to_be_visible()
    page.get_by_role("link", name="Start").click()
    at_page(page, "Klimarapport for 2. tertial 2026")
    expect(page.get_by_text("Rapporteres mot Klimabudsjett 2026, vedtatt 9. desember 2025.")).to_be_visible()
    answer(page, "Utslippsfrie anleggsplasser", "I rute", "Fem anlegg er utslippsfrie.", "5")
    answer(page, "Elektriske tjenestebiler", "I rute", "Elleve biler levert.", "11")
    answer(page, "Massemottak nær", "Ikke startet, etter plan", "Oppstart i 2027.")
    late = answer(page, "Sammenhengende sykkelveinett", "Forsinket", "2,4 km er åpnet.", "2,4")
    # Cause, action and date are asked for only now, and without them the report cannot be sent.
    with kontakt.expecting(422):
        page.get_by_role("button", name="Send til virksomhetsleder").click()
    expect(page.get_by_role("group", name="Rett opp dette før du går videre")).to_be_focused()
    look(kontakt)
    late.get_by_label("Hva er årsaken?").fill("Grunnervervet tok lengre tid.")
    late.get_by_label("Hva gjør dere?").fill("Vi bygger neste strekning først.")
    late.get_by_label("Når er det tatt igjen?").fill("30.06.2027")
    late.get_by_label("Hvor stor del er forsinket").fill("50")
    page.get_by_role("button", name="Lagre utkast").last.click()
    expect(page.get_by_text("Utkastet er lagret.")).to_be_visible()
    expect(page.get_by_text("4 av 4 tiltak er bekreftet.")).to_be_visible()
    page.get_by_role("button", name="Send til virksomhetsleder").click()
    at_page(page, "Rapporten er sendt")
    expect(page.get_by_text("Kontakt Eksempel", exact=True).last).to_be_visible()
    look(kontakt)


def approve_on_a_phone(leder: Tab) -> None:
    page = leder.page
    page.reload()
    page.get_by_role("link", name="Se og godkjenn").tap()
    expect(page.get_by_text("Fire tiltak, ett utenfor planen.")).to_be_visible()
    # The deviation is the first measure on the page, the rest is folded.
    expect(page.get_by_role("heading", level=3).first).to_have_text(re.compile("sykkelveinett"))
    expect(page.get_by_text("Grunnervervet tok lengre tid.")).to_be_visible()
    expect(page.get_by_text("Elleve biler levert.")).to_be_visible()  # the figure is another than last time
    expect(page.get_by_text("Oppstart i 2027.")).to_be_hidden()
    approve = page.get_by_role("button", name="Godkjenn")
    size = approve.bounding_box()
    assert size
    assert size["width"] > 300  # for a thumb
    assert size["height"] >= 44
    page.get_by_label("Kommentar").fill("Vi følger opp grunnervervet i ledermøtet.")
    approve.tap()
    expect(page.get_by_text("Rapporten er godkjent. Klima kvalitetssikrer den nå.")).to_be_visible()


def assure(klima: Tab) -> None:
    page = room(klima, "Rapportering")
    reports = page.get_by_role("table", name="Rapporter for 2. tertial 2026")
    reports.get_by_role("link", name=UNIT).click()
    page.get_by_role("link", name="Kvalitetssikre").click()
    expect(page.get_by_text("Vi følger opp grunnervervet i ledermøtet.")).to_be_visible()
    page.get_by_role("button", name="Kvalitetssikre").click()
    expect(page.get_by_text("Rapporten er kvalitetssikret.")).to_be_visible()


# --- 6. What leadership reads -----------------------------------------------------------------


def read_the_summary(radmann: Tab) -> None:
    page = room(radmann, "Rapportering")
    page.get_by_role("link", name="Klimastatus for 2. tertial 2026").click()
    at_page(page, "Klimastatus, 2. tertial 2026")
    # Named as missing; the select of levels has the name too.
    expect(page.locator("main p", has_text="Ernæring og kjøkkendrift").first).to_be_visible()
    expect(page.get_by_role("region", name="Endret siden sist").get_by_text("sykkelveinett")).to_be_visible()
    lead = page.locator(".kp-lead").inner_text()
    years = table_figures(page.get_by_role("region", name="Baner og utslippsramme per år"))
    statuses = table_figures(page.get_by_role("region", name="Tiltakene etter status"))
    page.get_by_role("button", name="Last ned sammendrag (PDF)").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    look(radmann)
    work_off_jobs()
    # The page asks each second, and gives the file when it is there.
    ready = page.get_by_role("link", name="Last ned PDF")
    expect(ready).to_be_visible()
    pdf = PdfReader(io.BytesIO(radmann.download(ready)))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid:part" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()
    text = plain("\n".join(part.extract_text() for part in pdf.pages))
    for figure in re.findall(r"\d+(?:\s\d{3})*", lead):
        assert plain(figure) in text, figure
    assert years
    assert statuses
    for row in (*years, *statuses):
        assert row in text, row


def table_figures(region: Locator) -> list[str]:
    """Each row of a table as the PDF's text has it: cell after cell."""
    return [plain(row.inner_text()) for row in region.get_by_role("row").all()[1:]]


def plain(text: str) -> str:
    """Without blanks: a PDF breaks lines where it likes."""
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


def publish(klima: Tab) -> None:
    page = room(klima, "Rapportering")
    page.get_by_role("link", name="Klimastatus for 2. tertial 2026").click()
    follow(page, "Publiser sammendrag")
    look(klima)
    page.get_by_role("button", name="Publiser sammendrag").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_off_jobs()
    expect(page.get_by_text("Publisert som nr. 1.")).to_be_visible()
    look(klima)
    # The public page shows what is made for Klimautvalget and everybody else.
    page = klima.go("/rapportering/2026-T2/publiser/?for=klimautvalget")
    page.get_by_role("button", name="Publiser sammendrag").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_off_jobs()
    expect(page.get_by_text("Publisert som nr. 1.")).to_be_visible()


# --- 7. to 9. Everybody else ------------------------------------------------------------------


def see_the_network(klima: Tab) -> None:
    page = room(klima, "Klimalaget")
    table = page.get_by_role("table", name="Plasser i Klimalaget")
    for title in ("Virksomhet", "Plass", "Medlem", "Vara", "Grunnlag"):
        expect(table.get_by_role("columnheader", name=title)).to_be_visible()
    expect(table.get_by_text("mangler medlem").first).to_be_visible()
    lacking = page.get_by_role("definition")
    expect(lacking.filter(has_text="Byggesak")).to_be_visible()  # a fixed seat without member
    expect(lacking.filter(has_text="Legevakt")).to_be_visible()  # a unit without seat


def readers_read(open_tab: OpenTab) -> None:
    utvalg = open_tab("utvalg")
    page = room_from_home(utvalg, "Rapportering")
    expect(page.get_by_role("link", name=UNIT)).to_have_count(0)
    follow(page, "Klimastatus for 2. tertial 2026")
    assert faults_of(page) == []
    page = room_from_home(utvalg, "Klimabudsjett")
    page.get_by_role("link", name="Klimabudsjett 2027").click()
    at_page(page, "Klimabudsjett 2027")
    expect(page.locator("main").get_by_role("button")).to_have_count(0)
    page = room_from_home(utvalg, "Rapportering")
    assert (
        utvalg.download(page.get_by_role("link", name=re.compile(r"Sammendrag nr\. 1")).first)[:5] == b"%PDF-"
    )

    annen = open_tab("annen")
    page = room_from_home(annen, "Rapportering")
    expect(page.get_by_role("link", name=UNIT)).to_have_count(0)
    expect(page.get_by_role("link", name="Ernæring og kjøkkendrift").first).to_be_visible()


def room_from_home(tab: Tab, name: str) -> Page:
    tab.go("/")
    return room(tab, name)


def history_tells_all(open_tab: OpenTab) -> None:
    """Who changed what, when, from and to; of an effect, a responsible unit and a report."""
    revisor = open_tab("revisor")
    page = room_from_home(revisor, "Klimabudsjett")
    page.get_by_role("link", name="Klimabudsjett 2027").click()
    page.get_by_role("link", name="historikk").click()
    changes = page.get_by_role("main")
    expect(changes).to_contain_text("Klima Eksempel")
    expect(changes).to_contain_text("26/404")
    expect(changes).to_contain_text(re.compile(r"2.558"))
    expect(changes).to_contain_text(re.compile(r"1.234,5"))
    assert faults_of(page) == []
    page = room_from_home(revisor, "Rapportering")
    page.get_by_role("link", name=UNIT).first.click()
    expect(page.get_by_role("main")).to_contain_text("Vi følger opp grunnervervet i ledermøtet.")
    expect(page.get_by_role("button", name=re.compile("Godkjenn|Kvalitetssikre|Send"))).to_have_count(0)


def anybody_reads_the_public_page(stranger: Tab) -> None:
    page = stranger.go("/logg-inn/")
    page.get_by_role("link", name="Åpent innsyn").click()
    for text in ("Målene", "Klimabudsjett 2027", "Status etter 2. tertial 2026"):
        expect(page.get_by_role("heading", name=text).first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("1. september 2026, sak 26/404")
    assert faults_of(page) == []
