"""Without a mouse; and what goes wrong between browser and server: lost sessions, two tabs, quick fingers."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, Route, expect

from budget.models import ClimateBudget, Effect
from climate_portal.demo_data.organisation import DOMAIN, PASSWORD
from reporting.models import UnitReport
from tests.browser import OpenTab, at_page, follow, new_page, unfold, until_true

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAFT = "/budsjett/2027/kommunen-direkte/"
NBSP = "\u00a0"


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focused(page: Page) -> str:
    """What the element with the focus says, or is called."""
    text: str = page.evaluate(
        "(document.activeElement.innerText || document.activeElement.getAttribute('aria-label')"
        " || document.activeElement.labels?.[0]?.innerText || document.activeElement.value || '').trim()"
    )
    return text


def tab_to(page: Page, wanted: str, most: int = 60) -> None:
    """Tabs until the focus stands on it, as a person does who hears what it is."""
    page.wait_for_load_state()
    for _step in range(most):
        press(page, "Tab")
        if focused(page).startswith(wanted):
            visible = page.evaluate("document.activeElement.matches(':focus-visible')")
            assert visible, f"the focus on «{wanted}» cannot be seen"
            return
    raise AssertionError(f"«{wanted}» was not reached with {most} tabs; stopped at «{focused(page)}»")


def cell(page: Page, measure: str, year: int):
    return page.get_by_role("textbox", name=f"{measure}, {year}", exact=True)


# --- Without a mouse --------------------------------------------------------------------------


def test_from_login_to_receipt(open_tab: OpenTab) -> None:
    """byggesak has one measure to report; not a single click."""
    page = open_tab().go("/logg-inn/")
    tab_to(page, "E-post")
    page.keyboard.type(f"kontakt.byggesak@{DOMAIN}")
    tab_to(page, "Passord")
    page.keyboard.type(PASSWORD)
    press(page, "Enter")
    at_page(page, "Min side")
    tab_to(page, "Start")
    press(page, "Enter")
    at_page(page, "Klimarapport for 2. tertial 2026")
    # Filled in from last time and folded: past the button that says so, and into the questions.
    tab_to(page, "Ingen endring siden sist")
    tab_to(page, "Rapporter endring")
    press(page, "Enter")
    tab_to(page, "I rute")
    press(page, "ArrowUp")  # off plan, and the cause is not written
    expect(page.get_by_text("0 av 1 tiltak er bekreftet.")).to_be_visible()
    press(page, "ArrowDown")
    expect(page.get_by_role("radio", name="I rute")).to_be_checked()
    expect(page.get_by_role("radio", name="I rute")).to_be_focused()  # also after it is saved
    expect(page.get_by_text("1 av 1 tiltak er bekreftet.")).to_be_visible()
    tab_to(page, "Planer med krav")
    page.keyboard.type("6")
    tab_to(page, "Hva har skjedd siden sist?")
    page.keyboard.type("Seks planer har fått krav.")
    tab_to(page, "Send til virksomhetsleder")
    press(page, "Enter")
    at_page(page, "Rapporten er sendt")


def test_the_grid(open_tab: OpenTab) -> None:
    page = open_tab("klima").go(DRAFT)
    first, second = "Utslippsfrie anleggsplasser i kommunal regi", "Elektriske tjenestebiler i vei og park"
    start = cell(page, first, 2028)
    start.focus()
    page.keyboard.type("1300,5")  # the figure is selected, so it is replaced
    press(page, "Enter")
    expect(cell(page, second, 2028)).to_be_focused()
    expect(start).to_have_value(f"1{NBSP}300,5")
    press(page, "ArrowUp")
    expect(start).to_be_focused()
    press(page, "End", "ArrowRight")
    expect(cell(page, first, 2029)).to_be_focused()
    press(page, "Home", "ArrowLeft")
    expect(start).to_be_focused()
    press(page, "ArrowDown", "Shift+Enter")
    expect(start).to_be_focused()
    page.keyboard.type("5")
    press(page, "Escape")
    expect(start).to_have_value(f"1{NBSP}300,5")
    press(page, "Tab")
    expect(cell(page, first, 2029)).to_be_focused()
    page.reload()
    expect(start).to_have_value(f"1{NBSP}300,5")


def test_quick_typing_down_a_column(open_tab: OpenTab) -> None:
    """Faster than the answers: every figure is saved, and none is replaced by an older answer."""
    page = open_tab("klima").go(DRAFT)
    page.route("**/celle/**", lambda route: (page.wait_for_timeout(120), route.continue_()))
    start = cell(page, "Nullutslipp i rammeavtale for busstransport", 2027)
    start.focus()
    for figure in ("11", "12", "13", "14", "15"):
        page.keyboard.type(figure)
        press(page, "Enter")
    expect(page.locator(".htmx-request > .kp-cell")).to_have_count(0)
    budget = ClimateBudget.objects.get(year=2027)
    codes = ("T4", "T5", "T6", "T7", "T8")
    saved = Effect.objects.filter(line__budget=budget, year=2027, line__measure__code__in=codes)
    assert sorted(int(effect.tonnes) for effect in saved) == [11, 12, 13, 14, 15]


def test_skip_link(open_tab: OpenTab) -> None:
    page = open_tab("klima").go("/strategi/")
    press(page, "Tab")
    assert focused(page) == "Hopp til hovedinnhold"
    press(page, "Enter")
    expect(page.locator("#main")).to_be_focused()
    press(page, "Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_menu_on_a_phone(open_tab: OpenTab) -> None:
    page = open_tab("klima", phone=True).go("/")
    menu = page.get_by_role("navigation", name="Hovedmeny")
    expect(menu).to_be_hidden()
    tab_to(page, "Meny")
    press(page, "Enter")
    expect(menu).to_be_visible()
    press(page, "Escape")
    expect(menu).to_be_hidden()
    assert focused(page) == "Meny"
    press(page, "Enter")
    tab_to(page, "Klimabudsjett")
    press(page, "Enter")
    at_page(page, "Klimabudsjett")


# --- Between browser and server ---------------------------------------------------------------


def test_a_session_lost_while_a_cell_is_saved(open_tab: OpenTab) -> None:
    """To the login page and back to the budget, where the figure that was not saved is the old one."""
    tab = open_tab("klima")
    page = tab.go(DRAFT)
    figure = cell(page, "Mer overskuddsvarme i fjernvarmen", 2030)
    before = figure.input_value()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    figure.fill("1")
    figure.press("Enter")
    at_page(page, "Logg inn")
    page.get_by_label("E-post").fill(f"klima@{DOMAIN}")
    page.get_by_label("Passord").fill(PASSWORD)
    page.get_by_role("button", name="Logg inn").click()
    at_page(page, "Klimabudsjett 2027")
    expect(figure).to_have_value(before)


def test_a_cell_somebody_else_saved_first(open_tab: OpenTab) -> None:
    """Two tabs with the same page: the second is told, keeps its own or takes the other."""
    mine = open_tab("klima")
    name = ("Felles bilpool for kommunens virksomheter", 2030)
    mine.go(DRAFT)
    theirs = new_page(mine.page.context, mine.origin)
    theirs.go(DRAFT)
    cell(theirs.page, *name).fill("200")
    cell(theirs.page, *name).press("Enter")
    expect(theirs.page.locator(".htmx-request > .kp-cell")).to_have_count(0)
    figure = cell(mine.page, *name)
    with mine.expecting(409):
        figure.fill("300")
        figure.press("Tab")
    expect(figure).to_have_value("300")
    expect(figure).to_have_accessible_description(re.compile("Noen andre har lagret 200 her."))
    mine.page.get_by_role("button", name="Behold mitt").click()
    expect(mine.page.get_by_role("button", name="Behold mitt")).to_have_count(0)
    mine.page.reload()
    expect(figure).to_have_value("300")
    assert theirs.problems == []


def test_a_line_somebody_else_saved_first(open_tab: OpenTab) -> None:
    """A whole form in two tabs: yours and theirs side by side, nothing lost."""
    line = ClimateBudget.objects.get(year=2027).lines.get(measure__code="T10")
    mine = open_tab("klima")
    mine.go(f"/budsjett/tiltak/{line.pk}/rediger/")
    theirs = new_page(mine.page.context, mine.origin)
    theirs.go(f"/budsjett/tiltak/{line.pk}/rediger/")
    theirs.page.get_by_label("Metode og forutsetninger").fill("Målt på maskinene.")
    theirs.page.get_by_role("button", name="Lagre").click()
    expect(theirs.page.get_by_role("main")).to_contain_text("Målt på maskinene.")
    mine.page.get_by_label("Metode og forutsetninger").fill("Regnet av drivstoffet.")
    with mine.expecting(409):
        mine.page.get_by_role("button", name="Lagre").click()
    table = mine.page.get_by_role("table", name="Det du skrev, og det som er lagret")
    row = table.get_by_role("row", name=re.compile("Metode og forutsetninger"))
    expect(row.get_by_role("cell")).to_have_text(["Regnet av drivstoffet.", "Målt på maskinene."])
    mine.page.get_by_role("button", name="Lagre").click()
    expect(mine.page.get_by_role("main")).to_contain_text("Regnet av drivstoffet.")
    assert theirs.problems == []


def test_a_double_click_sends_once(open_tab: OpenTab) -> None:
    """A slow server and an impatient finger: one version, one receipt."""
    tab = open_tab("annen")
    page = tab.go("/")
    follow(page, "Start")
    for card in page.locator("[id^=kort-]").all():
        card.get_by_role("button", name="Ingen endring siden sist").click()
        expect(card.locator("[id^=svar-]")).to_have_text(re.compile("^Bekreftet"))
        unfold(card)
    for result in page.get_by_label(re.compile("måltall")).all():
        result.fill("10")
    for happened in page.get_by_label("Hva har skjedd siden sist?").all():
        happened.fill("Vi følger planen.")
    page.get_by_role("button", name="Send til virksomhetsleder").dblclick()
    at_page(page, "Rapporten er sendt")
    report = UnitReport.objects.get(period__kind="T2", unit__name="Ernæring og kjøkkendrift")
    assert report.versions.count() == 1
    assert report.transitions.filter(to_state="submitted").count() == 1


def test_sending_waits_for_what_is_being_saved(open_tab: OpenTab) -> None:
    """Typing and pressing the button at once: the autosave on its way is no other person."""
    tab = open_tab("kontakt.anskaffelser")
    page = tab.go("/")
    follow(page, "Start")
    held: list[Route] = []
    page.route("**/lagre/**", lambda route: held.append(route))
    unfold(page.locator("[id^=kort-]").first).get_by_role("radio", name="Gjennomført").check()
    until_true(page, lambda: bool(held))
    page.get_by_role("button", name="Lagre utkast").last.click()
    page.wait_for_timeout(300)
    expect(page.get_by_text("Utkastet er lagret.")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.get_by_text("Utkastet er lagret.")).to_be_visible()
