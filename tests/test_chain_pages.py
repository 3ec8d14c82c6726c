"""Klima's pages for a period and its reports, without JavaScript; and what others see of what was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from organisation.enums import UnitKind
from organisation.models import Unit, User
from reporting.actions.periods import close_period
from reporting.actions.reports import assure_report
from reporting.models import MeasureStatus, Period, ReportLogEntry, UnitReport
from tests.html_rules import broken_rules, parse
from tests.reporting_world import DEADLINE, DELAYED, NOW, ON_TRACK, World, make_budget, make_measure
from tests.worlds import kept
from web.once import new_submission_token

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
OPEN = "/rapportering/apne/"


def text_of(response: Any) -> str:
    content = response.content.decode()
    assert broken_rules(content) == []
    main = next(node for node in parse(content).walk() if node.tag == "main")
    return " ".join(main.all_text().split())


def fields_of(response: Any) -> dict[str, str]:
    """Every field of the page's last posted form, as a browser would send it unchanged."""
    forms = [node for node in parse(response.content.decode()).walk()
             if node.tag == "form" and node.attributes.get("method") == "post"]  # fmt: skip
    form = forms[-1]
    posted: dict[str, str] = {}
    for node in form.walk():
        name = node.attributes.get("name", "")
        if node.tag == "input" and name and not name.startswith("csrf"):
            kind = node.attributes.get("type")
            if kind in {"radio", "checkbox"} and "checked" not in node.attributes:
                continue
            posted[name] = node.attributes.get("value", "")
        if node.tag == "textarea" and name:
            posted[name] = node.text.strip()
        if node.tag == "option" and "selected" in node.attributes and node.parent:
            posted[node.parent.attributes["name"]] = node.attributes["value"]
    return posted


def followed(client: Client, answer: Any) -> Any:
    assert answer.status_code == 303
    return client.get(answer["Location"])


@pytest.fixture
def klima(world: World, as_user: AsUser) -> Client:
    return as_user(world.cast.klima)


# --- Opening -----------------------------


def asked(world: World, **given: str) -> dict[str, str]:
    return {
        "year": "2026", "kind": "AR", "budget": str(world.budget.pk), "vis": "oversikt",
        "opens_at_day": "11.01.2027", "opens_at_time": "08.00",
        "contact_deadline_day": "25.01.2027", "contact_deadline_time": "23.59",
        "leader_deadline_day": "01.02.2027", "leader_deadline_time": "23.59",
        "closes_at_day": "08.02.2027", "closes_at_time": "23.59", "case_number": "26/77", **given,
    }  # fmt: skip


def test_a_period_is_suggested_looked_over_and_opened(world: World, klima: Client) -> None:
    first = klima.get(OPEN)
    text_of(first)
    assert first.context["form"]["kind"].value() == "AR"
    assert first.context["form"]["contact_deadline_day"].value().isoformat() == "2027-01-25"
    other = klima.get(OPEN, {"year": "2027", "kind": "T1", "vis": "frister"})
    assert other.context["form"]["opens_at_day"].value().isoformat() == "2027-05-03"

    shown = klima.get(OPEN, asked(world))
    text = text_of(shown)
    assert "Dette åpnes for årsrapport 2026 2 rapporter med 5 tiltak og virkemidler." in text
    assert Period.objects.count() == 1
    for _twice in range(2):
        opened = klima.post(OPEN, fields_of(shown))
        assert (opened.status_code, opened["Location"]) == (303, "/rapportering/2026-AR/framdrift/")
    period = Period.objects.get(kind="AR")
    assert period.contact_deadline == datetime(2027, 1, 25, 22, 59, tzinfo=UTC)
    assert (period.budget, period.case_number, period.reports.count()) == (world.budget, "26/77", 2)


def test_what_cannot_be_opened_is_said_where_it_stands(world: World, klima: Client) -> None:
    draft = make_budget(2027)
    for given, field in (
        ({"budget": str(draft.pk)}, "budget"),
        ({"year": "26"}, "year"),
        ({"closes_at_time": "24.00"}, "closes_at_time"),
        ({"contact_deadline_day": ""}, "contact_deadline_day"),
    ):
        for answer in (klima.get(OPEN, asked(world, **given)), klima.post(OPEN, asked(world, **given))):
            assert answer.status_code == 422
            assert list(answer.context["form"].errors) == [field]
    order = klima.post(OPEN, asked(world, leader_deadline_day="20.01.2027",
                                   submission_token=new_submission_token(world.cast.klima)))  # fmt: skip
    assert "Fristene må komme i rekkefølge" in text_of(order)
    again = klima.post(OPEN, asked(world, kind="T2",
                                   submission_token=new_submission_token(world.cast.klima)))  # fmt: skip
    assert (again.status_code, "2. tertial 2026 er allerede åpnet." in text_of(again)) == (422, True)
    assert Period.objects.count() == 1


