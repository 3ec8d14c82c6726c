"""The pages of measures: who is let in, what is refused in words, and how much it costs."""

import io
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from organisation.enums import Role, UnitKind
from organisation.models import Appointment, Unit, User
from strategy.actions.measure_plan import add_indicator, add_milestone
from strategy.actions.measure_states import move_measure
from strategy.actions.measures import MeasureHead, create_measure, edit_measure
from strategy.enums import MeasureState
from strategy.exports.measures import measures_file
from strategy.models import FocusArea, Measure, Placement, Responsibility, Strategy
from tests.clock import NOW
from tests.html_rules import broken_rules, has
from tests.strategy_world import adopt
from tests.worlds import kept
from web.actors import DEMO
from web.models import Upload
from web.once import new_submission_token

FORM = {"code": "T1", "title": "Elektriske busser", "kind": "tiltak", "level": "municipal"}


def make(code, title, unit=None, **more):
    head = MeasureHead(code=code, title=title, kind="tiltak", level="municipal", **more)
    return create_measure(by=DEMO, head=head, state=MeasureState.PROPOSED, unit=unit)


@kept
def measure(cast):
    return make("T1", "Elektriske busser", cast.transport, description="Anbudet stiller krav om nullutslipp")


def address(name, *args):
    return reverse(f"strategy:{name}", args=args)


def codes(client, **query):
    page = client.get(address("measures"), query).content.decode()
    return [
        code
        for code in Measure.objects.order_by("code").values_list("code", flat=True)
        if f'/tiltak/{code}/"' in page
    ]


# --- List -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("buss", ["T1"]),
        ("bussene", ["T1"]),
        ("elbilen", ["T2"]),
        ("elektrisk", ["T1"]),
        ("krav", ["T1"]),
        ("lader", ["T3"]),
        ("delading", ["T3"]),
        ("t2", ["T2"]),
        ("kafe", ["T4"]),
        ("busser anbud", ["T1"]),
        ("busser ladere", []),
        ("' & | !:* ()", []),
        ("%", []),
    ],
)
def test_search_knows_norwegian_words_and_parts_of_them(cast, as_user, measure, text, found):
    make("T2", "Flere elbiler i hjemmetjenesten")
    make("T3", "Depotet får ladere og gatelading: sjøsideladingen")
    make("T4", "Kortreist mat på kaféene")
    client = as_user(cast.utvalg)
    assert codes(client, q=text) == found


def test_filters_live_in_the_address_and_count(cast, as_user, measure):
    make("T2", "Ladere", cast.kitchen)
    strategy = Strategy.objects.create(title="S", slug="s", covers="alle")
    area = FocusArea.objects.create(strategy=strategy, title="Mobilitet")
    Placement.objects.create(measure=measure, strategy=strategy, focus_area=area)
    adopt(strategy)
    move_measure(by=DEMO, measure=measure, version=1, state=MeasureState.ADOPTED)
    client = as_user(cast.utvalg)
    assert codes(client, virksomhet=cast.kitchen.pk) == ["T2"]
    assert codes(client, innsatsomrade=area.pk) == ["T1"]
    assert codes(client, tilstand="adopted") == ["T1"]
    assert codes(client, type="virkemiddel") == []
    assert has(client.get(address("measures"), {"tilstand": "adopted"}).content.decode(), "1 tiltak passer")
    assert "Ingen tiltak passer" in client.get(address("measures"), {"q": "fly"}).content.decode()
    wrong = client.get(address("measures"), {"virksomhet": "x", "tilstand": "fri", "side": "x"})
    assert wrong.status_code == 200
    assert codes(client, virksomhet="x", side="99") == ["T1", "T2"]


def test_those_with_a_unit_of_their_own_are_led_to_its_measures(cast, as_user, measure):
    make("T2", "Ladere", cast.kitchen)
    link = f'href="{address("measures")}?virksomhet={cast.transport.pk}"'
    for person, shown in ((cast.kontakt, 1), (cast.annen, 0), (cast.utvalg, 0)):
        assert as_user(person).get(address("measures")).content.decode().count(link) == shown
    chosen = as_user(cast.kontakt).get(address("measures"), {"virksomhet": cast.transport.pk})
    assert link not in chosen.content.decode()


