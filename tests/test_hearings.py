"""Hearing rounds: who answers what and until when, who sees it, and what becomes of each remark."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.actions.hearings import answer_hearing, close_round, dispose_remark, publish_round
from strategy.actions.transitions import back_to_draft
from strategy.apps import hearing_deadlines, hearing_tasks
from strategy.enums import Disposition, HearingState, StrategyState, Verdict
from strategy.models import HearingAnswer, HearingRemark, HearingRound, Strategy
from tests.cast import Cast
from tests.html_rules import broken_rules, one_line
from tests.strategy_world import answer_of, make_draft, send
from tests.worlds import kept
from web.actors import DEMO
from web.concurrency import StaleObject
from web.once import new_submission_token
from web.refusals import Refused

pytestmark = pytest.mark.django_db

SECRET = "Sykkelveien må med"


@kept
def draft(cast: Cast) -> Strategy:
    return make_draft()


@kept(beside=["clock"])
def hearing(draft: Strategy, cast: Cast) -> HearingRound:
    return send(draft, [cast.transport, cast.kitchen])


def section(hearing: HearingRound, title: str = "Mobilitet") -> int:
    return hearing.sections.get(title=title).pk


def remark(hearing: HearingRound, cast: Cast, text: str = SECRET) -> HearingRemark:
    answer = answer_of(hearing, cast.transport)
    answer_hearing(
        by=cast.kontakt,
        answer=answer,
        version=answer.version,
        verdict=Verdict.REMARKS,
        remarks={section(hearing): text},
    )
    return HearingRemark.objects.get(answer=answer)


def say_nothing(hearing: HearingRound, unit: Unit, by: object, version: int = 1) -> HearingAnswer:
    return answer_hearing(
        by=by,  # type: ignore[arg-type]
        answer=answer_of(hearing, unit),
        version=version,
        verdict=Verdict.NO_REMARKS,
        remarks={},
    )


def dispose(one: HearingRemark) -> None:
    dispose_remark(
        by=DEMO, remark=one, version=one.version, disposition=Disposition.LATER, reason="Kommer i 2027."
    )


def close(hearing: HearingRound) -> HearingRound:
    hearing.refresh_from_db()
    return close_round(by=DEMO, hearing=hearing, version=hearing.version)


def publish(hearing: HearingRound) -> HearingRound:
    hearing.refresh_from_db()
    return publish_round(by=DEMO, hearing=hearing, version=hearing.version, summary="Takk for svarene.")


# --- Sending -------------------------------------------------------------------------------------------


def test_sending_puts_the_strategy_on_hearing(hearing: HearingRound, draft: Strategy) -> None:
    draft.refresh_from_db()
    assert draft.state == StrategyState.ON_HEARING
    titles = list(hearing.sections.order_by("order").values_list("title", flat=True))
    assert titles == ["Strategien som helhet", "Mobilitet", "Ressursbruk"]


def test_bad_rounds_are_refused(draft: Strategy, cast: Cast) -> None:
    closed = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to=date(2025, 1, 1))
    past = timezone.now() - timedelta(minutes=1)
    for units, deadline, words in (
        ([cast.transport], past, "Fristen er passert"),
        ([], None, "Velg minst én"),
        ([closed], None, "Nedlagt er nedlagt"),
        ([cast.area], None, "er et område"),
    ):
        with pytest.raises(Refused, match=words):
            send(draft, units, deadline)
    draft.refresh_from_db()
    assert draft.state == StrategyState.DRAFT
    assert not HearingRound.objects.exists()


def test_the_form_says_it_and_loses_nothing(draft: Strategy, cast: Cast, as_user) -> None:
    closed = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to="2025-01-01")
    url = reverse("strategy:send_hearing", args=[draft.slug])
    data = {"title": "Min høring", "last_day": "1.1.2020", "units": [cast.kitchen.pk], "version": 1}
    client = as_user(cast.klima)
    token = new_submission_token(cast.klima)
    late = client.post(url, {**data, "submission_token": token})
    assert late.status_code == 422
    assert "Fristen er passert" in late.content.decode()
    assert 'value="Min høring"' in late.content.decode()
    gone = client.post(url, {**data, "units": [closed.pk], "submission_token": token})
    assert "nedlagt eller finnes ikke lenger" in gone.content.decode()


def test_the_form_says_which_units_nobody_answers_for(draft: Strategy, cast: Cast, as_user) -> None:
    Unit.objects.create(name="Geodata", kind=UnitKind.UNIT)
    url = reverse("strategy:send_hearing", args=[draft.slug])
    page = as_user(cast.klima).get(url).text
    assert "Geodata – har verken leder eller kontakt" in page
    assert f"{cast.kitchen.name} – har" not in page
    assert f"{cast.transport.name} – har" not in page
    assert broken_rules(page) == []


def test_the_same_form_sent_twice_sends_once(draft: Strategy, cast: Cast, as_user) -> None:
    url = reverse("strategy:send_hearing", args=[draft.slug])
    data = {
        "title": "Høring",
        "last_day": "15.12.2099",
        "units": [cast.kitchen.pk],
        "version": 1,
        "submission_token": new_submission_token(cast.klima),
    }
    client = as_user(cast.klima)
    first, second = client.post(url, data), client.post(url, data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert first["Location"] == second["Location"]
    assert HearingRound.objects.count() == 1


def test_one_round_at_a_time(hearing: HearingRound, draft: Strategy, cast: Cast) -> None:
    with pytest.raises(Refused, match="allerede på høring"):
        send(draft, [cast.kitchen])


# --- Answering -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["kontakt", "vara", "leder"])
def test_the_units_own_people_answer(hearing: HearingRound, cast: Cast, who: str) -> None:
    answer = say_nothing(hearing, cast.transport, cast.people()[who])
    assert (answer.verdict, answer.is_late) == (Verdict.NO_REMARKS, False)


@pytest.mark.parametrize("who", ["klima", "annen", "annen_leder", "direktor", "radmann", "utvalg", "ingen"])
def test_others_do_not(hearing: HearingRound, cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        say_nothing(hearing, cast.transport, cast.people()[who])


def test_an_answer_changes_until_the_deadline_and_then_stands(hearing: HearingRound, cast: Cast) -> None:
    first = remark(hearing, cast)
    dispose(first)
    changed = remark(hearing, cast, "Noe annet")
    # A remark that says something else must be dealt with again.
    assert (changed.pk, changed.disposition) == (first.pk, "")
    with time_machine.travel(hearing.deadline + timedelta(seconds=1)):
        with pytest.raises(Refused, match="Fristen er ute"):
            remark(hearing, cast, "For sent")
        late = say_nothing(hearing, cast.kitchen, cast.annen)
        assert late.is_late
        close(hearing)
        with pytest.raises(Refused, match="avsluttet"):
            say_nothing(hearing, cast.kitchen, cast.annen, version=2)


def test_verdict_and_text_must_agree(hearing: HearingRound, cast: Cast) -> None:
    answer = answer_of(hearing, cast.transport)
    for verdict, remarks, words in (
        (Verdict.REMARKS, {section(hearing): "  "}, "minst én merknad"),
        (Verdict.NO_REMARKS, {section(hearing): "Noe"}, "Du har skrevet merknader"),
        (Verdict.REMARKS, {999_999: "Noe"}, "hører ikke til"),
    ):
        with pytest.raises(Refused, match=words):
            answer_hearing(by=cast.kontakt, answer=answer, version=1, verdict=verdict, remarks=remarks)


def test_a_closed_unit_does_not_answer(hearing: HearingRound, cast: Cast) -> None:
    Unit.objects.filter(pk=cast.transport.pk).update(valid_to="2025-01-01")
    with pytest.raises(Refused, match="nedlagt"):
        say_nothing(hearing, cast.transport, cast.kontakt)


def test_two_at_one_answer(hearing: HearingRound, cast: Cast, as_user) -> None:
    remark(hearing, cast)
    # The same answer by the same person again is a double click; another's is a conflict.
    answer = answer_of(hearing, cast.transport)
    again = answer_hearing(
        by=cast.kontakt, answer=answer, version=1, verdict=Verdict.REMARKS, remarks={section(hearing): SECRET}
    )
    assert again.version == 2
    with pytest.raises(StaleObject):
        say_nothing(hearing, cast.transport, cast.leder)
    url = reverse("strategy:hearing_answer", args=[hearing.pk, cast.transport.pk])
    page = as_user(cast.leder).post(
        url, {"verdict": "remarks", f"section-{section(hearing)}": "Mitt syn", "version": 1}
    )
    text = page.content.decode()
    assert page.status_code == 409
    assert SECRET in text
    assert "Mitt syn" in text


def test_those_who_are_asked_get_a_button(hearing: HearingRound, cast: Cast, as_user) -> None:
    url = reverse("strategy:hearing_answer", args=[hearing.pk, cast.transport.pk])
    button = f'<a class="kp-btn" href="{url}">Svar</a>'
    for person, led in ((cast.kontakt, True), (cast.leder, True), (cast.klima, False), (cast.annen, False)):
        assert (button in one_line(as_user(person).get(hearing.get_absolute_url()).text)) is led
    say_nothing(hearing, cast.transport, cast.kontakt)
    page = one_line(as_user(cast.kontakt).get(hearing.get_absolute_url()).text)
    assert button not in page
    assert f'href="{url}">Endre svaret</a>' in page
    close(hearing)
    assert "Endre svaret" not in as_user(cast.kontakt).get(hearing.get_absolute_url()).text


def test_the_form_keeps_what_was_written(hearing: HearingRound, cast: Cast, as_user) -> None:
    url = reverse("strategy:hearing_answer", args=[hearing.pk, cast.transport.pk])
    client = as_user(cast.kontakt)
    assert client.get(url).status_code == 200
    page = client.post(url, {f"section-{section(hearing)}": "Lang merknad", "version": 1})
    assert page.status_code == 422
    assert "Velg om dere har merknader eller ikke." in page.content.decode()
    assert "Lang merknad" in page.content.decode()
    done = client.post(
        url, {"verdict": "remarks", f"section-{section(hearing)}": "Lang merknad", "version": 1}
    )
    assert done.status_code == 303
    with time_machine.travel(hearing.deadline + timedelta(days=1)):
        late = as_user(cast.kontakt).post(url, {"verdict": "no_remarks", "version": 2})
        assert late.status_code == 422
        assert "Fristen er ute" in late.content.decode()


# --- Who sees what -------------------------------------------------------------------------------------


def test_before_publication_a_unit_sees_only_its_own(hearing: HearingRound, cast: Cast, as_user) -> None:
    dispose(remark(hearing, cast))
    overview = reverse("strategy:hearing", args=[hearing.pk])
    answer = reverse("strategy:hearing_answer", args=[hearing.pk, cast.transport.pk])
    sees = {"klima", "analyse", "radmann", "revisor", "admin"}
    own = {"kontakt", "vara", "leder", "direktor"}
    for who, person in cast.people().items():
        client = as_user(person)
        page, own_page = client.get(overview), client.get(answer)
        expected = 200 if who in sees | own else 404
        assert (who, own_page.status_code) == (who, expected)
        if who in ("annen", "annen_leder"):
            assert page.status_code == 200
            assert cast.transport.name not in page.content.decode()
            assert SECRET not in page.content.decode()
        else:
            assert (who, page.status_code) == (who, expected)
        if who in own:
            # What Klima does with it is not said before it is said to all.
            assert "Kommer i 2027" not in own_page.content.decode()


def test_the_published_summary_is_for_all_and_stands(hearing: HearingRound, cast: Cast, as_user) -> None:
    one = remark(hearing, cast)
    dispose(one)
    close(hearing)
    publish(hearing)
    Unit.objects.filter(pk=cast.kitchen.pk).update(name="Nytt navn")
    text = as_user(cast.utvalg).get(reverse("strategy:hearing", args=[hearing.pk])).content.decode()
    for words in (SECRET, "Tas senere", "Kommer i 2027.", "Svarte ikke:", "Ernæring og kjøkkendrift"):
        assert words in text
    one.refresh_from_db()
    with pytest.raises(Refused, match="publisert"):
        dispose(one)
    for sql in (
        "UPDATE strategy_hearinground SET summary = 'x'",
        "UPDATE strategy_hearinground SET state = 'open'",
        "UPDATE strategy_hearingremark SET reason = 'x'",
        "DELETE FROM strategy_hearingremark",
        "UPDATE strategy_hearinganswer SET verdict = 'no_remarks'",
        "DELETE FROM strategy_hearinground",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_closed_round_takes_dispositions_but_no_words(hearing: HearingRound, cast: Cast) -> None:
    one = remark(hearing, cast)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE strategy_hearingremark SET text = 'Mens den er åpen'")
    close(hearing)
    dispose(HearingRemark.objects.get(pk=one.pk))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE strategy_hearingremark SET text = 'x'")


# --- Klima's part --------------------------------------------------------------------------------------


def test_closing_asks_first_and_says_who_is_missing(hearing: HearingRound, cast: Cast, as_user) -> None:
    say_nothing(hearing, cast.transport, cast.kontakt)
    client, url = as_user(cast.klima), reverse("strategy:close_hearing", args=[hearing.pk])
    page = client.get(hearing.get_absolute_url()).text
    assert f'href="{url}"' in page
    assert f'action="{url}"' not in page
    asked = client.get(url)
    assert asked.status_code == 200
    assert broken_rules(asked.text) == []
    assert f"1 av 2 har ikke svart: {cast.kitchen.name}." in asked.text
    assert "om 10 dager" in asked.text
    assert "kan ikke åpnes igjen" in asked.text
    hearing.refresh_from_db()
    assert hearing.state == HearingState.OPEN
    assert client.post(url, {"version": hearing.version - 1}).status_code == 409
    assert client.post(url, {"version": hearing.version}).status_code == 303
    hearing.refresh_from_db()
    assert hearing.state == HearingState.CLOSED
    assert client.get(url).status_code == 303


def test_closed_before_the_deadline_is_no_deadline_passed(hearing: HearingRound, cast: Cast, as_user) -> None:
    close(hearing)
    client = as_user(cast.klima)
    page = client.get(hearing.get_absolute_url()).text
    assert "avsluttet før fristen" in page
    assert "fristen er ute" not in page
    with time_machine.travel(hearing.deadline + timedelta(days=1), tick=False):
        again = as_user(cast.klima).get(hearing.get_absolute_url()).text
    assert "avsluttet før fristen" in again


def test_a_round_closed_after_the_deadline_says_it_passed(hearing: HearingRound, cast: Cast, as_user) -> None:
    with time_machine.travel(hearing.deadline + timedelta(hours=1), tick=False):
        close(hearing)
        page = as_user(cast.klima).get(hearing.get_absolute_url()).text
    assert "fristen er ute" in page


def test_a_disposition_needs_a_reason_unless_taken_in(hearing: HearingRound, cast: Cast) -> None:
    one = remark(hearing, cast)
    for code in (Disposition.OTHER_LEVEL, Disposition.LATER, Disposition.REJECTED):
        with pytest.raises(Refused, match="Skriv hvorfor"):
            dispose_remark(by=cast.klima, remark=one, version=1, disposition=code, reason=" ")
    dispose_remark(by=cast.klima, remark=one, version=1, disposition=Disposition.INCLUDED, reason="")
    with pytest.raises(StaleObject):
        dispose_remark(by=cast.klima, remark=one, version=1, disposition=Disposition.INCLUDED, reason="")


def test_nothing_is_published_before_its_time(hearing: HearingRound, cast: Cast) -> None:
    one = remark(hearing, cast)
    with pytest.raises(Refused, match="er åpen"):
        publish(hearing)
    close(hearing)
    with pytest.raises(Refused, match="Én merknad er ikke behandlet"):
        publish(hearing)
    dispose(one)
    assert publish(hearing).state == HearingState.PUBLISHED


def test_adoption_waits_for_every_remark(hearing: HearingRound, draft: Strategy, cast: Cast, as_user) -> None:
    one = remark(hearing, cast)
    url = reverse("strategy:adopt", args=[draft.slug])
    client = as_user(cast.klima)
    draft.refresh_from_db()
    data = {"decided_by": "kommunestyret", "decided_on": "1.6.2025", "version": draft.version}
    refused = client.post(url, data)
    text = refused.content.decode()
    assert refused.status_code == 422
    assert reverse("strategy:dispose", args=[one.pk]) in text
    assert f"{hearing.get_absolute_url()}&quot;" in text or f'"{hearing.get_absolute_url()}"' in text
    assert 'value="kommunestyret"' in text
    close(hearing)
    dispose(one)
    assert client.post(url, data).status_code == 303
    draft.refresh_from_db()
    assert draft.state == StrategyState.ADOPTED


def test_back_to_draft_when_no_round_is_open(hearing: HearingRound, draft: Strategy, cast: Cast) -> None:
    draft.refresh_from_db()
    with pytest.raises(Refused, match="er åpen"):
        back_to_draft(by=cast.klima, strategy=draft, version=draft.version)
    close(hearing)
    assert back_to_draft(by=cast.klima, strategy=draft, version=draft.version).state == "draft"


# --- Min side and the year wheel -----------------------------------------------------------------------


def test_tasks_wait_for_those_who_are_asked(hearing: HearingRound, cast: Cast) -> None:
    def tasks(person: object, now: object = None) -> list[str]:
        return [task.detail for task in hearing_tasks(person, now or timezone.now())]  # type: ignore[arg-type]

    for who in ("kontakt", "vara", "leder"):
        assert tasks(cast.people()[who]) == ["Samferdsel, vei- og parkforvaltning er bedt om å svare."]
    for who in ("klima", "radmann", "utvalg", "ingen", "direktor"):
        assert tasks(cast.people()[who]) == []
    remark(hearing, cast)
    assert tasks(cast.kontakt) == []
    after = hearing.deadline + timedelta(hours=1)
    assert tasks(cast.klima, after) == ["Én merknad er ikke behandlet."]
    assert "Fristen er ute" in tasks(cast.annen, after)[0]


def test_the_deadline_stands_in_the_year_wheel(hearing: HearingRound, cast: Cast) -> None:
    day = timezone.localdate(hearing.deadline)
    for who in ("klima", "radmann", "kontakt", "annen"):
        entry = next(iter(hearing_deadlines(cast.people()[who], day, day)))
        assert entry.title == "Høringsfrist: Klimastrategi 2035"
    for who in ("utvalg", "ingen", "direktor"):
        assert list(hearing_deadlines(cast.people()[who], day, day)) == []


def test_queries_do_not_grow_with_answers(draft: Strategy, cast: Cast, as_user) -> None:
    units = [Unit.objects.create(name=f"Virksomhet {n}", kind=UnitKind.UNIT) for n in range(3)]
    hearing = send(draft, units)
    url = hearing.get_absolute_url()
    client = as_user(cast.klima)

    def answer(unit: Unit) -> None:
        one = answer_of(hearing, unit)
        texts = {part.pk: "Merknad" for part in hearing.sections.all()}
        answer_hearing(by=DEMO, answer=one, version=1, verdict=Verdict.REMARKS, remarks=texts)

    def count() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as made:
            client.get(url)
        return len(made)

    answer(units[0])
    one = count()
    answer(units[1])
    answer(units[2])
    assert count() == one


def test_those_who_read_history_are_led_to_the_rounds(hearing: HearingRound, cast: Cast, as_user) -> None:
    link = reverse("history", args=["strategy.hearinground", hearing.pk])
    for person, led in (
        (cast.klima, True),
        (cast.revisor, True),
        (cast.radmann, False),
        (cast.kontakt, False),
    ):
        page = as_user(person).get(hearing.get_absolute_url()).content.decode()
        assert (link in page) is led
    history = as_user(cast.revisor).get(link).content.decode()
    assert hearing.title in history
