"""Who may ask for what: every route of the portal, asked by everybody of the cast, with the demo's own data.

The table below is written by hand. A route that is missing from it fails; so does one that is missing from
`climate_portal.urls.ROUTES`. «None of hers» answers 404, «hers to read» answers 403 when she writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from budget.models import ClimateBudget
from climate_portal.demo_data.organisation import person
from climate_portal.urls import ROUTES
from emissions.models import Edition
from organisation.models import Appointment
from reporting.models import Period, UnitReport
from strategy.models import BarometerIndicator, Decision
from tests.demo_world import client_for, everybody

pytestmark = pytest.mark.usefixtures("demo_db")

EVERYBODY = frozenset(everybody())
READS_ALL = frozenset({"klima", "analyse", "radmann", "revisor", "admin"})
READS_HISTORY = READS_ALL - {"radmann"}
STAFF = EVERYBODY - {"utvalg"}
KLIMA = frozenset({"klima"})
NOBODY: frozenset[str] = frozenset()

Address = Callable[[], str]


def route_names() -> Iterator[str]:
    """Every named route the portal answers to."""

    def walk(patterns: list[URLPattern | URLResolver], space: str) -> Iterator[str]:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                yield from walk(pattern.url_patterns, pattern.namespace or space)
            else:
                yield f"{space}:{pattern.name}" if space else str(pattern.name)

    return walk(get_resolver().url_patterns, "")


def draft() -> ClimateBudget:
    return ClimateBudget.objects.get(state="draft")


def draft_step(name: str) -> Address:
    return lambda: reverse(f"budget:{name}", args=[draft().year, "kommunen-direkte", draft().revision])


def draft_line(name: str) -> Address:
    return lambda: reverse(f"budget:{name}", args=[draft().lines.order_by("pk").first().pk])


def report_of(unit: str) -> UnitReport:
    return UnitReport.objects.get(period__kind="T2", unit__name=unit)


def transport(name: str, *more: str) -> Address:
    """A page of the report of kontakt@ and leder@."""

    def address() -> str:
        report = report_of("Samferdsel, vei- og parkforvaltning")
        extra = [report.statuses.first().pk] if more else []
        return reverse(f"reporting:{name}", args=[report.period.code, report.unit_id, *extra])

    return address


def barometer(name: str) -> Address:
    return lambda: reverse(
        f"strategy:barometer_{name}", args=[BarometerIndicator.objects.order_by("pk")[0].pk]
    )


def transport_decision(name: str) -> Address:
    """A decision kontakt@ and leder@ follow up."""
    return lambda: reverse(
        f"strategy:{name}", args=[Decision.objects.get(unit__name="Samferdsel, vei- og parkforvaltning").pk]
    )


@dataclass(frozen=True)
class Case:
    """One address: who gets 200 (or an onward 303), and what the others get."""

    url: Address
    allowed: frozenset[str]
    refusal: int = 403
    # For those who may read the thing but not do this to it.
    post: bool = False


def plain(name: str, *args: object) -> Address:
    return lambda: reverse(name, args=args)


GET: dict[str, Case] = {
    "min_side": Case(plain("min_side"), EVERYBODY),
    "history": Case(lambda: reverse("history", args=["budget.climatebudget", draft().pk]), READS_HISTORY),
    "emissions:index": Case(plain("emissions:index"), EVERYBODY),
    "emissions:edition": Case(
        lambda: reverse("emissions:edition", args=[Edition.objects.first().pk]), EVERYBODY
    ),
    "emissions:import": Case(plain("emissions:import"), KLIMA),
    "strategy:index": Case(plain("strategy:index"), EVERYBODY),
    "strategy:detail": Case(plain("strategy:detail", "klimastrategi-2030"), EVERYBODY),
    "strategy:measure": Case(plain("strategy:measure", "T1"), EVERYBODY),
    "strategy:responsible": Case(plain("strategy:responsible", "T1"), KLIMA),
    "strategy:barometer": Case(plain("strategy:barometer"), EVERYBODY),
    "strategy:barometer_export": Case(plain("strategy:barometer_export", "csv"), EVERYBODY),
    "strategy:barometer_indicator": Case(barometer("indicator"), EVERYBODY),
    "strategy:barometer_template": Case(plain("strategy:barometer_template", "csv"), KLIMA),
    "strategy:barometer_import": Case(plain("strategy:barometer_import"), KLIMA),
    "strategy:barometer_new": Case(plain("strategy:barometer_new"), KLIMA),
    "strategy:barometer_edit": Case(barometer("edit"), KLIMA),
    "strategy:barometer_value": Case(barometer("value"), KLIMA),
    "strategy:decisions": Case(plain("strategy:decisions"), EVERYBODY),
    "strategy:decisions_export": Case(plain("strategy:decisions_export", "csv"), EVERYBODY),
    "strategy:decision": Case(transport_decision("decision"), EVERYBODY),
    "strategy:decision_new": Case(plain("strategy:decision_new"), KLIMA),
    "strategy:decision_edit": Case(transport_decision("decision_edit"), KLIMA),
    "strategy:decision_move": Case(transport_decision("decision_move"), KLIMA),
    "budget:index": Case(plain("budget:index"), EVERYBODY),
    "budget:detail": Case(plain("budget:detail", 2026, "kommunen-direkte"), EVERYBODY),
    "budget:detail, draft": Case(plain("budget:detail", 2027, "kommunen-direkte"), READS_ALL, refusal=404),
    "budget:line, draft": Case(draft_line("line"), READS_ALL, refusal=404),
    "budget:edit_line": Case(draft_line("edit_line"), KLIMA),
    "budget:hand_over": Case(draft_step("hand_over"), KLIMA),
    "reporting:index": Case(plain("reporting:index"), EVERYBODY),
    "reporting:report": Case(transport("report"), READS_ALL | {"direktor", "leder", "kontakt"}, refusal=404),
    "leadership:index": Case(plain("leadership:index"), EVERYBODY),
    "klimalaget:index": Case(plain("klimalaget:index"), STAFF),
    "organisation:index": Case(plain("organisation:index"), STAFF),
}


@pytest.mark.parametrize("login", sorted(EVERYBODY))
def test_everybody_gets_what_is_hers(login: str) -> None:
    client = client_for(login)
    found = {name: client.get(case.url()).status_code for name, case in GET.items()}
    expected = {name: 200 if login in case.allowed else case.refusal for name, case in GET.items()}
    assert found == expected


def test_strangers_are_asked_to_log_in() -> None:
    client = Client()
    for name, case in GET.items():
        answer = client.get(case.url())
        assert (name, answer.status_code) == (name, 302)
        assert answer["Location"].startswith("/logg-inn/")


def test_public_pages_need_no_login() -> None:
    for name in ("live", "public_page", "account_login"):
        assert Client().get(reverse(name)).status_code == 200
    assert Client().get(reverse("ready")).status_code in (200, 503)


def test_every_route_has_a_class_and_every_class_a_route() -> None:
    assert set(route_names()) == set(ROUTES)


POST: dict[str, Case] = {
    "strategy:responsible": Case(plain("strategy:responsible", "T1"), KLIMA),
    "strategy:barometer_import": Case(plain("strategy:barometer_import"), KLIMA),
    "strategy:barometer_confirm": Case(plain("strategy:barometer_confirm"), KLIMA),
    "strategy:barometer_new": Case(plain("strategy:barometer_new"), KLIMA),
    "strategy:barometer_edit": Case(barometer("edit"), KLIMA),
    "strategy:barometer_value": Case(barometer("value"), KLIMA),
    "strategy:decision_new": Case(plain("strategy:decision_new"), KLIMA),
    "strategy:decision_edit": Case(transport_decision("decision_edit"), KLIMA),
    "strategy:decision_move": Case(transport_decision("decision_move"), KLIMA),
    "strategy:decision_note": Case(transport_decision("decision_note"), KLIMA | {"kontakt", "leder"}),
    "budget:save_figure": Case(
        lambda: reverse("budget:save_figure", args=[draft().lines.order_by("pk").first().pk, 2027, "drift"]),
        KLIMA,
    ),
    "budget:save_figures": Case(lambda: f"{draft_step('save_group')()}kostnad/", KLIMA),
    "budget:undo": Case(draft_step("undo"), KLIMA),
    "budget:save_cell": Case(
        lambda: reverse("budget:save_cell", args=[draft().lines.order_by("pk").first().pk, 2027]), KLIMA
    ),
    "budget:save_group": Case(draft_step("save_group"), KLIMA),
    "budget:hand_over": Case(draft_step("hand_over"), KLIMA),
    "budget:take_back": Case(draft_step("take_back"), KLIMA | {"radmann"}),
    "budget:propose": Case(draft_step("propose"), frozenset({"radmann"})),
    "budget:adopt": Case(draft_step("adopt"), KLIMA),
    "emissions:import": Case(plain("emissions:import"), KLIMA),
    "reporting:save_status": Case(transport("save_status", "status"), frozenset({"kontakt", "leder"})),
    "reporting:submit": Case(transport("submit"), frozenset({"kontakt", "leder"})),
    "reporting:approve": Case(transport("approve"), frozenset({"leder"})),
    "reporting:return": Case(transport("return"), frozenset({"leder", "klima"})),
    "reporting:assure": Case(transport("assure"), KLIMA),
    "reporting:order_summary": Case(
        lambda: reverse("reporting:order_summary", args=[Period.objects.get(kind="T2").code]),
        KLIMA | {"radmann"},
    ),
}

WRITTEN = """
SELECT (SELECT count(*) FROM pghistory_context), (SELECT count(*) FROM budget_budgettransition),
       (SELECT count(*) FROM reporting_reporttransition), (SELECT count(*) FROM emissions_edition),
       (SELECT count(*) FROM reporting_summaryorder), (SELECT sum(version) FROM budget_line),
       (SELECT sum(version) FROM reporting_measurestatus), (SELECT sum(version) FROM budget_climatebudget),
       (SELECT count(*) FROM procrastinate_jobs), (SELECT count(*) FROM emissions_importdraft),
       (SELECT count(*) FROM strategy_decisionnote), (SELECT count(*) FROM strategy_decisiontransition)
