"""Milestones and indicators as spreadsheets, beside the measures they belong to."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from strategy.actions.measure_plan import TargetValue, add_indicator, add_milestone, edit_milestone
from strategy.actions.measures import MeasureHead, create_measure
from strategy.enums import MeasureState
from strategy.exports.measures import measure_template, measures_file
from strategy.importers.measures import plan_measures
from strategy.models import Indicator, IndicatorTarget, Measure, Milestone
from strategy.views.measure_import import measure_import
from strategy.words.part_columns import INDICATORS, MILESTONES, PART_SHEETS
from tests.file_imports import confirm, keep, take_in
from tests.html_rules import broken_rules
from tests.worlds import kept
from web.actors import DEMO
from web.models import Upload
from web.register.uploads import ImportChanged
from web.sheets.errors import UnreadableFile

NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'\"; ,\t\n\r\\|<>&æøåÆ\u00a0\u200b\u2028_x0041"),
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
    ),
    max_size=60,
)
HEADERS = {sheet.code: [str(column.header) for column in sheet.columns] for sheet in PART_SHEETS}
MILESTONE = ["T1", None, "Anbud ute", date(2026, 10, 1), None]
INDICATOR = ["T1", None, "Biler byttet", "biler", "høyere er bedre", 2027, None, 12.5]


@kept
def measure(cast):
    head = MeasureHead(code="T1", title="Elektriske biler", kind="tiltak", level="municipal")
    made = create_measure(by=DEMO, head=head, state=MeasureState.PROPOSED, unit=cast.transport)
    for title, done in (("Kontrakt; signert", None), ("Første bil", date(2026, 5, 2)), ("Første bil", None)):
        add_milestone(by=DEMO, measure=made, title=title, due=date(2026, 6, 30), done_on=done)
    targets = [
        TargetValue(2026, None, Decimal("10.25")),
        TargetValue(2026, 2, Decimal(0)),
        TargetValue(2027, None, Decimal("999999999999.99")),
    ]
    add_indicator(by=DEMO, measure=made, name="=Andel nye", unit_label="%", direction="up", targets=targets)
    add_indicator(by=DEMO, measure=made, name="Uten tall", unit_label="biler", direction="keep")
    return made


def book(*, measures=(), milestones=None, indicators=None, titles=("Milepæler", "Indikatorer")):
    """A workbook with the sheets that are given rows."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    if measures:
        sheet = workbook.create_sheet("Tiltak")
        sheet.append(["Nummer", "Tittel", "Type"])
        for row in measures:
            sheet.append(list(row))
    for code, title, rows in zip(HEADERS, titles, (milestones, indicators), strict=True):
        if rows is not None:
            sheet = workbook.create_sheet(title)
            sheet.append(HEADERS[code])
            for row in rows:
                sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def plan(content, name="tiltak.xlsx"):
    return plan_measures(content, name)


def told(content, name="tiltak.xlsx"):
    rows = plan(content, name).parts
    return {(row.number, column): sentence for row in rows for column, sentence in row.errors}


def write(cast, content, name="tiltak.xlsx"):
    return take_in(measure_import(), cast.klima, content, name)


# --- Out and in again -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file_format", "milestones", "indicators"),
    [("xlsx", 3, 4), ("milepaeler", 3, 0), ("indikatorer", 0, 4)],
)
def test_out_and_in_again_changes_nothing(measure, file_format, milestones, indicators):
    name = "tiltak.xlsx" if file_format == "xlsx" else "fil.csv"
    found = plan(measures_file(Measure.objects.all(), file_format), name)
    kinds = [row.sheet.code for row in found.parts]
    assert (kinds.count("milestones"), kinds.count("indicators")) == (milestones, indicators)
    assert {(row.outcome, *row.errors, *row.changes) for row in found.rows} == {("unchanged",)}
    assert not found.is_ready