def test_a_measure_of_a_draft_is_not_listed_or_exported_for_readers(cast, as_user, measure):
    strategy = Strategy.objects.create(title="S", slug="s", covers="alle")
    area = FocusArea.objects.create(strategy=strategy, title="Hemmelig satsing")
    Placement.objects.create(measure=measure, strategy=strategy, focus_area=area)
    for person, seen in ((cast.utvalg, False), (cast.kontakt, False), (cast.revisor, True)):
        client = as_user(person)
        assert ("busser" in client.get(address("measures")).content.decode()) is seen
        assert ("Hemmelig" in client.get(address("measures")).content.decode()) is seen
        assert ("busser" in client.get(address("export_measures", "csv")).content.decode()) is seen


def test_numbers_come_in_natural_order_fifty_at_a_time(cast, as_user):
    Measure.objects.bulk_create(Measure(code=f"KL{n}", title="Tiltak", kind="tiltak") for n in range(1, 61))
    client = as_user(cast.utvalg)
    page = client.get(address("measures"), {"type": "tiltak"}).content.decode()
    assert page.index("KL2 Tiltak") < page.index("KL10 Tiltak") < page.index("KL50 Tiltak")
    assert "KL51 Tiltak" not in page
    assert "?type=tiltak&amp;side=2" in page
    assert "KL60 Tiltak" in client.get(address("measures"), {"side": 2}).content.decode()


def test_the_list_says_who_answers_today_and_escapes_what_people_wrote(cast, as_user):
    make("A.1", "<b>Buss</b> & bane")
    moved = make("A.2", "Varmepumper", cast.transport)
    yesterday = timezone.localdate() - timedelta(days=1)
    moved.responsibilities.update(valid_from=date(2020, 1, 1), valid_to=yesterday)
    Responsibility.objects.create(measure=moved, unit=cast.kitchen, valid_from=timezone.localdate())
    page = as_user(cast.utvalg).get(address("measures")).text
    rows = re.findall(r'<tr><th scope="row">(.*?)</th><td>(.*?)</td><td>(.*?)</td><td>(.*?)</td></tr>', page)
    assert [re.sub("<[^>]*>", "", " | ".join(row)) for row in rows] == [
        "A.1 &lt;b&gt;Buss&lt;/b&gt; &amp; bane | tiltak | Foreslått | ingen ennå",
        f"A.2 Varmepumper | tiltak | Foreslått | {cast.kitchen.name}",
    ]
    assert all(reverse("strategy:measure", args=[code]) in page for code in ("A.1", "A.2"))
    assert broken_rules(page) == []


def test_units_to_choose_stand_in_norwegian_order(cast, as_user):
    names = ["Åpent arkiv", "Arkiv", "Ærlighet", "Øving"]
    for number, name in enumerate(names):
        unit = Unit.objects.create(name=name, kind=UnitKind.UNIT, valid_from=date(2020, 1, 1))
        make(f"T{number}", name, unit)
    page = as_user(cast.utvalg).get(address("measures")).text
    choice = page.partition('name="virksomhet"')[2].partition("</select>")[0]
    assert re.findall(r">([^<\s][^<]*)</option>", choice) == [
        "Alle",
        "Arkiv",
        "Ærlighet",
        "Øving",
        "Åpent arkiv",
    ]


def counted(client, url, **options):
    client.get(url, **options)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url, **options)
    assert answer.status_code == 200
    return len(queries), len(answer.content)


def grow(cast, count):
    rows = Measure.objects.bulk_create(
        Measure(code=f"X{n}", title="Elektriske maskiner i drift og anlegg", kind="tiltak")
        for n in range(count)
    )
    Responsibility.objects.bulk_create(Responsibility(measure=row, unit=cast.transport) for row in rows)