"""


def written() -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(WRITTEN)
        return tuple(cursor.fetchone())


@pytest.mark.parametrize("login", ["", *sorted(EVERYBODY)])
def test_nobody_writes_what_is_not_hers(login: str) -> None:
    client = client_for(login)
    before = written()
    for name, case in POST.items():
        if login in case.allowed:
            continue
        answer = client.post(case.url())
        refused = (302,) if not login else (403, 404)
        assert answer.status_code in refused, (name, answer.status_code)
        if not login:
            assert answer["Location"].startswith("/logg-inn/")
    assert written() == before


def test_a_post_without_token_is_refused_everywhere() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person("klima"))
    before = written()
    for name, case in POST.items():
        assert (name, strict.post(case.url()).status_code) == (name, 403)
    assert written() == before


def without_tokens(page: bytes) -> bytes:
    """The page without its CSRF tokens, which are masked anew each time."""
    return re.sub(rb"[A-Za-z0-9]{64}", b"", page)


def test_another_units_report_looks_like_one_that_does_not_exist() -> None:
    client = client_for("annen")
    other = client.get(transport("report")())
    missing = client.get(reverse("reporting:report", args=["2026-T2", 999_999]))
    assert (other.status_code, missing.status_code) == (404, 404)
    assert without_tokens(other.content) == without_tokens(missing.content)


def test_a_role_taken_away_is_gone_at_the_next_click() -> None:
    client = client_for("klima")
    url = reverse("emissions:import")
    assert client.get(url).status_code == 200
    Appointment.objects.filter(user__email="klima@drammen.example").delete()
    assert client.get(url).status_code == 403