@pytest.mark.parametrize(
    "files", [[("xlsx", "t.xlsx")], [("milepaeler", "m.csv"), ("indikatorer", "i.csv")]], ids=["xlsx", "csv"]
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=NASTY,
    name=NASTY,
    unit=NASTY,
    value=st.decimals(-(10**12) + 1, 10**12 - 1, places=2),
    due=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
)
def test_anything_comes_back_as_it_was(measure, files, title, name, unit, value, due):
    Milestone.objects.filter(title__startswith="Kontrakt").update(title="Kontrakt" + title, due=due)
    named = Indicator.objects.filter(targets__isnull=True) | Indicator.objects.filter(name__startswith="Y")
    indicator = named.get()
    Indicator.objects.filter(pk=indicator.pk).update(name="Y" + name, unit_label="x " + unit[:30])
    IndicatorTarget.objects.update_or_create(
        indicator=indicator, year=2030, tertial=3, defaults={"value": value}
    )
    for file_format, file_name in files:
        found = plan(measures_file(Measure.objects.all(), file_format), file_name)
        assert {(row.outcome, *row.errors, *row.changes) for row in found.rows} == {("unchanged",)}
        assert found.parts


def test_what_is_exported_is_typed_and_never_a_formula(measure):
    workbook = load_workbook(io.BytesIO(measures_file(Measure.objects.all(), "xlsx")))
    assert workbook.sheetnames == ["Tiltak", "Milepæler", "Indikatorer"]
    first = [(cell.data_type, cell.value) for cell in workbook["Indikatorer"][2]]
    assert first[2:] == [
        ("s", "=Andel nye"), ("s", "%"), ("s", "høyere er bedre"), ("n", 2026), ("n", None), ("n", 10.25),
    ]  # fmt: skip
    assert workbook["Milepæler"]["D2"].is_date
    text = measures_file(Measure.objects.all(), "indikatorer").decode("utf-8-sig")
    assert "'=Andel nye;%;høyere er bedre;2026;;10,25" in text


def test_the_template_has_the_sheets_and_is_read_back(cast):
    workbook = load_workbook(io.BytesIO(measure_template()))
    for sheet in PART_SHEETS:
        assert [cell.value for cell in workbook[str(sheet.title)][1]] == HEADERS[sheet.code]
    [choice] = workbook["Indikatorer"].data_validations.dataValidation
    assert str(choice.sqref) == "E2:E501"
    words = workbook["Lister"]
    letter = choice.formula1.split("$")[1]
    assert [words[f"{letter}{row}"].value for row in (2, 3, 4)] == [
        "høyere er bedre", "lavere er bedre", "skal holdes",
    ]  # fmt: skip
    with pytest.raises(UnreadableFile, match="ingen tiltak"):
        plan(measure_template())


def test_queries_do_not_grow_with_rows(measure):
    def counts(rows):
        content = book(
            milestones=[["T1", None, f"M{n}", date(2027, 1, 1), None] for n in range(rows)],
            indicators=[["T1", None, f"I{n}", "km", "skal holdes", 2027, None, n] for n in range(rows)],
        )
        with CaptureQueriesContext(connection) as reading:
            assert plan(content).count("new") == 2 * rows
        with CaptureQueriesContext(connection) as writing:
            measures_file(Measure.objects.all(), "xlsx")
        return [sum("SAVEPOINT" not in one["sql"] for one in seen) for seen in (reading, writing)]

    few = counts(1)
    for number in range(30):
        head = MeasureHead(code=f"N{number}", title="Nytt", kind="tiltak", level="municipal")
        made = create_measure(by=DEMO, head=head, state=MeasureState.IDEA, unit=None)
        add_milestone(by=DEMO, measure=made, title="En", due=date(2026, 6, 30))
        add_indicator(by=DEMO, measure=made, name="En", unit_label="km", direction="up")
    assert counts(60) == few
    assert max(few) <= 20


# --- New and changed ------------------------------------------------------------------------------------


