"""The klimabarometer: periods, figures, what the page says, and files with figures."""

import io
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import InternalError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from strategy.actions.barometer import (
    ValueData,
    add_barometer_indicator,
    set_value,
    set_values,
)
from strategy.calculations import Verdict, last_finished, period_number, period_start, shifted, verdict
from strategy.enums import Direction, Frequency
from strategy.exports.barometer import barometer_sheet, template_sheet
from strategy.importers.barometer import plan_barometer
from strategy.models import BarometerIndicator, BarometerValue, format_period, parse_period
from strategy.queries.barometer import standing, standings
from strategy.views.barometer_panel import panel
from strategy.words.barometer import sentence
from tests.files import all_municipalities, bomb, ole, with_macros
from tests.html_rules import broken_rules
from web.actors import DEMO
from web.concurrency import StaleObject
from web.once import new_submission_token
from web.refusals import Refused
from web.sheets.errors import UnreadableFile
from web.sheets.writing import write_csv, write_xlsx

pytestmark = [pytest.mark.django_db]
NOW = time_machine.travel("2026-10-20 12:00 +0200", tick=False)
days = st.dates(date(1990, 1, 1), date(2100, 12, 31))
frequencies = st.sampled_from(list(Frequency))


@pytest.fixture(autouse=True)
def frozen():
    with NOW:
        yield


def make(name="Andelen nullutslippsbiler", unit="%", frequency=Frequency.QUARTER, **more):
    fields = {
        "name": name,
        "unit_label": unit,
        "direction": Direction.UP,
        "frequency": frequency,
        "source": "Eksempelkilden",
    }
    return add_barometer_indicator(by=DEMO, fields=fields | more)


def put(indicator, period, value, **more):
    figure = None if value is None else Decimal(value)
    return set_value(by=DEMO, indicator=indicator, data=ValueData(period, figure, **more))


@given(days, frequencies)
def test_a_day_lies_in_its_period(day, frequency):
    start = period_start(frequency, day)
    assert start <= day < shifted(frequency, start, 1)
    assert period_number(frequency, shifted(frequency, start, 1)) == period_number(frequency, start) + 1
    assert shifted(frequency, shifted(frequency, start, 7), -7) == start


@given(days, frequencies)
def test_a_period_is_read_as_it_is_written(day, frequency):
    start = period_start(frequency, day)
    assert parse_period(frequency, format_period(frequency, start)) == start


@pytest.mark.parametrize(
    ("frequency", "text", "start"),
    [
        (Frequency.QUARTER, "2026-K3", date(2026, 7, 1)),
        (Frequency.QUARTER, "3. kv. 2026", date(2026, 7, 1)),
        (Frequency.QUARTER, "01.07.2026", date(2026, 7, 1)),
        (Frequency.MONTH, "sep 2026", date(2026, 9, 1)),
        (Frequency.MONTH, "2026-09", date(2026, 9, 1)),
        (Frequency.YEAR, " 2026 ", date(2026, 1, 1)),
    ],
)
def test_ways_to_write_a_period(frequency, text, start):
    assert parse_period(frequency, text) == start


@pytest.mark.parametrize(
    ("frequency", "text"),
    [
        (Frequency.QUARTER, "september 2026"),
        (Frequency.QUARTER, "01.08.2026"),
        (Frequency.QUARTER, "5. kvartal 2026"),
        (Frequency.MONTH, "2026-13"),
        (Frequency.MONTH, "2026"),
        (Frequency.YEAR, "1. kvartal 2026"),
        (Frequency.YEAR, "26"),
        (Frequency.YEAR, ""),
    ],
)
def test_a_period_of_another_kind_is_refused_with_an_example(frequency, text):
    with pytest.raises(ValueError, match="Skriv for eksempel"):
        parse_period(frequency, text)


