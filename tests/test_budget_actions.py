"""What changes a climate budget, what is refused and why, and that the same click twice does it once."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from budget.actions.copying import start_revision
from budget.actions.costs import set_cost
from budget.actions.effects import EffectChange, EffectSaved, set_effect, set_effects
from budget.actions.funding import add_funding
from budget.actions.lines import add_line, update_line
from budget.actions.overlaps import add_overlap
from budget.actions.transitions import hand_over, propose, register_adoption, take_back
from budget.enums import CostKind, OverlapMethod, ReferenceRule
from budget.models import BudgetTransition, ClimateBudget, Effect, Funding, Line, LineSource
from budget.queries.assembling import budget_table
from budget.queries.fingerprint import table_sha256
from emissions.enums import MissingReason, Scope
from emissions.models import Edition, Figure
from organisation.models import Municipality, Unit
from strategy.models import Placement, Responsibility
from tests.budget_factory import (
    HORIZON,
    LAST_YEAR,
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
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleFigures, StaleObject
from web.history import history_of
from web.refusals import Closed, Refused

pytestmark = pytest.mark.django_db


@kept
def line() -> Line:
    return make_line(make_budget(), "T1", {2030: 100})


def save(line: Line, tonnes: str | None, version: int, year: int = 2030) -> EffectSaved:
    value = None if tonnes is None else Decimal(tonnes)
    return set_effect(by=DEMO, line=line, year=year, tonnes=value, version=version)


# --- Effects --------------------------------------------------------------------------------------


def test_a_new_figure_begins_at_version_0_and_counts_up(line: Line) -> None:
    assert save(line, "5", 0, 2029).version == 1
    assert save(line, "6", 1, 2029).version == 2
    assert Effect.objects.get(line=line, year=2029).tonnes == 6


def test_an_old_version_is_refused_with_what_stands_there(line: Line) -> None:
    save(line, "110", 1)
    with pytest.raises(StaleObject) as stale:
        save(line, "120", 1)
    assert stale.value.obj.tonnes == 110
    with pytest.raises(StaleObject):
        save(line, "120", 0)


def test_the_same_figure_again_is_no_conflict(line: Line) -> None:
    assert save(line, "110", 1).changed
    again = save(line, "110", 1)
    assert (again.changed, again.version) == (False, 2)
    assert len([entry for entry in history_of(line) if entry.action == "Endret"]) == 1


def test_an_empty_cell_is_unknown_not_zero(line: Line) -> None:
    assert save(line, None, 1).version == 0
    row = budget_table(line.budget).lines[0]
    assert row.effects[2030] is None
    save(line, "0", 0)
    assert budget_table(line.budget).lines[0].effects[2030] == 0


def test_a_version_never_comes_back_after_a_figure_was_taken_away(line: Line) -> None:
    """Somebody still has the page with version 1 of the old figure open."""
    save(line, None, 1)
    save(line, "200", 0)
    with pytest.raises(StaleObject):
        save(line, "300", 1)


def test_taking_away_what_is_gone_is_done_already(line: Line) -> None:
    save(line, None, 1)
    assert save(line, None, 1).changed is False
    with pytest.raises(StaleObject):
        save(line, "4", 1)


@pytest.mark.parametrize(
    ("tonnes", "reason"),
    [
        ("-1", "positivt tall"),
        ("NaN", "positivt tall"),
        ("Infinity", "positivt tall"),
        ("0.0000001", "høyst 6"),
        ("100000000000000", "for stort"),
    ],
)
def test_figures_that_cannot_stand_are_refused(line: Line, tonnes: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        save(line, tonnes, 1)
    assert Effect.objects.get(line=line).tonnes == 100


@pytest.mark.parametrize("year", [LAST_YEAR, 2031, 1])
def test_a_year_outside_the_horizon_is_refused(line: Line, year: int) -> None:
    with pytest.raises(Refused, match="gjelder 2025–2030"):
        save(line, "1", 0, year)
    outside = make_line(line.budget, "F1", scope=Scope.OWN_OPERATIONS_FOOTPRINT)
    with pytest.raises(Refused, match="gjelder 2025–2030"):
        save(outside, "1", 0, year)


def test_a_line_without_figures_takes_none(db: None) -> None:
    line = make_line(make_budget(), "K1", reason="virker gjennom innkjøp")
    with pytest.raises(Refused, match="ikke tallfestet"):
        save(line, "1", 0)


def test_more_than_the_source_emits_is_saved_with_a_warning(line: Line) -> None:
    saved = save(line, "1500", 1)
    (warning,) = saved.warnings
    assert warning == "Mer enn kilden slipper ut: 1\u00a0000 tonn. Må rettes før budsjettet klargjøres."
    assert Effect.objects.get(line=line).tonnes == 1500
    assert budget_table(line.budget).year(2030).path == 0


def test_more_than_a_shared_basis_is_refused(db: None) -> None:
    budget = worked_example()
    line = budget.lines.order_by("pk")[0]
    with pytest.raises(Refused, match="større enn utslippsgrunnlaget"):
        save(line, "1001", 1)
    assert save(line, "1000", 1).changed


def test_only_virksomhet_klima_saves_figures(line: Line, cast: Cast) -> None:
    for name, person in cast.people().items():
        if name == "klima":
            continue
        with pytest.raises(PermissionDenied):
            set_effect(by=person, line=line, year=2030, tonnes=Decimal(1), version=1)
    set_effect(by=cast.klima, line=line, year=2030, tonnes=Decimal(1), version=1)
    assert "Klima Eksempel" in {entry.who for entry in history_of(line)}


def test_several_cells_are_saved_all_or_none(line: Line) -> None:
    changes = [
        EffectChange(line, 2029, Decimal(7), 0),
        EffectChange(line, 2030, Decimal(8), 9),
        EffectChange(line, 2028, Decimal(6), 3),
    ]
    with pytest.raises(StaleFigures) as stale:
        set_effects(by=DEMO, budget=line.budget, changes=changes)
    assert [change.year for change, _current in stale.value.figures] == [2030, 2028]
    assert Effect.objects.filter(line=line).count() == 1


# --- Lines, costs, overlaps -----------------------------------------------------------------------


def test_sources_sum_to_100(db: None) -> None:
    budget = make_budget()
    with pytest.raises(Refused, match="100 prosent"):
        make_line(budget, "T1", sources={make_source(): 90})
    with pytest.raises(Refused, match="med i referansebanen"):
        make_line(budget, "T2", sources={make_source("Luftfart", "Fly"): 100})
    assert not budget.lines.exists()


def test_a_measure_stands_once_in_a_budget(line: Line) -> None:
    with pytest.raises(Refused, match="står allerede"):
        add_line(
            by=DEMO,
            budget=line.budget,
            measure=line.measure,
            scope=line.scope,
            order=2,
            sources={make_source().pk: Decimal(100)},
        )


def test_costs_are_positive_kroner_in_a_year_of_the_budget(line: Line) -> None:
    for nok, year in (("-1", 2027), ("1.001", 2027), ("1", 2040)):
        with pytest.raises(Refused):
            set_cost(by=DEMO, line=line, year=year, kind=CostKind.SAVING, nok=Decimal(nok))
    for kind, nok in ((CostKind.INVESTMENT, 900), (CostKind.OPERATION, 200), (CostKind.SAVING, 300)):
        set_cost(by=DEMO, line=line, year=2027, kind=kind, nok=Decimal(nok))
    row = budget_table(line.budget).lines[0]
    assert (row.costs[2027], row.costs[2028]) == (800, None)
    set_cost(by=DEMO, line=line, year=2027, kind=CostKind.SAVING, nok=None)
    assert budget_table(line.budget).lines[0].costs[2027] == 1100


def test_a_line_stands_in_one_overlap_per_source_and_year(db: None) -> None:
    budget = worked_example()
    first = budget.lines.order_by("pk")[0]
    third = make_line(budget, "T3", {2030: 10})
    with pytest.raises(Refused, match="står i to overlapp"):
        add_overlap(
            by=DEMO,
            budget=budget,
            source=make_source(),
            method=OverlapMethod.FIXED,
            lines=[first, third],
            years={2030: Decimal(5)},
            reason="Også samme biler",
            decided_by="Klima",
        )
    assert budget.overlaps.count() == 1


def test_editing_a_line_saves_words_and_figures_together(line: Line) -> None:
    changes = [EffectChange(line, 2029, Decimal(50), 0)]
    update_line(
        by=DEMO,
        line=line,
        version=1,
        not_quantified_reason="",
        already_counted=Decimal(20),
        assumptions=" Ti biler. ",
        effects=changes,
    )
    row = budget_table(line.budget).lines[0]
    assert (row.effects[2029], row.effects[2030], row.already_counted) == (30, 80, 20)
    with pytest.raises(Refused, match="Fjern effektene"):
        update_line(
            by=DEMO,
            line=line,
            version=2,
            not_quantified_reason="vet ikke",
            already_counted=Decimal(20),
            assumptions="Ti biler.",
        )
    line.refresh_from_db()
    assert line.not_quantified_reason == ""


# --- The document ---------------------------------------------------------------------------------


def test_a_budget_does_not_mix_scopes(db: None) -> None:
    with pytest.raises(Refused, match="samme systemgrense"):
        make_budget(target=make_target(Scope.OWN_OPERATIONS_DIRECT))


def test_only_the_portals_own_municipality_is_budgeted(db: None) -> None:
    edition = make_edition()
    Municipality.objects.create(name="Skien", number="4003", organisation="Skien kommune")
    with pytest.raises(Refused, match="utslippene i Skien"):
        make_budget(edition=edition)


def test_an_unknown_figure_is_no_flat_reference_path(db: None) -> None:
    source = make_source()
    edition = make_edition({(source, 2009): 1100})
    with transaction.atomic():
        copy = Edition.objects.get(pk=edition.pk)
        copy.pk, copy.published, copy.file_sha256 = None, copy.published + timedelta(days=9), "f" * 64
        copy.save()
        Figure.objects.create(edition=copy, source=source, year=2009, tonnes=1100)
        Figure.objects.create(
            edition=copy, source=source, year=LAST_YEAR, missing_reason=MissingReason.CONFIDENTIAL
        )
    with pytest.raises(Refused, match="mangler tall for Personbiler"):
        make_budget(edition=copy)
    typed = {(source.pk, year): Decimal(900) for year in HORIZON}
    budget = make_budget(edition=copy, reference_rule=ReferenceRule.TYPED, reference=typed)
    assert budget_table(budget).year(2030).reference == 900


def test_a_typed_reference_path_has_every_source_and_year(db: None) -> None:
    source = make_source()
    some = {(source.pk, year): Decimal(900) for year in HORIZON[1:]}
    with pytest.raises(Refused, match="mangler tall for Personbiler"):
        make_budget(reference_rule=ReferenceRule.TYPED, reference=some)
    beyond = {(source.pk, year): Decimal(900) for year in (*HORIZON, 2031)}
    with pytest.raises(Refused, match="gjelder 2025–2030"):
        make_budget(reference_rule=ReferenceRule.TYPED, reference=beyond)
    assert not ClimateBudget.objects.exists()


# --- From hand to hand ----------------------------------------------------------------------------


def test_handing_over_names_everything_that_is_missing(db: None) -> None:
    budget = make_budget()
    with pytest.raises(Refused, match="ingen tiltak"):
        hand_over(by=DEMO, budget=budget, version=1)
    make_line(budget, "T1", {2030: 1}, unit=None)
    make_line(budget, "T2")
    third = make_line(budget, "T3", {2030: 1})
    LineSource.objects.filter(line=third).update(share=60)
    with pytest.raises(Refused) as refused:
        hand_over(by=DEMO, budget=budget, version=1)
    assert [reason.text for reason in refused.value.reasons] == [
        "T1 Tiltak T1 har ingen ansvarlig virksomhet.",
        "T2 Tiltak T2 har ingen tall. Legg inn effekt, eller skriv hvorfor tiltaket ikke er tallfestet.",
        "Utslippskildene til T3 Tiltak T3 må summere til 100 prosent, ikke 60.",
        "Personbiler: T1 og T3 virker på de samme utslippene i 2030. Avgjør om de overlapper.",
    ]
    assert all(reason.url for reason in refused.value.reasons)
    budget.refresh_from_db()
    assert (budget.state, budget.transitions.count()) == ("draft", 0)


def test_each_step_belongs_to_its_role(cast: Cast) -> None:
    budget = worked_example()
    everybody = set(cast.people()) - {"klima"}
    for name in everybody:
        with pytest.raises(PermissionDenied):
            hand_over(by=getattr(cast, name), budget=budget, version=1)
    budget = hand_over(by=cast.klima, budget=budget, version=1, comment="Klart")
    for name in set(cast.people()) - {"radmann"}:
        with pytest.raises(PermissionDenied):
            propose(by=getattr(cast, name), budget=budget, version=2)
    budget = propose(by=cast.radmann, budget=budget, version=2)
    for name in everybody:
        with pytest.raises(PermissionDenied):
            register(getattr(cast, name), budget, 3)
    budget = register(cast.klima, budget, 3)
    assert budget.state == "adopted"
    log = budget.transitions.order_by("pk").values_list("from_state", "to_state", "by__name", "comment")
    assert list(log) == [
        ("draft", "handed_over", "Klima Eksempel", "Klart"),
        ("handed_over", "proposed", "Radmann Eksempel", ""),
        ("proposed", "adopted", "Klima Eksempel", "25/101"),
    ]


def register(by: object, budget: ClimateBudget, version: int, days: int = 0) -> ClimateBudget:
    return register_adoption(
        by=by,  # type: ignore[arg-type]
        budget=budget,
        version=version,
        adopted_on=timezone.localdate() + timedelta(days=days),
        case_number=" 25/101 ",
    )


def test_who_may_take_a_budget_back(cast: Cast) -> None:
    budget = hand_over(by=cast.klima, budget=worked_example(), version=1)
    budget = take_back(by=cast.klima, budget=budget, version=2, comment="En feil")
    assert budget.state == "draft"
    budget = hand_over(by=cast.klima, budget=budget, version=3)
    budget = propose(by=cast.radmann, budget=budget, version=4)
    with pytest.raises(PermissionDenied):
        take_back(by=cast.klima, budget=budget, version=5)
    budget = take_back(by=cast.radmann, budget=budget, version=5)
    assert budget.state == "handed_over"
    assert take_back(by=cast.radmann, budget=budget, version=6).state == "draft"


def test_the_same_click_twice_moves_once(cast: Cast) -> None:
    budget = hand_over(by=cast.klima, budget=worked_example(), version=1)
    assert hand_over(by=cast.klima, budget=budget, version=1).version == 2
    budget = propose(by=cast.radmann, budget=budget, version=2)
    budget = take_back(by=cast.radmann, budget=budget, version=3)
    again = take_back(by=cast.radmann, budget=budget, version=3)
    assert (again.state, again.version) == ("handed_over", 4)
    assert BudgetTransition.objects.count() == 3


def test_somebody_elses_move_is_a_conflict(cast: Cast) -> None:
    budget = hand_over(by=cast.klima, budget=worked_example(), version=1)
    take_back(by=cast.radmann, budget=budget, version=2)
    with pytest.raises(StaleObject):
        take_back(by=cast.klima, budget=budget, version=2)


def test_a_draft_is_not_adopted(cast: Cast) -> None:
    with pytest.raises(Refused, match="kan ikke flyttes slik"):
        register(cast.klima, worked_example(), 1)


def test_a_decision_has_a_day_that_has_been_and_a_case(db: None) -> None:
    budget = hand_over(by=DEMO, budget=worked_example(), version=1)
    budget = propose(by=DEMO, budget=budget, version=2)
    with pytest.raises(Refused, match="fram i tid"):
        register(DEMO, budget, 3, days=1)
    with pytest.raises(Refused, match="Skriv saksnummeret"):
        register_adoption(
            by=DEMO, budget=budget, version=3, adopted_on=timezone.localdate(), case_number="  "
        )
    assert register(DEMO, budget, 3).case_number == "25/101"


def test_an_adopted_budget_keeps_what_was_adopted_when_other_rooms_change(db: None) -> None:
    budget = adopt(worked_example())
    before = budget_table(budget)
    line = budget.lines.select_related("measure").order_by("pk")[0]
    line.measure.title, line.measure.code, line.measure.level = "Noe annet", "X1", "national"
    line.measure.external_actor = "Staten"
    line.measure.save()
    Responsibility.objects.update(
        unit=Unit.objects.create(name="Ny", kind="stab", valid_from=date(2020, 1, 1))
    )
    Placement.objects.all().delete()
    budget.target.percent, budget.target.target_year, budget.target.title = Decimal(80), 2035, "Nytt mål"
    budget.target.save()
    after = budget_table(ClimateBudget.objects.get(pk=budget.pk))
    assert after == before
    assert table_sha256(after) == budget.table_sha256


def test_a_revision_copies_everything_and_supersedes(cast: Cast) -> None:
    first = adopt(worked_example())
    line = first.lines.order_by("pk")[0]
    funding = add_funding(by=DEMO, line=line, scheme="Klimasats")
    with pytest.raises(PermissionDenied):
        start_revision(by=cast.radmann, budget=first)
    second = start_revision(by=cast.klima, budget=first)
    assert (second.revision, second.state) == (2, "draft")
    assert budget_table(second).years == budget_table(first).years
    with pytest.raises(Refused, match="allerede under arbeid"):
        start_revision(by=cast.klima, budget=first)
    second = adopt(second, "26/7")
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "adopted")
    assert table_sha256(budget_table(first)) == first.table_sha256
    assert Funding.objects.get(pk=funding.pk).line.budget_id == second.pk
    with pytest.raises(Refused, match="Bare et vedtatt"):
        start_revision(by=cast.klima, budget=first)


def test_two_budgets_of_a_year_and_scope_are_refused(db: None) -> None:
    budget = worked_example()
    with pytest.raises(Refused, match="finnes allerede"):
        make_budget(target=budget.target, edition=budget.edition)


def test_figures_stand_still_once_handed_over(db: None) -> None:
    budget = worked_example()
    line = budget.lines.order_by("pk")[0]
    budget = hand_over(by=DEMO, budget=budget, version=1)
    with pytest.raises(Closed, match="klargjort for rådmannen"):
        save(line, "1", 1)
    with pytest.raises(Closed):
        add_line(
            by=DEMO,
            budget=budget,
            measure=make_measure("T8"),
            scope=budget.scope,
            order=8,
            sources={make_source().pk: Decimal(100)},
        )
