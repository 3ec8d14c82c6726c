"""Budgets that were adopted before the portal: through all states at once, with or without measures."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from openpyxl import load_workbook

from budget.actions import record_adopted as actions
from budget.actions import transitions
from budget.actions.copying import start_revision
from budget.actions.record_adopted import (
    AdoptedFile,
    AdoptedLine,
    begin_adopted,
    record_adopted,
    record_draft_as_adopted,
)
from budget.actions.transitions import hand_over, propose
from budget.enums import CostKind, ReferenceRule
from budget.exports.data import export
from budget.models import AdoptedCeiling, BudgetSnapshot, ClimateBudget
from budget.queries.afterwards import years_afterwards
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import holds
from budget.words.afterwards import year_sentence
from emissions.enums import Scope
from emissions.models import Edition
from strategy.models import Decision, Target
from tests.budget_factory import (
    adopt,
    make_budget,
    make_edition,
    make_line,
    make_measure,
    make_source,
    make_target,
    worked_example,
)
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.races import at_once, both_meet, without_locks, without_triggers
from web.actors import DEMO
from web.concurrency import StaleObject
from web.formats import format_date
from web.once import new_submission_token
from web.refusals import Refused

PDF = b"%PDF-1.7\nvedtaket"
THEN = date(2018, 12, 11)
NOT_RECORDED = "Tiltakene i dette budsjettet er ikke ført inn."


def figures(*years: int) -> Mapping[Any, int]:
    """1 100 tonnes in 2009, 1 000 in the years named."""
    source = make_source()
    return {(source, 2009): 1100} | {(source, year): 1000 for year in years}


@pytest.fixture
def target(db: None) -> Target:
    return make_target()


@pytest.fixture
def edition(db: None) -> Edition:
    """One that knows the years until 2024, as a municipality has that begins now."""
    return make_edition(figures(2016, 2017, 2018, 2019, 2023, 2024))


def head(target: Target, edition: Edition, **more: Any) -> dict[str, Any]:
    return {
        "year": 2019,
        "scope": Scope.COMMUNITY_DIRECT,
        "target": target,
        "edition": edition,
        "reference_rule": ReferenceRule.FLAT,
        **more,
    }


def recorded(target: Target, edition: Edition, by: Any = DEMO, **more: Any) -> ClimateBudget:
    given = {"adopted_on": THEN, "case_number": "18/101", **more}
    return record_adopted(by=by, **head(target, edition), **given)


# --- What is written ------------------------------------------------------------------------------


def test_a_budget_goes_through_every_state_in_one(target: Target, edition: Edition, cast: Cast) -> None:
    budget = recorded(target, edition, cast.klima)
    budget.refresh_from_db()
    assert (budget.state, budget.adopted_on, budget.case_number) == ("adopted", THEN, "18/101")
    assert budget.recorded_afterwards
    assert list(budget.transitions.order_by("pk").values_list("to_state", "comment", "by__name")) == [
        (state, "Ført inn i ettertid", "Klima Eksempel") for state in ("handed_over", "proposed", "adopted")
    ]
    assert list(BudgetSnapshot.objects.order_by("pk").values_list("state", flat=True)) == [
        "handed_over",
        "proposed",
        "adopted",
    ]
    assert holds(budget, budget_table(budget))


def test_the_decision_goes_into_the_register(target: Target, edition: Edition) -> None:
    budget = recorded(target, edition)
    decision = Decision.objects.get()
    assert budget.decision == decision
    assert (decision.case_number, decision.decided_on) == ("18/101", THEN)


def test_it_begins_in_its_own_year_though_the_edition_knows_more(target: Target, edition: Edition) -> None:
    table = budget_table(recorded(target, edition))
    assert table.horizon == tuple(range(2019, 2031))
    assert table.edition.last_year == 2018
    assert max(table.history) == 2018
    assert {row.reference for row in table.years} == {Decimal(1000)}


def test_one_on_the_newest_edition_is_as_any_other(target: Target, edition: Edition) -> None:
    budget = record_adopted(
        by=DEMO,
        **head(target, edition, year=2026),
        adopted_on=date(2025, 12, 9),
        case_number="25/101",
    )
    assert budget.inventory_until is None
    assert budget_table(budget).horizon == tuple(range(2025, 2031))


def test_without_ceilings_they_are_the_targets(target: Target, edition: Edition) -> None:
    budget = recorded(target, edition)
    row = budget.adopted_ceilings.get(year=2030)
    assert (row.percent, row.tonnes) == (55, Decimal(495))
    assert budget.adopted_ceilings.count() == 12


def test_tonnes_that_were_adopted_win_and_are_kept_exactly(target: Target, edition: Edition) -> None:
    given = {2019: Decimal("900.123456"), 2020: Decimal(880)}
    budget = recorded(target, edition, ceilings=given)
    rows = {row.year: row for row in budget.adopted_ceilings.all()}
    assert {year: rows[year].tonnes for year in given} == given
    assert rows[2020].percent == Decimal(20)
    assert rows[2030].tonnes == Decimal(495)
    assert budget_table(budget).year(2019).ceiling == given[2019]
    assert holds(budget, budget_table(budget))
    # The states before are kept with the same ceilings: nothing seems changed by the council.
    kept = {row.state: row.content["years"] for row in BudgetSnapshot.objects.all()}
    assert kept["handed_over"] == kept["proposed"] == kept["adopted"]


def test_tonnes_without_a_base_have_no_percent(edition: Edition) -> None:
    target = make_target(kind="qualitative", percent=None, base_year=None)
    budget = recorded(target, edition, ceilings={2019: Decimal(900)})
    assert list(budget.adopted_ceilings.values_list("year", "percent", "tonnes")) == [(2019, None, 900)]
    year = next(row for row in years_afterwards(Scope.COMMUNITY_DIRECT, date(2026, 9, 7)) if row.year == 2019)
    assert (year.whole.ceiling_now, year.whole.measured, year.whole.kept) == (900, 1000, False)
    assert year_sentence(year).startswith("Rammen ble ikke overholdt i 2019")


def test_with_lines_it_is_a_whole_budget(target: Target, edition: Edition) -> None:
    line = AdoptedLine(
        measure=make_measure("T1"),
        sources={make_source().pk: Decimal(100)},
        effects={2019: Decimal(30), 2020: Decimal(40)},
        already_counted=Decimal(10),
        costs={(CostKind.OPERATION, 2019): Decimal(5000)},
    )
    plain = AdoptedLine(measure=make_measure("T2"), not_quantified_reason="Holdningsarbeid")
    table = budget_table(recorded(target, edition, lines=[line, plain]))
    assert [one.code for one in table.lines] == ["T1", "T2"]
    assert table.year(2020).path == Decimal(970)
    assert table.lines[0].costs[2019] == 5000
    assert not table.none_recorded


def test_a_draft_that_was_filled_in_takes_the_same_way(target: Target, edition: Edition, cast: Cast) -> None:
    draft = begin_adopted(by=cast.klima, **head(target, edition))
    make_line(draft, "T1", {2019: 30, 2022: 50})
    budget = record_draft_as_adopted(
        by=cast.klima,
        budget=draft,
        version=draft.version,
        adopted_on=THEN,
        case_number="18/101",
        document=AdoptedFile("vedtak.pdf", PDF),
    )
    assert (budget.state, budget.recorded_afterwards) == ("adopted", True)
    assert budget_table(budget).year(2022).path == Decimal(950)
    assert budget.adopted_document.sha256 == hashlib.sha256(PDF).hexdigest()


def test_a_revision_keeps_the_years(target: Target, edition: Edition) -> None:
    revision = start_revision(by=DEMO, budget=recorded(target, edition))
    assert not revision.recorded_afterwards
    assert budget_table(revision).horizon == tuple(range(2019, 2031))


# --- Who, and what is refused ---------------------------------------------------------------------


def test_only_klima_records(target: Target, edition: Edition, cast: Cast) -> None:
    draft = begin_adopted(by=DEMO, **head(target, edition, year=2020))
    for name in set(cast.people()) - {"klima"}:
        by = getattr(cast, name)
        with pytest.raises(PermissionDenied):
            recorded(target, edition, by)
        with pytest.raises(PermissionDenied):
            record_draft_as_adopted(
                by=by, budget=draft, version=draft.version, adopted_on=THEN, case_number="1"
            )
    assert ClimateBudget.objects.get().state == "draft"


def test_klima_still_proposes_no_ordinary_budget(cast: Cast) -> None:
    budget = hand_over(by=cast.klima, budget=worked_example(), version=1)
    with pytest.raises(PermissionDenied):
        propose(by=cast.klima, budget=budget, version=2)


def wrong(target: Target, edition: Edition) -> Mapping[str, tuple[dict[str, Any], str]]:
    return {
        "today": ({"adopted_on": date(2026, 9, 7)}, "må være før i dag"),
        "to come": ({"adopted_on": date(2027, 1, 1)}, "kan ikke være fram i tid"),
        "long before": ({"adopted_on": date(2016, 12, 31)}, "for lenge før budsjettåret 2019"),
        "no case": ({"case_number": "  "}, "Skriv saksnummeret"),
        "outside": ({"ceilings": {2018: Decimal(1)}}, "Rammen for 2018 er utenfor budsjettets år, 2019–2030"),
        "below zero": ({"ceilings": {2019: Decimal(-1)}}, "Rammen for 2019 kan ikke være under null"),
        "kilos": ({"ceilings": {2019: Decimal(900_000)}}, "mer enn ti ganger utslippene i basisåret"),
        "decimals": ({"ceilings": {2019: Decimal("1.1234567")}}, "2019: Skriv tallet med færre desimaler"),
        "not a PDF": ({"document": AdoptedFile("vedtak.pdf", b"PK\x03\x04")}, "Filen er ikke en PDF"),
        "line twice": (
            {"lines": [AdoptedLine(make_measure("T1"), not_quantified_reason="Nei")] * 2},
            "står allerede i budsjettet",
        ),
        "line without tonnes": (
            {"lines": [AdoptedLine(make_measure("T2"), sources={make_source().pk: Decimal(100)})]},
            "har ingen tall",
        ),
    }


def test_what_is_wrong_is_said_and_nothing_is_written(target: Target, edition: Edition) -> None:
    for name, (given, sentence) in wrong(target, edition).items():
        with pytest.raises(Refused, match=sentence):
            recorded(target, edition, **given)
        left = (ClimateBudget.objects.count(), AdoptedCeiling.objects.count(), Decision.objects.count())
        assert (name, left) == (name, (0, 0, 0))


def test_a_target_that_begins_later_is_refused(edition: Edition) -> None:
    with pytest.raises(Refused, match="Målet regner fra 2023"):
        recorded(make_target(base_year=2023), edition)


def test_an_edition_that_begins_later_is_refused(target: Target) -> None:
    edition = make_edition({(make_source(), year): 1000 for year in (2021, 2024)})
    with pytest.raises(Refused, match="Utgaven har ingen tall fra før 2019"):
        recorded(target, edition)


def test_neither_measures_nor_ceilings_is_no_budget(edition: Edition) -> None:
    with pytest.raises(Refused, match="Målet har ingen utslippsramme i tonn"):
        recorded(make_target(kind="qualitative", percent=None, base_year=None), edition)


def test_the_year_has_its_budget_already(target: Target, edition: Edition) -> None:
    recorded(target, edition)
    with pytest.raises(Refused, match="Det finnes allerede et klimabudsjett for 2019"):
        recorded(target, edition, case_number="18/102")


def test_a_revision_is_not_recorded_over_what_is_adopted(db: None) -> None:
    revision = start_revision(by=DEMO, budget=adopt(worked_example()))
    with pytest.raises(Refused, match="Det finnes allerede et vedtatt klimabudsjett for 2027"):
        record_draft_as_adopted(
            by=DEMO,
            budget=revision,
            version=revision.version,
            adopted_on=date(2026, 9, 1),
            case_number="26/1",
        )
    revision.refresh_from_db()
    assert (revision.state, revision.recorded_afterwards) == ("draft", False)


def test_a_draft_without_its_own_year_is_refused(target: Target, edition: Edition) -> None:
    draft = make_budget(2019, target=target, edition=edition)
    with pytest.raises(Refused, match="Utkastet begynner i 2025, fordi utgaven har tall for 2019") as refused:
        record_draft_as_adopted(
            by=DEMO, budget=draft, version=draft.version, adopted_on=THEN, case_number="18/101"
        )
    assert [reason.url for reason in refused.value.reasons] == [budget_page("change_basis")]


def test_sent_again_nothing_is_done_again(target: Target, edition: Edition) -> None:
    draft = begin_adopted(by=DEMO, **head(target, edition))
    given = {"by": DEMO, "budget": draft, "version": draft.version, "adopted_on": THEN, "case_number": "1"}
    record_draft_as_adopted(**given)  # type: ignore[arg-type]
    with pytest.raises(StaleObject):
        record_draft_as_adopted(**given)  # type: ignore[arg-type]
    assert BudgetSnapshot.objects.count() == 3


def test_the_document_is_guarded_as_the_budget_is(target: Target, edition: Edition) -> None:
    budget = recorded(target, edition, document=AdoptedFile("vedtak.pdf", PDF))
    pk = budget.adopted_document.pk
    for sql in (
        "UPDATE budget_adopteddocument SET content = 'x'",
        "DELETE FROM budget_adopteddocument",
        "TRUNCATE budget_adopteddocument",
        f"INSERT INTO budget_adopteddocument (budget_id, file_name, content, sha256)"
        f" SELECT budget_id, 'b', content, sha256 FROM budget_adopteddocument WHERE id = {pk}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


# --- Without measures -----------------------------------------------------------------------------


def test_what_is_not_put_in_is_unknown_and_not_nothing(target: Target, edition: Edition) -> None:
    table = budget_table(recorded(target, edition))
    assert table.none_recorded
    assert {(row.path, row.gap, row.known) for row in table.years} == {(None, None, False)}


def test_every_rendering_says_so(target: Target, edition: Edition, cast: Cast) -> None:
    budget = recorded(target, edition)
    client = cast_client(cast, "utvalg")
    page = client.get(budget.get_absolute_url()).content.decode()
    assert NOT_RECORDED in page
    assert f"Ført inn i ettertid {format_date(date(2026, 9, 7))}, sak 18/101." in page
    assert broken_rules(page) == []
    chapter = client.get(budget_page("chapter")).content.decode()
    assert NOT_RECORDED in chapter
    sheet = load_workbook(BytesIO(export(budget_table(budget), "xlsx"))).worksheets[0]
    assert NOT_RECORDED in {cell.value for row in sheet.iter_rows() for cell in row}
    out = StringIO()
    call_command("budget_table", "2019", stdout=out)
    assert '"lines": []' in out.getvalue()
    assert '"known": false' in out.getvalue()
    public = Client().get(reverse("publishing:public_page"))
    assert NOT_RECORDED in public.content.decode()


def test_whether_the_ceiling_was_kept_is_answered(target: Target, edition: Edition, cast: Cast) -> None:
    recorded(target, edition, ceilings={2019: Decimal(1000), 2020: Decimal(990)})
    years = {row.year: row for row in years_afterwards(Scope.COMMUNITY_DIRECT, date(2026, 9, 7))}
    assert years[2019].whole.kept
    assert years[2019].whole.expected is None
    assert year_sentence(years[2020]) == "2020 er ikke målt ennå. Rammen er 990 tonn."
    page = cast_client(cast, "utvalg").get(reverse("budget:kept", args=["kommunen-direkte"]))
    assert NOT_RECORDED in page.content.decode()


@pytest.mark.parametrize("name", ["reference", "overlaps", "files", "compare"])
def test_the_other_pages_of_it_answer(target: Target, edition: Edition, cast: Cast, name: str) -> None:
    recorded(target, edition)
    args: list[object] = [2019, "kommunen-direkte"] + ([] if name == "compare" else [1])
    assert cast_client(cast, "klima").get(reverse(f"budget:{name}", args=args)).status_code == 200


# --- The pages ------------------------------------------------------------------------------------


def cast_client(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, name))
    return client


def budget_page(name: str) -> str:
    return reverse(f"budget:{name}", args=[2019, "kommunen-direkte", 1])


def sent(target: Target, edition: Edition, **more: Any) -> dict[str, Any]:
    return {
        "year": "2019",
        "target": target.pk,
        "edition": edition.pk,
        "reference_rule": "flat",
        "measures": "uten",
        "adopted_on": "11.12.2018",
        "case_number": "18/101",
        **more,
    }


@pytest.fixture
def klima(cast: Cast) -> Client:
    return cast_client(cast, "klima")


RECORD = "/budsjett/fra-for/"


def followed(client: Client, url: str, given: Mapping[str, Any]) -> str:
    """The page the form leads to."""
    answer = client.post(url, given)
    assert answer.status_code == 303
    return client.get(answer["Location"]).content.decode()


def test_the_first_budget_ever_is_recorded_from_the_empty_page(
    target: Target, edition: Edition, klima: Client, cast: Cast
) -> None:
    front = klima.get(reverse("budget:index")).content.decode()
    assert RECORD in front
    assert broken_rules(front) == []
    asked = klima.get(RECORD).content.decode()
    assert broken_rules(asked) == []
    document = SimpleUploadedFile("vedtak.pdf", PDF)
    given = sent(target, edition, ceilings="2019: 900\n2020  880,5\n", document=document)
    page = followed(klima, RECORD, given)
    assert "Klimabudsjettet er ført inn som vedtatt." in page
    assert hashlib.sha256(PDF).hexdigest() in page
    budget = ClimateBudget.objects.get()
    assert budget.adopted_ceilings.get(year=2020).tonnes == Decimal("880.5")
    file = cast_client(cast, "utvalg").get(budget_page("adopted_document"))
    assert (file.content, file["Content-Type"]) == (PDF, "application/pdf")
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"


def test_those_who_may_not_see_no_way_there(target: Target, edition: Edition, cast: Cast) -> None:
    for name in set(cast.people()) - {"klima"}:
        client = cast_client(cast, name)
        assert RECORD not in client.get(reverse("budget:index")).content.decode()
        assert client.get(RECORD).status_code == 403


def test_there_is_no_document_where_none_was_given(target: Target, edition: Edition, klima: Client) -> None:
    budget = recorded(target, edition)
    assert "SHA-256" not in klima.get(budget.get_absolute_url()).content.decode()
    assert klima.get(budget_page("adopted_document")).status_code == 404


WRONG = {
    "not a PDF": ({"document": b"hei"}, "Filen er ikke en PDF"),
    "empty file": ({"document": b""}, "Filen er tom"),
    "no day": ({"adopted_on": ""}, "Må fylles ut."),
    "no case": ({"case_number": ""}, "Må fylles ut."),
    "to come": ({"adopted_on": "1.1.2027"}, "kan ikke være fram i tid"),
    "line": ({"ceilings": "2019: 900\nnitti"}, "Linje 2: skriv året og så rammen i tonn"),
    "twice": ({"ceilings": "2019: 900\n2019: 901"}, "2019 står to ganger"),
    "below zero": ({"ceilings": "2019: -5"}, "Rammen for 2019 kan ikke være under null"),
    "outside": ({"ceilings": "2040: 5"}, "Rammen for 2040 er utenfor budsjettets år"),
    "measures first": ({"measures": "tiltak"}, "Dette fører du inn når tiltakene er på plass"),
}


@pytest.mark.parametrize("name", WRONG)
def test_bad_input_is_told_and_keeps_what_was_typed(
    target: Target, edition: Edition, klima: Client, name: str
) -> None:
    given, sentence = WRONG[name]
    if "document" in given:
        given = {"document": SimpleUploadedFile("vedtak.pdf", given["document"])}  # type: ignore[arg-type]
    answer = klima.post(RECORD, sent(target, edition) | {"ceilings": "2021: 850"} | given)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (422, True)
    assert broken_rules(page) == []
    assert "18/101" in page or name == "no case"
    assert ClimateBudget.objects.count() == 0


def test_a_file_too_large_keeps_what_was_typed(target: Target, edition: Edition, klima: Client) -> None:
    with override_settings(REGISTER_UPLOAD_MAX_BYTES=20):
        large = SimpleUploadedFile("vedtak.pdf", PDF + b"x" * 20)
        answer = klima.post(RECORD, sent(target, edition, document=large))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Lagre den som en mindre PDF" in page
    assert "18/101" in page


def test_measures_first_is_a_draft_that_says_what_comes_next(
    target: Target, edition: Edition, klima: Client
) -> None:
    given = sent(target, edition, measures="tiltak", adopted_on="", case_number="")
    page = followed(klima, RECORD, given)
    assert "Velg så «Vedtatt før portalen»" in page
    assert budget_page("record_draft") in page
    draft = ClimateBudget.objects.get()
    make_line(draft, "T1", {2019: 30})
    url = budget_page("record_draft")
    assert broken_rules(klima.get(url).content.decode()) == []
    posted = {"version": draft.version, "adopted_on": "11.12.2018", "case_number": "18/101"}
    assert "Klimabudsjettet er ført inn som vedtatt." in followed(klima, url, posted)
    # Sent again from another tab, and asked again.
    assert klima.post(url, posted).status_code == 409
    assert klima.get(url).status_code == 303


def test_what_a_draft_lacks_is_said_with_the_way_there(
    target: Target, edition: Edition, klima: Client
) -> None:
    draft = begin_adopted(by=DEMO, **head(target, edition))
    line = make_line(draft, "T1")
    posted = {"version": draft.version, "adopted_on": "11.12.2018", "case_number": "18/101"}
    answer = klima.post(budget_page("record_draft"), posted)
    assert answer.status_code == 422
    assert reverse("budget:line", args=[line.pk]) in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.recorded_afterwards) == ("draft", False)


def test_somebody_elses_change_is_a_conflict(target: Target, edition: Edition, klima: Client) -> None:
    draft = begin_adopted(by=DEMO, **head(target, edition))
    posted = {"version": draft.version + 1, "adopted_on": "11.12.2018", "case_number": "18/101"}
    assert klima.post(budget_page("record_draft"), posted).status_code == 409


def test_a_double_click_records_once(target: Target, edition: Edition, klima: Client, cast: Cast) -> None:
    given = sent(target, edition, submission_token=new_submission_token(cast.klima))
    first, second = klima.post(RECORD, given), klima.post(RECORD, given)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert ClimateBudget.objects.count() == 1


# --- Two at once ----------------------------------------------------------------------------------


def outcomes(target: Target, edition: Edition) -> list[Any]:
    def one(case: str) -> Callable[[], ClimateBudget]:
        return lambda: recorded(target, edition, case_number=case)

    return at_once(one("18/101"), one("18/102"))


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_records(target: Target, edition: Edition) -> None:
    results = outcomes(target, edition)
    assert sorted(type(one).__name__ for one in results) == ["ClimateBudget", "Refused"]
    assert ClimateBudget.objects.get().state == "adopted"
    assert Decision.objects.count() == 1


def draft_outcomes(draft: ClimateBudget) -> list[Any]:
    def one(case: str) -> Callable[[], ClimateBudget]:
        return lambda: record_draft_as_adopted(
            by=DEMO, budget=draft, version=draft.version, adopted_on=THEN, case_number=case
        )

    return at_once(one("18/101"), one("18/102"))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_a_draft_one_does(target: Target, edition: Edition) -> None:
    results = draft_outcomes(begin_adopted(by=DEMO, **head(target, edition)))
    assert sorted(type(one).__name__ for one in results) == ["ClimateBudget", "StaleObject"]
    assert BudgetSnapshot.objects.count() == 3
    assert Decision.objects.count() == 1


def unversioned(obj: Any, *, expected: int, fields: Mapping[str, Any]) -> None:
    """Saves whatever version the row stands at."""
    for name, value in {**fields, "version": expected + 1}.items():
        setattr(obj, name, value)
    obj.save()


@pytest.mark.django_db(transaction=True)
def test_control_without_locks_and_triggers_both_record_the_draft(
    target: Target, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = begin_adopted(by=DEMO, **head(target, edition))
    without_locks(monkeypatch)
    monkeypatch.setattr(transitions, "save_versioned", unversioned)
    both_meet(monkeypatch, actions, "_refuse_second")
    with without_triggers("budget_climatebudget", "budget_adoptedceiling"):
        results = draft_outcomes(draft)
    assert [one.state for one in results] == ["adopted", "adopted"]
    assert BudgetSnapshot.objects.count() == 6
    assert Decision.objects.count() == 2
