"""Another edition or target under a draft: shown first, then made, and refused once it is no draft."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pghistory.models import Events

from budget.actions import effects
from budget.actions.basis import change_basis
from budget.actions.costs import set_cost
from budget.actions.effects import set_effect
from budget.actions.lines import set_sources
from budget.actions.overlaps import add_overlap
from budget.enums import CostKind, ReferenceRule
from budget.models import ClimateBudget, Effect, Line, ReferencePath, ReferencePolicy
from budget.queries.assembling import budget_table
from budget.queries.basis import NewBasis, basis_plan
from budget.queries.problems import source_names
from budget.words.basis import difference_table, losses
from budget.words.problems import problem_sentences
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
from tests.html_rules import broken_rules
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db
FLAT, TREND, TYPED = ReferenceRule.FLAT, ReferenceRule.TREND, ReferenceRule.TYPED
SAVING = CostKind.SAVING
LATER = date(2026, 12, 1)


def later_edition() -> Edition:
    """One more year, and the buses are no longer in it."""
    if made := Edition.objects.filter(published=LATER).first():
        return made
    cars = make_source()
    return make_edition({(cars, 2009): 1200, (cars, 2024): 990, (cars, 2025): 950}, published=LATER)


@kept
def draft() -> ClimateBudget:
    """The worked example, with a line split over a source the later edition does not have, figures and costs
    of the first year, and what another scope gets.
    """
    cars, buses = make_source(), make_source(name="Busser")
    figures = {(source, year): 1000 for source in (cars, buses) for year in (2009, 2024)}
    budget = worked_example(edition=make_edition(figures))
    line = make_line(budget, "T2", {2025: 10, 2026: 20}, sources={cars: 40, buses: 60}, already_counted=5)
    for year in (2025, 2027):
        set_cost(by=DEMO, line=line, year=year, kind=CostKind.OPERATION, nok=Decimal(1000))
    make_line(budget, "T3", {2026: 20}, sources={buses: 100})
    add_overlap(
        by=DEMO, budget=budget, source=buses, method="none", years={},
        reason="Ulike busser", decided_by="Klima",
        lines=budget.lines.filter(measure__code__in=("T2", "T3")),
    )  # fmt: skip
    make_line(budget, "F1", {2025: 7}, scope="own_operations_footprint")
    ReferencePolicy.objects.create(budget=budget, title="Engangsavgift", level="national")
    return ClimateBudget.objects.get(pk=budget.pk)


def answers(budget: ClimateBudget, tonnes: int = 30) -> dict[int, Decimal]:
    return {line.pk: Decimal(tonnes) for line in budget.lines.filter(scope=budget.scope)}


def change(budget: ClimateBudget, new: NewBasis, by: Any = DEMO, **more: Any) -> ClimateBudget:
    return change_basis(
        by=by,
        budget=budget,
        new=new,
        **{"version": budget.version, "already_counted": answers(budget)} | more,
    )


def to_later(budget: ClimateBudget, rule: ReferenceRule | None = FLAT) -> NewBasis:
    return NewBasis(budget.target, later_edition(), rule)


# --- What it does ---------------------------------------------------------------------------------


def test_the_plan_says_all_that_goes(draft: ClimateBudget) -> None:
    plan = basis_plan(draft, to_later(draft))
    assert (plan.base_before, plan.base_after) == (2000, 1200)
    assert [row.year for row in plan.after] == [2026, 2027, 2028, 2029, 2030]
    assert [(loss.name, loss.sources) for loss in plan.lines] == [
        ("T2 Tiltak T2", ("Busser",)),
        ("T3 Tiltak T3", ("Busser",)),
    ]
    assert plan.overlaps == ("Busser",)
    assert [(loss.year, loss.effects, loss.costs) for loss in plan.figures] == [(2025, 4, 1)]
    asked = [(line.name, line.suggestion, line.year, line.is_effect) for line in plan.to_ask]
    assert asked == [
        ("T1 Tiltak T1", 300, 2025, True),
        ("S1 Tiltak S1", 200, 2025, True),
        ("T2 Tiltak T2", 10, 2025, True),
        ("T3 Tiltak T3", None, 2025, True),
    ]
    words = " ".join(loss.text for loss in losses(draft, plan))
    assert "T2 Tiltak T2 mister Busser" in words
    assert "Året 2025 går ut av budsjettet, med 4 effekter og 1 kostnad." in words
    assert "1 avgjørelse om overlapp går ut: Busser." in words


def test_what_is_shown_is_what_becomes(draft: ClimateBudget) -> None:
    """With the answers it was worked out with, the table afterwards is the plan's, to the last decimal."""
    new = to_later(draft)
    plan = basis_plan(draft, new)
    before = budget_table(draft)
    kept = {line.pk: line.already_counted for line in draft.lines.all()}
    changed = change(draft, new, already_counted=kept, seen=plan.seen)
    assert plan.before == before.years
    assert plan.after == budget_table(ClimateBudget.objects.get(pk=changed.pk)).years