def test_new_and_changed_are_written_in_one_deed_with_their_measures(cast, measure):
    contract = Milestone.objects.get(title__startswith="Kontrakt")
    share = Indicator.objects.get(name="=Andel nye")
    content = book(
        measures=[["N1", "Nytt", "virkemiddel"]],
        milestones=[
            ["T1", contract.pk, "Kontrakt inngått", date(2026, 7, 1), date(2026, 6, 28)],
            ["N1", None, "Kartlagt", "31.12.2026", None],
        ],
        indicators=[
            ["T1", share.pk, "Andel nye", "%", "høyere er bedre", 2026, None, 11],
            ["T1", share.pk, "Andel nye", None, None, 2026, 2, None],
            ["T1", None, "Uten tall", "biler", "skal holdes", 2028, 1, 3],
            ["N1", None, "Kurs holdt", "kurs", "Høyere er bedre", 2026, None, 1],
            ["N1", None, "Kurs holdt", "kurs", "Høyere er bedre", 2027, None, 2.5],
        ],
    )
    found = plan(content)
    assert [row.outcome for row in found.rows] == ["new", "changed", "new", "changed", "changed",
                                                       "changed", "new", "new"]  # fmt: skip
    assert found.parts[0].changes == [
        ("Milepæl", "Kontrakt; signert", "Kontrakt inngått"),
        ("Frist", "30.\u00a0juni 2026", "1.\u00a0juli 2026"),
        ("Nådd", "", "28.\u00a0juni 2026"),
    ]
    assert ("Måltall 2026", "10,25", "11") in found.parts[2].changes
    assert found.parts[3].changes == [("Måltall 2. tertial 2026", "0", "")]
    assert not Measure.objects.filter(code="N1").exists()
    assert write(cast, content) == 8
    contract.refresh_from_db()
    assert (contract.title, contract.due, contract.done_on, contract.version) == (
        "Kontrakt inngått", date(2026, 7, 1), date(2026, 6, 28), 2,
    )  # fmt: skip
    share.refresh_from_db()
    assert share.name == "Andel nye"
    # The target without a row stands; the one with an empty figure is gone.
    assert [(one.year, one.tertial, one.value) for one in share.targets.all()] == [
        (2026, None, Decimal(11)), (2027, None, Decimal("999999999999.99")),
    ]  # fmt: skip
    new = Measure.objects.get(code="N1")
    assert [(one.title, one.due) for one in new.milestones.all()] == [("Kartlagt", date(2026, 12, 31))]
    course = new.indicators.get()
    assert (course.unit_label, course.direction) == ("kurs", "up")
    assert list(course.targets.values_list("year", "value")) == [(2026, 1), (2027, Decimal("2.5"))]
    assert measure.milestones.count() == 3
    # Read once more, a row without a number finds what it made.
    assert plan(content).count("unchanged") == 8


def test_columns_that_are_left_out_stay_as_they_are(cast, measure):
    text = "Tiltaksnummer;Milepæl;Frist\r\nT1;Kontrakt; signert;1.7.2026\r\n".replace(
        "Kontrakt; signert", '"Kontrakt; signert"'
    )
    Milestone.objects.filter(title__startswith="Kontrakt").update(done_on=date(2026, 6, 1))
    assert write(cast, text.encode(), "m.csv") == 1
    contract = Milestone.objects.get(title__startswith="Kontrakt")
    assert (contract.due, contract.done_on) == (date(2026, 7, 1), date(2026, 6, 1))
    text = "Tiltaksnummer;Resultatindikator;År;Måltall\r\nT1;Uten tall;2026;1 234,5\r\n"
    assert write(cast, text.encode(), "i.csv") == 1
    target = IndicatorTarget.objects.get(indicator__name="Uten tall")
    assert (target.value, target.indicator.direction) == (Decimal("1234.5"), "keep")


def test_what_klima_imports_does_not_look_like_a_change_by_the_unit(cast, measure):
    write(cast, book(milestones=[MILESTONE]))
    measure.refresh_from_db()
    assert measure.plan_changed_at is None


# --- What is wrong --------------------------------------------------------------------------------------


def test_one_wrong_row_stops_all_and_says_where(cast, measure):
    other = Milestone.objects.create(measure=Measure.objects.create(code="T2", title="T", kind="tiltak"),
                                     title="En annens", due=date(2026, 1, 1))  # fmt: skip
    content = book(
        milestones=[
            MILESTONE,
            ["X9", None, "Ukjent tiltak", date(2026, 1, 1), None],
            ["T1", None, None, date(2026, 1, 1), None],
            ["T1", None, "Tall som dato", 46023, None],
            ["T1", None, "Ingen dato", "snart", None],
            ["T1", other.pk, "En annens", date(2026, 1, 1), None],
            ["T1", None, "Første bil", date(2026, 1, 1), None],
            ["T1", None, "Anbud ute", date(2026, 1, 1), None],
            ["T1", "m1", "Ikke nummer", date(2026, 1, 1), None],
            ["T1", None, "m" * 201, date(2026, 1, 1), None],
            ["T1", None, "Uten frist", None, None],
            ["T1", None, "For lenge siden", date(1926, 1, 1), None],
        ]
    )
    expected = {
        (3, "Tiltaksnummer"): "ikke noe tiltak med nummer «X9»",
        (4, "Milepæl"): "Må fylles ut",
        (5, "Frist"): "«46023» er et tall, ikke en dato",
        (6, "Frist"): "Skriv en dato",
        (7, "Nr. i portalen"): f"ikke noe nr. {other.pk}",
        (8, "Milepæl"): "flere med dette navnet",
        (9, "Milepæl"): "står også i rad 2",
        (10, "Nr. i portalen"): "Du skrev «m1»",
        (11, "Milepæl"): "høyst 200 tegn",
        (12, "Frist"): "Må fylles ut",
        (13, "Frist"): "mellom 2000 og 2100",
    }
    found = told(content)
    assert set(found) == set(expected)
    assert [key for key, words in expected.items() if words not in found[key]] == []
    upload = keep(measure_import(), cast.klima, content, "t.xlsx")
    with pytest.raises(ImportChanged):
        confirm(measure_import(), cast.klima, upload, plan(content).fingerprint)
    assert not Milestone.objects.filter(title="Anbud ute").exists()