def test_an_indicator_is_told_apart_from_what_it_is_counted_in(cast, as_user, measure):
    add_indicator(by=DEMO, measure=measure, name="Utslippsfrie anlegg", unit_label="anlegg", direction="up")
    page = as_user(cast.klima).get(address("measure", "T1")).content.decode()
    page = " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert "Utslippsfrie anlegg (anlegg), høyere er bedre" in page


def test_pages_cost_the_same_with_one_and_many(cast, as_user, measure):
    client = as_user(cast.klima)
    add_milestone(by=DEMO, measure=measure, title="M", due=date(2026, 1, 1))
    add_indicator(by=DEMO, measure=measure, name="I", unit_label="stk", direction="up")
    part = {"headers": {"HX-Request": "true", "HX-Target": "tiltak"}}
    search = address("measures") + "?q=elektrisk&tilstand=proposed"
    few = [
        counted(client, search)[0],
        counted(client, search, **part)[0],
        counted(client, address("measure", "T1"))[0],
    ]
    grow(cast, 500)
    for number in range(3):
        add_milestone(by=DEMO, measure=measure, title=f"M{number}", due=date(2026, 1, 1))
        add_indicator(by=DEMO, measure=measure, name=f"I{number}", unit_label="stk", direction="up")
    (listed, size), (fragment, _size) = counted(client, search), counted(client, search, **part)
    detail = counted(client, address("measure", "T1"))[0]
    assert [listed, fragment, detail] == few
    # One of them is what bodies are called here.
    assert listed <= 11
    assert size <= 100_000
    assert fragment <= 11
    # Two of them are what reporting knows about the measure.
    assert detail <= 22
    assert counted(client, address("edit_measure", "T1"))[0] <= 26


# --- Writing ----------------------------------------------------------------------------------------------


