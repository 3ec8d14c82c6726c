"""The pages of no room and of the small ones in a real browser, and that no page is forgotten."""

import pytest
from django.urls import reverse

from climate_portal.urls import ROUTES
from tests.browser import OpenTab, faults_of
from tests.every_page import IN_THE_JOURNEY, PAGES, Sweep, pages_of, report, room_of, route_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = ("", "leadership", "klimalaget", "organisation")
# tests/test_browser_pages_*.py
FILES_OF_THEIR_OWN = ("emissions", "strategy", "budget", "reporting", "publishing")


@pytest.mark.parametrize("name", pages_of(*HERE))
def test_page(sweep: Sweep, name: str) -> None:
    sweep.look_at(name)


def test_error_pages(open_tab: OpenTab) -> None:
    stranger = open_tab("annen")
    with stranger.expecting(404):
        stranger.go(report("report", "Samferdsel, vei- og parkforvaltning")())
    assert faults_of(stranger.page) == []
    with stranger.expecting(403):
        stranger.go(reverse("emissions:import"))
    assert faults_of(stranger.page) == []


def test_every_page_is_looked_at() -> None:
    assert {room_of(name) for name in PAGES} == {*HERE, *FILES_OF_THEIR_OWN}
    # Answered with one word, a file, or the way to another page.
    no_pages = {
        "live",
        "ready",
        "own_data",
        "account_two_steps_picture",
        "account_codes_file",
        "organisation:login_log_export",
        "emissions:export",
        "budget:export",
        "budget:year",
    }
    no_pages |= {"budget:line_import_confirm", "budget:line_template", "budget:line_errors"}
    no_pages |= {"strategy:barometer_export", "strategy:barometer_template", "strategy:decisions_export"}
    no_pages |= {"strategy:barometer_confirm", "strategy:barometer_errors", "strategy:decision_note"}
    no_pages |= {"emissions:export_view", "emissions:population_export", "emissions:population_errors"}
    for name in ("units_file", "people_file"):
        no_pages |= {f"organisation:{name}_{file}" for file in ("export", "template", "errors")}
    no_pages.add("organisation:personnel_file_errors")
    no_pages |= {"emissions:edition_comparison_export"}
    no_pages |= {"strategy:export_measures", "strategy:measure_template", "strategy:import_measures_errors"}
    no_pages |= {"publishing:order_pdf", "publishing:publication_pdf", "reporting:return"}
    no_pages |= {"publishing:publication_file", "publishing:public_publication_pdf"}
    no_pages |= {"reporting:calendar"}
    no_pages |= {"reporting:deviations_export", "reporting:export_statuses", "reporting:import_errors"}
    no_pages |= {"reporting:money_template", "reporting:money_errors", "emissions:own_errors"}
    no_pages |= {"reporting:follow_ups_export"}
    no_pages |= {"budget:reference_file", "budget:confirm_reference", "budget:reference_errors"}
    # A document to copy from, bare on purpose, and the one to download.
    no_pages |= {"budget:chapter", "budget:document_pdf", "budget:adopted_document"}
    # What else is there only takes a post.
    no_pages |= {"emissions:own_template", "emissions:own_cell", "emissions:own_export"}
    no_pages |= {"emissions:import_confirm", "reporting:submit", "reporting:save_status"}
    no_pages |= {name for name, route in ROUTES.items() if route.post_only}
    assert set(ROUTES) - no_pages == {route_of(page) for page in PAGES} | IN_THE_JOURNEY