def test_wrong_rows_of_indicators_say_where(cast, measure):
    named = Indicator.objects.get(name="Uten tall")
    add_indicator(by=DEMO, measure=measure, name="Tatt", unit_label="km", direction="up")
    content = book(
        indicators=[
            INDICATOR,
            ["T1", None, "Biler byttet", "busser", None, 2028, None, 1],
            ["T1", None, "Biler byttet", "biler", None, 2027, None, 9],
            ["T1", None, "Ny", None, "opp", 2027, None, 1],
            ["T1", None, "Kutt", "tonn CO2", "høyere er bedre", 2027, None, 1],
            ["T1", named.pk, "Tatt", "biler", "skal holdes", None, None, None],
            ["T1", None, "Tekst", "km", "skal holdes", 2027, None, "1 234"],
            ["T1", None, "Desimaler", "km", "skal holdes", 2027, None, 1.234],
            ["T1", None, "Uten år", "km", "skal holdes", None, None, 3],
            ["T1", None, "Tertial", "km", "skal holdes", 2027, 4, 3],
            ["T1", None, "Dato", "km", "skal holdes", date(2027, 1, 1), None, 3],
            ["T1", None, "Stort", "km", "skal holdes", 2027, None, 10**12],
            ["T1", None, "Uten måleenhet", None, "skal holdes", 2027, None, 1],
        ]
    )
    expected = {
        (3, "Måleenhet"): "noe annet om den samme indikatoren i rad 2",
        (4, "Resultatindikator"): "står også i rad 2",
        (5, "Retning"): "Skriv ett av disse: høyere er bedre",
        (6, "Måleenhet"): "aldri utslipp",
        (7, "Resultatindikator"): "allerede en resultatindikator med det navnet",
        (8, "Måltall"): "er lagret som tekst",
        (9, "Måltall"): "høyst 2",
        (10, "År"): "hvilket år",
        (11, "Tertial"): "Skriv 1, 2 eller 3",
        (12, "År"): "er en dato",
        (13, "Måltall"): "for stort",
        (14, "Måleenhet"): "Må fylles ut",
    }
    found = told(content)
    assert set(found) == set(expected)
    assert [key for key, words in expected.items() if words not in found[key]] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: b"Tiltaksnummer;Milep\xc3\xa6l\r\nT1;En\r\n", "Milepæler mangler kolonnen «Frist»"),
        (lambda: b"Tiltaksnummer;Milep\xc3\xa6l;Frist;Frist\r\nT1;En;;\r\n", "«Frist» står to ganger"),
        (lambda: b"Tiltaksnummer;Milep\xc3\xa6l;Frist\r\n", "ingen tiltak"),
        (lambda: book(milestones=[MILESTONE], indicators=[INDICATOR])[:-300], "slutten av filen mangler"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, words):
    with pytest.raises(UnreadableFile, match=words):
        plan(content())


def test_sheets_are_known_by_their_headings_and_never_twice(measure):
    content = book(milestones=[MILESTONE], indicators=[INDICATOR], titles=("Plan", "Mål"))
    assert [row.outcome for row in plan(content).parts] == ["new", "new"]
    workbook = load_workbook(io.BytesIO(content))
    workbook.copy_worksheet(workbook["Plan"])
    out = io.BytesIO()
    workbook.save(out)
    with pytest.raises(UnreadableFile, match="to ark med milepæler"):
        plan(out.getvalue())


