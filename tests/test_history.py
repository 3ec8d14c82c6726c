"""Who changed what, when and why: stored by the database, told in words."""

from datetime import date
from decimal import Decimal
from typing import Any

import pghistory
import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.functional import Promise

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from strategy.enums import Level, MeasureKind
from strategy.models import Indicator, IndicatorTarget, Measure, Milestone, Responsibility, Strategy
from tests.html_rules import broken_rules
from tests.small_site import make_user, small_site  # noqa: F401
from web import history
from web.actors import COMMAND_LINE, acting, actor_name
from web.event_words import UNTOLD
from web.history import (
    HistoryEntry,
    HistoryMiddleware,
    history_of,
    history_page,
    latest_change,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    with acting(COMMAND_LINE, "Forberedelse"):
        return make_user("read_history@drammen.example", name="Klima Eksempel")


def make_measure(**fields: Any) -> Measure:
    given = {"code": "KL2", "title": "Elbiler", "kind": MeasureKind.TILTAK, **fields}
    return Measure.objects.create(**given)


def told(entries: list[HistoryEntry]) -> list[tuple[str, str]]:
    return [(entry.action, entry.what) for entry in entries]


def test_made_changed_and_deleted(editor: User) -> None:
    with acting(editor, "Nytt tiltak"):
        measure = make_measure()
    with acting(editor, "Rettet tittel"):
        Measure.objects.update(title="Elektriske biler", version=2)
    with acting(COMMAND_LINE, "Ryddet"):
        Measure.objects.all().delete()

    deleted, changed, made = history_of(measure)

    assert (made.action, made.who, made.reason) == ("Opprettet", "Klima Eksempel", "Nytt tiltak")
    assert ("Tittel", "", "Elbiler") in made.changes
    assert ("Nivå", "", "kommunalt") in [(a, b, c.lower()) for a, b, c in made.changes]
    assert (changed.action, changed.reason) == ("Endret", "Rettet tittel")
    assert changed.changes == (("Tittel", "Elbiler", "Elektriske biler"),), "version is not for people"
    assert changed.what == "Tiltak eller virkemiddel: KL2 Elektriske biler"
    assert (deleted.action, deleted.who, deleted.reason) == ("Slettet", "kommandolinje", "Ryddet")
    assert ("Tittel", "Elektriske biler", "") in deleted.changes
    assert made.when <= changed.when <= deleted.when


def test_values_are_in_words(editor: User) -> None:
    first, second = (Unit.objects.create(name=name, kind=UnitKind.UNIT) for name in ("Park", "Vei"))
    measure = make_measure()
    responsibility = Responsibility.objects.create(measure=measure, unit=first, valid_from=date(2026, 1, 1))
    indicator = Indicator.objects.create(measure=measure, name="Biler", unit_label="biler")
    target = IndicatorTarget.objects.create(indicator=indicator, year=2030, value=Decimal("1234.50"))
    responsibility.unit, responsibility.valid_to, responsibility.is_example = second, date(2027, 3, 5), True
    responsibility.save()
    target.value = Decimal("-12345.00")
    target.save()
    measure.level = Level.REGIONAL
    measure.save()

    edited = [entry for entry in history_of(measure) if entry.action == "Endret"]
    changes = {entry.what.partition(":")[0]: entry.changes for entry in edited}

    nbsp = "\u00a0"
    assert changes["Ansvar"] == (
        ("Ansvarlig virksomhet", "Park", "Vei"),
        ("Til", "", f"5.{nbsp}mars 2027"),
        ("Eksempeldata", "nei", "ja"),
    )
    assert changes["Måltall"] == (("Måltall", f"1{nbsp}234,5", f"−12{nbsp}345"),)
    assert [field for field, _old, _new in changes["Tiltak eller virkemiddel"]] == ["Nivå"]


def test_every_tracked_model_and_field_has_a_norwegian_name() -> None:
    """A name Django made of the identifier is a plain string, one somebody wrote is lazily translated."""
    unnamed = [
        f"{model._meta.label}.{field.name}"
        for model, events in history._event_models.items()
        if model._meta.app_label in {"organisation", "emissions", "strategy", "budget"}
        for field in model._meta.concrete_fields
        if field.name in {one.name for one in events._meta.concrete_fields}
        and not field.primary_key
        and field.name not in UNTOLD
        and not field.name.endswith("version")
        and not isinstance(field.verbose_name, Promise)
    ]
    assert unnamed == []
    assert [
        model._meta.label
        for model in history._event_models
        if not isinstance(model._meta.verbose_name, Promise)
    ] == []


def test_addresses_and_places_in_a_row_are_not_told(editor: User) -> None:
    with acting(editor, "Ny strategi"):
        strategy = Strategy.objects.create(title="Klimastrategi", slug="klimastrategi-1", order=26)
        area = strategy.focus_areas.create(title="Mobilitet", order=7)
    with acting(editor, "Rekkefølgen endret"):
        area.order = 8
        area.save()
    moved, *others = history_of(area)
    assert (moved.reason, moved.changes) == ("Rekkefølgen endret", ())
    told = [label for entry in (*others, *history_of(strategy)) for label, _old, _new in entry.changes]
    assert "Innsatsområde" in told or "Strategi" in told
    assert not {"Rekkefølge", "Adresse", "Order", "Slug"} & set(told)


def test_parts_two_levels_down_belong_to_the_whole() -> None:
    measure, other = make_measure(), make_measure(code="KL3")
    indicator = Indicator.objects.create(measure=measure, name="Biler", unit_label="biler")
    IndicatorTarget.objects.create(indicator=indicator, year=2030, value=1)
    Milestone.objects.create(measure=measure, title="Anbud", due=date(2027, 1, 1))
    Milestone.objects.create(measure=other, title="Fremmed", due=date(2027, 1, 1))

    whats = {entry.what.partition(":")[0] for entry in history_of(measure)}

    assert whats == {"Tiltak eller virkemiddel", "Resultatindikator", "Måltall", "Milepæl"}
    assert "Fremmed" not in str(history_of(measure))
    assert {entry.what.partition(":")[0] for entry in history_of(indicator)} == {
        "Resultatindikator",
        "Måltall",
    }


def test_what_only_points_at_an_object_is_no_part_of_it() -> None:
    unit = Unit.objects.create(name="Park", kind=UnitKind.UNIT)
    Responsibility.objects.create(measure=make_measure(), unit=unit)
    Unit.objects.create(name="Under", kind=UnitKind.UNIT, parent=unit)
    assert told(history_of(unit)) == [("Opprettet", "Virksomhet eller foretak: Park")]


def test_a_part_moved_away_is_still_told_where_it_was() -> None:
    measure, other = make_measure(), make_measure(code="KL3", title="Annet")
    milestone = Milestone.objects.create(measure=measure, title="Anbud", due=date(2027, 1, 1))
    milestone.measure = other
    milestone.save()
    assert ("Opprettet", "Milepæl: Anbud") in told(history_of(measure))
    assert ("Endret", "Milepæl: Anbud") in told(history_of(other))


def test_names_survive_what_they_named() -> None:
    unit = Unit.objects.create(name="Nedlagt enhet", kind=UnitKind.UNIT)
    measure = make_measure()
    responsibility = Responsibility.objects.create(measure=measure, unit=unit)
    pk = measure.pk
    responsibility.delete()
    measure.delete()
    unit.delete()
    removed = {
        entry.what: entry.changes for entry in history_page(Measure, pk).entries if entry.action == "Slettet"
    }
    assert ("Ansvarlig virksomhet", "Nedlagt enhet", "") in removed["Ansvar: KL2 Elbiler: Nedlagt enhet"]
    assert "Tiltak eller virkemiddel: KL2 Elbiler" in removed


def test_secrets_are_never_kept(editor: User) -> None:
    editor.set_password("et annet langt passord")
    editor.is_active = False
    editor.save()
    changed = history_of(editor)[0]
    assert changed.changes == (("Aktiv", "ja", "nei"),)
    stored = User.pgh_event_model._meta.get_fields()  # type: ignore[attr-defined]
    assert not {"password", "last_login", "name", "email"} & {field.name for field in stored}


def test_what_an_event_does_not_keep_is_read_from_the_row_as_it_is_now(editor: User) -> None:
    """A change of nothing else is no event; the row goes by today's name, and by number when it is gone."""
    User.objects.filter(pk=editor.pk).update(name="Nytt Eksempel", email="nytt@drammen.example")
    assert told(history_of(editor)) == [("Opprettet", "Bruker: Nytt Eksempel")]
    other = make_user("annen@drammen.example", name="Annen Eksempel")
    pk = other.pk
    other.delete()
    assert told(list(history_page(User, pk).entries)) == [
        ("Slettet", f"Bruker: nr. {pk}"),
        ("Opprettet", f"Bruker: nr. {pk}"),
    ]


def test_an_update_that_changes_nothing_is_no_event(editor: User) -> None:
    editor.save()
    editor.set_password("et annet langt passord")
    editor.save()
    assert len(history_of(editor)) == 1


@pytest.mark.parametrize("table", ["strategy_measureevent", "organisation_userevent"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'insert'", "DELETE FROM {}"])
def test_history_cannot_be_rewritten(table: str, statement: str) -> None:
    make_measure()
    make_user()
    with (
        pytest.raises(DatabaseError, match="append-only: cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


# --- Who and why ------------------------------------------------------------------------------


def test_a_change_nobody_stood_for_says_so() -> None:
    assert history_of(make_measure())[0].who == "Ikke registrert"


def test_two_deeds_in_one_request_each_keep_their_reason(editor: User) -> None:
    with acting(editor, "Først"):
        measure = make_measure()
    with acting(editor, "Så"):
        Measure.objects.update(title="Ny")
    assert [entry.reason for entry in history_of(measure)] == ["Så", "Først"]


def test_a_deed_within_a_deed_is_one_deed(editor: User) -> None:
    with acting(editor, "Ytre"):
        measure = make_measure()
        with acting(COMMAND_LINE, "Indre"):
            Measure.objects.update(title="Ny")
        Measure.objects.update(title="Nyere")
    assert {(entry.who, entry.reason) for entry in history_of(measure)} == {("Klima Eksempel", "Ytre")}


def test_a_deed_that_fails_leaves_nothing_and_the_next_starts_afresh(editor: User) -> None:
    def work() -> None:
        with acting(editor, "Mislykket"):
            make_measure()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        work()
    assert not Measure.objects.exists()
    assert not Measure.pgh_event_model.objects.exists()  # type: ignore[attr-defined]
    with acting(COMMAND_LINE, "Ny"):
        measure = make_measure()
    assert history_of(measure)[0].who == "kommandolinje"


def test_who_the_actor_is_called(editor: User) -> None:
    assert actor_name(editor) == "Klima Eksempel"
    assert actor_name(COMMAND_LINE) == "kommandolinje"


@pytest.mark.parametrize(("method", "address"), [("post", "/budsjett/2027/"), ("get", "")])
def test_the_address_is_kept_for_what_is_posted_without_query_or_ip(
    editor: User, method: str, address: str
) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        with acting(editor, "Prøve"):
            make_measure()
        return HttpResponse()

    request = getattr(RequestFactory(), method)("/budsjett/2027/?q=hemmelig", REMOTE_ADDR="192.0.2.7")
    HistoryMiddleware(view)(request)
    context = pghistory.models.Context.objects.get(metadata__reason="Prøve")
    assert context.metadata == {
        "actor_id": editor.pk,
        "reason": "Prøve",
        "address": address,
    }


def test_latest_change_names_whom_to_ask(editor: User) -> None:
    with acting(editor, "Sist"):
        measure = make_measure()
    latest = latest_change(measure)
    assert latest is not None
    assert (latest.who, latest.reason) == ("Klima Eksempel", "Sist")


# --- Pages ------------------------------------------------------------------------------------


def test_more_history_costs_no_more_queries(django_assert_max_num_queries: Any) -> None:
    units = [Unit.objects.create(name=f"Enhet {number}", kind=UnitKind.UNIT) for number in range(12)]

    def grow(measure: Measure, times: int) -> None:
        for number in range(times):
            indicator = Indicator.objects.create(measure=measure, name=f"I{number}", unit_label="x")
            IndicatorTarget.objects.create(indicator=indicator, year=2030, value=number)
            day = date(2020 + number, 1, 1)
            Responsibility.objects.create(measure=measure, unit=units[number], valid_from=day, valid_to=day)
            Measure.objects.filter(pk=measure.pk).update(title=f"T{number}")

    few, many = make_measure(), make_measure(code="KL3")
    grow(few, 2)
    grow(many, 12)

    def measured(measure: Measure) -> int:
        with django_assert_max_num_queries(20) as captured:
            assert history_of(measure)
        return len(captured)

    assert measured(few) == measured(many)


def test_pages_of_a_hundred_newest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE_SIZE", 4)
    measure = make_measure(title="T0")
    for number in range(1, 10):
        Measure.objects.update(title=f"T{number}")
    pages = [history_page(Measure, measure.pk, number) for number in (1, 2, 3, 4)]
    assert [len(page.entries) for page in pages] == [4, 4, 2, 0]
    assert [page.has_more for page in pages] == [True, True, False, False]
    seen = [entry.changes[0][2] for page in pages[:2] for entry in page.entries]
    assert seen == [f"T{number}" for number in range(9, 1, -1)]
    assert pages[2].entries[-1].action == "Opprettet"


@pytest.mark.usefixtures("small_site")
def test_the_page_tells_it(client: Client, editor: User) -> None:
    with acting(editor, "Nytt <b>tiltak</b>"):
        measure = make_measure(title="Elbiler & <i>mer</i>")
        Milestone.objects.create(measure=measure, title="Anbud", due=date(2027, 1, 1))
    address = f"/historikk/strategy.measure/{measure.pk}/"
    client.force_login(editor)
    page = client.get(address)
    assert page.status_code == 200
    assert not broken_rules(page.text)
    assert "<h1>Historikk: KL2 Elbiler &amp; &lt;i&gt;mer&lt;/i&gt;</h1>" in page.text
    assert "Nytt &lt;b&gt;tiltak&lt;/b&gt;" in page.text
    assert "Milepæl: Anbud" in page.text
    measure.delete()
    gone = client.get(address)
    assert gone.status_code == 200
    assert "er slettet" in gone.text
    assert "<h1>Historikk: KL2 Elbiler" in gone.text


@pytest.mark.usefixtures("small_site")
def test_the_next_page_is_a_link(client: Client, editor: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PAGE_SIZE", 2)
    measure = make_measure()
    for number in range(4):
        Measure.objects.update(title=f"T{number}")
    client.force_login(editor)
    address = f"/historikk/strategy.measure/{measure.pk}/"
    assert 'href="?side=2"' in client.get(address).text
    second = client.get(f"{address}?side=2").text
    assert 'href="?side=1"' in second
    assert 'href="?side=3"' in second
    for nonsense in ("0", "-1", "x", "", "9" * 30, "²"):
        assert client.get(address, {"side": nonsense}).status_code == 200


@pytest.mark.usefixtures("small_site")
@pytest.mark.parametrize(
    "path",
    [
        "strategy.measure/999999/",
        "strategy.nothing/1/",
        "nothing.measure/1/",
        "measure/1/",
        "a.b.c/1/",
        "sessions.session/1/",
        "strategy.measureevent/1/",
        "web.once/1/",
        "strategy.measure/99999999999999999999999/",
    ],
)
def test_there_is_no_history_of_other_things(client: Client, editor: User, path: str) -> None:
    client.force_login(editor)
    assert client.get(f"/historikk/{path}").status_code == 404


@pytest.mark.usefixtures("small_site")
def test_history_is_for_those_who_may_read_it(client: Client) -> None:
    measure = make_measure()
    client.force_login(make_user("kontakt@drammen.example"))
    assert client.get(f"/historikk/strategy.measure/{measure.pk}/").status_code == 403


def test_every_role_given_and_taken_is_kept(editor: User) -> None:
    with acting(editor, "Ny kontakt"):
        appointment = Appointment.objects.create(user=editor, role=Role.ANALYST, valid_from=date(2026, 1, 1))
    entry = history_of(appointment)[0]
    assert entry.what == "Rolle: Klima Eksempel: Oppfølging og analyse"
    assert ("Person", "", "Klima Eksempel") in entry.changes
