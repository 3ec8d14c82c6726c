"""Targets: what they may say, the ceiling on their page, and what is decided about it afterwards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from emissions.enums import Scope
from strategy.actions.targets import (
    Promise,
    record_new_start,
    register_ceiling,
    save_indicator,
    save_target,
    set_indicator_value,
)
from strategy.calculations import actual_cut, ceiling, ceilings
from strategy.enums import Direction, TargetKind
from strategy.models import Target, TargetCeiling, TargetIndicatorValue
from strategy.queries.targets import target_sheet
from tests.budget_factory import make_edition, make_source
from tests.cast import Cast
from tests.strategy_world import adopt, make_draft, make_target
from web.actors import DEMO
from web.concurrency import StaleObject
from web.refusals import Refused

pytestmark = pytest.mark.django_db


def promise(**fields: object) -> Promise:
    return Promise(
        **{  # type: ignore[arg-type]
            "title": "Kutte utslipp",
            "kind": TargetKind.EMISSION,
            "scope": Scope.COMMUNITY_DIRECT,
            "base_year": 2009,
            "target_year": 2030,
            "percent": Decimal(55),
            **fields,
        }
    )


def edition(tonnes: dict[int, int]) -> None:
    make_edition({(make_source(), year): amount for year, amount in tonnes.items()})


def page(client: object, target: Target) -> str:
    answer = client.get(reverse("strategy:target", args=[target.pk]))  # type: ignore[attr-defined]
    assert answer.status_code == 200
    return (
        str(answer.content.decode())
        .replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
    )


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"base_year": 2030}, "target_year", "etter basisåret"),
        ({"base_year": 2031}, "target_year", "etter basisåret"),
        ({"percent": Decimal(0)}, "percent", "over 0 og høyst 100"),
        ({"percent": Decimal("100.01")}, "percent", "over 0 og høyst 100"),
        ({"percent": None}, "percent", "hvor mange prosent"),
        ({"scope": ""}, "scope", "systemgrense"),
        ({"base_year": None}, "base_year", "året kuttet regnes fra"),
        ({"kind": TargetKind.QUALITATIVE}, "percent", "er et utslippsmål"),
    ],
)
def test_bad_promises_are_refused_at_their_field(
    cast: Cast, fields: dict[str, object], field: str, words: str
) -> None:
    draft = make_draft()
    with pytest.raises(Refused, match=words) as refused:
        save_target(by=cast.klima, strategy=draft, version=1, promise=promise(**fields))
    assert [reason.field for reason in refused.value.reasons] == [field]


def test_the_form_keeps_what_was_typed(cast: Cast, as_user) -> None:
    draft = make_draft()
    data = {
        "title": "Et nytt mål", "kind": "emission", "scope": Scope.COMMUNITY_DIRECT,
        "base_year": "2035", "target_year": "2030", "percent": "150", "version": 1,
    }  # fmt: skip
    answer = as_user(cast.klima).post(reverse("strategy:new_target", args=[draft.slug]), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Målåret må komme etter basisåret." in text
    assert "Skriv en prosent over 0 og høyst 100." in text
    assert 'value="Et nytt mål"' in text


def test_a_target_is_changed_in_a_draft_and_never_after(cast: Cast) -> None:
    draft = make_draft()
    target = draft.targets.get()
    save_target(by=cast.klima, strategy=draft, target=target, version=1, promise=promise(percent=Decimal(60)))
    with pytest.raises(StaleObject):
        save_target(by=cast.klima, strategy=draft, target=target, version=1, promise=promise())
    adopt(draft)
    with pytest.raises(Refused, match="Lag ny versjon"):
        save_target(by=cast.klima, strategy=draft, target=target, version=2, promise=promise())
    target.refresh_from_db()
    assert target.percent == 60


def test_removing_a_target_that_is_removed_says_that_it_is(cast: Cast, as_user) -> None:
    draft = make_draft()
    url = reverse("strategy:remove_target", args=[draft.targets.get().pk])
    client = as_user(cast.klima)
    assert client.post(url, {"version": draft.version}).status_code == 303
    assert not draft.targets.exists()
    again = client.post(url, {"version": draft.version})
    assert "Det er allerede fjernet." in client.get(again["Location"]).content.decode()
    assert as_user(cast.utvalg).post(url, {"version": draft.version}).status_code in (403, 404)
    assert client.post(reverse("strategy:remove_target", args=[999_999])).status_code == 404


def test_two_at_one_target_see_both_versions(cast: Cast, as_user) -> None:
    draft = make_draft()
    target = draft.targets.get()
    save_target(by=cast.klima, strategy=draft, target=target, version=1, promise=promise(title="Deres"))
    data = {
        "title": "Mitt", "kind": "emission", "scope": Scope.COMMUNITY_DIRECT,
        "base_year": "2009", "target_year": "2030", "percent": "55", "version": 1,
    }  # fmt: skip
    answer = as_user(cast.klima).post(reverse("strategy:edit_target", args=[target.pk]), data)
    assert answer.status_code == 409
    assert "Deres" in answer.content.decode()
    assert "Mitt" in answer.content.decode()


def test_page_says_distance_from_the_newest_year(cast: Cast, as_user) -> None:
    edition({2009: 1100, 2011: 1050, 2024: 1000})
    draft = adopt(make_draft())
    text = page(as_user(cast.utvalg), draft.targets.get())
    # 2024: 15 of 21 years of 55 percent: 39.29 percent, 667.86 tonnes left.
    assert "I 2024 var utslippene 1 000 tonn CO₂e, 332 tonn over utslippsrammen." in text
    assert "Utslippene skal kuttes 55 % fra 2009 til 2030." in text
    assert "495" in text


def test_edition_without_the_base_year_gives_percent_and_a_sentence(cast: Cast, as_user) -> None:
    edition({2015: 1000, 2024: 900})
    draft = adopt(make_draft())
    text = page(as_user(cast.utvalg), draft.targets.get())
    assert "Utgaven som gjelder, har ingen tall for basisåret 2009." in text
    assert "45,0" in text
    assert as_user(cast.utvalg).get(reverse("strategy:detail", args=[draft.slug])).status_code == 200


def test_no_edition_at_all(cast: Cast, as_user) -> None:
    draft = adopt(make_draft())
    assert "Klimaregnskapet har ingen tall" in page(as_user(cast.utvalg), draft.targets.get())


def test_a_footprint_goal_works_without_a_ceiling(cast: Cast, as_user) -> None:
    draft = make_draft()
    goal = make_target(
        draft,
        title="Mindre fotavtrykk",
        kind=TargetKind.QUALITATIVE,
        scope=Scope.OWN_OPERATIONS_FOOTPRINT,
        percent=None,
        base_year=None,
    )
    adopt(draft)
    text = page(as_user(cast.klima), goal)
    assert "Målet har ingen prosent, og derfor ingen utslippsramme." in text
    assert "Registrer ny start" not in text
    with pytest.raises(Refused, match="ingen utslippsramme"):
        register_ceiling(
            by=cast.klima, target=goal, version=1, year=2025, percent=Decimal(10), decision="sak 1"
        )


def test_an_adopted_ceiling_bends_the_line(cast: Cast, as_user) -> None:
    edition({2009: 1100, 2024: 1000})
    target = adopt(make_draft()).targets.get()
    register_ceiling(
        by=cast.klima, target=target, version=1, year=2026, percent=Decimal(30), decision="sak 25/9"
    )
    sheet = target_sheet(Target.objects.prefetch_related("adopted_ceilings").get())
    cuts = {row.year: row.cut for row in sheet.years}
    assert (cuts[2026], cuts[2028], cuts[2030]) == (30, Decimal("42.5"), 55)
    assert "sak 25/9" in page(as_user(cast.utvalg), target)


def test_a_new_start_takes_its_percent_from_the_year_itself(cast: Cast) -> None:
    edition({2009: 1100, 2024: 1000})
    target = adopt(make_draft()).targets.get()
    start = record_new_start(
        by=cast.klima, target=target, version=1, year=2024, decision="sak 25/9", decided_on=date(2025, 12, 9)
    )
    assert start.percent == Decimal("9.09")
    assert start.edition is not None
    sheet = target_sheet(Target.objects.prefetch_related("adopted_ceilings").get())
    assert next(row.cut for row in sheet.years if row.year == 2027) == (Decimal("9.09") + 55) / 2


def test_a_new_start_may_begin_above_the_base_year(cast: Cast) -> None:
    edition({2009: 1000, 2024: 1100})
    target = adopt(make_draft()).targets.get()
    start = record_new_start(by=cast.klima, target=target, version=1, year=2024, decision="sak 1")
    assert start.percent == -10
    # Only a new start may: the database says so too.
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetCeiling.objects.filter(pk=start.pk).update(is_new_start=False)


def test_bad_decisions_are_refused(cast: Cast) -> None:
    target = adopt(make_draft()).targets.get()
    for fields, words in (
        ({"year": 2009}, "Velg et år fra 2010 til 2030"),
        ({"percent": Decimal(101)}, "fra 0 til 100"),
        ({"percent": Decimal(-1)}, "fra 0 til 100"),
        ({"decision": " "}, "hvilket vedtak"),
        ({"decided_on": date(2999, 1, 1)}, "ikke kommet ennå"),
    ):
        with pytest.raises(Refused, match=words):
            register_ceiling(
                by=cast.klima,
                target=target,
                version=1,
                **{"year": 2026, "percent": Decimal(30), "decision": "sak 1", **fields},  # type: ignore[arg-type]
            )
    with pytest.raises(Refused, match="Skriv prosenten vedtaket sier"):
        record_new_start(by=cast.klima, target=target, version=1, year=2024, decision="sak 1")
    with pytest.raises(Refused, match="et år som er over"):
        record_new_start(
            by=cast.klima, target=target, version=1, year=2030, decision="sak 1", percent=Decimal(1)
        )
    assert not TargetCeiling.objects.exists()


def test_target_years_cannot_leave_an_adopted_ceiling_outside(cast: Cast) -> None:
    draft = make_draft()
    target = draft.targets.get()
    register_ceiling(by=DEMO, target=target, version=1, year=2029, percent=Decimal(50), decision="sak 1")
    with pytest.raises(Refused, match="2029"):
        save_target(
            by=cast.klima, strategy=draft, target=target, version=2, promise=promise(target_year=2028)
        )


def test_indicators_are_followed_after_adoption(cast: Cast, as_user) -> None:
    draft = make_draft()
    goal = make_target(
        draft, title="Sirkulær", kind=TargetKind.QUALITATIVE, scope="", percent=None, base_year=None
    )
    adopt(draft)
    indicator = save_indicator(
        by=cast.klima, target=goal, name="Gjenvunnet", unit_label="prosent", direction=Direction.UP
    )
    set_indicator_value(by=cast.klima, indicator=indicator, version=1, year=2024, value=Decimal("46.2"))
    with pytest.raises(StaleObject):
        set_indicator_value(by=cast.klima, indicator=indicator, version=1, year=2024, value=Decimal(0))
    with pytest.raises(Refused, match="Skriv et år"):
        set_indicator_value(by=cast.klima, indicator=indicator, version=2, year=2999, value=Decimal(0))
    text = page(as_user(cast.utvalg), goal)
    assert "46,2" in text
    assert "Måltallet er ikke bestemt." in text
    set_indicator_value(by=cast.klima, indicator=indicator, version=2, year=2024, value=None)
    assert not TargetIndicatorValue.objects.exists()


@pytest.mark.parametrize("who", ["kontakt", "leder", "radmann", "revisor", "utvalg", "ingen"])
def test_only_klima_registers(cast: Cast, who: str) -> None:
    target = adopt(make_draft()).targets.get()
    with pytest.raises(PermissionDenied):
        register_ceiling(
            by=cast.people()[who], target=target, version=1, year=2026, percent=Decimal(1), decision="x"
        )


def test_a_target_of_a_draft_is_hidden(cast: Cast, as_user) -> None:
    url = reverse("strategy:target", args=[make_draft().targets.get().pk])
    assert as_user(cast.utvalg).get(url).status_code == 404
    assert as_user(cast.revisor).get(url).status_code == 200


def test_queries_of_the_page_do_not_grow(cast: Cast, as_user) -> None:
    edition({2009: 1100, 2024: 1000})
    target = adopt(make_draft()).targets.get()
    client = as_user(cast.klima)
    url = reverse("strategy:target", args=[target.pk])

    def add(number: int) -> None:
        TargetCeiling.objects.create(target=target, year=2020 + number, percent=30, decision="sak")
        indicator = target.indicators.create(name=f"I{number}", unit_label="kg")
        indicator.values.create(year=2024, value=1)

    def count() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as made:
            client.get(url)
        return len(made)

    add(1)
    one = count()
    add(2)
    add(3)
    assert count() == one


TONNES = st.decimals(min_value=0, max_value=10**7, places=6)


@given(base=st.decimals(min_value=1, max_value=10**7, places=6), tonnes=TONNES)
def test_a_ceiling_of_the_actual_cut_is_what_was_emitted(base: Decimal, tonnes: Decimal) -> None:
    cut = actual_cut(base, tonnes)
    # Two decimals of a percent: at most half a hundredth of a percent of the base away.
    assert abs((base * (100 - cut)) / 100 - tonnes) <= base * Decimal("0.00005001")
    assert (cut > 0) <= (tonnes < base)


def test_actual_cut_by_hand() -> None:
    assert actual_cut(Decimal(1100), Decimal(1000)) == Decimal("9.09")
    assert actual_cut(Decimal(1000), Decimal(1100)) == Decimal("-10.00")
    assert ceiling(Decimal(1100), Decimal("9.09")) == Decimal("1000.01")
    assert ceilings(
        Decimal(1000), [2024, 2030], base_year=2009, target_year=2030, percent=Decimal(55),
        adopted={2024: Decimal(-10)},
    ) == {2024: Decimal(1100), 2030: Decimal(450)}  # fmt: skip
    with pytest.raises(ValueError, match="above zero"):
        actual_cut(Decimal(0), Decimal(1))
