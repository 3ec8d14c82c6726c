"""Who a unit may ask to decide: the levels its municipality has, and in an enterprise its own board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from organisation.actions.names import MunicipalityNames, name_municipality
from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Municipality, Unit, User
from organisation.rules import read_duties
from organisation.words.lacks import unit_sentence
from publishing.queries.period_facts import period_facts
from publishing.words.period_summary import summary_of
from reporting.actions.deviations import decide_deviation
from reporting.actions.reports import IncompleteReport, approve_report, save_status, submit_report
from reporting.enums import DecisionLevel
from reporting.importers.statuses import plan_statuses
from reporting.models import DECISION_LEVEL_LABELS, Deviation, UnitReport
from reporting.queries.deviations import decisions_to_make
from reporting.rules.levels import levels_of, why_not_asked
from strategy.enums import DecisionBody
from strategy.models import Decision
from tests.html_rules import broken_rules, parse
from tests.reporting_world import DELAYED, World
from tests.test_deviations import GIVEN, text_of
from tests.worlds import kept
from web.actors import COMMAND_LINE, DEMO
from web.names import Names, forget_names, names_read_once
from web.refusals import Refused

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
L = DecisionLevel
BOARD = replace(DELAYED, decision_level=L.BOARD, decision_question="Kan vi bruke fondet?")
UNIT, ENTERPRISE = Unit(kind=UnitKind.UNIT), Unit(kind=UnitKind.ENTERPRISE)
GIVEN_NAMES = MunicipalityNames("Drammen", "3301", "Drammen kommune", "rådmann", "Klimalaget", 2)


def named(**changed: object) -> None:
    name_municipality(by=COMMAND_LINE, given=replace(GIVEN_NAMES, **changed), version=0)
    Municipality.objects.update(mfa_required=False)  # has tests of its own
    forget_names()


@kept(beside=["clock"])
def enterprise(world: World) -> World:
    """The kitchen is a KF, whose report has one measure."""
    Unit.objects.filter(pk=world.cast.kitchen.pk).update(kind=UnitKind.ENTERPRISE)
    UnitReport.objects.filter(unit=world.cast.kitchen).update(board_pending=True)
    return world


def asked_by_the_enterprise(world: World) -> Deviation:
    report = world.report(world.cast.kitchen)
    status = report.statuses.get()
    save_status(by=DEMO, status=status, version=status.version, answers=BOARD)
    for step in (submit_report, approve_report):
        report.refresh_from_db()
        step(by=DEMO, report=report, version=report.version)
    return Deviation.objects.select_related("unit").get(unit=world.cast.kitchen)


def choices_of(world: World, as_user: AsUser, user: User, unit: Unit) -> list[str]:
    """Who the form offers to decide about a measure that is late."""
    status = world.report(unit).statuses.first()
    save_status(by=DEMO, status=status, version=status.version, answers=DELAYED)
    page = as_user(user).get(world.path(unit=unit)).text
    assert broken_rules(page) == []
    [select] = [
        node for node in parse(page).walk() if node.attributes.get("name") == f"s-{status.pk}-decision_level"
    ]
    return [node.attributes["value"] for node in select.walk() if node.tag == "option"]


# --- Which levels there are --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "offered"),
    [
        (1, [L.LEADER, L.EXECUTIVE, L.COUNCIL]),
        (2, [L.LEADER, L.DIRECTOR, L.EXECUTIVE, L.COUNCIL]),
        (3, [L.LEADER, L.MIDDLE, L.DIRECTOR, L.EXECUTIVE, L.COUNCIL]),
    ],
)
def test_a_unit_asks_the_levels_of_its_municipality(levels: int, offered: list[DecisionLevel]) -> None:
    with names_read_once(Names(leader_levels=levels)):
        assert list(levels_of(UNIT)) == offered
        # An enterprise has none of them above it.
        assert list(levels_of(ENTERPRISE)) == [L.LEADER, L.BOARD, L.COUNCIL]
        assert {level for level in L if not why_not_asked(UNIT, level)} == set(offered)


def test_titles_are_the_municipalitys() -> None:
    names = Names(leader_title="enhetsleder", middle_title="områdeleder", director_title="etatsdirektør")
    with names_read_once(names):
        assert [str(DECISION_LEVEL_LABELS[level]) for level in (L.LEADER, L.MIDDLE, L.DIRECTOR)] == [
            "enhetslederen",
            "områdelederen",
            "etatsdirektøren",
        ]


def test_who_approves_meanwhile_is_said_by_title() -> None:
    for levels, said in (
        (2, "Direktøren godkjenner"),
        (3, "Kommunalsjefen godkjenner"),
        (1, "Rapporten venter"),
    ):
        with names_read_once(Names(leader_levels=levels)):
            assert said in unit_sentence(Unit(kind=UnitKind.UNIT), has_leader=False)


def test_with_one_level_nobody_above_acts(world: World) -> None:
    Appointment.objects.filter(unit=world.cast.transport, role=Role.LEADER).delete()
    assert world.cast.transport.pk in read_duties(world.cast.direktor).led_for_now
    named(leader_levels=1)
    held = read_duties(world.cast.direktor)
    assert not held.led_for_now
    assert world.cast.transport.pk in held.units_below


# --- The form, the action and the file ----------------------------------------------------------------


def test_the_form_offers_those_there_are(enterprise: World, as_user: AsUser) -> None:
    cast = enterprise.cast
    assert choices_of(enterprise, as_user, cast.kontakt, cast.transport) == [
        "", "leader", "director", "executive", "council",
    ]  # fmt: skip
    assert choices_of(enterprise, as_user, cast.annen, cast.kitchen) == ["", "leader", "board", "council"]


def test_another_level_is_refused_at_its_field(enterprise: World) -> None:
    cast = enterprise.cast
    for unit, level, sentence in (
        (cast.kitchen, L.EXECUTIVE, "Et foretak svarer for styret sitt"),
        (cast.transport, L.BOARD, "Bare kommunale foretak har et styre"),
        (cast.transport, L.MIDDLE, "Kommunen har ikke det ledernivået"),
    ):
        status = enterprise.report(unit).statuses.first()
        answers = replace(BOARD, decision_level=level)
        with pytest.raises(Refused, match=sentence) as refused:
            save_status(by=DEMO, status=status, version=status.version, answers=answers)
        assert refused.value.reasons[0].field == "decision_level"


def test_what_was_asked_before_the_levels_changed_is_asked_again(world: World) -> None:
    asks = replace(BOARD, decision_level=L.DIRECTOR)
    world.answer(asks)
    named(leader_levels=1)
    # What stands is kept, also when the rest is saved anew.
    status = world.report().statuses.first()
    save_status(by=DEMO, status=status, version=status.version, answers=replace(asks, cause="En annen."))
    with pytest.raises(IncompleteReport) as refused:
        world.submit()
    assert "Kommunen har ikke det ledernivået lenger. Velg en annen enn direktøren." in str(
        refused.value.problems
    )


def test_old_rows_keep_their_label_and_are_found(world: World, as_user: AsUser) -> None:
    world.answer(replace(BOARD, decision_level=L.DIRECTOR))
    world.submit()
    world.approve()
    named(leader_levels=1)
    page = as_user(world.cast.klima).get("/rapportering/avvik/?niva=director")
    assert page.status_code == 200
    assert "venter på direktøren" in text_of(page)
    assert Deviation.objects.first().get_decision_level_display() == "direktøren"
    assert ('value="director"' in page.text, 'value="middle"' in page.text) == (True, False)


def test_a_file_is_held_to_the_same(enterprise: World) -> None:
    status = enterprise.report(enterprise.cast.kitchen).statuses.select_related("measure", "report").get()
    head = "Periode;Virksomhet-id;Tiltaksnummer;Statuskode;Årsak;Hva som gjøres;Tatt igjen;"
    head += "Beslutning hos;Hva skal avgjøres"
    row = f"2026-T2;{status.report.unit_id};{status.measure.code};delayed;Sent;Mer;31.05.2027;{{}};Kan vi?"
    UnitReport.objects.update(place="there")
    for level, errors in (("executive", 1), ("styret i foretaket", 0)):
        content = "\r\n".join([head, row.format(level)]).encode("utf-8-sig")
        plan = plan_statuses(enterprise.period, content, "statuser.csv")
        assert [len(one.errors) for one in plan.rows] == [errors], plan.rows[0].errors


# --- An enterprise's board ----------------------------------------------------------------------------


def test_a_boards_decision_is_entered_by_its_leader_or_klima(enterprise: World) -> None:
    deviation = asked_by_the_enterprise(enterprise)
    decided = set()
    for name, user in enterprise.cast.people().items():
        try:
            decide_deviation(by=user, deviation=deviation, version=99, given=GIVEN)
        except PermissionDenied:
            continue
        except Exception:
            decided.add(name)
    assert decided == {"annen_leder", "klima"}


def test_the_register_says_that_the_board_decided(enterprise: World, as_user: AsUser) -> None:
    deviation = asked_by_the_enterprise(enterprise)
    leader = enterprise.cast.annen_leder
    assert [one.pk for one in decisions_to_make(leader)] == [deviation.pk]
    assert decisions_to_make(enterprise.cast.klima) == []
    assert decisions_to_make(enterprise.cast.radmann) == []
    assert "Til styret: Kan vi bruke fondet?" in as_user(leader).get("/").text
    url = f"{deviation.get_absolute_url()}beslutning/"
    page = as_user(leader).get(url)
    assert "ber styret i foretaket avgjøre noe" in text_of(page)
    form = {"text": "Ja.", "decided_on": "07.09.2026", "version": str(deviation.version)}
    assert as_user(leader).post(url, form).status_code == 303
    stored = Decision.objects.get()
    assert (stored.body, stored.body_then) == (DecisionBody.ENTERPRISE_BOARD, "styret i et foretak")
    assert "styret i foretaket" in stored.source
    assert (
        "styret i et foretak"
        in text_of(as_user(enterprise.cast.klima).get(stored.get_absolute_url())).lower()
    )


def test_the_summary_puts_it_to_the_board(enterprise: World) -> None:
    asked_by_the_enterprise(enterprise)
    summary = summary_of(period_facts(enterprise.period))
    assert [(one.level, one.level_label) for one in summary.decisions] == [("board", "styret i foretaket")]
