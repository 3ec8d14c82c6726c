"""Strategies as documents: drafted, versioned, adopted, and kept as they were adopted."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from strategy.actions.responsibility import change_responsible
from strategy.actions.strategies import Head, create_strategy, create_version, update_head
from strategy.actions.structure import Way, move_part, place_measure, remove_part, save_focus_area, save_theme
from strategy.actions.transitions import adopt_strategy
from strategy.enums import MeasureKind, StrategyState
from strategy.models import (
    FocusArea,
    Measure,
    Placement,
    PlanStrategy,
    Strategy,
    StrategyTransition,
    Theme,
)
from strategy.queries.comparison import content_of
from strategy.queries.measures import responsible_units
from strategy.words.comparison import compare, summary
from tests.cast import Cast
from tests.html_rules import broken_rules, one_line, parse
from tests.strategy_world import adopt, make_draft, make_target
from web.concurrency import StaleObject
from web.history import history_of
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db


# --- Making and editing --------------------------------------------------------------------------------


def test_a_form_sent_twice_makes_one_strategy(cast: Cast, as_user) -> None:
    token = new_submission_token(cast.klima)
    data = {"title": "Ny strategi", "covers": "kommunen", "submission_token": token}
    first, second = (as_user(cast.klima).post(reverse("strategy:new"), data) for _click in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert Strategy.objects.count() == 1


def test_the_address_is_free_and_never_a_word_of_the_room(cast: Cast) -> None:
    for title, slug in (("Ny", "ny-2"), ("Tiltak", "tiltak-2"), ("Ærlig før åpen", "aerlig-for-apen")):
        made = create_strategy(by=cast.klima, head=Head(title=title, covers="x"))
        assert made.slug == slug


def test_a_title_that_is_taken_is_refused(cast: Cast) -> None:
    make_draft()
    with pytest.raises(Refused, match="heter det"):
        create_strategy(by=cast.klima, head=Head(title="klimastrategi 2035", covers="x"))


def test_order_moves_one_step_and_stops_at_the_end(cast: Cast) -> None:
    draft = make_draft()

    def order() -> list[str]:
        draft.refresh_from_db()
        return list(draft.focus_areas.order_by("order").values_list("title", flat=True))

    first = draft.focus_areas.get(title="Mobilitet")
    move_part(by=cast.klima, part=first, version=draft.version, way=Way.DOWN)
    assert order() == ["Ressursbruk", "Mobilitet"]
    move_part(by=cast.klima, part=first, version=draft.version, way=Way.DOWN)
    assert order() == ["Ressursbruk", "Mobilitet"]
    move_part(by=cast.klima, part=first, version=draft.version, way=Way.UP)
    assert order() == ["Mobilitet", "Ressursbruk"]


def test_rows_that_share_a_number_can_be_ordered(cast: Cast) -> None:
    draft = make_draft()
    draft.placements.update(order=0)
    part = draft.placements.get(measure__code="T1")
    move_part(by=cast.klima, part=part, version=draft.version, way=Way.DOWN)
    codes = list(draft.placements.order_by("order").values_list("measure__code", flat=True))
    assert codes == ["T2", "T1"]


def test_what_something_stands_under_is_not_taken_out(cast: Cast) -> None:
    draft = make_draft()
    area, theme = draft.focus_areas.get(title="Mobilitet"), Theme.objects.get()
    for part in (area, theme):
        with pytest.raises(Refused, match="Flytt eller fjern dem først"):
            remove_part(by=cast.klima, part=part, version=draft.version)
    assert Theme.objects.exists()


def test_a_measure_is_placed_moved_and_taken_out(cast: Cast) -> None:
    draft = make_draft()
    other = draft.focus_areas.get(title="Ressursbruk")
    measure = Measure.objects.get(code="T1")
    place_measure(by=cast.klima, strategy=draft, version=1, measure=measure, area=other)
    placement = draft.placements.get(measure=measure)
    assert (placement.focus_area, placement.theme) == (other, None)
    remove_part(by=cast.klima, part=placement, version=2)
    assert Measure.objects.filter(code="T1").exists()
    assert draft.placements.count() == 1


def test_a_place_in_another_strategy_is_refused(cast: Cast) -> None:
    draft, other = make_draft(), make_draft("En annen")
    with pytest.raises(Refused, match="finnes ikke i denne strategien"):
        place_measure(
            by=cast.klima,
            strategy=draft,
            version=draft.version,
            measure=Measure.objects.get(code="T1"),
            area=other.focus_areas.first(),
        )


def test_one_version_for_the_whole_document(cast: Cast) -> None:
    draft = make_draft()
    area = save_focus_area(by=cast.klima, strategy=draft, version=1, title="Bygg")
    with pytest.raises(StaleObject):
        save_theme(by=cast.klima, area=area, version=1, title="Rehabilitere")
    assert not area.themes.exists()
    assert any(entry.what.startswith("Innsatsområde") for entry in history_of(draft))


@pytest.mark.parametrize("who", ["kontakt", "leder", "radmann", "revisor", "utvalg", "admin", "ingen"])
def test_only_klima_edits(cast: Cast, who: str) -> None:
    draft = make_draft()
    person = cast.people()[who]
    with pytest.raises(PermissionDenied):
        create_strategy(by=person, head=Head(title="X", covers="x"))
    with pytest.raises(PermissionDenied):
        save_focus_area(by=person, strategy=draft, version=1, title="X")
    with pytest.raises(PermissionDenied):
        adopt_strategy(by=person, strategy=draft, version=1, decided_by="x", decided_on=date(2026, 1, 1))


# --- Adoption ------------------------------------------------------------------------------------------


def test_adoption_is_logged_and_done_once(cast: Cast) -> None:
    draft = make_draft()
    for _click in range(2):
        done = adopt_strategy(
            by=cast.klima,
            strategy=draft,
            version=1,
            decided_by="kommunestyret",
            decided_on=timezone.localdate(),
            case_number="25/1",
        )
    assert (done.state, done.case_number) == (StrategyState.ADOPTED, "25/1")
    log = StrategyTransition.objects.get()
    assert (log.from_state, log.to_state, log.by_name) == ("draft", "adopted", "Klima Eksempel")


def test_adoption_asks_who_and_when(cast: Cast) -> None:
    draft = make_draft()
    tomorrow = timezone.localdate() + timedelta(days=1)
    for decided_by, day, words in (
        ("", date(2026, 1, 1), "Skriv hvem"),
        ("kommunestyret", None, "Skriv datoen"),
        ("kommunestyret", tomorrow, "ikke kommet ennå"),
    ):
        with pytest.raises(Refused, match=words):
            adopt_strategy(by=cast.klima, strategy=draft, version=1, decided_by=decided_by, decided_on=day)


def test_a_new_version_says_the_same_and_supersedes_the_old(cast: Cast) -> None:
    old = adopt(make_draft())
    new = create_version(by=cast.klima, source=old, title="Klimastrategi 2036")
    parts = compare(content_of(old), content_of(new))
    assert summary(parts) == {"new": 0, "gone": 0, "changed": 0}
    assert [part.same for part in parts] == [2, 1, 2, 1, 2]
    old.refresh_from_db()
    assert old.state == StrategyState.ADOPTED
    adopt(new)
    old.refresh_from_db()
    assert old.state == StrategyState.SUPERSEDED
    assert list(StrategyTransition.objects.filter(strategy=old).values_list("to_state", flat=True)) == [
        "adopted",
        "superseded",
    ]


def test_comparison_names_new_gone_and_changed(cast: Cast) -> None:
    old = adopt(make_draft())
    new = create_version(by=cast.klima, source=old, title="Klimastrategi 2036")
    new.focus_areas.get(title="Ressursbruk").delete()
    FocusArea.objects.create(strategy=new, title="Klimatilpasning", order=3)
    new.targets.update(percent=70, target_year=2035)
    new.placements.filter(measure__code="T1").update(theme=None)
    Theme.objects.get(focus_area__strategy=new).plan_strategy_links.all().delete()
    rows = {row.name: row.code for part in compare(content_of(old), content_of(new)) for row in part.rows}
    assert rows == {
        "Kutte 55 prosent": "changed",
        "Klimatilpasning": "new",
        "Ressursbruk": "gone",
        "Sykkel": "changed",
        "T1 Tiltak T1": "changed",
    }


# --- What the database holds ---------------------------------------------------------------------------

CHANGES = (
    "UPDATE strategy_strategy SET title = 'Endret'",
    "UPDATE strategy_strategy SET state = 'draft'",
    "UPDATE strategy_strategy SET state = 'on_hearing'",
    "UPDATE strategy_focusarea SET title = title || '!'",
    'INSERT INTO strategy_focusarea (strategy_id, title, description, is_leadership, "order") '
    "SELECT id, 'Ny', '', false, 9 FROM strategy_strategy",
    "DELETE FROM strategy_focusareagoal",
    "DELETE FROM strategy_focusareaplanstrategy",
    "DELETE FROM strategy_themeplanstrategy",
    "UPDATE strategy_themeplanstrategy SET theme_id = theme_id",
    "INSERT INTO strategy_themeplanstrategy (theme_id, plan_strategy_id) SELECT theme.id, numbered.id"
    " FROM strategy_theme AS theme, strategy_planstrategy AS numbered WHERE numbered.code = 'A2'",
    "DELETE FROM strategy_strategygoal",
    "UPDATE strategy_theme SET title = 'Endret'",
    "DELETE FROM strategy_placement",
    "UPDATE strategy_placement SET theme_id = NULL",
    "UPDATE strategy_target SET percent = 10",
    "DELETE FROM strategy_target",
)


def attempt(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("sql", CHANGES)
def test_an_adopted_strategy_stands_whatever_way_the_change_comes(db: None, sql: str) -> None:
    adopt(make_draft())
    with pytest.raises(DatabaseError, match=r"adopted strategy|cannot go from"):
        attempt(sql)


@pytest.mark.parametrize("sql", [sql for sql in CHANGES if "'draft'" not in sql])
def test_the_same_sql_passes_while_it_is_a_draft(db: None, sql: str) -> None:
    make_draft()
    attempt(sql)


def test_tables_are_not_emptied_and_strategies_begin_as_drafts(db: None) -> None:
    make_draft()
    for table in ("focusarea", "theme", "themeplanstrategy", "placement", "target", "strategytransition"):
        with pytest.raises(DatabaseError):
            attempt(f"TRUNCATE strategy_{table} CASCADE")
    with pytest.raises(DatabaseError, match="begins as a draft"):
        Strategy.objects.create(title="X", slug="x", covers="x", state=StrategyState.ADOPTED)


def test_the_log_is_append_only(db: None) -> None:
    adopt(make_draft())
    for sql in (
        "UPDATE strategy_strategytransition SET comment = 'x'",
        "DELETE FROM strategy_strategytransition",
    ):
        with pytest.raises(DatabaseError):
            attempt(sql)


def test_responsibility_of_measures_stays_open_after_adoption(cast: Cast) -> None:
    adopt(make_draft())
    measure = Measure.objects.get(code="T1")
    change_responsible(by=cast.klima, measure=measure, unit=cast.kitchen, version=1)
    assert responsible_units([measure.pk])[measure.pk] == cast.kitchen


def test_the_action_refuses_in_words(cast: Cast) -> None:
    done = adopt(make_draft())
    with pytest.raises(Refused, match="Lag ny versjon"):
        save_focus_area(by=cast.klima, strategy=done, version=done.version, title="X")


# --- Pages ---------------------------------------------------------------------------------------------


def test_klima_makes_a_strategy_in_the_browser(cast: Cast, as_user) -> None:
    client = as_user(cast.klima)
    page = client.get(reverse("strategy:new"))
    token = page.context["submission_token"]()
    answer = client.post(
        reverse("strategy:new"), {"title": "Ny strategi", "covers": "oss", "submission_token": token}
    )
    assert answer.status_code == 303
    made = Strategy.objects.get()
    edit = client.get(answer["Location"])
    assert "Ingen innsatsområder ennå" in edit.content.decode()
    client.post(reverse("strategy:new_area", args=[made.slug]), {"title": "Mobilitet", "version": 1})
    client.post(
        reverse("strategy:new_theme", args=[FocusArea.objects.get().pk]), {"title": "Sykkel", "version": 2}
    )
    assert Theme.objects.get().focus_area.strategy == made


def test_a_form_that_came_too_late_loses_nothing(cast: Cast, as_user) -> None:
    draft = make_draft()
    client = as_user(cast.klima)
    save_focus_area(by=cast.klima, strategy=draft, version=1, title="Bygg")
    url = reverse("strategy:new_area", args=[draft.slug])
    late = client.post(url, {"title": "Forbruk", "description": "Lang tekst", "version": 1})
    page = late.content.decode()
    assert late.status_code == 409
    assert "Lang tekst" in page
    assert 'name="version" value="2"' in page
    assert client.post(url, {"title": "Forbruk", "version": 2}).status_code == 303


def test_a_head_that_came_too_late_shows_what_stands_now(cast: Cast, as_user) -> None:
    draft = make_draft()
    head = Head(title="Deres tittel", covers="kommunen")
    update_head(by=cast.klima, strategy=draft, version=1, head=head)
    late = as_user(cast.klima).post(
        reverse("strategy:edit", args=[draft.slug]),
        {"title": "Min tittel", "covers": "kommunen", "version": 1},
    )
    page = late.content.decode()
    assert late.status_code == 409
    assert "Deres tittel" in page
    assert "Min tittel" in page


def test_buttons_that_came_too_late_ask_again_on_the_draft_as_it_is(cast: Cast, as_user) -> None:
    draft = make_draft()
    area = draft.focus_areas.get(title="Ressursbruk")
    client = as_user(cast.klima)
    for name in ("move_part", "remove_part"):
        url = reverse(f"strategy:{name}", args=["innsatsomrade", area.pk])
        late = client.post(url, {"version": 9, "vei": "opp"})
        assert late.status_code == 409
        assert broken_rules(late.text) == []
        fields = {node.attributes["name"]: node for node in parse(late.text).walk() if node.tag == "input"}
        assert fields["version"].attributes["value"] == str(draft.version)
    first = draft.focus_areas.get(title="Mobilitet")
    url = reverse("strategy:remove_part", args=["innsatsomrade", first.pk])
    held = client.post(url, {"version": draft.version})
    assert held.status_code == 422
    assert "Flytt eller fjern dem først" in held.text
    assert client.post(reverse("strategy:move_part", args=["noe", area.pk])).status_code == 404
    assert FocusArea.objects.filter(pk=area.pk).exists()


def test_a_double_click_moves_one_step_and_removing_again_says_that_it_is_done(cast: Cast, as_user) -> None:
    draft = make_draft()
    client, edit_url = as_user(cast.klima), reverse("strategy:edit", args=[draft.slug])
    token = client.get(edit_url).text.partition('name="submission_token" value="')[2].partition('"')[0]
    area = draft.focus_areas.get(title="Mobilitet")
    move = reverse("strategy:move_part", args=["innsatsomrade", area.pk])
    for _click in range(2):
        answer = client.post(move, {"version": 1, "vei": "ned", "submission_token": token})
        assert (answer.status_code, answer["Location"]) == (303, f"{edit_url}#innsatsomrade-{area.pk}")
    order = draft.focus_areas.order_by("order").values_list("title", flat=True)
    assert list(order) == ["Ressursbruk", "Mobilitet"]
    parts = [("plassering", one) for one in draft.placements.all()]
    parts += [("tema", Theme.objects.get()), ("innsatsomrade", area)]
    for version, (kind, part) in enumerate(parts, start=2):
        url = reverse("strategy:remove_part", args=[kind, part.pk])
        assert client.post(url, {"version": version}).status_code == 303
        for address in (url, reverse("strategy:move_part", args=[kind, part.pk])):
            again = client.post(address, {"version": version})
            assert again["Location"] == edit_url
            assert "Det er allerede fjernet." in client.get(edit_url).text
        assert client.post(reverse("strategy:remove_part", args=[kind, 999_999])).status_code == 404
    # Its focus area is gone as well.
    again = client.post(reverse("strategy:remove_part", args=["tema", parts[-2][1].pk]), {"version": 1})
    assert again["Location"] == edit_url


def test_an_adopted_strategy_has_no_editing_page(cast: Cast, as_user) -> None:
    done = adopt(make_draft())
    client = as_user(cast.klima)
    assert client.get(reverse("strategy:edit", args=[done.slug])).status_code == 303
    late = client.post(
        reverse("strategy:new_area", args=[done.slug]), {"title": "X", "version": done.version}
    )
    assert late.status_code == 422
    assert "Lag ny versjon" in late.content.decode()


def test_a_draft_is_not_named_on_a_measure_to_readers(cast: Cast, as_user) -> None:
    adopt(make_draft("Vedtatt strategi"))
    make_draft("Hemmelig utkast")
    url = reverse("strategy:measure", args=["T1"])
    assert "Hemmelig utkast" not in as_user(cast.utvalg).get(url).content.decode()
    assert "Hemmelig utkast" in as_user(cast.revisor).get(url).content.decode()


def test_the_plan_page_names_who_follows_up(cast: Cast, as_user) -> None:
    draft = make_draft()
    url = reverse("strategy:plan")
    assert "Mobilitet" not in as_user(cast.utvalg).get(url).content.decode()
    adopt(draft)
    page = as_user(cast.utvalg).get(url).content.decode()
    followers = page.partition('<th scope="row">Gå og sykle</th>')[2].partition("</tr>")[0]
    assert re.findall(r">(Mobilitet[^<]*)</a>", followers) == ["Mobilitet", "Mobilitet – Sykkel"]


def test_what_a_theme_follows_up_is_edited_on_the_theme_and_shown_both_ways(cast: Cast, as_user) -> None:
    draft = make_draft()
    first = PlanStrategy.objects.get(code="A1")
    second = PlanStrategy.objects.get(code="A2")
    theme, client = Theme.objects.get(), as_user(cast.klima)
    url = reverse("strategy:edit_theme", args=[theme.pk])
    page = client.get(url).content.decode()
    assert re.search(rf'value="{first.pk}"[^>]* checked', page)
    assert not re.search(rf'value="{second.pk}"[^>]* checked', page)
    kept = theme.plan_strategy_links.get().pk
    sent = {"title": "Sykkel", "plan_strategies": [first.pk, second.pk], "version": draft.version}
    assert client.post(url, sent).status_code == 303
    assert theme.plan_strategy_links.filter(pk=kept).exists()
    detail = client.get(reverse("strategy:detail", args=[draft.slug])).content.decode()
    assert re.search(
        r"Sykkel<br><span[^>]*>Følger opp i kommuneplanen: A1[^<]*· A2 Fortette</span>", one_line(detail)
    )
    assert "A2 Fortette" in client.get(reverse("strategy:edit", args=[draft.slug])).content.decode()
    assert (
        "Mobilitet – Sykkel" in client.get(reverse("strategy:plan")).content.decode().partition("Fortette")[2]
    )
    copy = create_version(by=cast.klima, source=draft, title="Klimastrategi 2036")
    copied = Theme.objects.get(focus_area__strategy=copy)
    assert set(copied.plan_strategy_links.values_list("plan_strategy", flat=True)) == {first.pk, second.pk}
    stale = client.post(url, sent | {"plan_strategies": []})
    assert stale.status_code == 409
    assert theme.plan_strategy_links.count() == 2


def test_a_theme_without_measures_is_shown_for_what_it_follows_up(cast: Cast, as_user) -> None:
    draft = make_draft()
    draft.placements.all().delete()
    page = as_user(cast.klima).get(reverse("strategy:detail", args=[draft.slug])).content.decode()
    assert "Følger opp i kommuneplanen: A1" in page.partition("Sykkel")[2]
    assert "Ingen tiltak er plassert her ennå." in page
    assert broken_rules(page) == []


def test_the_buttons_of_the_edit_page_send_what_django_asks_for(cast: Cast) -> None:
    draft = make_draft()
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.klima)
    for url in (reverse("strategy:edit", args=[draft.slug]), reverse("strategy:plan")):
        assert broken_rules(client.get(url).text) == []
    page = parse(client.get(reverse("strategy:edit", args=[draft.slug])).text)
    area = draft.focus_areas.get(title="Ressursbruk")
    action = reverse("strategy:remove_part", args=["innsatsomrade", area.pk])
    form = next(node for node in page.walk() if node.attributes.get("action") == action)
    sent = {node.attributes["name"]: node.attributes["value"] for node in form.walk() if node.tag == "input"}
    assert client.post(action, sent).status_code == 303
    assert not draft.focus_areas.filter(pk=area.pk).exists()


def test_the_lead_counts_one_and_none_in_words(cast: Cast, as_user) -> None:
    draft, client = make_draft(), as_user(cast.klima)
    url = reverse("strategy:detail", args=[draft.slug])
    assert "2 tiltak og virkemidler i 2 innsatsområder." in client.get(url).text
    draft.focus_areas.get(title="Ressursbruk").delete()
    assert "2 tiltak og virkemidler i ett innsatsområde." in client.get(url).text
    draft.placements.all().delete()
    assert "Ett innsatsområde, ingen tiltak ennå." in client.get(url).text
    Theme.objects.all().delete()
    draft.focus_areas.all().delete()
    assert "Strategien har ingen innsatsområder ennå." in client.get(url).text


def test_queries_do_not_grow(cast: Cast, as_user) -> None:
    draft = make_draft()
    other = create_version(by=cast.klima, source=draft, title="Klimastrategi 2036")
    client = as_user(cast.klima)
    urls = [
        reverse("strategy:detail", args=[draft.slug]),
        reverse("strategy:edit", args=[draft.slug]),
        reverse("strategy:compare", args=[other.slug, draft.slug]),
        reverse("strategy:plan"),
        reverse("strategy:index"),
    ]

    def counts() -> list[int]:
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as queries_made:
                assert client.get(url).status_code == 200
            found.append(len(queries_made))
        return found

    few = counts()
    for number in range(3):
        area = FocusArea.objects.create(strategy=draft, title=f"Område {number}", order=number + 5)
        theme = Theme.objects.create(focus_area=area, title=f"Tema {number}")
        theme.plan_strategy_links.create(plan_strategy=PlanStrategy.objects.get(code="A1"))
        measure = Measure.objects.create(code=f"N{number}", title="Tiltak", kind=MeasureKind.TILTAK)
        Placement.objects.create(measure=measure, strategy=draft, focus_area=area, theme=theme)
        make_target(draft, title=f"Mål {number}")
    assert counts() == few
