"""Kommuneplanens samfunnsdel: written by Klima, pointed to by strategies, shown in its own order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisation.models import User
from strategy.actions.municipal_plan import add_plan_part, change_plan_part, remove_plan_part
from strategy.models import PlanGoal, PlanStrategy, PolicyArea
from tests.cast import Cast
from tests.html_rules import broken_rules
from tests.strategy_world import adopt, make_draft
from web.actors import DEMO
from web.concurrency import StaleObject
from web.history import history_of
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


def url(name: str, *args: object) -> str:
    return reverse(f"strategy:{name}", args=args)


def add(model: type[Any], **fields: Any) -> Any:
    return add_plan_part(by=DEMO, model=model, fields=fields)


def small_plan() -> tuple[PolicyArea, PlanGoal, PlanStrategy]:
    area = add(PolicyArea, title="Klima og miljø", main_goal="Grønnest", source="planen")
    goal = add(PlanGoal, area=area, code="A", title="Kutte utslipp")
    return area, goal, add(PlanStrategy, goal=goal, code="A1", title="Gå og sykle")


def test_klima_writes_kommuneplanen_from_nothing_in_the_browser(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.klima)
    page = url("plan")
    assert "Kommuneplanens mål er ikke lagt inn" in client.get(page).content.decode()
    sent: dict[str, Any] = {
        "title": "Klima og miljø",
        "main_goal": "Grønnest",
        "source": "planen",
        "version": 0,
    }
    sent["submission_token"] = new_submission_token(cast.klima)
    for _click in range(2):
        made = client.post(url("new_plan_part", "politikkomrade"), sent)
        assert made["Location"] == f"{page}#politikkomrade-{PolicyArea.objects.get().pk}"
    area = PolicyArea.objects.get()
    form = client.get(f"{url('new_plan_part', 'delmal')}?under={area.pk}").content.decode()
    assert f'value="{area.pk}" selected' in form
    assert broken_rules(form) == []
    goal = {"area": area.pk, "code": "A", "title": "Kutte utslipp", "version": 0}
    client.post(url("new_plan_part", "delmal"), goal | {"submission_token": new_submission_token(cast.klima)})
    for code in ("A10", "A2"):
        numbered = {
            "goal": PlanGoal.objects.get().pk,
            "code": code,
            "title": f"Strategi {code}",
            "version": 0,
        }
        token = {"submission_token": new_submission_token(cast.klima)}
        assert client.post(url("new_plan_part", "strategi"), numbered | token).status_code == 303
    shown = client.get(page).content.decode()
    assert shown.index("Strategi A2") < shown.index("Strategi A10"), "in the order of the numbers"
    assert broken_rules(shown) == []
    reader = as_user(cast.utvalg).get(page).content.decode()
    assert "Hovedmål: «Grønnest»" in reader
    assert "Fjern" not in reader
    assert "/ny/" not in reader


@pytest.mark.parametrize(
    ("kind", "change", "words"),
    [
        ("politikkomrade", {"title": "KLIMA OG MILJØ"}, "Det finnes allerede et politikkområde"),
        ("politikkomrade", {"title": ""}, "Må fylles ut."),
        ("delmal", {"code": "a"}, "Nummeret er allerede i bruk."),
        ("delmal", {"code": "ABCDE"}, "4"),
        ("strategi", {"code": "a1"}, "Nummeret er allerede i bruk."),
        ("strategi", {"goal": ""}, "Velg"),
        ("strategi", {"goal": "99999999"}, "Velg"),
    ],
)
def test_what_is_taken_or_missing_is_said_and_nothing_is_lost(
    cast: Cast, as_user: AsUser, kind: str, change: dict[str, str], words: str
) -> None:
    area, goal, _numbered = small_plan()
    good = {
        "politikkomrade": {"title": "Ny", "main_goal": "Mål", "source": "x"},
        "delmal": {"area": area.pk, "code": "B", "title": "Beholdt"},
        "strategi": {"goal": goal.pk, "code": "B1", "title": "Beholdt"},
    }[kind]
    before = PolicyArea.objects.count() + PlanGoal.objects.count() + PlanStrategy.objects.count()
    answer = as_user(cast.klima).post(url("new_plan_part", kind), good | change | {"version": 0})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Beholdt" in page or "Mål" in page
    assert PolicyArea.objects.count() + PlanGoal.objects.count() + PlanStrategy.objects.count() == before


def test_a_change_that_came_too_late_keeps_what_was_written(cast: Cast, as_user: AsUser) -> None:
    _area, goal, _numbered = small_plan()
    change_plan_part(by=DEMO, part=PlanGoal.objects.get(), version=1, fields={"code": "A", "title": "Deres"})
    client, edit = as_user(cast.klima), url("edit_plan_part", "delmal", goal.pk)
    sent = {"area": "", "code": "A", "title": "Mitt", "version": 1}
    late = client.post(edit, sent)
    assert late.status_code == 409
    assert 'value="Mitt"' in late.content.decode()
    assert client.post(edit, sent | {"version": 2}).status_code == 303
    goal.refresh_from_db()
    assert (goal.title, goal.version, goal.area) == ("Mitt", 3, None)
    assert {entry.who for entry in history_of(goal)} == {"demodata", cast.klima.name}


def after(client: Client, kind: str, pk: int, version: int) -> str:
    """The page it leads to when a part is to be taken out."""
    answer = client.post(url("remove_plan_part", kind, pk), {"version": version})
    assert answer.status_code == 303
    return client.get(answer["Location"]).content.decode()


def test_what_is_in_use_is_not_taken_out(cast: Cast, as_user: AsUser) -> None:
    adopt(make_draft())
    used, free = PlanStrategy.objects.get(code="A1"), PlanStrategy.objects.get(code="A2")
    client = as_user(cast.klima)
    goal = PlanGoal.objects.get()
    for kind, part in (("strategi", used), ("delmal", goal)):
        assert "er i bruk" in after(client, kind, part.pk, 1)
    assert "Noen andre endret dette" in after(client, "strategi", free.pk, 7)
    assert PlanStrategy.objects.count() == 2
    client.post(url("remove_plan_part", "strategi", free.pk), {"version": 1})
    assert list(PlanStrategy.objects.all()) == [used]
    assert "Det er allerede fjernet." in after(client, "strategi", free.pk, 1)
    assert client.post(url("remove_plan_part", "strategi", 999_999), {"version": 1}).status_code == 404
    assert client.get(url("new_plan_part", "tull")).status_code == 404


def test_only_klima_writes_kommuneplanen(cast: Cast, as_user: AsUser) -> None:
    _area, goal, _numbered = small_plan()
    for name, person in cast.people().items():
        if name == "klima":
            continue
        for work in (
            lambda: add_plan_part(by=person, model=PlanGoal, fields={"code": "B", "title": "x"}),  # noqa: B023
            lambda: change_plan_part(by=person, part=goal, version=1, fields={"code": "B"}),  # noqa: B023
            lambda: remove_plan_part(by=person, part=goal, version=1),  # noqa: B023
        ):
            with pytest.raises(PermissionDenied):
                work()
        assert as_user(person).get(url("edit_plan_part", "delmal", goal.pk)).status_code == 403
    with pytest.raises(StaleObject):
        remove_plan_part(by=cast.klima, part=goal, version=9)
    with pytest.raises(Refused):
        remove_plan_part(by=cast.klima, part=goal, version=1)


def test_the_page_costs_the_same_with_one_and_three_of_each(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.klima)

    def count() -> int:
        client.get(url("plan"))
        with CaptureQueriesContext(connection) as context:
            client.get(url("plan"))
        return len(context)

    small_plan()
    one = count()
    for code in "BC":
        goal = add(PlanGoal, area=add(PolicyArea, title=code), code=code, title=code)
        add(PlanStrategy, goal=goal, code=f"{code}1", title=code)
    assert count() == one