def test_everything_that_has_no_place_goes(draft: ClimateBudget) -> None:
    before = {line.measure.code: line.version for line in draft.lines.select_related("measure")}
    changed = ClimateBudget.objects.get(pk=change(draft, to_later(draft)).pk)
    assert (changed.edition.published, changed.version) == (LATER, draft.version + 1)
    assert not Effect.objects.filter(line__budget=changed, year=2025).exists()
    assert sorted(changed.lines.get(measure__code="T2").costs.values_list("year", flat=True)) == [2027]
    assert set(ReferencePath.objects.filter(budget=changed).values_list("tonnes", flat=True)) == {950}
    assert [one.source.name for one in changed.overlaps.all()] == ["Personbiler"]
    assert list(changed.overlaps.get().years.values_list("year", flat=True)) == [2026, 2027, 2028, 2029, 2030]
    assert changed.reference_policies.get().title == "Engangsavgift"
    counted = {line.measure.code: line.already_counted for line in changed.lines.select_related("measure")}
    assert counted == {"T1": 30, "S1": 30, "T2": 30, "T3": 30, "F1": 0}
    # Whoever is editing one of them is warned.
    assert all(line.version > before[line.measure.code] for line in changed.lines.select_related("measure"))
    table = budget_table(changed)
    problems = " ".join(one.text for one in problem_sentences(table, source_names(table.problems)))
    assert "T2" in problems
    assert "T3" in problems


def test_a_figure_put_back_has_a_version_it_never_had(draft: ClimateBudget) -> None:
    line = draft.lines.get(measure__code="T2")
    old = line.effects.get(year=2025).version
    first = draft.edition
    changed = change(draft, to_later(draft))
    back = change(changed, NewBasis(changed.target, first, FLAT))
    line = back.lines.get(measure__code="T2")
    set_sources(by=DEMO, line=line, version=line.version, sources={make_source().pk: Decimal(100)})
    saved = set_effect(by=DEMO, line=line, year=2025, tonnes=Decimal(10), version=0)
    assert saved.version > old


def test_another_target_alone_keeps_the_path_and_asks_nothing(draft: ClimateBudget) -> None:
    harder = make_target(title="Kutte 95 prosent", percent=Decimal(95))
    new = NewBasis(harder, draft.edition, None)
    plan = basis_plan(draft, new)
    assert (plan.to_ask, plan.lines, plan.figures, plan.overlaps) == ((), (), (), ())
    path = list(ReferencePath.objects.filter(budget=draft).order_by("pk").values_list("pk", "tonnes"))
    changed = change(draft, new, already_counted={})
    assert changed.target == harder
    assert list(ReferencePath.objects.filter(budget=draft).order_by("pk").values_list("pk", "tonnes")) == path
    table = budget_table(ClimateBudget.objects.get(pk=draft.pk))
    assert (table.year(2030).ceiling, table.target.percent) == (100, 95)


def test_a_target_further_off_needs_a_path_that_reaches(draft: ClimateBudget) -> None:
    far = make_target(title="Null i 2035", target_year=2035, percent=Decimal(100))
    with pytest.raises(Refused, match="Referansebanen mangler tall for"):
        change(draft, NewBasis(far, draft.edition, None))
    changed = change(draft, NewBasis(far, draft.edition, FLAT), already_counted={})
    assert budget_table(ClimateBudget.objects.get(pk=changed.pk)).horizon[-1] == 2035


def test_the_note_about_a_path_that_is_gone_goes_with_it(db: None) -> None:
    years = range(2025, 2031)
    budget = make_budget(
        reference_rule=TYPED,
        reference={(make_source().pk, year): Decimal(900) for year in years},
        reference_note="Etter fylkets framskriving.",
    )
    harder = make_target(title="Kutte 95 prosent", percent=Decimal(95))
    kept = change(budget, NewBasis(harder, budget.edition, None))
    assert (kept.reference_rule, kept.reference_note) == (TYPED, "Etter fylkets framskriving.")
    made = change(kept, NewBasis(kept.target, later_edition(), FLAT))
    assert (made.reference_rule, made.reference_note) == (FLAT, "")


def test_a_trend_takes_its_years(draft: ClimateBudget) -> None:
    with pytest.raises(Refused, match="hvor mange regnskapsår"):
        change(draft, to_later(draft, TREND))
    changed = change(draft, NewBasis(draft.target, later_edition(), TREND, 2))
    assert (changed.reference_rule, changed.trend_years) == (TREND, 2)
    assert ReferencePath.objects.get(budget=changed, year=2027).tonnes == 950 - 2 * 40