def test_deadlines_on_the_nights_the_clock_is_changed(world: World, klima: Client) -> None:
    """25 October 2026 at 02.30 comes twice: the later is meant, and it is said. 28 March 2027: never."""
    autumn = asked(
        world, opens_at_day="10.09.2026", contact_deadline_day="25.10.2026", contact_deadline_time="02.30",
    )  # fmt: skip
    shown = klima.get(OPEN, autumn)
    assert "Klokken 02.30 kommer to ganger 25. oktober 2026" in text_of(shown)
    opened = followed(klima, klima.post(OPEN, fields_of(shown)))
    text = text_of(opened)
    assert "25. oktober 2026 kl. 02.30 (vintertid)" in text
    assert Period.objects.get(kind="AR").contact_deadline == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    spring = asked(world, kind="T1", year="2027", closes_at_day="28.03.2027", closes_at_time="02.30")
    refused = klima.get(OPEN, spring)
    assert refused.status_code == 422
    assert "Klokken 02.30 finnes ikke 28. mars 2027" in text_of(refused)


def test_without_an_adopted_budget_there_is_nothing_to_open(cast: Any, as_user: AsUser) -> None:
    assert "Ingen vedtatte klimabudsjetter" in text_of(as_user(cast.klima).get(OPEN))


# --- Deadlines and close -----------------------------


def test_deadlines_are_changed_on_the_page(world: World, klima: Client) -> None:
    path = f"/rapportering/{world.period.code}/frister/"
    page = klima.get(path)
    text_of(page)
    form = fields_of(page)
    assert "opens_at_day" not in form  # it has opened
    assert klima.post(path, {**form, "reason": ""}).status_code == 422
    form |= {"leader_deadline_day": "18.09.2026", "reason": "Høstferie", "case_number": "26/9"}
    for _twice in range(2):
        assert klima.post(path, form).status_code == 303
    period = Period.objects.get()
    assert period.leader_deadline == datetime(2026, 9, 18, 21, 59, tzinfo=UTC)
    assert period.contact_deadline == world.period.contact_deadline
    assert (period.case_number, period.version) == ("26/9", 2)
    form["submission_token"] = new_submission_token(world.cast.klima)
    late = klima.post(path, form)
    assert late.status_code == 409
    assert fields_of(late)["version"] == "2"


def test_closing_names_what_is_not_finished(world: World, klima: Client) -> None:
    path = f"/rapportering/{world.period.code}/lukk/"
    page = klima.get(path)
    text = text_of(page)
    assert "Samferdsel, vei- og parkforvaltning: Under arbeid. Venter på Kontakt Eksempel" in text
    for _twice in range(2):
        assert klima.post(path, fields_of(page)).status_code == 303
    assert Period.objects.get().closed_at == NOW
    shown = text_of(klima.get("/rapportering/"))
    assert "Lukket 7. september 2026" in shown
    assert "Lukket før rapporten var ferdig" in shown


# --- One report -----------------------------


def test_more_time_on_the_page(world: World, klima: Client) -> None:
    path = world.path("frist")
    form = fields_of(klima.get(path))
    form |= {"contact_deadline_day": "14.09.2026", "reason": "Sykdom"}
    assert klima.post(path, form).status_code == 303
    assert world.report().contact_due == datetime(2026, 9, 14, 21, 59, tzinfo=UTC)
    form |= {"contact_deadline_day": "1.12.2026", "submission_token": new_submission_token(world.cast.klima),
             "leader_deadline_day": "1.12.2026", "version": "2"}  # fmt: skip
    beyond = klima.post(path, form)
    assert (beyond.status_code, "senere enn at perioden lukkes" in text_of(beyond)) == (422, True)


