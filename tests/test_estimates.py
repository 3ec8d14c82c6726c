"""Estimates in lines: worked out, put in, protected, done again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from budget.actions.copying import start_revision
from budget.actions.effects import set_effect
from budget.actions.estimates import Seen, add_factor, renew_estimate, save_estimate
from budget.enums import Calculator
from budget.models import ClimateBudget, Estimate, EstimateFactor, Line
from budget.queries.estimates import EstimateData, FactorChoice, estimate_of, latest_factors, recalculate
from budget.words.estimates import estimate_reading
from emissions.enums import Scope
from tests.budget_factory import HORIZON, adopt, make_budget, make_line
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleFigures
from web.formats import format_date
from web.refusals import Closed, Refused

CARS = Calculator.VEHICLES
FOOTPRINT = Scope.OWN_OPERATIONS_FOOTPRINT


def factor(code: str, value: str, scope: str = Scope.OWN_OPERATIONS_DIRECT, calculator: Any = CARS) -> Any:
    return add_factor(
        by=DEMO,
        code=code,
        calculator=calculator,
        name=code.title(),
        value=Decimal(value),
        scope=scope,
        source="Eksempel",
        valid_from=2024,
        is_example=True,
    )


def cars(before: str = "0.17", scope: str = Scope.OWN_OPERATIONS_DIRECT) -> EstimateData:
    return EstimateData(
        CARS,
        {"amount": {2028: Decimal(40)}},
        {
            "before": FactorChoice(factor("bensin", before, scope).pk),
            "after": FactorChoice(None, Decimal(0), "Eksempel AS", scope),
        },
        Decimal(15_000),
        "Leasing",
    )


def seen(line: Line) -> Seen:
    return Seen(line.version, dict(line.effects.values_list("year", "version")))


def put_in(line: Line, data: EstimateData | None = None, **more: Any) -> Estimate:
    return save_estimate(by=DEMO, line=line, data=data or cars(), seen=seen(line), **more)


@kept
def line() -> Line:
    return make_line(make_budget(), "T1", {2027: 5})


def tonnes(line: Line) -> dict[int, Decimal]:
    return dict(line.effects.order_by("year").values_list("year", "tonnes"))


def test_the_result_goes_into_every_year(line: Line) -> None:
    estimate = put_in(line)
    assert tonnes(line) == {year: 102 if year >= 2028 else 0 for year in HORIZON}
    assert estimate.created_by_name == DEMO.name
    assert estimate.factors["before"] | {"name": ""} == {
        "name": "",
        "value": "0.17",
        "scope": Scope.OWN_OPERATIONS_DIRECT,
        "source": "Eksempel",
        "code": "bensin",
        "version": 1,
        "is_example": True,
    }
    found = estimate_of(line)
    assert found is not None
    reading = estimate_reading(found)
    assert reading.matches
    assert [text.replace("\u00a0", " ") for text in reading.sentences] == [
        "40 kjøretøy × 15 000 km × (0,17 − 0) kg = 102 tonn i året fra 2028"
    ]
    set_effect(by=DEMO, line=line, year=2028, tonnes=Decimal(1), version=line.effects.get(year=2028).version)
    changed = estimate_of(line)
    assert changed is not None
    assert not changed.matches


def test_the_line_says_who_worked_it_out_and_when(line: Line, cast: Cast) -> None:
    Line.objects.filter(pk=line.pk).update(calculated_by="En annen", calculated_on=date(2020, 1, 1))
    save_estimate(by=cast.klima, line=line, data=cars(), seen=seen(line))
    line.refresh_from_db()
    assert (line.calculated_by, line.calculated_by_user) == ("", cast.klima)
    assert (line.calculated_by_name, line.calculated_on) == (cast.klima.name, timezone.localdate())
    page = client_of(cast.klima).get(line.get_absolute_url()).text
    assert f"Regnet ut av {cast.klima.name} {format_date(timezone.localdate())}." in page
    version = line.version
    put_in(line)  # by no person: the line keeps the name it has
    line.refresh_from_db()
    assert (line.calculated_by_user, line.version) == (cast.klima, version)


def test_nothing_is_written_when_one_year_is_stale(line: Line) -> None:
    old = seen(line)
    set_effect(by=DEMO, line=line, year=2029, tonnes=Decimal(7), version=0)
    with pytest.raises(StaleFigures):
        save_estimate(by=DEMO, line=line, data=cars(), seen=old)
    assert tonnes(line) == {2027: 5, 2029: 7}
    assert not Estimate.objects.exists()


def test_a_footprint_is_refused_in_a_direct_budget_and_may_be_moved(line: Line) -> None:
    data = cars(scope=FOOTPRINT)
    with pytest.raises(Refused, match="kan ikke blandes"):
        put_in(line, data)
    assert tonnes(line) == {2027: 5}
    put_in(line, data, move_outside=True)
    line.refresh_from_db()
    assert (line.scope, line.sources.count(), tonnes(line)[2028]) == (FOOTPRINT, 0, 102)
    with pytest.raises(Refused, match="kan ikke blandes"):
        put_in(line, cars())


def test_a_newer_factor_changes_nothing_until_it_is_done_again(line: Line) -> None:
    estimate = put_in(line)
    assert factor("bensin", "0.17") == EstimateFactor.objects.get()
    factor("bensin", "0.15")
    assert [row.version for row in latest_factors(CARS)] == [2]
    assert recalculate(estimate).tonnes[2028] == 90
    assert tonnes(line)[2028] == 102
    renewed = renew_estimate(by=DEMO, estimate=estimate, seen=seen(line))
    assert (tonnes(line)[2028], renewed.factors["before"]["version"]) == (90, 2)
    assert Estimate.objects.count() == 2


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


INSERT = (
    "INSERT INTO budget_estimate (line_id, calculator, scope, inputs, factors, result, note, created_at,"
    " created_by_id, created_by_system) SELECT line_id, calculator, scope, inputs, factors, result, note,"
    " created_at, created_by_id, created_by_system FROM budget_estimate"
)


@pytest.mark.parametrize("sql", [INSERT, "DELETE FROM budget_estimate"])
def test_estimates_of_an_adopted_budget_stay(line: Line, sql: str) -> None:
    put_in(line)
    execute(sql)  # control: free in a draft
    put_in(line)
    adopt(line.budget)
    with pytest.raises(DatabaseError, match="an adopted climate budget cannot be changed"):
        execute(sql)
    with pytest.raises(Closed):
        put_in(line)


def test_estimates_and_factors_are_never_changed(line: Line) -> None:
    put_in(line)
    for sql in (
        "UPDATE budget_estimate SET note = 'x'",
        "TRUNCATE budget_estimate CASCADE",
        "UPDATE budget_estimatefactor SET value = 0",
        "DELETE FROM budget_estimatefactor",
        "TRUNCATE budget_estimatefactor",
    ):
        with pytest.raises(DatabaseError):
            execute(sql)


def test_a_revision_keeps_the_estimate(line: Line) -> None:
    put_in(line)
    revision = start_revision(by=DEMO, budget=adopt(line.budget))
    found = estimate_of(revision.lines.get())
    assert found is not None
    assert found.matches
    assert Estimate.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"value": Decimal(-1)}, {"value": Decimal("NaN")}, {"source": " "}, {"valid_from": 1066}],
)
def test_a_factor_needs_a_number_a_source_and_a_year(db: None, wrong: dict[str, Any]) -> None:
    fields = {
        "code": "x",
        "calculator": CARS,
        "name": "X",
        "value": Decimal(1),
        "scope": FOOTPRINT,
        "source": "Eksempel",
        "valid_from": 2024,
    }
    with pytest.raises(Refused):
        add_factor(by=DEMO, **{**fields, **wrong})
    assert add_factor(by=DEMO, **fields).version == 1


# Pages


def posted(line: Line, page: Any, **fields: str) -> dict[str, str]:
    form = page.context["form"]
    return {
        **{field.name: str(field.value()) for field in form.hidden_fields()},
        "submission_token": str(page.context["submission_token"]()),
        "before-choice": str(EstimateFactor.objects.get(code="bensin").pk),
        "after-choice": "own",
        "after-value": "0",
        "after-source": "Eksempel AS",
        "after-scope": Scope.OWN_OPERATIONS_DIRECT,
        "each": "15 000",
        "amount-2028": "40",
        **fields,
    }


def url_of(line: Line) -> str:
    return reverse("budget:estimate", args=[line.pk, "kjoretoy"])


def test_the_page_shows_first_and_writes_after(cast: Any, as_user: Any, line: Line) -> None:
    factor("bensin", "0.17")
    client = as_user(cast.klima)
    page = client.get(url_of(line))
    assert page.status_code == 200
    assert broken_rules(page.content.decode()) == []
    shown = client.post(url_of(line), posted(line, page, step="vis"))
    assert shown.status_code == 200
    assert "= 102 tonn i året fra 2028" in shown.content.decode().replace("\u00a0", " ")
    assert broken_rules(shown.content.decode()) == []
    assert tonnes(line) == {2027: 5}
    data = posted(line, shown, step="legg-inn")
    for _twice in range(2):
        assert client.post(url_of(line), data)["Location"] == line.get_absolute_url()
    assert Estimate.objects.get().created_by == cast.klima
    own = client.get(line.get_absolute_url())
    assert "102 tonn i året fra 2028" in own.content.decode()
    assert broken_rules(own.content.decode()) == []
    for address in (
        reverse("budget:estimate_choice", args=[line.pk]),
        reverse("budget:estimate_again", args=[Estimate.objects.get().pk]),
        reverse("budget:factors"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert broken_rules(answer.content.decode()) == []
    assert client.get(url_of(line)).context["form"]["amount-2028"].value() == 40


def test_somebody_else_saved_first(cast: Any, as_user: Any, line: Line) -> None:
    factor("bensin", "0.17")
    client = as_user(cast.klima)
    data = posted(line, client.get(url_of(line)), step="legg-inn")
    set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(9), version=0)
    answer = client.post(url_of(line), data)
    assert answer.status_code == 409
    assert "Noen andre har lagret først" in answer.content.decode()
    assert not Estimate.objects.exists()
    again = posted(line, answer, step="legg-inn")
    assert client.post(url_of(line), again).status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount-2028": ""}, "Fyll inn minst ett år."),
        ({"amount-2028": "-1"}, "0 eller høyere"),
        ({"each": "mange"}, "Skriv et tall"),
        ({"after-value": ""}, "Skriv tallet du vil bruke."),
        ({"after-source": ""}, "hentet fra"),
        ({"before-choice": "999999"}, "Velg"),
        ({"after-value": "1"}, "Det gir ingen effekt"),
        ({"after-scope": FOOTPRINT}, "ulike systemgrenser"),
        ({"amount-2028": "9" * 40}, "for langt"),
    ],
)
def test_what_cannot_be_worked_out_is_said(
    cast: Any, as_user: Any, line: Line, fields: dict[str, str], words: str
) -> None:
    factor("bensin", "0.17")
    client = as_user(cast.klima)
    data = posted(line, client.get(url_of(line)), step="legg-inn", **fields)
    answer = client.post(url_of(line), data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert tonnes(line) == {2027: 5}


def test_a_footprint_is_offered_the_part_outside(cast: Any, as_user: Any, line: Line) -> None:
    factor("bensin", "0.17", FOOTPRINT)
    other = make_line(line.budget, "T9", scope=FOOTPRINT)
    client = as_user(cast.klima)
    fields = {"after-scope": FOOTPRINT}
    shown = client.post(url_of(line), posted(line, client.get(url_of(line)), step="vis", **fields))
    text = shown.content.decode()
    assert url_of(other) in text
    assert "Legg inn i linjen" not in text
    data = posted(line, shown, step="legg-inn", **fields)
    assert client.post(url_of(line), data).status_code == 422
    assert client.post(url_of(line), data | {"step": "flytt"}).status_code == 303
    line.refresh_from_db()
    assert line.scope == FOOTPRINT


def test_only_klima_and_only_in_drafts(cast: Any, as_user: Any, line: Line) -> None:
    estimate = put_in(line)
    pages = [url_of(line), reverse("budget:estimate_again", args=[estimate.pk]), reverse("budget:factors")]
    for name, user in cast.people().items():
        for url in pages:
            allowed = name == "klima"
            assert (as_user(user).get(url).status_code == 200) is allowed, (name, url)
            if not allowed:
                assert as_user(user).post(url).status_code in (403, 404)
    adopt(line.budget)
    for url in pages[:2]:
        for answer in (as_user(cast.klima).get(url), as_user(cast.klima).post(url)):
            assert answer.status_code == 409
            assert "kan ikke endres" in answer.content.decode()


def test_doing_it_again_on_the_page(cast: Any, as_user: Any, line: Line) -> None:
    estimate = put_in(line)
    factor("bensin", "0.15")
    url = reverse("budget:estimate_again", args=[estimate.pk])
    client = as_user(cast.klima)
    page = client.get(url)
    data = {field.name: str(field.value()) for field in page.context["form"].hidden_fields()}
    data["submission_token"] = str(page.context["submission_token"]())
    assert tonnes(line)[2028] == 102
    assert client.post(url, {**data, "version-2028": "99"}).status_code == 409
    for _twice in range(2):
        assert client.post(url, data).status_code == 303
    assert tonnes(line)[2028] == 90
    assert Estimate.objects.count() == 2


def test_a_new_factor_on_the_page(cast: Any, as_user: Any, db: None) -> None:
    client = as_user(cast.klima)
    fields = {
        "calculator": "energy",
        "code": "olje",
        "name": "Fyringsolje",
        "value": "0,2645",
        "scope": Scope.OWN_OPERATIONS_DIRECT,
        "source": "KOSTRA",
        "valid_from": "2020",
    }
    for _twice in range(2):
        assert client.post(reverse("budget:factors"), fields).status_code == 303
    assert EstimateFactor.objects.get().value == Decimal("0.2645")
    assert client.post(reverse("budget:factors"), fields | {"source": ""}).status_code == 422


def test_queries_do_not_grow_with_lines_or_estimates(cast: Any, as_user: Any, line: Line) -> None:
    put_in(line)
    client = as_user(cast.klima)
    pages = [line.get_absolute_url(), url_of(line), reverse("budget:factors")]

    def count() -> list[int]:
        found = []
        for url in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert client.get(url).status_code == 200
            found.append(len(queries))
        return found

    count()
    one = count()
    budget: ClimateBudget = line.budget
    for code in ("T2", "T3"):
        put_in(make_line(budget, code))
    for value in ("0.1", "0.2"):
        put_in(line, cars(value))
        factor(f"ny-{value[2:]}", value)
    assert count() == one


def test_factors_stand_in_the_order_they_are_used(line: Line) -> None:
    found = estimate_of(put_in(line).line)
    assert found is not None
    assert [label for label, _factor in estimate_reading(found).factors] == ["Utslipp før", "Utslipp etter"]
