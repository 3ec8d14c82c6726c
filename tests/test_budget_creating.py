"""Making a budget: from nothing, and copied forward with an answer for each line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.actions.copying import copy_forward, start_revision
from budget.actions.costs import set_cost
from budget.actions.reference import add_policy, set_reference_source
from budget.actions.transitions import hand_over, propose
from budget.enums import CostKind, ReferenceRule
from budget.models import ClimateBudget, ReferenceSource
from budget.queries.assembling import budget_table
from budget.queries.budgets import find_budget
from budget.queries.copying import lines_to_ask_about
from budget.queries.problems import source_names
from budget.queries.warnings import newer_edition, older_lines_in_trend
from budget.words.problems import problem_sentences
from budget.words.warnings import trend_warning, unknown_years
from emissions.enums import Scope
from emissions.models import Edition
from tests.budget_factory import (
    adopt,
    make_budget,
    make_edition,
    make_line,
    make_source,
    make_target,
    worked_example,
)
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO
from web.refusals import Refused

pytestmark = pytest.mark.django_db
NEW = "/budsjett/nytt/"


def next_edition(last_year: int = 2025) -> Edition:
    """A newer edition: one more year."""
    source = make_source()
    figures = {(source, 2009): 1100, (source, 2023): 1010, (source, 2024): 990, (source, last_year): 950}
    return make_edition(figures, published=date(2026, 12, 1))


@kept
def last_year() -> ClimateBudget:
    """2027, adopted: two lines in one overlap, one without tonnes, a cost and a policy."""
    budget = worked_example()
    make_line(budget, "K1", reason="virker gjennom innkjøp")
    line = budget.lines.order_by("pk")[0]
    for year in (2027, 2030):
        set_cost(by=DEMO, line=line, year=year, kind=CostKind.OPERATION, nok=Decimal(1000))
    add_policy(by=DEMO, budget=budget, title="CO₂-avgift", level="national")
    return adopt(budget)


def copy(source: ClimateBudget, counted: dict[int, Decimal] | None = None, **more: object) -> ClimateBudget:
    answers = {line.pk: Decimal(30) for line in source.lines.filter(not_quantified_reason="")}
    return copy_forward(
        by=more.pop("by", DEMO),  # type: ignore[arg-type]
        source=source,
        year=2028,
        target=source.target,
        edition=more.pop("edition", None) or next_edition(),  # type: ignore[arg-type]
        reference_rule=ReferenceRule.FLAT,
        already_counted=answers if counted is None else counted,
        **more,  # type: ignore[arg-type]
    )


# --- Copying forward ------------------------------------------------------------------------------


def test_copying_keeps_lines_links_and_decisions(last_year: ClimateBudget) -> None:
    made = copy(last_year)
    assert (made.year, made.revision, made.state, made.copied_from) == (2028, 1, "draft", last_year)
    lines = list(made.lines.order_by("order").select_related("copied_from__budget"))
    assert [line.measure.code for line in lines] == ["T1", "S1", "K1"]
    assert {line.copied_from.budget_id for line in lines if line.copied_from} == {last_year.pk}
    assert sorted(lines[0].effects.values_list("year", flat=True)) == list(range(2026, 2031))
    assert sorted(lines[0].costs.values_list("year", flat=True)) == [2027, 2030]
    assert made.reference_policies.get().title == "CO₂-avgift"
    overlap = made.overlaps.get()
    assert sorted(overlap.years.values_list("year", flat=True)) == list(range(2026, 2031))
    assert {member.line_id for member in overlap.members.all()} == {lines[0].pk, lines[1].pk}


def test_the_copy_has_a_path_of_its_own_and_counts_less(last_year: ClimateBudget) -> None:
    table = budget_table(copy(last_year))
    assert table.horizon == tuple(range(2026, 2032))
    assert (table.year(2030).reference, table.lines[0].effects[2030]) == (950, 270)


def test_every_line_with_tonnes_must_be_answered(last_year: ClimateBudget) -> None:
    """No silent default: nothing is made while an answer is missing."""
    first = last_year.lines.order_by("order")[0]
    with pytest.raises(Refused) as refused:
        copy(last_year, {first.pk: Decimal(0)})
    assert [reason.text for reason in refused.value.reasons] == [
        "Skriv hvor mye av effekten av S1 Tiltak S1 som allerede er med i regnskapet. "
        "Skriv 0 når ingenting er det."
    ]
    assert ClimateBudget.objects.count() == 1


def test_the_suggestion_is_last_years_effect_in_the_new_editions_last_year(last_year: ClimateBudget) -> None:
    found = lines_to_ask_about(last_year, next_edition().pk)
    assert [(line.name, line.suggestion, line.year) for line in found] == [
        ("T1 Tiltak T1", 300, 2025),
        ("S1 Tiltak S1", 200, 2025),
    ]
    same = lines_to_ask_about(last_year, last_year.edition_id)
    assert [(line.suggestion, line.year) for line in same] == [(0, 2024), (0, 2024)]


def test_only_an_adopted_budget_of_an_earlier_year_is_copied(last_year: ClimateBudget) -> None:
    draft = copy(last_year)
    with pytest.raises(Refused, match="vedtatt klimabudsjett for et tidligere år"):
        copy_forward(
            by=DEMO,
            source=draft,
            year=2029,
            target=draft.target,
            edition=draft.edition,
            reference_rule=ReferenceRule.FLAT,
            already_counted={},
        )


def test_only_virksomhet_klima_makes_budgets(last_year: ClimateBudget, cast: Cast) -> None:
    edition = next_edition()
    for name in set(cast.people()) - {"klima"}:
        with pytest.raises(PermissionDenied):
            copy(last_year, by=getattr(cast, name), edition=edition)
    assert copy(last_year, by=cast.klima, edition=edition).year == 2028


def test_asking_about_lines_takes_the_same_number_of_queries_however_many(db: None) -> None:
    def queries(lines: int) -> int:
        budget = make_budget(2024 + lines, target=make_target(target_year=2035))
        for number in range(lines):
            make_line(budget, f"L{lines}-{number}", {2030: 1})
        adopted = adopt(budget)
        edition = adopted.edition_id
        lines_to_ask_about(adopted, edition)
        with CaptureQueriesContext(connection) as caught:
            lines_to_ask_about(adopted, edition)
        return len(caught)

    assert queries(1) == queries(3)


# --- The reference rule ---------------------------------------------------------------------------


def test_a_trend_is_drawn_through_the_years_it_says(db: None) -> None:
    cars, buses = make_source(), make_source("Veitrafikk", "Busser")
    edition = make_edition(
        {
            (cars, 2009): 2000, (cars, 2022): 1020, (cars, 2023): 1010, (cars, 2024): 1000,
            (buses, 2009): 100, (buses, 2024): 40,
        }
    )  # fmt: skip
    budget = make_budget(edition=edition, reference_rule=ReferenceRule.TREND, trend_years=3)
    path = dict(budget.reference_path.filter(source=cars).values_list("year", "tonnes"))
    assert (path[2025], path[2030]) == (990, 940)
    assert set(budget.reference_path.filter(source=buses).values_list("tonnes", flat=True)) == {40}
    assert ReferenceSource.objects.get(budget=budget).note == "For få regnskapsår til en trend."


@pytest.mark.parametrize(("rule", "years"), [("trend", None), ("trend", 1), ("flat", 3)])
def test_a_trend_says_its_years_and_only_a_trend(db: None, rule: str, years: int | None) -> None:
    with pytest.raises(Refused):
        make_budget(reference_rule=ReferenceRule(rule), trend_years=years)


def test_a_trend_together_with_older_lines_warns(last_year: ClimateBudget) -> None:
    edition = next_edition()
    flat = copy(last_year, edition=edition)
    assert trend_warning(flat, older_lines_in_trend(flat)) == []
    set_reference_source(
        by=DEMO,
        budget=flat,
        source=make_source(),
        rule=ReferenceRule.TREND,
        trend_years=2,
        years={},
        version=0,
    )
    assert "T1 og S1" in trend_warning(flat, older_lines_in_trend(flat))[0].text


def test_lines_whose_figures_stop_early_are_named(last_year: ClimateBudget) -> None:
    """A copy goes on to 2031, where last year's figures end in 2030."""
    assert [one.text for one in unknown_years(budget_table(copy(last_year)))] == [
        "T1 og S1 har ikke tall for 2031. Ukjent regnes ikke med i tiltaksbanen."
    ]
    late = make_budget(2031, target=last_year.target, edition=last_year.edition)
    make_line(late, "T8", {2033: 5, 2034: 5})
    assert unknown_years(budget_table(late)) == []


