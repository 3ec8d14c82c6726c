"""The budget and its lines point at the decisions register, which shows the way back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budget.actions.copying import copy_forward, start_revision
from budget.actions.lines import LineDetails, update_line
from budget.actions.transitions import hand_over, propose, register_adoption
from budget.models import ClimateBudget, Line
from budget.queries.assembling import budget_table
from budget.words.lines import decision_words
from emissions.enums import Scope
from organisation import rules as organisation_rules
from organisation.enums import Role
from organisation.rules import Permission
from strategy.actions.decisions import DecisionData, change_decision, record_decision
from strategy.enums import DecisionBody, DecisionStatus
from strategy.models import Decision
from tests.budget_factory import adopt, decide_overlaps, make_edition, make_line, worked_example
from tests.html_rules import broken_rules
from tests.worlds import kept
from web.actors import DEMO
from web.refusals import Refused

pytestmark = pytest.mark.django_db
DAY = date(2025, 12, 9)
CANNOT = "an adopted climate budget cannot be changed"


def record(title: str = "Budsjettvedtaket", **more: Any) -> Decision:
    facts = {
        "body": DecisionBody.COUNCIL, "title": title, "text": "Vedtatt.", "case_number": "25/101",
        "decided_on": DAY, "no_unit": "Ikke fordelt.",
    }  # fmt: skip
    return record_decision(by=DEMO, data=DecisionData(**(facts | more)))


@kept
def proposed() -> ClimateBudget:
    budget = worked_example()
    decide_overlaps(budget)
    budget = hand_over(by=DEMO, budget=budget, version=budget.version)
    return propose(by=DEMO, budget=budget, version=budget.version)


def register(budget: ClimateBudget, by: Any = DEMO, case: str = "25/101", **more: Any) -> ClimateBudget:
    return register_adoption(
        by=by, budget=budget, version=budget.version, adopted_on=DAY, case_number=case, **more
    )


def test_adoption_enters_the_decision(proposed: ClimateBudget) -> None:
    adopted = ClimateBudget.objects.get(pk=register(proposed).pk)
    entry = adopted.decision
    assert entry is not None
    assert (entry.body, entry.case_number, entry.decided_on) == (DecisionBody.COUNCIL, "25/101", DAY)
    assert (entry.title, entry.status) == ("Klimabudsjett 2027 er vedtatt", DecisionStatus.ONGOING)
    assert entry.text == "Kommunestyret vedtok klimabudsjett 2027: direkte utslipp i kommunen."


def test_the_same_click_twice_enters_it_once(proposed: ClimateBudget) -> None:
    register(proposed)
    register(proposed)
    assert Decision.objects.count() == 1


def test_what_is_there_already_is_chosen_and_not_doubled(proposed: ClimateBudget) -> None:
    entry = record(case_number="25/101")
    adopted = register(proposed, decision=entry)
    assert (adopted.decision, Decision.objects.get()) == (entry, entry)


def test_a_case_that_is_in_the_register_asks_which(proposed: ClimateBudget) -> None:
    record("Klimafond utredes")
    with pytest.raises(Refused, match="står allerede i vedtaksregisteret: «Klimafond utredes»"):
        register(proposed)
    assert ClimateBudget.objects.get(pk=proposed.pk).state == "proposed"
    adopted = register(ClimateBudget.objects.get(pk=proposed.pk), another_in_case=True)
    assert adopted.decision is not None
    assert list(Decision.objects.order_by("pk").values_list("title", flat=True)) == [
        "Klimafond utredes",
        "Klimabudsjett 2027 er vedtatt",
    ]


def test_another_bodys_case_is_no_double(proposed: ClimateBudget) -> None:
    record(body=DecisionBody.EXECUTIVE_BOARD)
    assert register(proposed).decision is not None


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"body": DecisionBody.EXECUTIVE_BOARD}, "ikke vedtatt av kommunestyret"),
        ({"case_number": "25/102"}, "er sak 25/102 i vedtaksregisteret"),
        ({"decided_on": date(2025, 12, 8)}, "er vedtatt 8.\u00a0desember 2025 i vedtaksregisteret"),
    ],
)
def test_a_decision_of_something_else_is_refused(
    proposed: ClimateBudget, more: dict[str, Any], sentence: str
) -> None:
    entry = record(**more)
    with pytest.raises(Refused, match=sentence):
        register(proposed, decision=entry)
    assert ClimateBudget.objects.get(pk=proposed.pk).state == "proposed"


def test_a_day_that_is_not_known_is_no_hindrance(proposed: ClimateBudget) -> None:
    entry = record(decided_on=None, decided_when="desember 2025")
    assert register(proposed, decision=entry).decision == entry


def test_nothing_is_entered_when_the_adoption_is_refused(proposed: ClimateBudget) -> None:
    proposed.lines.get(measure__code="T1").measure.responsibilities.all().delete()
    with pytest.raises(Refused, match="ingen ansvarlig virksomhet"):
        register(proposed)
    assert not Decision.objects.exists()


def test_whoever_may_not_keep_the_register_adopts_nothing(
    proposed: ClimateBudget, cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = organisation_rules.ROLE_PERMISSIONS[Role.CLIMATE_EDITOR] - {Permission.EDIT_STRATEGY}
    monkeypatch.setitem(organisation_rules.ROLE_PERMISSIONS, Role.CLIMATE_EDITOR, mine)
    with pytest.raises(PermissionDenied):
        register(proposed, by=cast.klima)
    assert ClimateBudget.objects.get(pk=proposed.pk).state == "proposed"


# --- What the database holds ---------------------------------------------------------------------


def execute(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_only_the_adoption_sets_the_decision(proposed: ClimateBudget) -> None:
    entry = record("En annen", case_number="25/9")
    change = "UPDATE budget_climatebudget SET decision_id = %s WHERE id = %s"
    with pytest.raises(IntegrityError, match="budget_decision_when_adopted"):
        execute(change, entry.pk, proposed.pk)
    register(proposed)
    for value in (entry.pk, None):
        with pytest.raises(DatabaseError, match=CANNOT):
            execute(change, value, proposed.pk)
    with pytest.raises(DatabaseError, match=CANNOT):
        execute(
            "UPDATE budget_climatebudget SET state = 'superseded', decision_id = %s WHERE id = %s",
            entry.pk,
            proposed.pk,
        )


def test_the_line_of_an_adopted_budget_keeps_its_decision() -> None:
    budget = worked_example()
    line, entry = budget.lines.get(measure__code="T1"), record(case_number="25/9")
    change = "UPDATE budget_line SET decision_id = %s WHERE id = %s"
    execute(change, entry.pk, line.pk)
    execute(change, None, line.pk)
    adopt(budget)
    with pytest.raises(DatabaseError, match=CANNOT):
        execute(change, entry.pk, line.pk)


def test_a_decision_that_is_pointed_at_is_not_deleted(proposed: ClimateBudget) -> None:
    adopted = register(proposed)
    assert adopted.decision is not None
    with pytest.raises(ProtectedError):
        adopted.decision.delete()


def test_correcting_the_register_leaves_the_budget_as_adopted(proposed: ClimateBudget) -> None:
    adopted = register(proposed)
    entry = Decision.objects.get()
    data = DecisionData(
        body=DecisionBody.COUNCIL, title="Rettet", text="Rettet.", case_number="25/999",
        decided_on=DAY, no_unit="Ingen.",
    )  # fmt: skip
    change_decision(by=DEMO, decision=entry, data=data, measures=[], version=entry.version)
    adopted.refresh_from_db()
    assert (adopted.case_number, adopted.decision) == ("25/101", entry)


# --- The pages ------------------------------------------------------------------------------------


def adopt_url(budget: ClimateBudget) -> str:
    return reverse("budget:adopt", args=[budget.year, "kommunen-direkte", budget.revision])


def posted(budget: ClimateBudget, **more: str) -> dict[str, str]:
    return {
        "version": str(budget.version), "adopted_on": "9.12.2025", "case_number": "25/101",
    } | more  # fmt: skip


def test_the_page_asks_and_takes_the_answer(proposed: ClimateBudget, cast: Any, as_user: Any) -> None:
    klima = as_user(cast.klima)
    assert "Vedtaket i vedtaksregisteret" not in klima.get(adopt_url(proposed)).text
    entry = record("Handlings- og økonomiplan 2026–2029")
    record("Annet organ", body=DecisionBody.EXECUTIVE_BOARD)
    page = klima.get(adopt_url(proposed)).text
    assert broken_rules(page) == []
    assert "25/101: Handlings- og økonomiplan 2026–2029 (kommunestyret, 9.\u00a0desember 2025)" in page
    assert "Annet organ" not in page
    refused = klima.post(adopt_url(proposed), posted(proposed))
    assert refused.status_code == 422
    assert "står allerede i vedtaksregisteret: «Handlings- og økonomiplan 2026–2029»" in refused.text
    done = klima.post(adopt_url(proposed), posted(proposed, decision=str(entry.pk)))
    assert done.status_code == 303
    assert ClimateBudget.objects.get(pk=proposed.pk).decision == entry


def test_the_page_can_say_that_it_is_another(proposed: ClimateBudget, cast: Any, as_user: Any) -> None:
    record()
    done = as_user(cast.klima).post(adopt_url(proposed), posted(proposed, decision="ny"))
    assert done.status_code == 303
    assert Decision.objects.count() == 2


def test_the_budget_leads_to_the_decision_and_back(proposed: ClimateBudget, cast: Any, as_user: Any) -> None:
    adopted = register(proposed)
    entry = Decision.objects.get()
    line = adopted.lines.get(measure__code="T1")
    for reader in (cast.klima, cast.utvalg):
        client = as_user(reader)
        assert entry.get_absolute_url() in client.get(adopted.get_absolute_url()).text
        page = client.get(entry.get_absolute_url()).text
        assert adopted.get_absolute_url() in page
        assert line.get_absolute_url() not in page
        assert broken_rules(page) == []


def test_a_draft_is_not_shown_to_those_who_may_not_read_it(cast: Any, as_user: Any) -> None:
    budget = worked_example()
    line, entry = budget.lines.get(measure__code="T1"), record()
    Line.objects.filter(pk=line.pk).update(decision=entry)
    seen = {
        name: line.get_absolute_url() in as_user(user).get(entry.get_absolute_url()).text
        for name, user in (("klima", cast.klima), ("utvalg", cast.utvalg))
    }
    assert seen == {"klima": True, "utvalg": False}


def test_the_decisions_page_takes_the_same_queries_for_many_lines(cast: Any, as_user: Any) -> None:
    budget, entry = worked_example(), record()
    client = as_user(cast.klima)

    def count() -> int:
        Line.objects.filter(budget=budget).update(decision=entry)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(entry.get_absolute_url()).status_code == 200
        return len(queries)

    count()
    few = count()
    for number in range(3):
        make_line(budget, f"X{number}", {2027: 1})
    assert count() == few


# --- A line's own ---------------------------------------------------------------------------------


def test_a_line_is_given_a_decision_on_its_page(cast: Any, as_user: Any) -> None:
    budget = worked_example()
    line, entry = budget.lines.get(measure__code="T1"), record("Utslippsfrie anlegg", case_number="25/88")
    klima = as_user(cast.klima)
    url = reverse("budget:edit_line", args=[line.pk])
    page = klima.get(url)
    form = page.context["form"]
    assert "25/88: Utslippsfrie anlegg (kommunestyret, 9.\u00a0desember 2025)" in page.text
    sent = {name: str(form[name].value() or "") for name in form.fields}
    data = {name: "300" if name.startswith("effect-") else value for name, value in sent.items()} | {
        "already_counted": "0", "decision_id": str(entry.pk), "decision_reference": "Se også 24/3",
    }  # fmt: skip
    assert klima.post(url, data).status_code == 303
    line.refresh_from_db()
    assert (line.decision, line.decision_reference) == (entry, "Se også 24/3")
    text = klima.get(line.get_absolute_url()).text
    assert (
        f'<a href="{entry.get_absolute_url()}">Utslippsfrie anlegg</a>, sak 25/88, 9.\u00a0desember 2025'
        in text
    )
    assert "Se også 24/3" in text
    (row,) = [one for one in budget_table(budget).lines if one.pk == line.pk]
    assert decision_words(row) == "Utslippsfrie anlegg, sak 25/88, 9.\u00a0desember 2025; Se også 24/3"
    # Somebody who opened the page before is told, in words.
    stale = klima.post(url, data | {"decision_id": ""})
    assert stale.status_code == 409
    assert "25/88: Utslippsfrie anlegg" in stale.text
    unknown = klima.post(url, data | {"decision_id": "999999", "version": str(line.version)})
    assert unknown.status_code == 422
    assert "Vedtaket finnes ikke i registeret" in unknown.text


def test_an_unknown_decision_is_refused_by_the_action() -> None:
    budget = worked_example()
    line = budget.lines.get(measure__code="T1")
    with pytest.raises(Refused, match="finnes ikke i vedtaksregisteret"):
        update_line(
            by=DEMO, line=line, version=line.version, not_quantified_reason="", already_counted=Decimal(0),
            assumptions="", details=LineDetails(decision_id=999_999),
        )  # fmt: skip


def test_copies_keep_the_line_s_decision_and_not_the_budget_s() -> None:
    budget = worked_example()
    entry = record(case_number="25/88")
    Line.objects.filter(budget=budget, measure__code="T1").update(decision=entry)
    adopted = adopt(budget)
    revision = start_revision(by=DEMO, budget=adopted)
    later = copy_forward(
        by=DEMO,
        source=adopted,
        year=2028,
        target=adopted.target,
        edition=make_edition(scope=Scope.COMMUNITY_DIRECT),
        reference_rule="flat",
        already_counted={line.pk: Decimal(0) for line in adopted.lines.all()},
    )
    for copy in (revision, later):
        assert copy.lines.get(measure__code="T1").decision == entry
        assert copy.decision is None