def test_direction_decides_what_a_change_means():
    up, down = Decimal(1), Decimal(-1)
    assert [verdict(Direction.UP, up), verdict(Direction.UP, down)] == [Verdict.RIGHT, Verdict.WRONG]
    assert [verdict(Direction.DOWN, up), verdict(Direction.DOWN, down)] == [Verdict.WRONG, Verdict.RIGHT]
    assert verdict(Direction.KEEP, up) == Verdict.NEITHER
    assert verdict(Direction.UP, Decimal(0)) == Verdict.UNCHANGED
    assert last_finished(Frequency.QUARTER, date(2026, 10, 20)) == date(2026, 7, 1)


def test_the_sentence_says_value_change_and_direction():
    indicator = make()
    put(indicator, date(2025, 7, 1), "45.1")
    put(indicator, date(2026, 7, 1), "48.2")
    assert sentence(standing(indicator)) == (
        "Andelen nullutslippsbiler var 48,2\u00a0% i 3. kvartal 2026, "
        "opp 3,1\u00a0prosentpoeng på ett år. Det går rett vei."
    )


def test_without_last_year_the_sentence_says_so():
    indicator = make()
    put(indicator, date(2026, 4, 1), "48.2")
    found = standing(indicator)
    assert sentence(found).endswith("Tallet for ett år før er ikke kjent.")
    assert found.awaited == date(2026, 7, 1)


def test_zero_and_missing_are_not_the_same():
    indicator = make()
    put(indicator, date(2026, 4, 1), "0")
    put(indicator, date(2026, 7, 1), None, missing_reason="not_yet_delivered")
    found = panel(standing(indicator))
    assert found.standing.newest.value == 0
    assert found.freshness == "Tallet for 3. kvartal 2026 mangler: ikke levert ennå."
    assert [line.text for line in found.lines] == ["ikke levert ennå", "0\u00a0%"]


def test_a_missing_quarter_is_a_gap_in_the_curve():
    indicator = make()
    for month, value in ((1, "1"), (4, "2"), (7, None), (10, "4")):
        reason = "" if value else "not_estimated"
        put(indicator, date(2025, month, 1), value, missing_reason=reason)
    put(indicator, date(2026, 1, 1), "5")
    lines = [shape for shape in panel(standing(indicator)).chart.wide.shapes if shape.kind == "polyline"]
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (ValueData(date(2026, 8, 1), Decimal(1)), "passer ikke"),
        (ValueData(date(2027, 1, 1), Decimal(1)), "er ikke over"),
        (ValueData(date(2026, 10, 1), Decimal(1)), "er ikke over"),
        (ValueData(date(2026, 7, 1), Decimal(150)), "over 100 prosent"),
        (ValueData(date(2026, 7, 1), Decimal(-5)), "under 0"),
        (ValueData(date(2026, 7, 1), None), "enten et tall eller hvorfor"),
        (ValueData(date(2026, 7, 1), Decimal(1), "not_estimated"), "enten et tall eller hvorfor"),
        (ValueData(date(2026, 7, 1), None, "fordi"), "en av grunnene"),
    ],
)
def test_unfit_values_are_refused(data, words):
    with pytest.raises(Refused, match=words):
        set_value(by=DEMO, indicator=make(), data=data)
    assert not BarometerValue.objects.exists()


def test_what_is_no_share_may_be_above_a_hundred_and_a_change_below_zero():
    assert put(make("Bompasseringer", "passeringer"), date(2026, 7, 1), "61200").value == 61200
    assert put(make("Endring i veitrafikken", "%"), date(2026, 7, 1), "-2.5").value == Decimal("-2.5")
    assert put(make("Andelen elbiler", "%"), date(2026, 7, 1), "100").value == 100
    with pytest.raises(Refused, match="under 0"):
        put(make("Bompasseringer per døgn", "passeringer"), date(2026, 7, 1), "-5")


def test_a_value_is_changed_by_the_one_who_read_it():
    indicator = make()
    put(indicator, date(2026, 7, 1), "1")
    put(indicator, date(2026, 7, 1), "2", version=1)
    with pytest.raises(StaleObject):
        put(indicator, date(2026, 7, 1), "3", version=1)
    with pytest.raises(StaleObject):
        put(indicator, date(2026, 7, 1), "3")
    # The same once more, as by a double click, changes nothing and is no conflict.
    assert put(indicator, date(2026, 7, 1), "2", version=1).version == 2