def test_a_sheet_with_the_name_and_other_columns_is_told(measure):
    workbook = Workbook()
    workbook.active.title = "Milepæler"
    workbook.active.append(["Hva", "Når"])
    out = io.BytesIO()
    workbook.save(out)
    with pytest.raises(UnreadableFile, match="mangler kolonnen «Tiltaksnummer», «Milepæl»"):
        plan(out.getvalue())


def test_what_changed_after_the_preview_is_previewed_again(cast, measure):
    contract = Milestone.objects.get(title__startswith="Kontrakt")
    content = book(milestones=[["T1", contract.pk, "Ny tittel", contract.due, None]])
    upload = keep(measure_import(), cast.klima, content, "t.xlsx")
    seen = plan(content).fingerprint
    edit_milestone(
        by=cast.klima, milestone=contract, version=1, title="En annens", due=contract.due, done_on=None
    )
    with pytest.raises(ImportChanged):
        confirm(measure_import(), cast.klima, upload, seen)
    contract.refresh_from_db()
    assert contract.title == "En annens"


# --- Pages ----------------------------------------------------------------------------------------------


def test_preview_says_the_sheet_and_failed_rows_come_out_on_theirs(cast, as_user, measure):
    client = as_user(cast.klima)
    content = book(milestones=[MILESTONE, ["T1", None, "Uten frist", None, None]], indicators=[INDICATOR])
    answer = client.post(
        reverse("strategy:import_measures"), {"file": SimpleUploadedFile("plan.xlsx", content)}
    )
    page = client.get(answer["Location"]).content.decode()
    assert "Milepæler, rad 3, kolonne Frist: Må fylles ut." in page
    assert "ny milepæl" in page
    assert "ny resultatindikator" in page
    assert broken_rules(page) == []
    upload = Upload.objects.get()
    # There are no columns of measures to choose among.
    assert client.get(reverse("strategy:import_measures_columns", args=[upload.pk])).status_code == 404
    failed = client.get(reverse("strategy:import_measures_errors", args=[upload.pk])).content
    workbook = load_workbook(io.BytesIO(failed))
    assert workbook.sheetnames == ["Milepæler", "Lister"]
    lines = [[cell.value for cell in line] for line in workbook["Milepæler"].iter_rows()]
    assert lines == [
        [*HEADERS["milestones"], "Rad i filen", "Hva som må rettes"],
        ["T1", None, "Uten frist", None, None, 3, "Frist: Må fylles ut."],
    ]
    workbook["Milepæler"]["D2"] = date(2026, 9, 1)
    mended = io.BytesIO()
    workbook.save(mended)
    found = plan(mended.getvalue())
    assert [(row.outcome, row.title) for row in found.rows] == [("new", "Uten frist")]
    assert found.unused_beside == ()


def test_a_file_of_milestones_is_imported_from_the_page(cast, as_user, measure):
    client = as_user(cast.klima)
    text = "Tiltaksnummer;Milepæl;Frist;Nådd;Sted\r\nT1;Anbud ute;1.10.2026;;Rådhuset\r\n"
    answer = client.post(
        reverse("strategy:import_measures"), {"file": SimpleUploadedFile("m.csv", text.encode())}
    )
    page = client.get(answer["Location"]).content.decode()
    assert "Kjenner ikke igjen «Sted»" in page
    assert "Importer 1 rad" in page
    mark = page.split('name="fingerprint" value="')[1].split('"')[0]
    done = client.post(answer["Location"], {"fingerprint": mark})
    assert "1 rad er importert." in client.get(done["Location"]).content.decode()
    assert Milestone.objects.get(title="Anbud ute").due == date(2026, 10, 1)


@pytest.mark.parametrize("file_format", ["milepaeler", "indikatorer"])
def test_the_list_leads_to_the_files_of_what_it_shows(cast, as_user, measure, file_format):
    client = as_user(cast.revisor)
    address = reverse("strategy:export_measures", args=[file_format])
    assert (
        f"{address}?q=elektriske"
        in client.get(reverse("strategy:measures"), {"q": "elektriske"}).content.decode()
    )
    sheet = MILESTONES if file_format == "milepaeler" else INDICATORS
    shown = client.get(address, {"q": "elektriske"}).content.decode("utf-8-sig")
    assert shown.splitlines()[0] == ";".join(HEADERS[sheet.code])
    assert len(shown.splitlines()) > 1
    assert len(client.get(address, {"q": "finnes ikke"}).content.decode("utf-8-sig").splitlines()) == 1