def test_a_trend_without_older_lines_does_not_warn(db: None) -> None:
    budget = make_budget(reference_rule=ReferenceRule.TREND, trend_years=2)
    make_line(budget, "T1", {2030: 10})
    assert trend_warning(budget, older_lines_in_trend(budget)) == []
    make_line(budget, "T2", {2030: 10}, already_counted=5)
    assert "eldre tiltak: T2." in trend_warning(budget, older_lines_in_trend(budget))[0].text


def test_a_newer_edition_is_named_and_changes_nothing(cast: Cast) -> None:
    budget = hand_over(by=DEMO, budget=worked_example(), version=1)
    budget = propose(by=DEMO, budget=budget, version=2)
    before = budget_table(budget)
    page = client_of(cast.utvalg).get(budget.get_absolute_url())
    assert "nyere utgave" not in page.text
    newer = next_edition()
    assert newer_edition(budget) == newer
    assert budget_table(budget) == before
    page = client_of(cast.utvalg).get(budget.get_absolute_url())
    assert "Budsjettet bygger på utgaven publisert" in page.text
    assert f'href="/klimaregnskap/utgave/{newer.pk}/"' in page.text


# --- Two of the same ------------------------------------------------------------------------------


def test_the_database_takes_one_adopted_budget_per_year_and_scope(last_year: ClimateBudget) -> None:
    """Past the actions: a second adopted revision is refused, a superseded one is not."""
    second = start_revision(by=DEMO, budget=last_year)
    second = hand_over(by=DEMO, budget=second, version=1)
    second = propose(by=DEMO, budget=second, version=2)
    copied = {
        name: getattr(last_year, name)
        for name in ("adopted_on", "adopted_target_year", "case_number", "table_sha256", "table_form")
    }
    with pytest.raises(IntegrityError, match="budget_one_adopted"), transaction.atomic():
        ClimateBudget.objects.filter(pk=second.pk).update(state="adopted", **copied)
    ClimateBudget.objects.filter(pk=last_year.pk).update(state="superseded")
    ClimateBudget.objects.filter(pk=second.pk).update(state="adopted", **copied)