def test_the_database_holds_period_and_frequency():
    indicator = make()
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        BarometerValue.objects.create(indicator=indicator, period=date(2026, 8, 1), value=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        BarometerValue.objects.create(indicator=indicator, period=date(2026, 7, 1))
    BarometerIndicator.objects.filter(pk=indicator.pk).update(frequency=Frequency.MONTH)
    BarometerValue.objects.create(indicator=indicator, period=date(2026, 8, 1), value=1)
    with pytest.raises((IntegrityError, InternalError)), transaction.atomic():
        BarometerIndicator.objects.filter(pk=indicator.pk).update(frequency=Frequency.YEAR)


def test_only_klima_writes(cast):
    indicator = make()
    for name, person in cast.people().items():
        if name == "klima":
            continue
        with pytest.raises(PermissionDenied):
            set_value(by=person, indicator=indicator, data=ValueData(date(2026, 7, 1), Decimal(1)))
        with pytest.raises(PermissionDenied):
            set_values(by=person, values=[])


def test_queries_do_not_grow_with_indicators(cast, as_user):
    client = as_user(cast.utvalg)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as context:
            page = client.get(reverse("strategy:barometer"))
        assert broken_rules(page.content.decode()) == []
        return len(context)

    put(make(), date(2026, 7, 1), "1")
    queries()
    one = queries()
    for name in ("B", "C"):
        put(make(name), date(2026, 7, 1), "1")
    assert queries() == one


def entry(indicator):
    return reverse("strategy:barometer_value", args=[indicator.pk])


def test_typing_a_value(cast, as_user):
    indicator, client = make(), as_user(cast.klima)
    assert "3. kvartal 2026" not in client.get(entry(indicator)).content.decode().split("Skriv")[0]
    form = {"period": "2026-K3", "value": "48,25", "missing_reason": "", "version": "0"}
    assert client.post(entry(indicator), form).status_code == 303
    assert indicator.values.get().value == Decimal("48.25")
    again = client.post(entry(indicator), form | {"value": "50"})
    assert again.status_code == 409
    assert "48,25" in again.content.decode()
    assert "50" in again.content.decode()
    assert client.post(entry(indicator), form | {"value": "50", "version": "1"}).status_code == 303


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "førtiåtte"}, "førtiåtte"),
        ({"value": ""}, "Skriv et tall, eller velg hvorfor det mangler."),
        ({"missing_reason": "not_estimated"}, "Du har skrevet et tall."),
        ({"period": "juli 2026"}, "er ikke et kvartal"),
        ({"period": "4. kvartal 2027"}, "er ikke over"),
        ({"value": "150"}, "over 100 prosent"),
    ],
)
def test_bad_input_is_kept_and_explained(cast, as_user, change, words):
    indicator = make()
    form = {"period": "2026-K3", "value": "48,2", "missing_reason": "", "source_note": "brev", "version": "0"}
    answer = as_user(cast.klima).post(entry(indicator), form | change)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert 'value="brev"' in page
    assert broken_rules(page) == []
    assert not indicator.values.exists()


# --- All figures of a period on one page ------------------------------------------------------------------

PERIOD = "3. kvartal 2026"


def period_page(text="2026-K3"):
    return f"{reverse('strategy:barometer_period')}?periode={text}"


def row(indicator, value="", *, was="", reason="", note="", version=0):
    """The fields of one row as the page sends them; `was` is the figure that stood there."""
    prefix = f"i{indicator.pk}"
    fields = {"value": value, "missing_reason": reason, "source_note": note, "version": str(version)}
    hidden = {"value": was, "missing_reason": "", "source_note": ""}
    return {f"{prefix}-{name}": text for name, text in fields.items()} | {
        f"initial-{prefix}-{name}": text for name, text in hidden.items()
    }