# --- What is refused ------------------------------------------------------------------------------


def test_every_line_that_is_asked_about_must_be_answered(draft: ClimateBudget) -> None:
    given = answers(draft)
    missing = draft.lines.get(measure__code="T2")
    del given[missing.pk]
    with pytest.raises(Refused, match="hvor mye av effekten av T2") as refused:
        change(draft, to_later(draft), already_counted=given)
    assert len(refused.value.reasons) == 1
    assert ClimateBudget.objects.get(pk=draft.pk).edition == draft.edition


def test_other_scopes_and_places_are_refused(draft: ClimateBudget) -> None:
    other = make_target("own_operations_direct")
    with pytest.raises(Refused, match="samme systemgrense"):
        change(draft, NewBasis(other, draft.edition, FLAT))
    with pytest.raises(Refused, match="bygger allerede på"):
        change(draft, NewBasis(draft.target, draft.edition, FLAT))
    short = make_edition({(make_source(), 2024): 5}, published=date(2026, 12, 2))
    with pytest.raises(Refused, match="ingen tall for basisåret 2009"):
        change(draft, NewBasis(draft.target, short, FLAT))


def test_only_klima_and_only_a_draft(draft: ClimateBudget, cast: Any) -> None:
    for name, user in cast.people().items():
        if name != "klima":
            with pytest.raises(PermissionDenied):
                change(draft, to_later(draft), by=user)
    ClimateBudget.objects.filter(pk=draft.pk).update(state="handed_over")
    handed = ClimateBudget.objects.get(pk=draft.pk)
    with pytest.raises(Closed, match="klargjort for rådmannen"):
        change(handed, to_later(handed))


def test_somebody_elses_change_is_seen(draft: ClimateBudget) -> None:
    new = to_later(draft)
    with pytest.raises(StaleObject):
        change(draft, new, version=draft.version + 1)
    plan = basis_plan(draft, new)
    line = draft.lines.get(measure__code="T3")
    set_effect(by=DEMO, line=line, year=2025, tonnes=Decimal(1), version=0)
    with pytest.raises(StaleObject):
        change(draft, new, seen=plan.seen)
    assert ClimateBudget.objects.get(pk=draft.pk).edition == draft.edition


def test_the_same_change_again_changes_nothing(draft: ClimateBudget) -> None:
    new = to_later(draft)
    change(draft, new)
    again = change(draft, new)
    assert again.version == draft.version + 1


def test_history_says_who_and_from_what(draft: ClimateBudget, cast: Any) -> None:
    new = to_later(draft)
    change(draft, new, by=cast.klima)
    (event,) = [one for one in Events.objects.tracks(draft) if one.pgh_diff and "edition_id" in one.pgh_diff]
    assert event.pgh_diff["edition_id"] == [draft.edition_id, new.edition.pk]
    context = event.pgh_context.get("metadata", event.pgh_context)
    assert (context["actor_id"], context["reason"]) == (cast.klima.pk, "Utgave eller mål byttet")


# --- The pages ------------------------------------------------------------------------------------


def url(budget: ClimateBudget, name: str = "change_basis") -> str:
    return reverse(f"budget:{name}", args=[budget.year, "kommunen-direkte", budget.revision])


def test_chosen_shown_and_confirmed(draft: ClimateBudget, cast: Any, as_user: Any) -> None:
    new = to_later(draft)
    klima = as_user(cast.klima)
    assert url(draft) in klima.get(draft.get_absolute_url()).text
    page = klima.get(url(draft))
    assert broken_rules(page.text) == []
    choice = {"mal": draft.target_id, "utgave": new.edition.pk, "regel": "flat", "trendar": ""}
    same = klima.get(url(draft), choice | {"utgave": draft.edition_id})
    assert same.status_code == 422
    assert "Budsjettet bygger allerede på dette" in same.text
    kept = klima.get(url(draft), choice | {"regel": "behold"})
    assert kept.status_code == 303, "the path has what the later edition has"
    leads = klima.get(url(draft), choice)
    assert leads.status_code == 303
    shown = klima.get(leads["Location"])
    assert broken_rules(shown.text) == []
    for words in (
        "T2 Tiltak T2 mister Busser",
        "Utslippene i basisåret: 2\u00a0000 tonn i 2009 blir 1\u00a0200 tonn i 2009.",
        "Over rammen, etter",
        "Forslag: effekten i 2025",
    ):
        assert words in shown.text, words
    form = shown.context["form"]
    sent = {"version": str(form["version"].value()), "seen": form["seen"].value()}
    empty = klima.post(leads["Location"], sent)
    assert empty.status_code == 422
    assert "Skriv et tall, eller 0." in empty.text
    sent |= {f"counted-{pk}": "30" for pk in answers(draft)}
    for _twice in range(2):
        done = klima.post(leads["Location"], sent)
        assert (done.status_code, done["Location"]) == (303, draft.get_absolute_url())
    assert ClimateBudget.objects.get(pk=draft.pk).edition == new.edition