# --- The pages ------------------------------------------------------------------------------------


@pytest.fixture
def klima(cast: Cast) -> Client:
    return client_of(cast.klima)


def token_of(client: Client, url: str) -> str:
    page = client.get(url).text
    return page.partition('name="submission_token" value="')[2].partition('"')[0]


def choices(budget_or_target: object, edition: Edition, **more: object) -> dict[str, object]:
    return {
        "year": 2028,
        "target": budget_or_target.pk,  # type: ignore[attr-defined]
        "edition": edition.pk,
        "reference_rule": "flat",
        **more,
    }


def test_a_budget_from_nothing_is_made_once(klima: Client) -> None:
    target, edition = make_target(), make_edition()
    form = {**choices(target, edition), "submission_token": token_of(klima, NEW)}
    answers = [klima.post(NEW, form) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    made = ClimateBudget.objects.get()
    assert {answer["Location"] for answer in answers} == {made.get_absolute_url()}
    assert made.reference_path.count() == len(range(2025, 2032))


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"year": "tjueåtte"}, "Skriv året med fire sifre"),
        ({"target": ""}, "Mål: "),
        ({"reference_rule": "trend"}, "hvor mange år trenden"),
        ({"reference_rule": "trend", "trend_years": "1"}, "minst 2 år"),
    ],
)
def test_a_wrong_choice_is_said(klima: Client, wrong: dict[str, str], sentence: str) -> None:
    form = {**choices(make_target(), make_edition(), **wrong), "submission_token": token_of(klima, NEW)}
    answer = klima.post(NEW, form)
    assert (answer.status_code, sentence in answer.text) == (422, True)
    assert not ClimateBudget.objects.exists()


def test_scopes_and_years_are_not_mixed_up(klima: Client, last_year: ClimateBudget) -> None:
    own = make_edition(scope=Scope.OWN_OPERATIONS_DIRECT)
    answer = klima.post(NEW, choices(last_year.target, own))
    assert "samme systemgrense som målet" in answer.text
    answer = klima.post(NEW, choices(last_year.target, last_year.edition, year=2027))
    assert "finnes allerede et klimabudsjett for 2027" in answer.text