def test_the_page_of_a_period_has_a_row_for_every_indicator_with_that_frequency(cast, as_user):
    cars, vans = make(), make("Varebiler", order=200)
    make("Reiser", frequency=Frequency.MONTH)
    make("Utgått", active=False)
    put(cars, date(2026, 7, 1), "48.2")
    put(cars, date(2026, 4, 1), "47")
    page = as_user(cast.klima).get(period_page()).content.decode()
    assert f"Legg inn tall for {PERIOD}" in page
    assert page.index("Andelen nullutslippsbiler</a>") < page.index("Varebiler</a>")
    assert f'name="i{cars.pk}-value" value="48,2"' in page
    assert "Sist 47\N{NO-BREAK SPACE}% i 2. kvartal 2026" in page
    assert f'name="i{vans.pk}-value"' in page
    assert "Utgått" not in page
    assert "Reiser" not in page
    assert 'value="2026-K3" selected' in page
    assert 'value="2026-09"' in page
    assert broken_rules(page) == []
    months = as_user(cast.klima).get(period_page("2026-09")).content.decode()
    assert "Reiser</a>" in months
    assert "Varebiler</a>" not in months


def test_without_a_period_the_address_gets_the_one_that_waits_most(cast, as_user):
    client = as_user(cast.klima)
    assert "Ingen indikatorer ennå" in client.get(reverse("strategy:barometer_period")).content.decode()
    make("A"), make("B"), make("C", frequency=Frequency.MONTH)
    answer = client.get(reverse("strategy:barometer_period"))
    assert (answer.status_code, answer["Location"]) == (303, period_page())
    for indicator in BarometerIndicator.objects.filter(frequency=Frequency.QUARTER):
        put(indicator, date(2026, 7, 1), "1")
    assert client.get(reverse("strategy:barometer_period"))["Location"] == period_page("2026-09")


def test_several_figures_are_saved_in_one_operation_and_rows_left_alone_are_left_alone(cast, as_user):
    cars, vans, tolls = make(), make("Varebiler"), make("Bompasseringer")
    put(tolls, date(2026, 7, 1), "62000")
    sent = (
        row(cars, "48,2", note="brev")
        | row(vans, reason="not_yet_delivered")
        | row(tolls, "62 000", was="62 000", version=1)
    )
    client = as_user(cast.klima)
    answer = client.post(period_page(), sent)
    assert (answer.status_code, answer["Location"]) == (303, reverse("strategy:barometer"))
    assert f"2 tall for {PERIOD} er lagret." in client.get(answer["Location"]).content.decode()
    saved = cars.values.get()
    assert (saved.value, saved.source_note) == (Decimal("48.2"), "brev")
    assert vans.values.get().missing_reason == "not_yet_delivered"
    assert tolls.values.get().version == 1
    # Sent twice, as by a double click, it writes nothing more.
    assert client.post(period_page(), sent).status_code == 303
    assert cars.values.get().version == 1


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("value", "førtiåtte", "førtiåtte"),
        ("value", "1" * 20, "for langt"),
        ("missing_reason", "fordi", "Velg ett av alternativene i listen."),
        ("source_note", "x" * 251, "250"),
    ],
)
def test_one_bad_row_saves_none_and_loses_nothing(cast, as_user, field, typed, words):
    cars, vans = make(), make("Varebiler")
    sent = row(cars, "48,2", note="brev") | row(vans, "14,9")
    sent[f"i{vans.pk}-{field}"] = typed
    answer = as_user(cast.klima).post(period_page(), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert f'href="#id_i{vans.pk}-{field}"' in page
    assert 'value="48,2"' in page
    assert 'value="brev"' in page
    assert broken_rules(page) == []
    assert not BarometerValue.objects.exists()


def test_a_figure_taken_away_and_a_note_alone_ask_for_a_reason(cast, as_user):
    cars, vans = make(), make("Varebiler")
    put(cars, date(2026, 7, 1), "48.2")
    sent = row(cars, "", was="48,2", version=1) | row(vans, note="bare en merknad")
    answer = as_user(cast.klima).post(period_page(), sent)
    assert answer.status_code == 422
    assert answer.content.decode().count("Skriv et tall, eller velg hvorfor det mangler.") == 4
    both = row(cars, "49", was="48,2", reason="not_estimated", version=1)
    assert "Velg «Tallet mangler ikke»" in as_user(cast.klima).post(period_page(), both).content.decode()
    assert cars.values.get().value == Decimal("48.2")


def test_what_others_saved_meanwhile_is_shown_and_never_written_over_unseen(cast, as_user):
    cars, vans, tolls = make(), make("Varebiler"), make("Bompasseringer")
    put(tolls, date(2026, 7, 1), "62000")
    # Shown to her: cars and vans empty, tolls at 62 000. Then others save cars and tolls.
    put(cars, date(2026, 7, 1), "47.9")
    put(tolls, date(2026, 7, 1), "63000", version=1)
    sent = row(cars, "48,2") | row(vans, "14,9") | row(tolls, "62 000", was="62 000", version=1)
    client = as_user(cast.klima)
    answer = client.post(period_page(), sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Noen andre har lagret først" in page
    told = [(one.label, one.yours, one.theirs) for one in answer.context["conflict"]]
    assert told == [("Andelen nullutslippsbiler, verdi i %", "48,2", "47,9")], "not the row left alone"
    assert f'name="i{cars.pk}-version" value="1"' in page
    assert 'value="48,2"' in page
    assert not vans.values.exists()
    again = sent | {f"i{cars.pk}-version": "1"}
    assert client.post(period_page(), again).status_code == 303
    assert cars.values.get().value == Decimal("48.2")
    assert tolls.values.get().value == Decimal("63000")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tull", "er ikke en måned"),
        ("2026-13", "er ikke en måned"),
        ("2027-K1", "har ikke begynt"),
        ("1980", "utenfor"),
    ],
)
def test_a_period_that_is_none_is_told_and_another_can_be_chosen(cast, as_user, text, words):
    make()
    for ask in (as_user(cast.klima).get, as_user(cast.klima).post):
        answer = ask(period_page(text))
        page = answer.content.decode()
        assert answer.status_code == 422
        assert words in page
        assert 'name="periode"' in page
        assert broken_rules(page) == []


