"""Every page in a real browser: no error, no breach of the policy, no sideways scroll, nothing axe finds.

Pages that only exist in the middle of something (a preview, a step, a receipt) are looked at where the
journey passes them, in tests/test_browser_journey.py.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from budget.models import ClimateBudget, Funding
from climate_portal.urls import ROUTES
from emissions.models import Edition
from reporting.models import UnitReport
from tests.browser import OpenTab, faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Address = Callable[[], str]


def plain(name: str, *arguments: object, query: str = "") -> Address:
    return lambda: reverse(name, args=arguments) + query


def line(name: str, year: int, code: str) -> Address:
    def address() -> str:
        budget = ClimateBudget.objects.get(year=year, scope="community_direct")
        return reverse(f"budget:{name}", args=[budget.lines.get(measure__code=code).pk])

    return address


def draft() -> ClimateBudget:
    return ClimateBudget.objects.get(year=2027, scope="community_direct")


def part(name: str, related: str) -> Address:
    """A page of one row of the draft."""
    return lambda: reverse(f"budget:{name}", args=[getattr(draft(), related).order_by("pk")[0].pk])


def funding(name: str) -> Address:
    return lambda: reverse(f"budget:{name}", args=[Funding.objects.filter(line__budget=draft())[0].pk])


def shared_source() -> int:
    return draft().overlaps.order_by("pk")[0].source_id


def copy_address() -> str:
    adopted = ClimateBudget.objects.get(year=2026, state="adopted")
    query = {
        "ar": 2028,
        "mal": adopted.target_id,
        "utgave": adopted.edition_id,
        "fra": adopted.pk,
        "regel": "flat",
    }
    return f"{reverse('budget:copy_forward')}?{urlencode(query)}"


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
    "budget:index": ("utvalg", plain("budget:index")),
    "budget:detail, adopted": ("utvalg", plain("budget:detail", 2026, "kommunen-direkte")),
    "budget:detail, draft": ("klima", plain("budget:detail", 2027, "kommunen-direkte")),
    "budget:line": ("utvalg", line("line", 2026, "T4")),
    "budget:edit_line": ("klima", line("edit_line", 2027, "T8")),
    **{
        f"budget:{name}": ("klima", line(name, 2027, "T8"))
        for name in ("edit_sources", "edit_ranges", "edit_costs", "add_funding", "remove_line")
    },
    **{
        f"budget:{name}": ("klima", plain(f"budget:{name}", 2027, "kommunen-direkte", 1))
        for name in ("add_line", "overlaps", "reference", "add_policy", "import_reference")
    },
    "budget:create": ("klima", plain("budget:create")),
    "budget:copy_forward": ("klima", copy_address),
    "budget:compare": ("utvalg", plain("budget:compare", 2026, "kommunen-direkte")),
    "budget:edit_reference": (
        "klima",
        lambda: reverse("budget:edit_reference", args=[2027, "kommunen-direkte", 1, shared_source()]),
    ),
    "budget:add_overlap": (
        "klima",
        lambda: plain("budget:add_overlap", 2027, "kommunen-direkte", 1, query=f"?kilde={shared_source()}")(),
    ),
    "budget:edit_overlap": ("klima", part("edit_overlap", "overlaps")),
    "budget:remove_overlap": ("klima", part("remove_overlap", "overlaps")),
    "budget:remove_policy": ("klima", part("remove_policy", "reference_policies")),
    "budget:edit_funding": ("klima", funding("edit_funding")),
    "budget:remove_funding": ("klima", funding("remove_funding")),
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
    no_pages = {"live", "ready", "emissions:export", "budget:export", "budget:year", "budget:reference_file"}
    no_pages |= {"reporting:order_pdf", "reporting:publication_pdf", "reporting:return"}
    # What else is there only takes a post.
    no_pages |= {"emissions:import_confirm", "budget:confirm_reference"}
    no_pages |= {"reporting:submit", "reporting:save_status"}
    no_pages |= {name for name, route in ROUTES.items() if route.post_only}
    assert set(ROUTES) - no_pages == {route_of(page) for page in PAGES} | IN_THE_JOURNEY