def test_a_change_meanwhile_shows_what_it_would_do_now(draft: ClimateBudget, cast: Any, as_user: Any) -> None:
    new = to_later(draft)
    klima = as_user(cast.klima)
    address = (
        f"{url(draft, 'confirm_basis')}?mal={draft.target_id}&utgave={new.edition.pk}&regel=flat&trendar="
    )
    form = klima.get(address).context["form"]
    sent = {"version": str(form["version"].value()), "seen": form["seen"].value()}
    sent |= {f"counted-{pk}": "30" for pk in answers(draft)}
    line = draft.lines.get(measure__code="T3")
    set_effect(by=DEMO, line=line, year=2025, tonnes=Decimal(1), version=0)
    answer = klima.post(address, sent)
    assert answer.status_code == 409
    assert "med 5 effekter" in answer.text
    assert ClimateBudget.objects.get(pk=draft.pk).edition == draft.edition


def test_adopted_and_handed_over_budgets_answer_409(cast: Any, as_user: Any) -> None:
    klima = as_user(cast.klima)
    adopted = adopt(worked_example())
    for name in ("change_basis", "confirm_basis"):
        page = klima.get(url(adopted, name))
        if page.status_code == 303:
            page = klima.get(page["Location"])
        assert page.status_code == 409
        assert "kan ikke endres" in page.text
    assert "Bytt utgave eller mål" not in klima.get(adopted.get_absolute_url()).text
    with pytest.raises(Closed, match="vedtatt av kommunestyret og kan ikke endres"):
        change(adopted, to_later(adopted))


def test_the_table_shows_years_on_either_side(draft: ClimateBudget) -> None:
    table = difference_table(basis_plan(draft, to_later(draft)))
    assert [column.header for column in table.columns[1:]] == ["2025", "2026", "2027", "2028", "2029", "2030"]
    rows = {row.cells[0]: row.cells[1:] for row in table.parts[0].rows}
    assert rows["Referansebane, nå"][0] == "2\u00a0000"
    assert rows["Referansebane, etter"] == ("", "950", "950", "950", "950", "950")


def test_showing_takes_the_same_queries_for_many_lines(draft: ClimateBudget) -> None:
    new = to_later(draft)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            basis_plan(draft, new)
        return len(queries)

    count()
    few = count()
    for number in range(4):
        make_line(draft, f"X{number}", {2025: 1, 2026: 2}, sources={make_source(name="Busser"): 100})
    assert count() == few


# --- Two people at once ---------------------------------------------------------------------------


def save_while_changing() -> tuple[ClimateBudget, list[Exception]]:
    """Cells of 2025, opened on the old edition, are saved while the budget gets one that ends in 2025."""
    budget = worked_example()
    new = to_later(budget)
    line = make_line(budget, "T2", {2026: 5})
    line = Line.objects.select_related("budget__target", "measure").get(pk=line.pk)
    errors: list[Exception] = []

    def save(write: Callable[[], object]) -> None:
        try:
            write()
        except Refused as error:
            errors.append(error)

    def both() -> None:
        try:
            save(lambda: set_effect(by=DEMO, line=line, year=2025, tonnes=Decimal(7), version=0))
            save(lambda: set_cost(by=DEMO, line=line, year=2025, kind=SAVING, nok=Decimal(7)))
        finally:
            connection.close()

    late = threading.Thread(target=both)
    with transaction.atomic():
        change(budget, new)
        late.start()
        late.join(0.4)
        assert late.is_alive(), "the cell did not wait"
    late.join(20)
    assert not late.is_alive()
    return budget, errors


@pytest.mark.django_db(transaction=True)
def test_a_cell_opened_before_the_change_is_not_saved_outside_the_years() -> None:
    budget, errors = save_while_changing()
    assert [str(error) for error in errors] == [
        "Budsjettet gjelder 2026–2030. 2025 er ikke med.",
        "2025 er ikke med i budsjettet.",
    ]
    line = budget.lines.get(measure__code="T2")
    assert (line.effects.filter(year=2025).count(), line.costs.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_control_without_taking_over_the_edition_the_figures_slip_in(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = effects.lock_line

    def forgetful(line: Line) -> None:
        old = line.budget.edition_id
        whole(line)
        line.budget.edition_id = old

    for module in ("effects", "costs"):
        monkeypatch.setattr(f"budget.actions.{module}.lock_line", forgetful)
    budget, errors = save_while_changing()
    line = budget.lines.get(measure__code="T2")
    assert (errors, line.effects.filter(year=2025).count(), line.costs.count()) == ([], 1, 1)
