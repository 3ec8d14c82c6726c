"""«Hva om?» on pages: who may try what, bad input, twice, and that no budget is ever touched."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.actions import scenarios
from budget.actions.copying import start_revision
from budget.actions.effects import set_effect
from budget.enums import ChangeKind
from budget.models import ClimateBudget, Effect, Line, Scenario, ScenarioChange
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import table_sha256
from budget.queries.scenarios import changes_of, scenario_result
from budget.words.scenarios import change_sentence, result_sentence
from organisation.models import User
from tests.budget_factory import HORIZON, adopt, make_line, make_measure, make_source, worked_example
from tests.cast import Cast
from tests.html_rules import broken_rules, parse
from tests.worlds import kept
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
LIST = "/budsjett/2027/kommunen-direkte/1/hva-om/"
MAKERS = {"klima", "analyse", "radmann"}
READERS = MAKERS | {"revisor", "admin"}


@kept
def budget() -> ClimateBudget:
    return ClimateBudget.objects.get(pk=adopt(worked_example()).pk)


def make(by: User, budget: ClimateBudget, name: str = "Prøve") -> Scenario:
    scenarios.create_scenario(by=by, budget=budget, name=name)
    return Scenario.objects.select_related("budget__target", "budget__edition__municipality").get(
        owner=by, name=name
    )


def change(scenario: Scenario, kind: ChangeKind, **values: object) -> None:
    by = scenario.owner
    scenarios.add_change(by=by, scenario=scenario, kind=kind, values=values)


def line_of(code: str) -> Line:
    return Line.objects.get(measure__code=code)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, url: str, **fields: object) -> HttpResponse:
    """The form as a browser sends it, with the token of its page where it has one."""
    token = re.search(r'name="submission_token" value="([^"]+)"', client.get(url).text)
    return client.post(url, {**fields, **({"submission_token": token[1]} if token else {})})  # type: ignore[return-value]


def answer(scenario: Scenario) -> str:
    return result_sentence(scenario_result(scenario, changes_of(scenario))).replace("\u00a0", " ")


# --- What comes of it -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        # Gap 65 of the worked example; without S1: 1000 − 300 − 495.
        (
            ChangeKind.DROP,
            {},
            "140 tonn høyere enn i budsjettet. Avstanden går fra 65 tonn over rammen til 205",
        ),
        # Half of S1: 300 and 100 of a basis of 1000 is 370.
        (ChangeKind.SCALE, {"percent": Decimal(50)}, "70 tonn høyere"),
        (
            ChangeKind.SCALE,
            {"percent": Decimal(200)},
            "140 tonn lavere enn i budsjettet. Avstanden går fra 65 tonn over rammen til 75",
        ),
        (ChangeKind.SCALE, {"percent": Decimal(100)}, "den samme som i budsjettet"),
        (ChangeKind.DELAY, {"percent": Decimal(50), "since": date(2030, 1, 1)}, "70 tonn høyere"),
        (
            ChangeKind.DELAY,
            {"percent": Decimal(50), "since": date(2028, 1, 1), "caught_up": date(2029, 1, 1)},
            "den samme",
        ),
    ],
)
def test_the_answer_in_words(
    budget: ClimateBudget, cast: Cast, kind: ChangeKind, values: dict[str, object], words: str
) -> None:
    scenario = make(cast.klima, budget)
    change(scenario, kind, line_id=line_of("S1").pk, **values)
    assert words in answer(scenario)


def test_something_new_counts_from_its_first_year(budget: ClimateBudget, cast: Cast) -> None:
    scenario = make(cast.klima, budget)
    new = {"source": make_source(), "level": "municipal", "first_year": 2029, "tonnes": Decimal("65.5")}
    change(scenario, ChangeKind.ADD, title="Lastesykler", **new)
    change(scenario, ChangeKind.ADD, measure=make_measure("T9"), **{**new, "tonnes": Decimal(1)})
    rows = {row.year: row.difference for row in scenario_result(scenario, changes_of(scenario)).rows}
    assert (rows[2028], rows[2029], rows[2030]) == (0, Decimal("-66.5"), Decimal("-66.5"))
    sentences = [change_sentence(one).replace("\u00a0", " ") for one in changes_of(scenario)]
    assert sentences[0] == "Lastesykler: 65,5 tonn i året fra 2029, på Personbiler"
    assert sentences[1].startswith("T9 Tiltak T9: 1 tonn i året")


def test_no_budget_is_touched(budget: ClimateBudget, cast: Cast) -> None:
    sha, effects = budget.table_sha256, list(Effect.objects.values_list("pk", "tonnes", "version"))
    scenario = make(cast.klima, budget)
    change(scenario, ChangeKind.DROP, line_id=line_of("T1").pk)
    change(scenario, ChangeKind.SCALE, line_id=line_of("S1").pk, percent=Decimal(10))
    assert client_of(cast.klima).get(scenario.get_absolute_url()).status_code == 200
    scenarios.delete_scenario(by=cast.klima, scenario=scenario)
    assert table_sha256(budget_table(ClimateBudget.objects.get())) == sha
    assert list(Effect.objects.values_list("pk", "tonnes", "version")) == effects


def test_the_page_shows_both_and_says_nothing_is_changed(budget: ClimateBudget, cast: Cast) -> None:
    scenario = make(cast.klima, budget, "Uten <S1>")
    change(scenario, ChangeKind.DROP, line_id=line_of("S1").pk)
    page = client_of(cast.klima).get(scenario.get_absolute_url()).text
    assert broken_rules(page) == []
    text = " ".join(parse(page).all_text().split())
    for words in ("Uten <S1>", "Over rammen i budsjettet", "Budsjettet er ikke endret.", "tatt ut"):
        assert words in text
    assert "data-kp" not in page.partition("<main")[2].partition("kp-footer")[0].replace("data-kp-menu", "")


# --- Who ------------------------------------------------------------------------------------------


def test_who_makes_and_who_reads(budget: ClimateBudget, cast: Cast) -> None:
    own = make(cast.klima, budget)
    for name, person in cast.people().items():
        client = client_of(person)
        assert client.get(LIST).status_code == (200 if name in READERS else 403), name
        made = post(client, LIST, name=f"Av {name}") if name in READERS else client.post(LIST, {"name": "x"})
        assert made.status_code == (303 if name in MAKERS else 403), name
        hidden = 200 if name == "klima" else 404 if name in READERS else 403
        assert client.get(own.get_absolute_url()).status_code == hidden, name
    Scenario.objects.filter(pk=own.pk).update(shared=True)
    for name in READERS:
        client = client_of(getattr(cast, name))
        page = client.get(own.get_absolute_url())
        assert page.status_code == 200
        assert ("Ta ut et tiltak" in page.text) == (name == "klima")
        if name != "klima":
            for url in ("rediger/", "endring/ta-ut/", "slett/"):
                assert client.get(f"{own.get_absolute_url()}{url}").status_code == 403, name
            for url in ("slett/", "endring/1/fjern/"):
                assert client.post(f"{own.get_absolute_url()}{url}").status_code == 403, name
    assert Scenario.objects.filter(pk=own.pk).exists()


def test_the_action_asks_again(budget: ClimateBudget, cast: Cast) -> None:
    own = make(cast.klima, budget)
    with pytest.raises(PermissionDenied):
        make(cast.revisor, budget)
    with pytest.raises(PermissionDenied):
        scenarios.add_change(by=cast.analyse, scenario=own, kind=ChangeKind.DROP, values={"line_id": 1})
    with pytest.raises(PermissionDenied):
        scenarios.delete_scenario(by=cast.analyse, scenario=own)


@pytest.mark.parametrize("address", ["/budsjett/hva-om/999/", "/budsjett/hva-om/99999999999999999999/"])
def test_what_is_not_there(budget: ClimateBudget, cast: Cast, address: str) -> None:
    assert client_of(cast.klima).get(address).status_code == 404


def test_an_unknown_kind_of_change(budget: ClimateBudget, cast: Cast) -> None:
    scenario = make(cast.klima, budget)
    assert client_of(cast.klima).get(f"{scenario.get_absolute_url()}endring/gi-opp/").status_code == 404


# --- Bad input ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "fields", "words"),
    [
        ("ta-ut", {"line": ""}, "Velg et tiltak."),
        ("ta-ut", {"line": "999999"}, "Velg et tiltak fra listen."),
        ("ta-ut", {"line": "abc"}, "Velg et tiltak fra listen."),
        ("utsett", {"line": "S1", "percent": "0", "since": "1.1.2027"}, "1 eller høyere"),
        ("utsett", {"line": "S1", "percent": "101", "since": "1.1.2027"}, "100 eller lavere"),
        ("utsett", {"line": "S1", "percent": "50", "since": "i fjor"}, "Skriv en dato"),
        (
            "utsett",
            {"line": "S1", "percent": "50", "since": "1.1.2028", "caught_up": "1.1.2027"},
            "må komme etter",
        ),
        ("skaler", {"line": "S1", "percent": "-1"}, "0 eller høyere"),
        ("skaler", {"line": "S1", "percent": "mye"}, "Skriv et tall"),
        ("skaler", {"line": "S1", "percent": "600"}, "mer enn felles utslippsgrunnlag"),
        ("legg-til", {"title": "", "tonnes": "1"}, "skriv et navn"),
        ("legg-til", {"title": "Nytt", "tonnes": "0"}, "eller høyere"),
        ("legg-til", {"title": "Nytt", "tonnes": "1", "source": ""}, "Velg ett av alternativene"),
        ("legg-til", {"title": "Nytt", "tonnes": "1", "first_year": "2050"}, "Velg ett av alternativene"),
    ],
)
def test_bad_input_is_refused_in_words(
    budget: ClimateBudget, cast: Cast, slug: str, fields: dict[str, object], words: str
) -> None:
    scenario = make(cast.klima, budget)
    if fields.get("line") == "S1":
        fields = {**fields, "line": line_of("S1").pk}
    if slug == "legg-til":
        fields = {"source": make_source().pk, "level": "municipal", "first_year": 2027, **fields}
    url = f"{scenario.get_absolute_url()}endring/{slug}/"
    response = post(client_of(cast.klima), url, **fields)
    assert response.status_code == 422
    assert words in response.text.replace("\u00a0", " ")
    assert broken_rules(response.text) == []
    assert not ScenarioChange.objects.exists()


def test_a_line_is_changed_once_and_a_name_used_once(budget: ClimateBudget, cast: Cast) -> None:
    scenario = make(cast.klima, budget)
    change(scenario, ChangeKind.DROP, line_id=line_of("S1").pk)
    with pytest.raises(Refused, match="allerede endret"):
        change(scenario, ChangeKind.SCALE, line_id=line_of("S1").pk, percent=Decimal(50))
    response = post(client_of(cast.klima), LIST, name="Prøve")
    assert (response.status_code, "Velg et annet navn" in response.text) == (422, True)
    assert make(cast.analyse, budget).name == "Prøve", "somebody else may use the same name"


def test_a_line_of_another_budget_is_refused(budget: ClimateBudget, cast: Cast) -> None:
    draft = start_revision(by=cast.klima, budget=budget)
    scenario = make(cast.klima, budget)
    with pytest.raises(Refused, match="ikke i dette budsjettet"):
        change(scenario, ChangeKind.DROP, line_id=draft.lines.first().pk)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "drop"},
        {"kind": "delay", "percent": 50},
        {"kind": "scale", "percent": -1},
        {"kind": "add", "title": "x", "tonnes": 1, "first_year": 2027, "level": "municipal"},
        {"kind": "give_up"},
    ],
)
def test_the_database_refuses_a_change_that_is_not_whole(
    budget: ClimateBudget, cast: Cast, values: dict[str, object]
) -> None:
    scenario = make(cast.klima, budget)
    line = {} if values["kind"] in ("drop", "add") else {"line": line_of("S1")}
    with pytest.raises(IntegrityError), transaction.atomic():
        ScenarioChange.objects.create(scenario=scenario, **line, **values)
    ScenarioChange.objects.create(scenario=scenario, kind="drop", line=line_of("S1"))


# --- Twice, at once, and how much -----------------------------------------------------------------


def test_a_double_click_makes_one(budget: ClimateBudget, cast: Cast) -> None:
    client = client_of(cast.klima)
    token = new_submission_token(cast.klima)
    first, second = (client.post(LIST, {"name": "Én", "submission_token": token}) for _ in range(2))
    assert first["Location"] == second["Location"] == Scenario.objects.get().get_absolute_url()
    url = f"{first['Location']}endring/ta-ut/"
    for _ in range(2):
        form = {"line": line_of("S1").pk, "submission_token": token + "x"}
        assert client.post(url, form).status_code == 400
    token = new_submission_token(cast.klima)
    for _ in range(2):
        assert client.post(url, {"line": line_of("S1").pk, "submission_token": token}).status_code == 303
    assert ScenarioChange.objects.count() == 1


def test_renaming_sharing_and_a_stale_page(budget: ClimateBudget, cast: Cast) -> None:
    scenario = make(cast.klima, budget)
    client, url = client_of(cast.klima), f"{scenario.get_absolute_url()}rediger/"
    assert client.post(url, {"name": "Nytt navn", "shared": "on", "version": 1}).status_code == 303
    scenario.refresh_from_db()
    assert (scenario.name, scenario.shared, scenario.version) == ("Nytt navn", True, 2)
    stale = client.post(url, {"name": "Enda et", "version": 1})
    assert (stale.status_code, "Nytt navn" in stale.text, "Enda et" in stale.text) == (409, True, True)


def test_deleting_asks_first(budget: ClimateBudget, cast: Cast) -> None:
    scenario = make(cast.klima, budget)
    client, url = client_of(cast.klima), f"{scenario.get_absolute_url()}slett/"
    assert f'href="{url}"' in client.get(scenario.get_absolute_url()).text
    question = client.get(url)
    assert question.status_code == 200
    assert broken_rules(question.text) == []
    assert f"Slett «{scenario.name}»" in question.text
    assert "andre ser den" not in question.text
    assert Scenario.objects.exists()
    Scenario.objects.update(shared=True)
    assert "andre ser den heller ikke lenger" in client.get(url).text
    done = client.post(url)
    assert (done.status_code, done["Location"]) == (303, LIST)
    assert not Scenario.objects.exists()
    assert client.get(url).status_code == 404


def test_a_year_nobody_has_figures_for_stays_unknown(cast: Cast) -> None:
    budget = worked_example()
    Effect.objects.filter(line__budget=budget, year__gte=2029).delete()
    scenario = make(cast.klima, budget)
    change(scenario, ChangeKind.DROP, line_id=budget.lines.order_by("pk")[0].pk)
    result = scenario_result(scenario, changes_of(scenario))
    rows = {row.year: (row.path_before, row.path_after, row.difference) for row in result.rows}
    assert rows[2030] == (None, None, None)
    assert None not in rows[2028]
    assert result_sentence(result).startswith("Ingen tiltak har tall for 2030")


def test_taking_a_change_out_again(budget: ClimateBudget, cast: Cast) -> None:
    scenario = make(cast.klima, budget)
    change(scenario, ChangeKind.DROP, line_id=line_of("S1").pk)
    url = f"{scenario.get_absolute_url()}endring/{scenario.changes.get().pk}/fjern/"
    for _ in range(2):
        assert client_of(cast.klima).post(url).status_code == 303
    assert "ingen endringer ennå" in client_of(cast.klima).get(scenario.get_absolute_url()).text


def test_a_draft_that_changed_meanwhile_says_why_there_is_no_answer(cast: Cast) -> None:
    budget = worked_example()
    scenario = make(cast.klima, budget)
    change(scenario, ChangeKind.SCALE, line_id=line_of("S1").pk, percent=Decimal(300))
    set_effect(by=cast.klima, line=line_of("S1"), year=2030, tonnes=Decimal(900), version=1)
    page = client_of(cast.klima).get(scenario.get_absolute_url())
    assert page.status_code == 200
    assert "mer enn felles utslippsgrunnlag" in page.text


def count(ask: Callable[[], object]) -> int:
    ask()
    with CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_queries_do_not_grow_with_changes(cast: Cast) -> None:
    budget = worked_example()
    for number in range(3):
        make_line(budget, f"X{number}", dict.fromkeys(HORIZON, 1))
    scenario = make(cast.klima, budget)
    client, seen = client_of(cast.klima), []
    for code in ("X0", "X1", "X2"):
        change(scenario, ChangeKind.DROP, line_id=line_of(code).pk)
        seen.append((count(lambda: client.get(scenario.get_absolute_url())), count(lambda: client.get(LIST))))
    make(cast.klima, budget, "To")
    assert seen[0] == seen[2]
    assert count(lambda: client.get(LIST)) == seen[0][1]