def test_the_page_of_a_period_costs_the_same_with_one_and_three(cast, as_user):
    client = as_user(cast.klima)

    def queries():
        client.get(period_page())
        with CaptureQueriesContext(connection) as context:
            client.get(period_page())
        return len(context)

    put(make(), date(2026, 7, 1), "1")
    one = queries()
    for name in ("B", "C"):
        put(make(name), date(2026, 4, 1), "1")
    assert queries() == one


def test_only_klima_saves_a_period(cast):
    indicator = make()
    for name, person in cast.people().items():
        if name != "klima":
            with pytest.raises(PermissionDenied):
                set_values(by=person, values=[(indicator, ValueData(date(2026, 7, 1), Decimal(1)))])


def test_an_indicator_is_made_and_changed_with_its_version(cast, as_user):
    client = as_user(cast.klima)
    form = {
        "name": "Sykkelturer", "unit_label": "turer", "direction": "up", "frequency": "month",
        "source": "Telleren", "order": "5", "active": "on", "version": "0",
    }  # fmt: skip
    token = new_submission_token(cast.klima)
    for _twice in range(2):
        made = client.post(reverse("strategy:barometer_new"), form | {"submission_token": token})
        assert made.status_code == 303
    indicator = BarometerIndicator.objects.get()
    edit = reverse("strategy:barometer_edit", args=[indicator.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, form | {"source": "Den nye", "version": "1"}).status_code == 303
    assert client.post(edit, form | {"source": "Min", "version": "1"}).status_code == 409
    put(indicator, date(2026, 9, 1), "7")
    refused = client.post(edit, form | {"frequency": "year", "version": "2"})
    assert refused.status_code == 422
    assert "Lag en ny indikator" in refused.content.decode()


# --- Files ----------------------------------------------------------------------------------------------


def errors_of(plan):
    return [(row.number, column, sentence) for row in plan.rows for column, sentence in row.errors]


def csv_file(*rows):
    head = "Indikator;Periode;Verdi;Mangler fordi;Kilde"
    return "\r\n".join([head, *rows]).encode("utf-8-sig")


@pytest.mark.parametrize("write", [lambda sheet: write_xlsx([sheet]), write_csv], ids=["xlsx", "csv"])
@pytest.mark.parametrize("make_sheet", [barometer_sheet, template_sheet])
def test_what_is_taken_out_can_be_read_back(write, make_sheet):
    indicator = make()
    put(indicator, date(2026, 4, 1), "48.25", source_note="=SUM(1)")
    put(indicator, date(2026, 7, 1), None, missing_reason="confidential")
    plan = plan_barometer(write(make_sheet(standings(), date(2026, 10, 20))), "fil.xlsx")
    assert {row.outcome for row in plan.rows} == {"unchanged"}
    read = [row.data for row in plan.rows]
    found = [(row.period, row.value, row.missing_reason, row.source_note) for row in read]
    assert found == [
        (date(2026, 4, 1), Decimal("48.25"), "", "=SUM(1)"),
        (date(2026, 7, 1), None, "confidential", ""),
    ]


def test_every_error_has_row_and_column():
    make()
    plan = plan_barometer(
        csv_file(
            "Andelen nullutslippsbiler;2026-K1;mange;;",
            "Andelen nullutslippsbiler;august 2026;1;;",
            "Ukjent;2026-K1;1;;",
            "Andelen nullutslippsbiler;2026-K2;1;;",
            "andelen nullutslippsbiler;2. kvartal 2026;2;;",
            "Andelen nullutslippsbiler;2025-K1;;fordi;",
            "Andelen nullutslippsbiler;2025-K2;3;ikke beregnet;",
            "Andelen nullutslippsbiler;2025-K3;;;",
        ),
        "fil.csv",
    )
    assert [error[:2] for error in errors_of(plan)] == [
        (2, "Verdi"), (3, "Periode"), (4, "Indikator"), (6, "Periode"), (7, "Mangler fordi"),
        (8, "Mangler fordi"),
    ]  # fmt: skip
    assert "rad 5" in errors_of(plan)[3][2]


def test_numbers_stored_as_text_in_a_workbook_are_refused():
    make()
    sheet = template_sheet(standings(), date(2026, 10, 20))
    rows = [[*next(iter(sheet.rows))[:2], "48,2", None, None, "%"]]
    text = write_xlsx([type(sheet)(sheet.name, sheet.columns, rows, sheet.title)])
    errors = errors_of(plan_barometer(text, "fil.xlsx"))
    assert [(column, "Gjør om cellen til tall" in sentence) for _row, column, sentence in errors] == [
        ("Verdi", True)
    ]


def test_a_date_for_a_figure_and_a_number_for_a_period_are_refused():
    make()
    name = "Andelen nullutslippsbiler"
    book = Workbook()
    book.active.append(["Indikator", "Periode", "Verdi", "Mangler fordi", "Kilde"])
    book.active.append([name, "2026-K1", date(2026, 1, 1), None, None])
    book.active.append([name, 46023, 47.5, None, None])
    book.active.append([name, date(2026, 4, 2), 47.5, None, None])
    out = io.BytesIO()
    book.save(out)
    errors = errors_of(plan_barometer(out.getvalue(), "fil.xlsx"))
    assert [error[:2] for error in errors] == [
        (2, "Verdi"),
        (3, "Periode"),
        (4, "Periode"),
    ]
    assert "dato" in errors[0][2]
    assert not BarometerValue.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Filen er tom"),
        (b"<!doctype html><html><body>x</body></html>", "nettside"),
        (with_macros(), "makroer"),
        (bomb(60), "Last ned malen"),
        (ole("EncryptedPackage"), "passord"),
        (all_municipalities()[:-400], "slutten av filen mangler"),
        (b"%PDF-1.4", "Last ned malen"),
        (b"a;b;c\r\n1;2;3\r\n", "Vi finner ikke kolonnene"),
        (b"PK\x03\x04 ikke et regneark", "slutten av filen mangler"),
    ],
)
def test_other_files_are_refused_with_one_sentence(content, words):
    with pytest.raises(UnreadableFile, match=words):
        plan_barometer(content, "fil.xlsx")


