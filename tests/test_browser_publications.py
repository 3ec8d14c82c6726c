"""In a browser: a period and level chosen, a draft ordered and fetched, and the chapter copied."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import OpenTab, work_off_jobs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
READ_CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  return Promise.all(["text/html", "text/plain"].map(async (type) => (await item.getType(type)).text()));
}"""


def test_the_chapter_is_copied_with_its_headings_and_tables(open_tab: OpenTab) -> None:
    tab = open_tab("analyse", permissions=["clipboard-read", "clipboard-write"])
    page = tab.go("/rapportering/2026-T1/klimakapittel/")
    page.get_by_role("button", name="Kopier").click()
    expect(page.locator("#status")).to_have_text("Kapitlet er kopiert.")
    html, text = page.evaluate(READ_CLIPBOARD)
    assert "<h2>Klima, 1. tertial 2026</h2>" in html
    assert html.count('<table border="1">') >= 2
    assert "Tiltakene" in text


def test_without_the_clipboard_it_is_copied_as_if_it_were_marked(open_tab: OpenTab) -> None:
    tab = open_tab("analyse", permissions=["clipboard-read", "clipboard-write"])
    page = tab.go("/rapportering/2026-T1/klimakapittel/")
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('not allowed')); }")
    page.get_by_role("button", name="Kopier").click()
    expect(page.locator("#status")).to_have_text("Kapitlet er kopiert.")
    html, _text = page.evaluate(READ_CLIPBOARD)
    assert "Klima, 1. tertial 2026" in html
    assert "<table" in html


def test_period_and_level_are_chosen_with_and_without_javascript(open_tab: OpenTab) -> None:
    for tab in (open_tab("radmann"), open_tab("radmann", java_script_enabled=False)):
        page = tab.go("/rapportering/2026-T2/")
        page.get_by_label("Nivå").select_option(label="\u2003Ernæring og kjøkkendrift")
        page.get_by_label("Periode").select_option(label="1. tertial 2026")
        page.get_by_role("button", name="Vis", exact=True).click()
        expect(page.locator("h1")).to_have_text("Klimastatus for Ernæring og kjøkkendrift, 1. tertial 2026")
        assert tab.path.startswith("/rapportering/2026-T1/?niva=")


def test_a_draft_for_klimautvalget_is_ordered_and_fetched(open_tab: OpenTab) -> None:
    tab = open_tab("klima")
    page = tab.go("/rapportering/2026-T2/publikasjoner/")
    page.get_by_role("link", name=re.compile("^Publiser.*Klimautvalget")).click()
    page.get_by_role("button", name="Se utkast (PDF)").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    work_off_jobs()
    pdf = tab.download(page.get_by_role("link", name="Last ned PDF"))
    assert pdf.startswith(b"%PDF")