def test_a_measure_is_added_and_shown_as_such(world: World, klima: Client, as_user: AsUser) -> None:
    measure = make_measure("N1", world.cast.transport)
    path = f"/rapportering/{world.period.code}/tiltak/"
    page = klima.get(path, {"tiltak": str(measure.pk)})
    form = fields_of(page)
    assert (form["measure"], form["unit"]) == (str(measure.pk), str(world.cast.transport.pk))
    for _twice in range(2):
        done = klima.post(path, form | {"reason": "Vedtatt i juni"})
        assert (done.status_code, done["Location"]) == (303, world.path())
    for name in ("kontakt", "leder", "klima"):
        shown = text_of(as_user(world.cast.people()[name]).get(world.path()))
        assert "Kom til etter at perioden åpnet:" in shown
        assert "Vedtatt i juni" in shown
    text_of(klima.get(path))


def test_a_measure_is_moved_while_somebody_answers_it(world: World, klima: Client, as_user: AsUser) -> None:
    """What was saved goes along; what is typed after is not, and that is said."""
    kontakt = as_user(world.cast.kontakt)
    world.answer(ON_TRACK, DELAYED)
    status = world.status("T2")
    open_form = fields_of(kontakt.get(world.path()))
    page = klima.get(world.path("flytt", status.pk))
    form = fields_of(page) | {"unit": str(world.cast.kitchen.pk), "reason": "Ansvaret er flyttet"}
    moved = klima.post(world.path("flytt", status.pk), form)
    assert moved["Location"] == world.path(unit=world.cast.kitchen)

    save = world.path("lagre", status.pk)
    typed = {f"s-{status.pk}-version": str(status.version), f"s-{status.pk}-status": "completed"}
    part = kontakt.post(save, typed, headers={"HX-Request": "true", "HX-Target": f"lagret-{status.pk}"})
    assert part.status_code == 409
    assert "T2 er flyttet til rapporten til Ernæring og kjøkkendrift" in part.content.decode()
    whole = kontakt.post(save, typed)
    assert (whole.status_code, "Det du skrev nå, er ikke lagret." in text_of(whole)) == (409, True)
    draft = followed(kontakt, kontakt.post(world.path(), open_form))
    assert "T2 er flyttet" in text_of(draft)
    sent = kontakt.post(world.path("send"), open_form)
    assert sent.status_code == 409
    assert world.status("T2").status == "delayed"
    assert as_user(world.cast.annen).post(save, typed).status_code == 404
    assert kontakt.post(world.path("lagre", 999_999), typed).status_code == 404


def test_a_closed_unit_is_handed_over(world: World, klima: Client) -> None:
    Unit.objects.filter(pk=world.cast.transport.pk).update(valid_to=NOW.date() - timedelta(days=1))
    heir = Unit.objects.create(name="Vei og vann", kind=UnitKind.UNIT)
    assert "Overfør til etterfølgeren" in text_of(klima.get(world.path()))
    page = klima.get(world.path("overfor"))
    done = klima.post(
        world.path("overfor"), fields_of(page) | {"unit": str(heir.pk), "reason": "Slått sammen"}
    )
    assert done["Location"] == world.path(unit=heir)
    old = text_of(klima.get(world.path()))
    assert "Overført til Vei og vann" in old
    assert "Det er ingen tiltak i rapporten." in old


def test_somebody_is_named_to_report(world: World, klima: Client) -> None:
    page = klima.get(world.path("rapporterer"))
    form = fields_of(page) | {"user": str(world.cast.ingen.pk), "reason": "Vikar"}
    for _twice in range(2):
        assert klima.post(world.path("rapporterer"), form).status_code == 303
    assert ReportLogEntry.objects.get().person == world.cast.ingen


def test_a_report_is_set_up_for_itself(world: World, klima: Client) -> None:
    form = fields_of(klima.get(world.path("oppsett")))
    assert form["place"] == "here"
    done = klima.post(world.path("oppsett"), form | {"place": "there", "reason": "Eget system"})
    assert done.status_code == 303
    assert "virksomhetsstyringssystemet" in text_of(klima.get(world.path()))


# --- Corrections and versions -----------------------------


@kept
def closed(world: World) -> World:
    world.answer(ON_TRACK, DELAYED, ON_TRACK)
    world.submit()
    report = world.approve()
    assure_report(by=world.cast.klima, report=report, version=report.version)
    close_period(by=world.cast.klima, period=world.period)
    return world