def test_copying_asks_before_it_makes_anything(klima: Client, last_year: ClimateBudget) -> None:
    edition = next_edition()
    answer = klima.post(
        NEW, choices(last_year.target, edition, copy_from=last_year.pk, reference_rule="trend", trend_years=2)
    )
    review = answer["Location"]
    assert ClimateBudget.objects.count() == 1
    page = klima.get(review)
    assert broken_rules(page.text) == []
    assert "2026–2027 ligger mellom siste regnskapsår og planperioden 2028–2031" in page.text
    assert "Du har valgt en trend" in page.text
    fields = [f"counted-{line.pk}" for line in last_year.lines.filter(not_quantified_reason="")]
    html = " ".join(page.text.split())
    assert all(f'name="{name}" size' in html for name in fields)  # no value: nothing is suggested in it
    form: dict[str, str] = {"submission_token": token_of(klima, review), fields[0]: "25,5"}
    assert klima.post(review, form).status_code == 422
    made = klima.post(review, {**form, fields[1]: "0"})
    assert made.status_code == 303
    budget = find_budget(2028, last_year.scope)
    assert budget is not None
    counted = budget.lines.order_by("order").values_list("already_counted", flat=True)
    assert list(counted) == [Decimal("25.5"), 0, 0]
    again = klima.post(review, {**form, fields[1]: "0"})
    assert (again.status_code, again["Location"]) == (303, made["Location"])


def test_budgets_to_copy_from_are_told_apart_by_scope(klima: Client, last_year: ClimateBudget) -> None:
    assert "Klimabudsjett 2027 (direkte utslipp i kommunen)</option>" in klima.get(NEW).text


def test_all_suggestions_are_taken_at_once(klima: Client, last_year: ClimateBudget) -> None:
    """Where nothing is typed, without JavaScript, and nothing is made before they have been looked over."""
    review = klima.post(NEW, choices(last_year.target, next_edition(), copy_from=last_year.pk))["Location"]
    page = klima.get(review)
    first, second = last_year.lines.filter(not_quantified_reason="").order_by("order")
    assert '<button class="kp-btn second" type="submit" name="forslag" value="ja">' in page.text
    token = {"submission_token": token_of(klima, review)}
    typed = {f"counted-{first.pk}": "25,5", f"counted-{second.pk}": " "}
    filled = klima.post(review, {**token, **typed, "forslag": "ja"})
    assert filled.status_code == 200
    assert broken_rules(filled.text) == []
    assert "Forslagene er satt inn der det var tomt." in filled.text
    assert ClimateBudget.objects.count() == 1
    suggestion = second.effects.get(year=2025).tonnes
    form = filled.context["form"]
    assert form[f"counted-{first.pk}"].value() == "25,5"
    assert form.already_counted == {first.pk: Decimal("25.5"), second.pk: suggestion}
    sent = {field.html_name: field.value() for field in form.visible_fields()}
    assert klima.post(review, {**token, **sent}).status_code == 303
    assert ClimateBudget.objects.count() == 2


def test_a_line_without_a_suggestion_must_still_be_answered(klima: Client) -> None:
    draft = worked_example()
    line = draft.lines.order_by("pk")[0]
    line.effects.filter(year=2025).delete()
    last_year = adopt(draft)
    review = klima.post(NEW, choices(last_year.target, next_edition(), copy_from=last_year.pk))["Location"]
    answer = klima.post(review, {"submission_token": token_of(klima, review), "forslag": "ja"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [f"counted-{line.pk}"]


def test_a_made_up_copy_address_leads_back(klima: Client, last_year: ClimateBudget) -> None:
    assert klima.get(f"{NEW}kopier/?fra=999&ar=2028")["Location"] == NEW


def test_the_new_budgets_pages_keep_the_rules(klima: Client, last_year: ClimateBudget) -> None:
    assert broken_rules(klima.get(NEW).text) == []
    assert 'href="/budsjett/nytt/"' in klima.get("/budsjett/").text


def test_a_line_says_where_it_was_copied_from(klima: Client, last_year: ClimateBudget) -> None:
    made = copy(last_year)
    line = made.lines.order_by("order")[0]
    page = klima.get(line.get_absolute_url()).text
    assert f'href="/budsjett/tiltak/{line.copied_from_id}/"' in page
    assert "Tiltaket i Klimabudsjett 2027" in page


def test_overlaps_that_no_longer_fit_are_named_not_lost(last_year: ClimateBudget) -> None:
    """The basis of 1 000 tonnes is more than the new path of 950."""
    assert any("mer enn referansebanen på 950 tonn" in text for text in sentences(copy(last_year)))


def sentences(budget: ClimateBudget) -> list[str]:
    table = budget_table(budget)
    return [one.text for one in problem_sentences(table, source_names(table.problems))]