def upload(client, content):
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    return client.post(
        reverse("strategy:barometer_import"), {"file": SimpleUploadedFile("tall.csv", content)}
    )


def previewed(client, content):
    kept = upload(client, content)
    assert kept.status_code == 303
    return client.get(kept["Location"])


def test_import_shows_before_and_after_and_writes_all_at_once(cast, as_user):
    indicator, client = make(), as_user(cast.klima)
    put(indicator, date(2026, 4, 1), "47")
    content = csv_file(
        "Andelen nullutslippsbiler;2026-K1;46;;", "Andelen nullutslippsbiler;2026-K2;47,5;;brev"
    )
    page = previewed(client, content)
    assert page.status_code == 200
    assert broken_rules(page.content.decode()) == []
    assert [row.changes for row in page.context["plan"].rows] == [
        [("Verdi", "", "46\u00a0%")],
        [("Verdi", "47\u00a0%", "47,5\u00a0%"), ("Kilde", "", "brev")],
    ]
    assert indicator.values.count() == 1
    form = {"fingerprint": page.context["plan"].fingerprint}
    for _twice in range(2):
        assert client.post(page.request["PATH_INFO"], form).status_code == 303
    assert list(indicator.values.order_by("period").values_list("value", "version")) == [
        (46, 1),
        (Decimal("47.5"), 2),
    ]


