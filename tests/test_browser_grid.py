"""What only a browser shows of the grid: a block pasted from a spreadsheet, and undo by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from budget.models import ClimateBudget, Cost
from tests.browser import OpenTab

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAFT = "/budsjett/2027/kommunen-direkte/"
NBSP = "\u00a0"
FIRST, SECOND = "Utslippsfrie anleggsplasser i kommunal regi", "Elektriske tjenestebiler i vei og park"
PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def cell(page: Page, name: str):
    return page.get_by_role("textbox", name=name, exact=True)


def test_a_block_is_spread_and_undone(open_tab: OpenTab) -> None:
    """Figures as Excel gives them: NBSP between thousands, a comma, an empty cell, one that is no number."""
    tab = open_tab("klima")
    page = tab.go(DRAFT)
    before = cell(page, f"{SECOND}, 2030").input_value()
    first = [cell(page, f"{FIRST}, {year}").input_value() for year in (2029, 2030)]
    earlier = cell(page, f"{FIRST}, 2028").input_value()
    cell(page, f"{FIRST}, 2028").fill("1234")
    cell(page, f"{FIRST}, 2029").focus()
    with tab.expecting(422):
        page.evaluate(PASTE, f"1{NBSP}800,5\t2{NBSP}000\t9\r\nmye\t\t9\r\n")
        status = page.locator("#status")
        expect(status).to_have_text("3 tall lagret, 1 må rettes. 2 tall fikk ikke plass i tabellen.")
    expect(cell(page, f"{FIRST}, 2029")).to_have_value("1 800,5".replace(" ", NBSP))
    expect(cell(page, f"{SECOND}, 2029")).to_have_attribute("aria-invalid", "true")
    expect(cell(page, f"{SECOND}, 2029")).to_have_value("mye")
    expect(cell(page, f"{SECOND}, 2030")).to_have_value("")
    # While something is typed Ctrl+Z is the browser's own.
    cell(page, f"{SECOND}, 2029").press("Control+z")
    expect(page.locator("#undo-message")).to_be_empty()
    cell(page, f"{SECOND}, 2029").press("Escape")
    cell(page, f"{FIRST}, 2029").focus()
    # The whole block at once, and what was typed before it stays until it is undone itself.
    page.keyboard.press("Control+z")
    expect(page.get_by_text("Angret: 3 tall er som før.")).to_be_visible()
    expect(cell(page, f"{SECOND}, 2030")).to_have_value(before)
    assert [cell(page, f"{FIRST}, {year}").input_value() for year in (2029, 2030)] == first
    expect(cell(page, f"{FIRST}, 2028")).to_have_value("1234".replace("1", f"1{NBSP}", 1))
    # The page was read anew, and the focus is where it was.
    expect(cell(page, f"{FIRST}, 2029")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cell(page, f"{FIRST}, 2028")).to_have_value(earlier)
    sums = page.locator("[id^=sum-]").all_inner_texts()
    page.reload()
    assert page.locator("[id^=sum-]").all_inner_texts() == sums


def test_costs_by_keyboard(open_tab: OpenTab) -> None:
    """Down through the kinds, undo at once after typing: it waits for what is being saved."""
    page = open_tab("klima").go(f"{DRAFT}?visning=kostnad")
    start = cell(page, f"{FIRST}, 2027, drift")
    start.focus()
    page.route("**/celle/**", lambda route: (page.wait_for_timeout(120), route.continue_()))
    page.keyboard.type("1000")
    page.keyboard.press("Enter")
    expect(cell(page, f"{FIRST}, 2027, innsparing")).to_be_focused()
    page.keyboard.type("200")
    page.keyboard.press("Enter")
    expect(cell(page, f"{SECOND}, 2027, investering")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(page.locator("#undo-message")).to_contain_text("innsparing» er tom igjen")
    expect(cell(page, f"{FIRST}, 2027, innsparing")).to_have_value("")
    expect(start).to_have_value(f"1{NBSP}000")
    line = ClimateBudget.objects.get(year=2027).lines.get(measure__title=FIRST)
    kept = Cost.objects.filter(line=line, year=2027).exclude(kind="investment").values_list("kind", "nok")
    assert list(kept) == [("operation", 1000)]
