"""Under three minutes for four measures: counted in keys and decisions, which are the same on every machine.

A person types about three characters a second in a form (0.28 s a key in the keystroke-level model) and
thinks a second and a third before each new thing she does. What is counted here, times that, must be well
under three minutes; the rest is for reading.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from reporting.enums import ReportState, Status
from reporting.models import UnitReport
from tests.browser import OpenTab, Tab, at_page, faults_of, follow, unfold

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KEY, THOUGHT = 0.28, 1.35
BUDGET = 180


@dataclass
class Typist:
    """Presses keys and counts them."""

    page: Page
    keys: int = 0
    thoughts: int = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.keys += len(keys)

    def to(self, name: str, most: int = 40) -> None:
        """Tabs until what has focus is called `name`."""
        self.page.wait_for_load_state()
        self.thoughts += 1
        for _number in range(most):
            self.press("Tab")
            if self.focused.startswith(name):
                return
        raise AssertionError(f"«{name}» was not reached with {most} tabs; stopped at «{self.focused}»")

    def write(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    @property
    def focused(self) -> str:
        named = """() => {
          const one = document.activeElement;
          return (one.labels?.[0]?.innerText || one.innerText || "").trim();
        }"""
        return str(self.page.evaluate(named))

    @property
    def seconds(self) -> float:
        return self.keys * KEY + self.thoughts * THOUGHT


def transport() -> UnitReport:
    return UnitReport.objects.select_related("period").get(
        period__kind="T2", unit__name="Samferdsel, vei- og parkforvaltning"
    )


def path_of(report: UnitReport) -> str:
    return f"/rapportering/{report.period.code}/{report.unit_id}/"


def at_the_form(tab: Tab) -> Page:
    page = tab.go(path_of(transport()))
    at_page(page, "Klimarapport for 2. tertial 2026")
    return page


def test_four_measures_one_of_them_late_from_min_side_to_receipt(open_tab: OpenTab) -> None:
    """Two as last time, one with a new result, one late with everything that is then asked."""
    page = open_tab("kontakt").go("/")
    typist = Typist(page)
    typist.to("Start")
    typist.press("Enter")
    at_page(page, "Klimarapport for 2. tertial 2026")
    progress = page.locator("#fremdrift")

    typist.to("Ingen endring siden sist")
    typist.press("Enter")
    expect(page.locator("section.kp-card summary").first).to_be_focused()
    expect(progress).to_contain_text("1 av 4 tiltak er bekreftet.")

    # The next button is one tab away; past it is the way to the questions.
    typist.to("Ingen endring siden sist", most=1)
    typist.to("Rapporter endring", most=1)
    typist.press("Enter")
    typist.to("I rute", most=1)
    typist.press("ArrowDown")
    expect(page.get_by_label("Hva er årsaken?")).to_be_visible()
    typist.to("Elbiler levert")
    typist.write("11")
    typist.to("Hva har skjedd siden sist?", most=1)
    typist.write("Elleve av 24 biler er levert. Resten er bekreftet til mai.")
    typist.to("Hva er årsaken?", most=1)
    typist.write("Forsinket levering fra leverandøren.")
    typist.to("Hva gjør dere?", most=1)
    typist.write("Vi leier fire elbiler fra oktober.")
    typist.to("Når er det tatt igjen?", most=1)
    typist.write("31.5.2027")
    typist.to("Hvor stor del er forsinket", most=1)
    typist.write("54")

    typist.to("Ingen endring siden sist")
    expect(page.get_by_text("Anslag:")).to_be_visible()
    typist.to("Rapporter endring", most=1)
    typist.press("Enter")
    typist.to("Ny sykkelvei")
    typist.write("2,6")
    typist.to("Hva har skjedd siden sist?", most=1)
    typist.write("Et stykke til er åpnet.")

    typist.to("Ingen endring siden sist")
    typist.press("Enter")
    expect(progress).to_contain_text("4 av 4 tiltak er bekreftet.")
    expect(page.locator("section.kp-card").last.locator("summary").first).to_be_focused()
    typist.to("Send til virksomhetsleder")
    typist.press("Enter")
    at_page(page, "Rapporten er sendt")

    report = transport()
    assert report.state == ReportState.SUBMITTED
    assert [one.status for one in report.statuses.order_by("order")] == [
        Status.ON_TRACK,
        Status.DELAYED,
        Status.ON_TRACK,
        Status.NOT_STARTED_PLANNED,
    ]
    assert typist.seconds < BUDGET * 0.7, f"{typist.keys} keys, {typist.thoughts} thoughts"


def test_nothing_new_is_two_keys_a_measure(open_tab: OpenTab) -> None:
    """Everything as last time: a button per measure, each a tab or two from the one before."""
    page = open_tab("annen").go("/")
    follow(page, "Start")
    typist = Typist(page)
    cards = page.locator("section.kp-card").all()
    # The first is reached past the page's own header and menu.
    typist.to("Ingen endring siden sist")
    typist.keys = 1
    for number, card in enumerate(cards, start=1):
        typist.press("Enter")
        # The button is gone, and the focus stands on what has taken its place.
        expect(card.locator("summary").first).to_be_focused()
        expect(page.locator("#fremdrift")).to_contain_text(f"{number} av {len(cards)} tiltak")
        if number < len(cards):
            typist.to("Ingen endring siden sist", most=1)
    # Past the two ways to propose something.
    typist.to("Send til virksomhetsleder", most=3)
    typist.press("Enter")
    at_page(page, "Rapporten er sendt")
    assert typist.keys == 2 * len(cards) + 4


def test_every_state_of_the_form_is_sound(open_tab: OpenTab) -> None:
    """Folded, unfolded, late, with an error: at 320, 360 and 1280 px, by axe and by the policy."""
    tab = open_tab("kontakt.byggesak")
    page = tab.go("/")
    follow(page, "Start")
    assert faults_of(page) == []
    card = unfold(page.locator("section.kp-card").first)
    card.get_by_label("Forsinket").check()
    expect(card.get_by_label("Når er det tatt igjen?")).to_be_visible()
    # The same questions are swapped in again, boxes that had been measured and all.
    card.get_by_label("Stoppet").check()
    expect(card.get_by_label("Når starter det igjen?")).to_be_visible()
    card.get_by_label("Hva er årsaken?").fill("Ingen midler.")
    card.get_by_text("Be om en beslutning").click()
    card.get_by_text("Legg ved lenker").click()
    assert faults_of(page) == []
    with tab.expecting(422):
        card.get_by_label("Lenker til vedlegg").fill("www.drammen.example")
        card.get_by_label("Lenker til vedlegg").press("Tab")
        expect(card.get_by_role("status")).to_contain_text("med https:// først")
        page.get_by_role("button", name="Send til virksomhetsleder").click()
    expect(page.get_by_text("Rett opp dette før du går videre")).to_be_visible()
    assert faults_of(page) == []