def test_import_over_somebody_elses_change_writes_nothing(cast, as_user):
    indicator, client = make(), as_user(cast.klima)
    put(indicator, date(2026, 4, 1), "47")
    content = csv_file("Andelen nullutslippsbiler;2026-K1;46;;", "Andelen nullutslippsbiler;2026-K2;48;;")
    page = previewed(client, content)
    put(indicator, date(2026, 4, 1), "47.2", version=1)
    answer = client.post(page.request["PATH_INFO"], {"fingerprint": page.context["plan"].fingerprint})
    assert answer.status_code == 409
    assert "Ingenting er importert" in answer.content.decode()
    assert indicator.values.get().value == Decimal("47.2")


def test_a_preview_that_is_changed_or_somebody_elses_is_refused(cast, as_user):
    make()
    client = as_user(cast.klima)
    page = previewed(client, csv_file("Andelen nullutslippsbiler;2026-K1;46;;"))
    url = page.request["PATH_INFO"]
    for sent in ("", page.context["plan"].fingerprint + "x"):
        assert client.post(url, {"fingerprint": sent}).status_code == 409
    # Where previews were confirmed before leads to where the file is uploaded.
    assert client.post(reverse("strategy:barometer_confirm"), {"payload": "x"})["Location"] == reverse(
        "strategy:barometer_import"
    )
    assert "Last opp filen på nytt" in client.get(reverse("strategy:barometer_import")).content.decode()
    assert not BarometerValue.objects.exists()


def test_a_file_with_errors_lists_them_and_writes_nothing(cast, as_user):
    make()
    client = as_user(cast.klima)
    page = previewed(
        client,
        csv_file(
            "Andelen nullutslippsbiler;2027-K4;46;;",
            "Feil;2026-K1;1;;",
            "Andelen nullutslippsbiler;2026-K4;1;;",
        ),
    )
    assert [error[:2] for error in errors_of(page.context["plan"])] == [
        (2, "Periode"),
        (3, "Indikator"),
        # It has begun, and is not over.
        (4, "Periode"),
    ]
    assert broken_rules(page.content.decode()) == []
    answer = client.post(page.request["PATH_INFO"], {"fingerprint": page.context["plan"].fingerprint})
    assert answer.status_code == 409
    rows = list(
        load_workbook(io.BytesIO(client.get(f"{page.request['PATH_INFO']}feil/").content)).active.values
    )
    assert [row[0] for row in rows[1:]] == [2, 3, 4]
    assert not BarometerValue.objects.exists()


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_readers_take_out_what_is_shown(cast, as_user, file_format):
    put(make(), date(2026, 4, 1), "47")
    answer = as_user(cast.utvalg).get(reverse("strategy:barometer_export", args=[file_format]))
    assert answer.status_code == 200
    assert f'filename="klimabarometer.{file_format}"' in answer["Content-Disposition"]
    assert as_user(cast.utvalg).get(reverse("strategy:barometer_export", args=["pdf"])).status_code == 404