@pytest.fixture
def shut(closed: World, clock: time_machine.Coordinates) -> World:
    """The period was closed an hour ago."""
    clock.shift(timedelta(hours=1))
    return closed


def test_a_correction_through_the_pages(
    shut: World, klima: Client, as_user: AsUser, clock: time_machine.Coordinates
) -> None:
    assert "Åpne for retting" in text_of(klima.get(shut.path()))
    page = klima.get(shut.path("rett"))
    text_of(page)
    form = fields_of(page)
    assert "how" not in form
    for _twice in range(2):
        assert klima.post(shut.path("rett"), form | {"reason": "Feil antall biler"}).status_code == 303
    clock.shift(timedelta(hours=1))
    kontakt = as_user(shut.cast.kontakt)
    shown = kontakt.get(shut.path())
    assert "Rapporten rettes etter at perioden ble lukket" in text_of(shown)
    assert "åpen for retting" in text_of(shown)
    second = shut.statuses()[1]
    posted = fields_of(shown) | {f"s-{second.pk}-indicator_value": "12"}
    sent = followed(kontakt, kontakt.post(shut.path("send"), posted))
    assert "Virksomhetslederen godkjenner rettingen" in text_of(sent)
    diff = text_of(as_user(shut.cast.leder).get(shut.path("versjoner")))
    assert "Retting etter lukking: Feil antall biler" in diff
    assert "Resultat 11 biler 12 biler" in diff
    assert "T1" not in diff
    same = text_of(klima.get(shut.path("versjoner"), {"fra": "1", "til": "1"}))
    assert "ingenting å sammenligne med" in same
    back = text_of(klima.get(shut.path("versjoner"), {"fra": "2", "til": "1"}))
    assert "Resultat 11 biler 12 biler" in back
    assert klima.get(shut.path("versjoner"), {"fra": "7"}).status_code == 404
    assert klima.get(shut.path("versjoner", unit=shut.cast.kitchen)).status_code == 404
    assert as_user(shut.cast.annen).get(shut.path("versjoner")).status_code == 404


def test_a_correction_is_withdrawn_with_a_button(shut: World, klima: Client) -> None:
    klima.post(shut.path("rett"), fields_of(klima.get(shut.path("rett"))) | {"reason": "Feil"})
    page = klima.get(shut.path())
    assert "Trekk rettingen" in text_of(page)
    path = shut.path("rett", "trekk")
    assert klima.get(path).status_code == 405
    stale = klima.post(path, {"version": "1"})
    assert (stale.status_code, "endret siden" in text_of(stale)) == (409, True)
    assert klima.post(path, {"version": str(shut.report().version)}).status_code == 303
    assert shut.report().state == "assured"
    again = klima.post(path, {"version": str(shut.report().version)})
    assert (again.status_code, "ikke åpen for retting" in text_of(again)) == (409, True)


def test_one_version_has_nothing_to_compare_with(shut: World, klima: Client) -> None:
    assert "sendt én gang" in text_of(klima.get(shut.path("versjoner")))


def test_only_the_steps_left_is_a_choice(world: World, klima: Client) -> None:
    world.answer()
    world.submit()
    close_period(by=world.cast.klima, period=world.period)
    form = fields_of(klima.get(world.path("rett")))
    assert form["how"] == "svar"
    klima.post(world.path("rett"), form | {"how": "steg", "reason": "Lederen var borte"})
    report = UnitReport.objects.get(unit=world.cast.transport)
    assert (report.state, report.correction_origin) == ("submitted", "submitted")


@pytest.mark.parametrize(
    "page", ["frist", "oppsett", "overfor", "rapporterer", "rett", "rett/trekk", "flytt/1", "omrade"]
)
def test_the_units_own_people_have_none_of_these_pages(world: World, as_user: AsUser, page: str) -> None:
    for name in ("kontakt", "leder", "revisor"):
        client = as_user(world.cast.people()[name])
        answers = {client.get(world.path(page)).status_code, client.post(world.path(page)).status_code}
        assert answers == {403} or (page == "rett/trekk" and answers <= {403, 405})
    assert as_user(world.cast.annen).get(world.path(page)).status_code in {403, 404, 405}
    assert MeasureStatus.objects.filter(version__gt=1).count() == 0
    assert world.period.contact_deadline == DEADLINE
