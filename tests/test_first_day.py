"""Kom i gang: steps found in the data, what each person may do of them, and measures to begin with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from budget.models import CALCULATOR_LABELS
from climate_portal.home.first_day import first_day_of
from emissions.enums import Scope
from emissions.models import Edition
from emissions.models import Municipality as EmissionsMunicipality
from organisation.enums import UnitKind
from organisation.models import Municipality, Unit
from strategy.actions.starter_list import add_starter_measures
from strategy.enums import MeasureState, TargetKind
from strategy.models import Indicator, Measure, Placement, Strategy, Target
from strategy.words.starter_list import STARTER_LIST
from tests.cast import Cast
from tests.html_rules import broken_rules, one_line
from web.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def municipality(cast: Cast) -> Municipality:
    return Municipality.objects.create(
        name="Skien", number="4003", organisation="Skien kommune", mfa_required=False
    )


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    html = answer.content.decode()
    assert broken_rules(html) == []
    return one_line(html)


def undone(user: Any) -> list[str]:
    found = first_day_of(user)
    assert found is not None
    return [step.title for step in found.steps if not step.done]


def test_steps_are_found_in_the_data(cast: Cast, municipality: Municipality, as_user: Any) -> None:
    left = ["Utslippene", "Klimamålet", "Tiltakene", "Utslippsfaktorer", "Klimabudsjettet"]
    assert undone(cast.klima) == [*left, "Den første rapporteringen"]
    skien = EmissionsMunicipality.objects.create(name="Skien")
    Edition.objects.create(
        municipality=skien,
        scope=Scope.COMMUNITY_DIRECT,
        publisher="Miljødirektoratet",
        published=date(2026, 1, 5),
        imported_by=cast.klima,
        file_sha256="0" * 64,
        rows_read=1,
        rows_used=1,
    )
    assert undone(cast.klima)[0] == "Klimamålet"
    strategy = Strategy.objects.create(title="Klimaplan", slug="klimaplan")
    address = reverse("strategy:new_target", args=["klimaplan"])
    assert f'href="{address}"' in page(as_user(cast.klima), "/kom-i-gang/")
    Target.objects.create(
        strategy=strategy,
        kind=TargetKind.EMISSION,
        title="55 prosent",
        scope=Scope.COMMUNITY_DIRECT,
        base_year=2009,
        target_year=2030,
        percent=Decimal(55),
    )
    found = first_day_of(cast.klima)
    assert found is not None
    assert (found.sentence, found.left) == ("Fem av ni steg er gjort.", "Resten tar om lag en time.")
    html = page(as_user(cast.klima), "/kom-i-gang/")
    assert found.sentence in html
    assert found.left in html
    assert undone(cast.klima)[0] == "Tiltakene"


def test_whoever_cannot_take_a_step_is_told_who_does(
    cast: Cast, municipality: Municipality, as_user: Any
) -> None:
    html = page(as_user(cast.admin), "/kom-i-gang/")
    assert "Virksomhet Klima gjør dette." not in html  # nobody has named the body in this municipality
    assert html.count("Klimaavdelingen gjør dette.") == 6
    assert f'href="{reverse("emissions:import")}"' not in html
    assert f'href="{reverse("emissions:import")}"' in page(as_user(cast.klima), "/kom-i-gang/")
    assert as_user(cast.kontakt).get("/kom-i-gang/").status_code == 403


def test_min_side_shows_it_to_those_it_concerns(cast: Cast, municipality: Municipality, as_user: Any) -> None:
    assert "Tre av ni steg er gjort. Neste: Utslippene." in page(as_user(cast.klima), "/")
    assert "Kom i gang" not in page(as_user(cast.kontakt), "/")


def test_an_empty_municipality_begins_with_its_units(
    as_user: Any, cast: Cast, municipality: Municipality
) -> None:
    Unit.objects.exclude(kind=UnitKind.AREA).update(kind=UnitKind.AREA)
    assert undone(cast.admin)[0] == "Virksomheter og foretak"
    assert f'href="{reverse("organisation:units_file")}"' in page(as_user(cast.admin), "/kom-i-gang/")


def test_common_measures_are_chosen_from_a_list(cast: Cast, as_user: Any) -> None:
    client = as_user(cast.klima)
    strategy = Strategy.objects.create(title="Klimaplan", slug="klimaplan")
    address = reverse("strategy:starter_list")
    html = page(client, address)
    assert all(str(one.title) in html for one in STARTER_LIST)
    assert client.post(address, {"chosen": []}).status_code == 422
    data = {"chosen": ["T1", "T11"], "unit": cast.transport.pk, "start_year": "2027", "strategy": strategy.pk}
    assert client.post(address, data).status_code == 303
    first = Measure.objects.get(code="T1")
    assert (first.state, first.start_year) == (MeasureState.PROPOSED, 2027)
    assert first.responsibilities.get().unit == cast.transport
    assert "Bytte kjøretøy" in first.description
    assert not first.indicators.get().targets.exists()
    placed = Placement.objects.filter(strategy=strategy).values_list("focus_area__title", flat=True)
    assert sorted(placed) == ["Forbruk og avfall", "Transport"]
    assert 'value="T1"' not in page(client, address)
    assert 'value="T2"' in page(client, address)
    assert as_user(cast.leder).get(address).status_code == 403


def test_all_of_them_or_none(cast: Cast) -> None:
    Measure.objects.create(code="T12", title="Noe annet", kind="tiltak", level="municipal", state="proposed")
    with pytest.raises(Refused, match="T12"):
        add_starter_measures(by=cast.klima, chosen=STARTER_LIST, unit=None)
    assert Measure.objects.count() == 1
    assert not Indicator.objects.exists()


def test_the_list_names_the_calculators_of_the_budget() -> None:
    named = {str(one.calculator) for one in STARTER_LIST if one.calculator}
    assert named <= {str(label) for label in CALCULATOR_LABELS.values()}
    assert len(STARTER_LIST) == len({one.code for one in STARTER_LIST}) == 12
