"""Every page in a real browser: no error, no breach of the policy, no sideways scroll, nothing axe finds.

Pages that only exist in the middle of something (a preview, a step, a receipt) are looked at where the
journey passes them, in tests/test_browser_journey.py.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from budget.models import ClimateBudget
from climate_portal.urls import ROUTES
from emissions.models import Edition
from reporting.models import UnitReport
from strategy.models import BarometerIndicator, Decision
from tests.browser import OpenTab, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Address = Callable[[], str]


def plain(name: str, *arguments: object, query: str = "") -> Address:
    return lambda: reverse(name, args=arguments) + query


def first(model: type[BarometerIndicator] | type[Decision], name: str) -> Address:
    return lambda: reverse(f"strategy:{name}", args=[model.objects.order_by("pk")[0].pk])


def line(name: str, year: int, code: str) -> Address:
    def address() -> str:
        budget = ClimateBudget.objects.get(year=year, scope="community_direct")
        return reverse(f"budget:{name}", args=[budget.lines.get(measure__code=code).pk])

    return address


def report(name: str, unit: str) -> Address:
    def address() -> str:
        found = UnitReport.objects.get(period__kind="T2", unit__name=unit)
        return reverse(f"reporting:{name}", args=[found.period.code, found.unit_id])

    return address


# Page, who looks at it, where it is.
PAGES: dict[str, tuple[str, Address]] = {
    "public_page": ("", plain("public_page")),
    "account_login": ("", plain("account_login")),
    "account_logout": ("klima", plain("account_logout")),
    "min_side of kontakt": ("kontakt", plain("min_side")),
    "min_side of leder": ("leder.arealplan", plain("min_side")),
    "min_side of klima": ("klima", plain("min_side")),
    "min_side of utvalg": ("utvalg", plain("min_side")),
    "history": (
        "revisor",
        lambda: reverse("history", args=["budget.climatebudget", ClimateBudget.objects.get(year=2026).pk]),
    ),
    "emissions:index": ("utvalg", plain("emissions:index")),
    "emissions:index, own operations": (
        "klima",
        plain("emissions:index", query="?omfang=egen-virksomhet-direkte"),
    ),
    "emissions:edition": (
        "revisor",
        lambda: reverse("emissions:edition", args=[Edition.objects.order_by("pk")[0].pk]),
    ),
    "emissions:import": ("klima", plain("emissions:import")),
    "strategy:index": ("utvalg", plain("strategy:index")),
    "strategy:detail": ("utvalg", plain("strategy:detail", "klimastrategi-2030")),
    "strategy:measure": ("klima", plain("strategy:measure", "T1")),
    "strategy:responsible": ("klima", plain("strategy:responsible", "T1")),
    "strategy:barometer": ("klima", plain("strategy:barometer")),
    "strategy:barometer_indicator": (
        "klima",
        first(BarometerIndicator, "barometer_indicator"),
    ),
    "strategy:barometer_import": ("klima", plain("strategy:barometer_import")),
    "strategy:barometer_new": ("klima", plain("strategy:barometer_new")),
    "strategy:barometer_edit": ("klima", first(BarometerIndicator, "barometer_edit")),
    "strategy:barometer_value": ("klima", first(BarometerIndicator, "barometer_value")),
    "strategy:decisions": ("klima", plain("strategy:decisions")),
    "strategy:decision": ("klima", first(Decision, "decision")),
    "strategy:decision_new": ("klima", plain("strategy:decision_new")),
    "strategy:decision_edit": ("klima", first(Decision, "decision_edit")),
    "strategy:decision_move": ("klima", first(Decision, "decision_move")),
    "budget:index": ("utvalg", plain("budget:index")),
    "budget:detail, adopted": ("utvalg", plain("budget:detail", 2026, "kommunen-direkte")),
    "budget:detail, draft": ("klima", plain("budget:detail", 2027, "kommunen-direkte")),
    "budget:detail, estimates": (
        "klima",
        plain("budget:detail", 2027, "kommunen-direkte", query="?visning=spenn&grupper=sektor"),
    ),
    "budget:detail, costs": (
        "klima",
        plain("budget:detail", 2027, "kommunen-direkte", query="?visning=kostnad&grupper=virksomhet"),
    ),
    "budget:detail, funding": (
        "utvalg",
        plain("budget:detail", 2026, "kommunen-direkte", query="?visning=finansiering"),
    ),
    "budget:line": ("utvalg", line("line", 2026, "T4")),
    "budget:edit_line": ("klima", line("edit_line", 2027, "T8")),
    "reporting:index of klima": ("klima", plain("reporting:index")),
    "reporting:index of utvalg": ("utvalg", plain("reporting:index")),
    "reporting:report, form": ("kontakt", report("report", "Samferdsel, vei- og parkforvaltning")),
    "reporting:report, page": ("revisor", report("report", "Drammen Eiendom KF")),
    "reporting:receipt": ("kontakt.eiendom", report("receipt", "Drammen Eiendom KF")),
    "reporting:approve": ("leder.arealplan", report("approve", "Arealplan")),
    "reporting:assure": ("klima", report("assure", "Drammen Parkering KF")),
    "reporting:dashboard of radmann": ("radmann", plain("reporting:dashboard", "2026-T2")),
    "leadership:index": ("utvalg", plain("leadership:index")),
    "klimalaget:index": ("klima", plain("klimalaget:index")),
    "organisation:index": ("kontakt", plain("organisation:index")),
}
# Looked at where the journey passes them.
IN_THE_JOURNEY = {
    "emissions:import_preview",
    "budget:hand_over",
    "budget:propose",
    "budget:adopt",
    "budget:take_back",
    "budget:start_revision",
    "reporting:publish",
    "reporting:order",
}


@pytest.fixture(scope="module")
def titles() -> dict[str, str]:
    """Title → the page that has it."""
    return {}


@pytest.mark.parametrize("name", PAGES)
def test_page(open_tab: OpenTab, titles: dict[str, str], name: str) -> None:
    login, address = PAGES[name]
    tab = open_tab(login)
    tab.go(address())
    assert faults_of(tab.page) == []
    # Different people may see the same page under one title, and a report is one from form to receipt.
    page = route_of(name)
    assert "reporting:" in page or titles.setdefault(tab.page.title(), page) == page


def test_error_pages(open_tab: OpenTab) -> None:
    stranger = open_tab("annen")
    with stranger.expecting(404):
        stranger.go(report("report", "Samferdsel, vei- og parkforvaltning")())
    assert faults_of(stranger.page) == []
    with stranger.expecting(403):
        stranger.go(reverse("emissions:import"))
    assert faults_of(stranger.page) == []


def route_of(page: str) -> str:
    return page.partition(" of ")[0].partition(",")[0]


def test_every_page_is_looked_at() -> None:
    # Answered with one word, a file, or the way to another page.
    no_pages = {"live", "ready", "emissions:export", "budget:export", "budget:year"}
    no_pages |= {"strategy:barometer_export", "strategy:barometer_template", "strategy:decisions_export"}
    no_pages |= {"strategy:barometer_confirm", "strategy:decision_note"}
    no_pages |= {"reporting:order_pdf", "reporting:publication_pdf", "reporting:return"}
    # What else is there only takes a post.
    no_pages |= {"emissions:import_confirm", "reporting:submit", "reporting:save_status"}
    no_pages |= {name for name, route in ROUTES.items() if route.post_only}
    assert set(ROUTES) - no_pages == {route_of(page) for page in PAGES} | IN_THE_JOURNEY
