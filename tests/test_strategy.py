"""The strategy: what it shows to whom, and how responsibility changes hands."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.actions.responsibility import change_responsible
from strategy.enums import MeasureKind, StrategyState, TargetKind
from strategy.models import FocusArea, Measure, Placement, Responsibility, Strategy, Target
from strategy.queries.measures import responsible_units
from strategy.queries.strategies import outline
from tests.clock import NOW
from tests.html_rules import broken_rules
from tests.worlds import kept
from web.concurrency import StaleObject
from web.formats import format_date
from web.refusals import Refused

TODAY = f"{NOW:%d.%m.%Y}"


@kept
def strategy():
    return Strategy.objects.create(title="Klimastrategi", slug="klimastrategi", covers="kommunen")


@kept
def measure(strategy, cast):
    area = FocusArea.objects.create(strategy=strategy, title="Mobilitet")
    measure = Measure.objects.create(code="T1", title="Elektriske biler", kind=MeasureKind.TILTAK)
    Placement.objects.create(measure=measure, strategy=strategy, focus_area=area)
    Responsibility.objects.create(measure=measure, unit=cast.transport, valid_from=date(2024, 1, 1))
    return measure


@kept
def adopted(strategy, measure):
    Strategy.objects.update(state=StrategyState.ADOPTED)
    return strategy


def responsible(measure, day=None):
    return responsible_units([measure.pk], day)[measure.pk]


def test_responsibility_moves_and_the_past_stays(measure, cast):
    change_responsible(by=cast.klima, measure=measure, unit=cast.kitchen, version=1, since=date(2026, 5, 1))
    assert responsible(measure, date(2026, 5, 1)) == cast.kitchen
    assert responsible(measure, date(2026, 4, 30)) == cast.transport
    measure.refresh_from_db()
    assert measure.version == 2


def test_moving_twice_on_one_day_leaves_the_last_word(measure, cast):
    day = date(2026, 5, 1)
    change_responsible(by=cast.klima, measure=measure, unit=cast.kitchen, version=1, since=day)
    change_responsible(by=cast.klima, measure=measure, unit=cast.klima_unit, version=2, since=day)
    assert responsible(measure, day) == cast.klima_unit
    assert responsible(measure, date(2026, 4, 30)) == cast.transport
    assert measure.responsibilities.count() == 2


def test_stale_version_changes_nothing(measure, cast):
    with pytest.raises(StaleObject):
        change_responsible(by=cast.klima, measure=measure, unit=cast.kitchen, version=7)
    assert responsible(measure) == cast.transport


def test_only_klima_moves_responsibility(measure, cast):
    for person in (cast.kontakt, cast.leder, cast.radmann, cast.revisor, cast.utvalg, cast.admin):
        with pytest.raises(PermissionDenied):
            change_responsible(by=person, measure=measure, unit=cast.kitchen, version=1)


def test_area_and_closed_unit_are_refused(measure, cast):
    closed = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to=date(2025, 1, 1))
    for unit, words in ((cast.area, "område"), (closed, "finnes ikke på den datoen")):
        with pytest.raises(Refused, match=words):
            change_responsible(by=cast.klima, measure=measure, unit=unit, version=1)
    assert responsible(measure) == cast.transport


def test_database_refuses_two_responsible_units_at_once(measure, cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(measure=measure, unit=cast.kitchen, valid_from=date(2025, 1, 1))


def test_page_changes_the_unit(measure, cast, as_user):
    url = reverse("strategy:responsible", args=["T1"])
    client = as_user(cast.klima)
    assert client.get(url).status_code == 200
    answer = client.post(url, {"unit": cast.kitchen.pk, "valid_from": TODAY, "version": 1})
    assert answer.status_code == 303
    page = client.get(answer["Location"])
    assert "Ernæring og kjøkkendrift er ansvarlig" in page.content.decode()


def test_page_shows_both_when_somebody_was_first(measure, cast, as_user):
    change_responsible(by=cast.klima, measure=measure, unit=cast.klima_unit, version=1)
    answer = as_user(cast.klima).post(
        reverse("strategy:responsible", args=["T1"]),
        {"unit": cast.kitchen.pk, "valid_from": TODAY, "version": 1},
    )
    assert answer.status_code == 409
    assert "Ernæring og kjøkkendrift" in answer.content.decode()
    assert responsible(measure) == cast.klima_unit


def test_page_refuses_an_empty_choice(measure, cast, as_user):
    answer = as_user(cast.klima).post(
        reverse("strategy:responsible", args=["T1"]), {"unit": "", "valid_from": TODAY, "version": 1}
    )
    assert answer.status_code == 422
    assert "Velg hvem som skal være ansvarlig." in answer.content.decode()


def test_page_offers_today_and_takes_a_day_to_come(measure, cast, as_user):
    url = reverse("strategy:responsible", args=["T1"])
    client = as_user(cast.klima)
    page = client.get(url)
    assert page.context["form"]["valid_from"].value() == timezone.localdate()
    assert "er ansvarlig, fra 1. januar 2024" in page.content.decode().replace("\u00a0", " ")
    day = timezone.localdate() + timedelta(days=40)
    answer = client.post(url, {"unit": cast.kitchen.pk, "valid_from": f"{day:%d.%m.%Y}", "version": 1})
    assert answer.status_code == 303
    assert (responsible(measure), responsible(measure, day)) == (cast.transport, cast.kitchen)
    page = client.get(answer["Location"]).content.decode()
    assert f"{cast.kitchen} blir ansvarlig for tiltaket fra {format_date(day)}" in page
    assert f"{cast.kitchen} tar over {format_date(day)}" in page
    page = client.get(url).content.decode()
    assert f"{cast.kitchen} skal ta over {format_date(day)}. Det faller bort" in page
    assert broken_rules(page) == []


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", ""),
        ("i morgen", "Skriv en dato"),
        ("31.12.2023", "Samferdsel, vei- og parkforvaltning tok over 1. januar 2024. Velg den datoen"),
        ("1.1.2150", "Velg en dato mellom 2000 og 2100."),
        ("1.2.2030", "Ernæring og kjøkkendrift finnes ikke på den datoen"),
    ],
)
def test_page_refuses_a_day_that_cannot_be(measure, cast, as_user, day, words):
    Unit.objects.filter(pk=cast.kitchen.pk).update(valid_to=date(2030, 1, 31))
    url = reverse("strategy:responsible", args=["T1"])
    answer = as_user(cast.klima).post(url, {"unit": cast.kitchen.pk, "valid_from": day, "version": 1})
    assert answer.status_code == 422
    assert words in answer.content.decode().replace("\u00a0", " ")
    assert measure.responsibilities.get().unit == cast.transport


def test_draft_strategy_is_hidden_from_readers(strategy, measure, cast, as_user):
    pages = [reverse("strategy:detail", args=["klimastrategi"]), reverse("strategy:measure", args=["T1"])]
    for url in pages:
        assert as_user(cast.utvalg).get(url).status_code == 404
        assert as_user(cast.kontakt).get(url).status_code == 404
        assert as_user(cast.revisor).get(url).status_code == 200
    assert "Klimastrategi</a>" not in as_user(cast.utvalg).get(reverse("strategy:index")).content.decode()


def test_queries_do_not_grow_with_measures(strategy, measure, cast, as_user):
    client = as_user(cast.klima)
    url = reverse("strategy:detail", args=["klimastrategi"])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url)
    area = FocusArea.objects.get()
    for number in range(2, 32):
        other = Measure.objects.create(code=f"T{number}", title="Tiltak", kind=MeasureKind.TILTAK)
        Placement.objects.create(measure=other, strategy=strategy, focus_area=area)
        Responsibility.objects.create(measure=other, unit=cast.kitchen)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(one)
    assert outline(strategy)[0].measure_count == 31


def test_emission_target_must_be_whole(strategy):
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(
            strategy=strategy,
            title="Uten basisår",
            kind=TargetKind.EMISSION,
            target_year=2030,
            percent=Decimal(55),
        )
