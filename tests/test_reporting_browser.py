"""The report form in a real browser: it saves itself while somebody types, and never loses what was typed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, Route, expect

from reporting.enums import ReportState
from reporting.models import MeasureStatus, Period, UnitReport
from tests.browser import OpenTab, Site, Tab, faults_of, unfold, until_true

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def report() -> UnitReport:
    return UnitReport.objects.select_related("period", "unit").get(
        period=Period.objects.latest("opens_at"), unit__name__startswith="Samferdsel"
    )


def path_of(found: UnitReport, rest: str = "") -> str:
    return f"/rapportering/{found.period.code}/{found.unit_id}/{rest}"


def card_of(tab: Tab, code: str) -> tuple[Locator, MeasureStatus]:
    status = report().statuses.get(measure__code=code)
    return tab.page.locator(f"#kort-{status.pk}"), status


def test_the_card_saves_itself_and_asks_only_what_is_needed(open_tab: OpenTab) -> None:
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    card, status = card_of(tab, "T2")
    unfold(card)
    saved = card.get_by_role("status")
    expect(card.get_by_label("Hva er årsaken?")).to_have_count(0)

    card.get_by_label("Forsinket").check()
    expect(card.get_by_label("Hva er årsaken?")).to_be_visible()
    expect(saved).to_contain_text("Lagret kl.")
    # Typed quickly, one field after the other: each waits for the one before, and none is a conflict.
    card.get_by_label("Elbiler levert").fill("11")
    card.get_by_label("Hva har skjedd siden sist?").fill("Elleve av 24 biler er levert.")
    card.get_by_label("Hva er årsaken?").fill("Forsinket levering fra leverandøren.")
    card.get_by_label("Hva gjør dere?").fill("Vi leier fire elbiler fra oktober.")
    card.get_by_label("Når er det tatt igjen?").fill("31. mai 2027")
    card.get_by_label("Hvor stor del er forsinket, i prosent?").fill("54")
    card.get_by_label("Hvor stor del er forsinket, i prosent?").press("Tab")
    expect(card.get_by_text("Anslag:")).to_be_visible()
    expect(tab.page.locator("#fremdrift")).to_contain_text("1 av")
    stored = MeasureStatus.objects.get(pk=status.pk)
    assert (stored.status, stored.indicator_value) == ("delayed", 11)
    assert stored.what_happened == "Elleve av 24 biler er levert."

    tab.page.reload()
    card, _status = card_of(tab, "T2")
    unfold(card)
    expect(card.get_by_label("Hva gjør dere?")).to_have_value("Vi leier fire elbiler fra oktober.")


def test_a_wrong_number_is_told_beside_it_and_kept(open_tab: OpenTab) -> None:
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    card, status = card_of(tab, "T3")
    unfold(card).get_by_label("Gjennomført").check()
    expect(card.get_by_role("status")).to_contain_text("Lagret")
    number = card.locator(f"#id_s-{status.pk}-indicator_value")
    with tab.expecting(422):
        number.fill("abc")
        number.press("Tab")
        expect(card.get_by_role("status")).to_contain_text("Skriv et tall, for eksempel 1\u00a0234,5.")
    expect(number).to_have_value("abc")
    number.fill("2,8")
    number.press("Tab")
    expect(card.get_by_role("status")).to_contain_text("Lagret kl.")


# Whether leaving the page would ask first.
ASKS = """() => {
  const leaving = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(leaving);
  return leaving.defaultPrevented;
}"""


def test_a_number_that_cannot_be_read_costs_nothing_else(open_tab: OpenTab) -> None:
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    card, status = card_of(tab, "T2")
    other, _other = card_of(tab, "T1")
    unfold(card).get_by_role("radio", name="Forsinket").check()
    card.get_by_label("Hva er årsaken?").fill("Bilene kommer ikke før til våren.")
    card.get_by_label("Hva er årsaken?").press("Tab")
    expect(card.get_by_role("status")).to_contain_text("Lagret kl.")
    until_true(tab.page, lambda: not tab.page.evaluate(ASKS))
    number = card.get_by_label("Elbiler levert")
    progress = tab.page.locator("#fremdrift")
    with tab.expecting(422):
        number.fill("80, kanskje 85")
        card.get_by_label("Hva gjør dere?").fill("Vi leier elbiler til våren.")
        card.get_by_label("Hva gjør dere?").press("Tab")
        expect(card.get_by_role("status")).to_contain_text("Alt annet er lagret.")
        expect(progress).to_contain_text("Ikke alt er lagret.")
        expect(number).to_have_attribute("aria-invalid", "true")
        expect(number).to_have_accessible_description("Skriv et tall, for eksempel 1\u00a0234,5.")
        tab.page.wait_for_timeout(1300)  # the pause after which what is typed is saved
        assert MeasureStatus.objects.get(pk=status.pk).corrective_action == "Vi leier elbiler til våren."
    expect(progress).not_to_contain_text("Lagret")
    assert tab.page.evaluate(ASKS)
    # Another card that is saved does not save this one.
    unfold(other).get_by_label("Hva har skjedd siden sist?").fill("Noe.")
    other.get_by_label("Hva har skjedd siden sist?").press("Tab")
    expect(other.get_by_role("status")).to_contain_text("Lagret kl.")
    assert tab.page.evaluate(ASKS)
    assert faults_of(tab.page) == []

    number.fill("8")
    number.press("Tab")
    expect(card.get_by_role("status")).to_contain_text("Lagret kl.")
    expect(number).not_to_have_attribute("aria-invalid", "true")
    expect(card.get_by_text("Skriv et tall")).to_have_count(0)
    expect(progress).to_contain_text("Lagret")
    assert not tab.page.evaluate(ASKS)


def test_a_form_refused_as_a_page_asks_before_it_is_left(open_tab: OpenTab) -> None:
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    with tab.expecting(422):
        tab.page.get_by_role("button", name="Send til virksomhetsleder").click()
        expect(tab.page.get_by_text("Rett opp dette før du går videre")).to_be_visible()
    assert tab.page.evaluate(ASKS)


def test_a_pause_in_the_middle_of_a_date_or_a_link_is_no_mistake(open_tab: OpenTab) -> None:
    """Text is saved while it is typed; half a date is no date yet, and is sent when it is left."""
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    card, status = card_of(tab, "T2")
    unfold(card).get_by_role("radio", name="Forsinket").check()
    card.get_by_label("Hva er årsaken?").fill("")
    card.get_by_label("Hva er årsaken?").press_sequentially("Vi venter")
    expect(card.get_by_role("status")).to_contain_text("Lagret kl.")
    card.get_by_label("Når er det tatt igjen?").fill("31.")
    tab.page.wait_for_timeout(1300)  # the pause after which what is typed is saved
    card.get_by_label("Når er det tatt igjen?").press_sequentially("5.2027")
    card.get_by_text("Legg ved lenker").click()
    card.get_by_label("Lenker til vedlegg").press_sequentially("drammen.")
    tab.page.wait_for_timeout(1300)
    card.get_by_label("Lenker til vedlegg").fill("https://drammen.example/vei")
    card.get_by_label("Lenker til vedlegg").press("Tab")
    expect(card.get_by_label("Lenker til vedlegg")).not_to_be_focused()
    tab.page.reload()
    expect(card.get_by_label("Når er det tatt igjen?")).to_have_value("31.05.2027")
    stored = MeasureStatus.objects.get(pk=status.pk)
    assert (stored.cause, str(stored.new_date)) == ("Vi venter", "2027-05-31")


def test_a_save_that_waited_leaves_half_a_date_out(open_tab: OpenTab) -> None:
    """What is queued behind a slow answer reads the form when its turn comes, in the midst of a date."""
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    card, status = card_of(tab, "T2")
    unfold(card).get_by_role("radio", name="Forsinket").check()
    expect(card.get_by_label("Hva er årsaken?")).to_be_visible()
    cause, action = card.get_by_label("Hva er årsaken?"), card.get_by_label("Hva gjør dere?")
    until = card.get_by_label("Når er det tatt igjen?")
    held: list[Route] = []
    tab.page.route("**/lagre/**", lambda route: held.append(route))
    cause.fill("Først dette.")
    action.fill("Så dette.")
    until.fill("1.")
    answered: list[int] = []
    tab.page.on("response", lambda response: answered.append(response.status))
    for number in (1, 2):
        until_true(tab.page, lambda number=number: len(held) == number)  # type: ignore[misc]
        held[-1].continue_()
    until_true(tab.page, lambda: len(answered) == 2)
    assert answered == [200, 200]
    tab.page.unroute("**/lagre/**")
    until.press_sequentially("6.2027")
    with tab.page.expect_response("**/lagre/**"):
        until.press("Tab")
    stored = MeasureStatus.objects.get(pk=status.pk)
    assert (stored.cause, stored.corrective_action) == ("Først dette.", "Så dette.")
    assert str(stored.new_date) == "2027-06-01"


def test_enter_never_sends_the_report(open_tab: OpenTab) -> None:
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    card, status = card_of(tab, "T3")
    unfold(card)
    card.locator(f"#id_s-{status.pk}-indicator_value").press("Enter")
    expect(tab.page.get_by_text("Utkastet er lagret.")).to_be_visible()
    assert report().state == ReportState.DRAFT


def test_two_people_see_both_answers(open_tab: OpenTab) -> None:
    mine, theirs = open_tab("kontakt"), open_tab("vara")
    for tab in (mine, theirs):
        tab.go(path_of(report()))
    card, status = card_of(mine, "T1")
    unfold(card)
    other, _status = card_of(theirs, "T1")
    unfold(other).get_by_label("Gjennomført").check()
    expect(other.get_by_role("status")).to_contain_text("Lagret")
    with mine.expecting(409):
        card.get_by_label("Hva har skjedd siden sist?").fill("Vi venter på svar.")
        card.get_by_label("Hva har skjedd siden sist?").press("Tab")
        expect(card.get_by_role("status")).to_contain_text("Noen andre lagret dette tiltaket")
    card.get_by_role("button", name="Lagre det jeg skrev").click()
    expect(mine.page.get_by_text("Utkastet er lagret.")).to_be_visible()
    assert MeasureStatus.objects.get(pk=status.pk).what_happened == "Vi venter på svar."


def test_from_send_to_assured_on_a_phone(open_tab: OpenTab, site: Site) -> None:
    tab = open_tab("kontakt")
    tab.go(path_of(report()))
    with tab.expecting(422):
        tab.page.get_by_role("button", name="Send til virksomhetsleder").click()
        expect(tab.page.get_by_text("Rett opp dette før du går videre")).to_be_visible()
    for card in tab.page.locator("section.kp-card").all():
        if card.get_by_text("Ikke bekreftet").count():
            card.get_by_role("button", name="Ingen endring siden sist").click()
            expect(card.get_by_text("Ikke bekreftet")).to_have_count(0)
    assert faults_of(tab.page) == []
    tab.page.set_viewport_size({"width": 1280, "height": 900})
    # The click leaves a field and sends in the same moment: what it saves on the way is no conflict.
    card, status = card_of(tab, "T1")
    unfold(card).get_by_label("Hva har skjedd siden sist?").fill("Skrevet i siste liten.")
    tab.page.get_by_role("button", name="Send til virksomhetsleder").click()
    expect(tab.page.get_by_role("heading", name="Rapporten er sendt")).to_be_visible()
    assert MeasureStatus.objects.get(pk=status.pk).what_happened == "Skrevet i siste liten."
    assert faults_of(tab.page) == []

    leader = open_tab("leder", phone=True)
    leader.go(path_of(report(), "godkjenn/"))
    button = leader.page.get_by_role("button", name="Godkjenn")
    box: Any = button.bounding_box()
    assert box["width"] > 280
    assert box["height"] >= 44
    leader.page.get_by_label("Kommentar").fill("Vi har satt inn ekstra folk.")
    button.click()
    expect(leader.page.get_by_text("Rapporten er godkjent.")).to_be_visible()
    assert faults_of(leader.page) == []

    klima = open_tab("klima")
    klima.go(path_of(report(), "kvalitetssikre/"))
    assert faults_of(klima.page) == []
    klima.page.get_by_role("button", name="Kvalitetssikre").click()
    expect(klima.page.get_by_text("Rapporten er kvalitetssikret.")).to_be_visible()
    klima.go("/rapportering/")
    klima.page.set_viewport_size({"width": 1280, "height": 900})
    assert faults_of(klima.page) == []
    assert report().state == ReportState.ASSURED
