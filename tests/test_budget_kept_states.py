"""Every state of a budget is kept as it was, and any two can be held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from budget.actions import costs as cost_actions
from budget.actions import effects as effect_actions
from budget.actions.copying import start_revision
from budget.actions.lines import remove_line
from budget.actions.transitions import hand_over, propose, take_back
from budget.enums import CostKind
from budget.models import BudgetSnapshot, BudgetTransition, ClimateBudget
from budget.queries.assembling import budget_table
from budget.queries.comparison import compare
from budget.queries.fingerprint import table_sha256
from budget.queries.snapshots import content_sha256, snapshot_content
from strategy.models import Responsibility
from tests.budget_factory import adopt, make_line, make_unit, worked_example
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.test_budget_pages import client_of
from tests.worlds import kept
from web.actors import DEMO

pytestmark = pytest.mark.django_db
PAGE = "/budsjett/2027/kommunen-direkte/endringer/"


def set_effect(budget: ClimateBudget, code: str, tonnes: int) -> None:
    line = budget.lines.get(measure__code=code)
    effect = line.effects.get(year=2030)
    effect_actions.set_effect(by=DEMO, line=line, year=2030, tonnes=Decimal(tonnes), version=effect.version)


def set_cost(budget: ClimateBudget, code: str, nok: int) -> None:
    line = budget.lines.get(measure__code=code)
    cost_actions.set_cost(by=DEMO, line=line, year=2027, kind=CostKind.OPERATION, nok=Decimal(nok))


@kept
def changed() -> ClimateBudget:
    """Proposed with T1 at 300 and T2 in it, taken back, and adopted with T1 at 350, T3 and no T2."""
    budget = worked_example()
    set_cost(budget, "T1", 1000)
    second = make_line(budget, "T2", reason="vet ikke")
    budget = hand_over(by=DEMO, budget=budget, version=budget.version)
    budget = propose(by=DEMO, budget=budget, version=budget.version)
    for _step in range(2):
        budget = take_back(by=DEMO, budget=budget, version=budget.version)
    set_effect(budget, "T1", 350)
    set_cost(budget, "T1", 1500)
    second.refresh_from_db()
    remove_line(by=DEMO, line=second, version=second.version)
    make_line(budget, "T3", reason="for tidlig å si")
    measure = budget.lines.get(measure__code="S1").measure
    Responsibility.objects.filter(measure=measure).update(unit=make_unit("Klima og miljø"))
    return adopt(budget)


def kept(budget: ClimateBudget, state: str) -> BudgetSnapshot:
    return BudgetSnapshot.objects.filter(budget=budget, state=state).order_by("-pk")[0]


def test_every_move_keeps_the_table_as_it_was(changed: ClimateBudget) -> None:
    states = list(
        BudgetSnapshot.objects.filter(budget=changed).order_by("pk").values_list("state", flat=True)
    )
    assert states == [
        "handed_over", "proposed", "handed_over", "draft", "handed_over", "proposed", "adopted",
    ]  # fmt: skip
    assert BudgetTransition.objects.filter(budget=changed, snapshot=None).count() == 0
    first = BudgetSnapshot.objects.filter(budget=changed, state="proposed").order_by("pk")[0]
    t1 = next(line for line in first.content["lines"] if line["code"] == "T1")
    assert t1["effects"]["2030"] == "300"


def test_what_is_kept_can_be_verified(changed: ClimateBudget) -> None:
    for snapshot in BudgetSnapshot.objects.all():
        assert content_sha256(snapshot.content) == snapshot.sha256
    assert kept(changed, "adopted").content == snapshot_content(budget_table(changed))
    assert changed.table_sha256 == table_sha256(budget_table(changed))


def test_a_move_that_fails_keeps_nothing(db: None) -> None:
    budget = worked_example()
    with transaction.atomic():
        hand_over(by=DEMO, budget=budget, version=1)
        assert BudgetSnapshot.objects.exists()
        transaction.set_rollback(True)
    assert not BudgetSnapshot.objects.exists()


def test_a_superseded_budget_is_kept_too(changed: ClimateBudget) -> None:
    adopt(start_revision(by=DEMO, budget=changed), "26/2")
    assert kept(changed, "superseded").content["lines"] == kept(changed, "adopted").content["lines"]


def test_what_changed_between_proposed_and_adopted(changed: ClimateBudget) -> None:
    first = BudgetSnapshot.objects.filter(budget=changed, state="proposed").order_by("pk")[0]
    found = compare(first.content, kept(changed, "adopted").content)
    lines = {line.name.partition(" ")[0]: line for line in found.lines}
    assert {code: (line.is_new, line.is_gone) for code, line in lines.items()} == {
        "T1": (False, False),
        "S1": (False, False),
        "T3": (True, False),
        "T2": (False, True),
    }
    assert lines["T1"].tonnes[2030].difference == 50
    assert lines["T1"].nok[2027].difference == 500
    assert lines["S1"].words == {"unit": ("Klimaavdelingen", "Klima og miljø")}
    # 350 and 200 of 1 000 overlap by 70, not 60: gross +50, net +40, and the gap closes by as much.
    differences = {name: by_year[2030].difference for name, by_year in found.totals.items()}
    assert differences == {
        "reference": 0, "gross": 50, "overlap": 10, "net": 40, "path": -40, "ceiling": 0, "gap": -40,
    }  # fmt: skip
    assert (found.nok[2027].before, found.nok[2027].after) == (1000, 1500)
    assert found.same_lines == 0


def test_nothing_changed_is_nothing(changed: ClimateBudget) -> None:
    content = kept(changed, "adopted").content
    found = compare(content, content)
    assert (found.lines, found.same_lines) == ((), 3)
    assert not any(change.changed for by_year in found.totals.values() for change in by_year.values())


def test_unknown_is_not_zero(changed: ClimateBudget) -> None:
    content: Mapping[str, object] = kept(changed, "adopted").content
    empty = {**content, "lines": [], "outside": []}
    line = next(one for one in compare(empty, content).lines if one.name.startswith("T1"))
    assert (line.tonnes[2030].before, line.tonnes[2030].after, line.tonnes[2030].difference) == (
        None,
        350,
        None,
    )


# --- The page -------------------------------------------------------------------------------------


def text_of(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def test_the_page_compares_the_last_proposal_with_what_was_adopted(
    changed: ClimateBudget, cast: Cast
) -> None:
    page = text_of(client_of(cast.utvalg))
    assert broken_rules(page) == []
    assert "Tiltakene er de samme." in page
    first = BudgetSnapshot.objects.filter(budget=changed, state="proposed").order_by("pk")[0]
    page = text_of(client_of(cast.utvalg), f"{PAGE}?fra={first.pk}&til={kept(changed, 'adopted').pk}")
    assert broken_rules(page) == []
    assert "Tiltak: 1 nye, 1 borte, 2 endret." in page
    assert "ansvarlig: «Klimaavdelingen» er nå «Klima og miljø»" in page
    assert "+50" in page
    assert "−40" in page


def test_a_reader_sees_what_is_published_only(changed: ClimateBudget, cast: Cast) -> None:
    handed_over = kept(changed, "handed_over")
    reader, analyst = client_of(cast.utvalg), client_of(cast.analyse)
    address = f"{PAGE}?fra={handed_over.pk}"
    assert reader.get(address).status_code == 404
    assert "Klargjort" not in text_of(reader)
    assert "Klargjort" in text_of(analyst, address)
    assert reader.get(f"{PAGE}?fra=tull").status_code == 404


def test_a_draft_is_compared_as_it_is_now(changed: ClimateBudget, cast: Cast) -> None:
    revision = start_revision(by=DEMO, budget=changed)
    set_effect(revision, "T1", 400)
    address = f"{PAGE}?fra={kept(changed, 'adopted').pk}&til=na-2"
    page = text_of(client_of(cast.klima), address)
    assert "Slik det er nå: utkast, revisjon 2" in page
    assert "Tiltak: 1 endret." in page
    assert client_of(cast.utvalg).get(address).status_code == 404


def test_without_two_states_the_page_says_so(cast: Cast) -> None:
    worked_example()
    assert "ikke to tilstander" in text_of(client_of(cast.klima))
    assert client_of(cast.klima).get(PAGE.replace("2027", "2031")).status_code == 404


def test_queries_do_not_grow_with_lines_and_states(changed: ClimateBudget, cast: Cast) -> None:
    client = client_of(cast.klima)

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            text_of(client)
        return len(caught)

    queries()
    before = queries()
    revision = start_revision(by=DEMO, budget=changed)
    for code in ("T7", "T8", "T9"):
        make_line(revision, code, reason="vet ikke")
    adopt(revision, "26/2")
    assert queries() == before