def test_a_new_measure_sent_twice_is_one(cast, as_user):
    client = as_user(cast.klima)
    token = new_submission_token(cast.klima)
    data = {
        **FORM,
        "state": "proposed",
        "unit": cast.transport.pk,
        "submission_token": token,
        "co_benefits": ["noise"],
    }
    answers = [client.post(address("new_measure"), data) for _click in range(2)]
    assert [answer["Location"] for answer in answers] == [address("measure", "T1")] * 2
    assert Measure.objects.get().co_benefits == ["noise"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"title": ""}, "Må fylles ut."),
        ({"start_year": "2030", "end_year": "2029"}, "Sluttåret kan ikke være før startåret."),
        ({"start_year": "snart"}, "Skriv et årstall mellom 2000 og 2100."),
        ({"needs": "X9"}, "Det finnes ikke noe tiltak med nummer X9."),
        ({"code": "T 9"}, "uten mellomrom"),
        ({"code": "T2"}, "Et annet tiltak har nummeret T2."),
        ({"external_kind": "county"}, "Skriv hvem den eksterne aktøren er."),
    ],
)
def test_what_is_wrong_in_the_form_is_said_beside_it(cast, as_user, measure, change, words):
    make("T2", "Ladere")
    answer = as_user(cast.klima).post(address("edit_measure", "T1"), {**FORM, "version": 1, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    measure.refresh_from_db()
    assert measure.version == 1


def test_a_stale_form_shows_both_and_keeps_what_was_ticked(cast, as_user, measure):
    edit_measure(by=DEMO, measure=measure, version=1, head=MeasureHead(**{**FORM, "title": "Deres tittel"}))
    data = {
        **FORM,
        "title": "Min tittel",
        "version": 1,
        "contributing": [cast.kitchen.pk, cast.klima_unit.pk],
    }
    client = as_user(cast.klima)
    answer = client.post(address("edit_measure", "T1"), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Deres tittel" in page
    assert "Min tittel" in page
    assert f'name="contributing" value="{cast.kitchen.pk}"' in page
    assert f'name="contributing" value="{cast.klima_unit.pk}"' in page
    assert client.post(address("edit_measure", "T1"), {**data, "version": 2}).status_code == 303
    assert measure.contributions.count() == 2


def test_state_moves_with_a_reason(cast, as_user, measure):
    client = as_user(cast.klima)
    url = address("move_measure", "T1")
    assert "Gjennomført" not in client.get(url).content.decode()
    refused = client.post(url, {"state": "postponed", "reason": "", "version": 1})
    assert refused.status_code == 422
    assert "hvorfor" in refused.content.decode()
    assert client.post(url, {"state": "done", "version": 1}).status_code == 422
    assert client.post(url, {"state": "adopted", "version": 7}).status_code == 409
    assert (
        client.post(url, {"state": "postponed", "reason": "Venter på anbud", "version": 1}).status_code == 303
    )
    assert "Venter på anbud" in client.get(address("measure", "T1")).content.decode()


def test_the_unit_writes_its_plan_and_klima_stamps_it(cast, as_user, measure):
    unit, klima = as_user(cast.kontakt), as_user(cast.klima)
    token = new_submission_token(cast.kontakt)
    row = {"title": "Anbud ute", "due": "31.12.2026", "done_on": "", "submission_token": token}
    for _click in range(2):
        assert unit.post(address("new_milestone", "T1"), row).status_code == 303
    milestone = measure.milestones.get()
    measure.refresh_from_db()
    assert klima.post(address("assure_measure", "T1"), {"version": 1}).status_code == 303
    page = klima.get(address("measure", "T1")).content.decode()
    assert "ikke kvalitetssikret" in page
    assert address("assure_measure", "T1") in page
    klima.post(address("assure_measure", "T1"), {"version": measure.version})
    assert "Kvalitetssikret av Klima" in unit.get(address("measure", "T1")).content.decode()
    # What is assured and unchanged is not offered once more.
    assert address("assure_measure", "T1") not in klima.get(address("measure", "T1")).content.decode()
    row = {"title": "Anbud ute", "due": "31.12.2026", "done_on": "1.5.2026", "version": 1}
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert unit.post(address("milestone", "T1", milestone.pk), row).status_code == 303
    assert "Endret siden kvalitetssikring" in unit.get(address("measure", "T1")).content.decode()
    assert address("assure_measure", "T1") in klima.get(address("measure", "T1")).content.decode()
    assert unit.post(address("milestone", "T1", milestone.pk), row).status_code == 409
    assert unit.post(address("remove_milestone", "T1", milestone.pk), {"version": 1}).status_code == 303
    assert measure.milestones.exists()
    unit.post(address("remove_milestone", "T1", milestone.pk), {"version": 2})
    assert not measure.milestones.exists()


def test_removing_what_is_removed_says_that_it_is(cast, as_user, measure):
    client = as_user(cast.klima)
    milestone = add_milestone(by=DEMO, measure=measure, title="M", due=date(2026, 1, 1))
    indicator = add_indicator(by=DEMO, measure=measure, name="I", unit_label="stk", direction="up")
    other = Measure.objects.create(code="T9", title="Et annet", kind=measure.kind, state=measure.state)
    for name, row in (("remove_milestone", milestone), ("remove_indicator", indicator)):
        assert client.post(address(name, "T1", row.pk), {"version": 1}).status_code == 303
        again = client.post(address(name, "T1", row.pk), {"version": 1})
        assert "Det er allerede fjernet." in client.get(again["Location"]).content.decode()
        assert client.post(address(name, other.code, row.pk), {"version": 1}).status_code == 404
        assert client.post(address(name, "T1", 999_999), {"version": 1}).status_code == 404
    assert as_user(cast.utvalg).post(address("remove_milestone", "T1", milestone.pk)).status_code == 403


def test_a_milestone_past_its_day_is_marked_until_it_is_reached(cast, as_user, measure):
    client = as_user(cast.utvalg)
    today = timezone.localdate()
    milestone = measure.milestones.create(title="Anbud ute", due=today)
    for due, done_on, late in (
        (today, None, 0),
        (today - timedelta(1), None, 1),
        (today - timedelta(1), today, 0),
    ):
        measure.milestones.filter(pk=milestone.pk).update(due=due, done_on=done_on)
        assert client.get(address("measure", "T1")).content.decode().count("fristen er ute") == late


def test_an_indicator_has_targets_per_year_and_tertial(cast, as_user, measure):
    client = as_user(cast.leder)
    head = {"name": "Busser byttet", "unit_label": "busser", "direction": "up"}
    rows = {
        "t0-year": "2026",
        "t0-tertial": "",
        "t0-value": "1 234,5",
        "t1-year": "2027",
        "t1-tertial": "2",
        "t1-value": "7",
    }
    token = {"submission_token": new_submission_token(cast.leder)}
    assert client.post(address("new_indicator", "T1"), {**head, **rows, **token}).status_code == 303
    page = client.get(address("measure", "T1")).content.decode()
    assert has(page, "2026: <strong>1\u00a0234,5</strong> · 2. tertial 2027: <strong>7</strong>")
    indicator = measure.indicators.get()
    url = address("indicator", "T1", indicator.pk)
    assert broken_rules(client.get(url).content.decode()) == []
    twice = {**head, **rows, "t1-year": "2026", "t1-tertial": "", "version": 1}
    assert "to måltall for samme periode" in client.post(url, twice).content.decode()
    half = {**head, "t0-year": "2026", "t0-tertial": "", "t0-value": "", "version": 1}
    assert "Skriv måltallet" in client.post(url, half).content.decode()
    stale = client.post(url, {**head, **rows, "version": 4})
    assert stale.status_code == 409
    assert 'name="t1-value" value="7"' in stale.content.decode()
    assert client.post(url, {**head, "version": 1}).status_code == 303
    assert not indicator.targets.exists()


@pytest.mark.parametrize("name", ["annen", "annen_leder", "direktor", "revisor", "utvalg", "admin"])
def test_strangers_read_the_plan_but_do_not_write_it(cast, as_user, measure, name):
    milestone = add_milestone(by=DEMO, measure=measure, title="Anbud", due=date(2026, 1, 1))
    client = as_user(getattr(cast, name))
    assert "Anbud" in client.get(address("measure", "T1")).content.decode()
    for url in (
        address("new_milestone", "T1"),
        address("milestone", "T1", milestone.pk),
        address("new_indicator", "T1"),
    ):
        assert client.get(url).status_code == 403
        assert client.post(url, {}).status_code == 403
    assert client.post(address("remove_milestone", "T1", milestone.pk), {"version": 1}).status_code == 403


def test_a_part_of_another_measure_does_not_exist_here(cast, as_user, measure):
    milestone = add_milestone(by=DEMO, measure=make("T2", "Ladere"), title="Anbud", due=date(2026, 1, 1))
    assert as_user(cast.klima).get(address("milestone", "T1", milestone.pk)).status_code == 404


def test_a_reorganisation_is_previewed_and_confirmed(cast, as_user, measure):
    other = make("T2", "Ladere", cast.transport)
    Unit.objects.filter(pk=cast.transport.pk).update(valid_to=date(2030, 12, 31))
    Responsibility.objects.filter(measure=other).update(valid_to=date(2031, 6, 30))
    Responsibility.objects.create(measure=other, unit=cast.klima_unit, valid_from=date(2031, 7, 1))
    client = as_user(cast.klima)
    chosen = {"from_unit": cast.transport.pk, "to_unit": cast.kitchen.pk, "since": "1.1.2031"}
    page = client.get(address("reassign"), chosen).content.decode()
    assert "Klima fra 1. juli 2031, faller bort" in page.replace("\u00a0", " ")
    assert broken_rules(page) == []
    ticked = [f"{measure.pk}-1", f"{other.pk}-1"]
    none_ticked = client.post(address("reassign"), chosen)
    assert none_ticked.status_code == 422
    assert 'href="#id_tiltak_0"' in none_ticked.text
    assert broken_rules(none_ticked.text) == []
    Measure.objects.filter(pk=other.pk).update(version=2)
    stale = client.post(address("reassign"), {**chosen, "tiltak": ticked})
    assert stale.status_code == 409
    assert "1 tiltak er endret av andre siden forhåndsvisningen: T2" in stale.content.decode()
    assert broken_rules(stale.text) == []
    assert f'value="{other.pk}-2" checked' in " ".join(stale.text.split())
    ticked[1] = f"{other.pk}-2"
    token = stale.text.partition('name="submission_token" value="')[2].partition('"')[0]
    for _click in range(2):
        answer = client.post(address("reassign"), {**chosen, "tiltak": ticked, "submission_token": token})
        assert (answer.status_code, answer["Location"]) == (303, address("measures"))
    assert "2 tiltak er flyttet til" in client.get(address("measures")).text
    after = Responsibility.objects.valid_on(date(2031, 8, 1)).values_list("unit", flat=True)
    assert list(after) == [cast.kitchen.pk] * 2


def test_nonsense_in_a_reorganisation_is_refused_in_words(cast, as_user, measure):
    client = as_user(cast.klima)
    same = {"from_unit": cast.transport.pk, "to_unit": cast.transport.pk, "since": "1.1.2031"}
    assert "Velg en annen virksomhet" in client.get(address("reassign"), same).content.decode()
    none = {**same, "from_unit": cast.transport.pk, "to_unit": cast.kitchen.pk, "since": "1.1.2001"}
    answer = client.get(address("reassign"), none)
    assert answer.status_code == 422


def test_a_file_is_previewed_confirmed_and_done_once(cast, as_user, measure):
    client = as_user(cast.klima)
    content = measures_file(Measure.objects.all(), "csv").replace(b"Elektriske busser", b"Nye busser")
    upload = {"file": SimpleUploadedFile("tiltak.csv", content)}
    preview = client.post(address("import_measures"), upload)["Location"]
    page = client.get(preview).content.decode()
    assert has(page, "<del>Elektriske busser</del> → <ins>Nye busser</ins>")
    assert "Importer 1 rad" in page
    assert broken_rules(page) == []
    assert as_user(cast.revisor).get(preview).status_code == 403
    mark = page.split('name="fingerprint" value="')[1].split('"')[0]
    assert client.post(preview, {"fingerprint": "x"}).status_code == 409
    for _click in range(2):
        assert client.post(preview, {"fingerprint": mark}).status_code == 303
    measure.refresh_from_db()
    assert (measure.title, measure.version) == ("Nye busser", 2)


OTHER = "Tiltaksnr.;Navn;Slag;Vekt\r\nN1;Nye busser;tiltak;3\r\n"
CHOICE = {"kolonne_code": "Tiltaksnr.", "kolonne_title": "Navn", "kolonne_kind": "Slag"}


def sent(client, text, name="tiltak.csv"):
    return client.post(address("import_measures"), {"file": SimpleUploadedFile(name, text.encode())})


def test_columns_are_chosen_by_hand_where_the_headings_are_not_known(cast, as_user):
    client = as_user(cast.klima)
    answer = sent(client, OTHER)
    upload = Upload.objects.get()
    columns = address("import_measures_columns", upload.pk)
    preview = address("import_measures_preview", upload.pk)
    assert (answer.status_code, answer["Location"]) == (303, columns)
    # The preview has nothing to show yet, and leads back.
    assert client.get(preview)["Location"] == columns
    assert client.get(address("import_measures_errors", upload.pk)).status_code == 404
    page = client.get(columns).content.decode()
    assert "Disse må med: Nummer, Tittel, Type." in page
    assert "Ikke i bruk nå: Tiltaksnr., Navn, Slag, Vekt." in page
    assert broken_rules(page) == []
    for wrong, words in (
        ({"kolonne_title": ""}, "Velg kolonnen."),
        ({"kolonne_title": "Slag"}, "«Slag» er allerede valgt som tittel."),
        ({"kolonne_title": "Tittel"}, "er ikke en kolonne i filen"),
    ):
        refused = client.post(columns, CHOICE | wrong)
        assert refused.status_code == 422
        assert words in refused.content.decode()
        assert '<option value="Tiltaksnr." selected' in refused.content.decode()
    assert client.post(columns, CHOICE)["Location"] == preview
    page = client.get(preview).content.decode()
    assert "Nye busser" in page
    assert "Kjenner ikke igjen «Vekt»" in page
    assert page.count(f'href="{columns}"') == 1
    assert 'value="Navn" selected' in client.get(columns).content.decode()
    mark = page.split('name="fingerprint" value="')[1].split('"')[0]
    assert client.post(preview, {"fingerprint": mark}).status_code == 303
    assert Measure.objects.get().title == "Nye busser"
    assert client.post(columns, CHOICE)["Location"] == address("measures")


def test_a_heading_more_than_the_template_has_is_told_in_the_preview(cast, as_user):
    client = as_user(cast.klima)
    preview = sent(client, "Nummer;Tittel;Type;Enhet\r\nN1;Nye busser;tiltak;" + cast.transport.name + "\r\n")
    page = client.get(preview["Location"]).content.decode()
    assert "Kjenner ikke igjen «Enhet»" in page
    upload = Upload.objects.get()
    columns = client.get(address("import_measures_columns", upload.pk)).content.decode()
    assert '<option value="Tittel" selected' in columns
    chosen = {
        "kolonne_code": "Nummer",
        "kolonne_title": "Tittel",
        "kolonne_kind": "Type",
        "kolonne_unit": "Enhet",
    }
    client.post(address("import_measures_columns", upload.pk), chosen)
    page = client.get(preview["Location"]).content.decode()
    assert f"<ins>{cast.transport.name}</ins>" in page
    assert "Kjenner ikke igjen" not in page
    assert "Endre kolonnene" in page


def test_rows_that_failed_are_taken_out_by_their_uploader_only(cast, as_user):
    client = as_user(cast.klima)
    sent(client, "Nummer;Tittel;Type\r\nN1;God;tiltak\r\nN2;;plan\r\n")
    upload = Upload.objects.get()
    errors = address("import_measures_errors", upload.pk)
    page = client.get(address("import_measures_preview", upload.pk)).content.decode()
    assert errors in page
    assert broken_rules(page) == []
    answer = client.get(errors)
    assert "feilrader.xlsx" in answer["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert lines[1][:4] == ["N2", None, "plan", 3]
    assert "Tittel: Må fylles ut." in lines[1][4]
    assert "Type: Skriv ett av disse" in lines[1][4]
    assert len(lines) == 2
    others = User.objects.create_user("klima2@drammen.example", name="Klima Eksempel to")
    Appointment.objects.create(user=others, role=Role.CLIMATE_EDITOR, valid_from=date(2020, 1, 1))
    columns = address("import_measures_columns", upload.pk)
    for person, status in ((others, 404), (cast.revisor, 403), (cast.kontakt, 403), (cast.utvalg, 403)):
        for url in (errors, columns):
            assert as_user(person).get(url).status_code == status
        assert as_user(person).post(columns, CHOICE).status_code == status
    upload.refresh_from_db()
    assert upload.columns == {}
    Upload.objects.update(uploaded_at=timezone.now() - timedelta(days=2))
    assert client.get(errors).status_code == client.get(columns).status_code == 410


def test_a_bad_file_is_told_in_the_form(cast, as_user):
    client = as_user(cast.klima)
    for content, words in ((b"<html><body>", "nettside"), (b"", "tom"), (b"a;b\r\n1;2\r\n", "overskriftene")):
        answer = client.post(address("import_measures"), {"file": SimpleUploadedFile("t.xlsx", content)})
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_pages_keep_the_rules_of_every_page(cast, as_user, measure):
    client = as_user(cast.klima)
    pages = [("measures",), ("new_measure",), ("import_measures",), ("reassign",), ("measure", "T1")]
    pages += [(name, "T1") for name in ("edit_measure", "move_measure", "new_milestone", "new_indicator")]
    for page in pages:
        answer = client.get(address(*page))
        assert (page, answer.status_code, broken_rules(answer.content.decode())) == (page, 200, [])
    assert client.get(address("measure_template")).status_code == 200
    assert client.get(address("export_measures", "pdf")).status_code == 404
