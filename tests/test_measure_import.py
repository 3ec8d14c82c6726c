"""Measures as spreadsheets: out and in again changes nothing, and what is wrong says where."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from emissions.models import Sector, Source
from organisation.enums import UnitKind
from organisation.models import Unit
from strategy.actions.measures import MeasureHead, create_measure
from strategy.enums import MeasureState
from strategy.exports.measures import FailedRow, failed_rows_file, measure_template, measures_file
from strategy.importers.confirming import can_match
from strategy.importers.measures import plan_measures
from strategy.models import Measure, MeasureTransition
from strategy.views.measure_import import measure_import
from strategy.words.measure_columns import COLUMNS, escaped, split_list
from tests.file_imports import confirm, keep, take_in
from tests.worlds import kept
from web.actors import DEMO
from web.register.uploads import ImportChanged
from web.sheets.cells import plain_text
from web.sheets.errors import UnreadableFile
from web.sheets.writing import Column, Sheet, write_csv

HEADERS = {column.name: str(column.header) for column in COLUMNS}


@kept
def measure(cast):
    source = Source.objects.create(sector=Sector.objects.create(name="Veitrafikk"), name="Personbiler; lette")
    head = MeasureHead(
        code="T1",
        title="Elektriske biler",
        kind="tiltak",
        level="municipal",
        description="Først\nså",
        start_year=2026,
        end_year=2030,
        co_benefits=("noise", "air_quality"),
        contributing=frozenset({cast.kitchen.pk, cast.klima_unit.pk}),
        sources=frozenset({source.pk}),
    )
    first = create_measure(by=DEMO, head=head, state=MeasureState.PROPOSED, unit=cast.transport)
    later = MeasureHead(
        code="T2", title="Ladere", kind="tiltak", level="municipal", needs=frozenset({first.pk})
    )
    create_measure(by=DEMO, head=later, state=MeasureState.IDEA, unit=None)
    return first


def book(*rows, names=("code", "title", "kind"), title="Tiltak", above=0):
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = title
    for _line in range(above):
        sheet.append(["Tiltakslisten"])
    sheet.append([HEADERS[name] for name in names])
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def plan(content, name="tiltak.xlsx"):
    return plan_measures(content, name)


def errors(content, name="tiltak.xlsx"):
    return [(row.number, *error) for row in plan(content, name).rows for error in row.errors]


def write(cast, content, name="tiltak.xlsx"):
    return take_in(measure_import(), cast.klima, content, name)


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_out_and_in_again_changes_nothing(measure, file_format):
    content = measures_file(Measure.objects.all(), file_format)
    found = plan(content, f"tiltak.{file_format}")
    assert [(row.outcome, row.errors, row.changes) for row in found.rows] == [("unchanged", [], [])] * 2
    assert not found.is_ready


def test_a_measure_whose_unit_has_closed_comes_back_and_is_not_given_to_another_closed_one(cast, measure):
    Unit.objects.filter(pk__in=[cast.transport.pk, cast.kitchen.pk]).update(valid_to=date(2026, 1, 1))
    content = measures_file(Measure.objects.all(), "xlsx")
    assert {row.outcome for row in plan(content).rows} == {"unchanged"}
    content = book(["T1", "Biler", "tiltak", cast.kitchen.name], names=("code", "title", "kind", "unit"))
    assert [(row, header) for row, header, _sentence in errors(content)] == [(2, HEADERS["unit"])]


NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from("=+-@'\"; ,\t\n\r\\|<>&æøåÆ\u00a0\u200b\u2028_x0041"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=NASTY, description=NASTY, actor=NASTY)
def test_texts_of_any_kind_come_back_as_they_were(measure, file_format, title, description, actor):
    Measure.objects.filter(pk=measure.pk).update(
        title="x" + plain_text(title.replace("\0", "")),
        description=description.replace("\0", ""),
        external_actor=actor.replace("\0", ""),
    )
    found = plan(measures_file(Measure.objects.all(), file_format), f"tiltak.{file_format}")
    assert [(row.outcome, row.errors, row.changes) for row in found.rows] == [("unchanged", [], [])] * 2


@given(st.lists(st.text(alphabet="ab;\\ ", min_size=1).map(str.strip).filter(bool), min_size=1))
def test_names_with_semicolons_come_back(words):
    assert split_list("; ".join(escaped(word) for word in words)) == words


def test_an_export_has_no_live_formula_and_typed_years(measure):
    Measure.objects.filter(pk=measure.pk).update(title="=HYPERLINK(1)")
    page = load_workbook(io.BytesIO(measures_file([Measure.objects.get(pk=measure.pk)], "xlsx"))).active
    cells = {HEADERS["title"]: None, HEADERS["start_year"]: None}
    for cell in page[2]:
        header = page.cell(1, cell.column).value
        if header in cells:
            cells[header] = (cell.data_type, cell.value)
    assert cells == {HEADERS["title"]: ("s", "=HYPERLINK(1)"), HEADERS["start_year"]: ("n", 2026)}


def test_the_template_is_read_back_and_has_drop_downs(cast):
    page = load_workbook(io.BytesIO(measure_template())).worksheets[0]
    assert [cell.value for cell in page[1]] == list(HEADERS.values())
    assert len(page.data_validations.dataValidation) == 5
    with pytest.raises(UnreadableFile, match="ingen tiltak"):
        plan(measure_template())


def test_queries_do_not_grow_with_rows(cast, measure):
    """Savepoints aside: the library sets one around each row, though nothing is ever saved inside."""

    def counts(rows):
        names = ("code", "title", "kind", "unit")
        content = book(
            *([f"N{n}", "Tiltak", "tiltak", cast.transport.name] for n in range(rows)), names=names
        )
        with CaptureQueriesContext(connection) as reading:
            assert plan(content).count("new") == rows
        with CaptureQueriesContext(connection) as writing:
            measures_file(Measure.objects.all(), "xlsx")
        return [sum("SAVEPOINT" not in one["sql"] for one in seen) for seen in (reading, writing)]

    few = counts(1)
    Measure.objects.bulk_create(Measure(code=f"M{n}", title="Tiltak", kind="tiltak") for n in range(500))
    assert counts(200) == few
    assert max(few) <= 25


def test_new_and_changed_are_written_in_one_deed(cast, measure):
    names = ("code", "title", "kind", "state", "reason", "unit", "needs", "co_benefits")
    content = book(
        ["T1", "El-biler", "tiltak", "Utsatt", "Venter på penger", cast.kitchen.name, None, "støy"],
        ["N1", "Nytt", "virkemiddel", "Idé", None, cast.transport.name, "N2; T1", None],
        ["N2", "Også nytt", "tiltak", None, None, None, None, None],
        names=names,
        above=2,
    )
    found = plan(content)
    assert [(row.number, row.outcome) for row in found.rows] == [(4, "changed"), (5, "new"), (6, "new")]
    assert (HEADERS["title"], "Elektriske biler", "El-biler") in found.rows[0].changes
    assert (HEADERS["co_benefits"], "luftkvalitet; støy", "støy") in found.rows[0].changes
    assert Measure.objects.count() == 2
    assert write(cast, content) == 3
    measure.refresh_from_db()
    assert (measure.title, measure.state, measure.co_benefits) == ("El-biler", "postponed", ["noise"])
    assert measure.responsibilities.current().get().unit == cast.kitchen
    assert measure.description == "Først\nså"
    assert MeasureTransition.objects.get().reason == "Venter på penger"
    new = Measure.objects.get(code="N1")
    assert set(new.needs_links.values_list("needs__code", flat=True)) == {"N2", "T1"}
    assert Measure.objects.get(code="N2").state == MeasureState.PROPOSED
    assert plan(content).count("unchanged") == 3


def test_a_dependency_may_turn_around(cast, measure):
    content = book(
        ["T1", "Biler", "tiltak", "T2"],
        ["T2", "Ladere", "tiltak", None],
        names=("code", "title", "kind", "needs"),
    )
    assert write(cast, content) == 2
    assert Measure.objects.get(code="T1").needs_links.get().needs.code == "T2"


def test_one_wrong_row_stops_all_and_says_where(cast, measure):
    closed = Unit.objects.create(name="Nedlagt", kind=UnitKind.UNIT, valid_to=date(2025, 1, 1))
    names = ("code", "title", "kind", "unit", "start_year", "state", "needs", "external_actor")
    content = book(
        ["N1", "God", "tiltak", cast.transport.name, 2026, None, None, None],
        ["N2", "", "plan", None, 2026, None, None, None],
        ["N3", "Dato", "tiltak", None, date(2026, 1, 1), None, None, None],
        ["N1", "Igjen", "tiltak", None, None, None, None, None],
        ["N4", "Ukjent", "tiltak", "Finnes ikke", None, None, None, None],
        ["N5", "Nedlagt", "tiltak", closed.name, None, None, None, None],
        ["N6", "Område", "tiltak", cast.area.name, None, None, None, None],
        ["T1", "Hopp", "tiltak", cast.transport.name, None, "Gjennomført", None, None],
        ["N7", "Ring", "tiltak", None, None, None, "N8", None],
        ["N8", "Ring", "tiltak", None, None, None, "N7", None],
        ["N9", "Ekstern", "tiltak", None, None, None, None, "Staten"],
        ["N10", "Avhengig", "tiltak", None, "i fjor", None, "X99", None],
        names=names,
    )
    told = {(row, header): sentence for row, header, sentence in errors(content)}
    expected = {
        (3, HEADERS["title"]): "Må fylles ut",
        (3, HEADERS["kind"]): "Skriv ett av disse: tiltak, virkemiddel. Du skrev «plan»",
        (4, HEADERS["start_year"]): "er en dato",
        (5, HEADERS["code"]): "står også i rad 2",
        (6, HEADERS["unit"]): "Vi kjenner ingen virksomhet som heter «Finnes ikke»",
        (7, HEADERS["unit"]): "Nedlagt finnes ikke på den datoen",
        (8, HEADERS["unit"]): "er et område",
        (9, HEADERS["state"]): "kan ikke gå fra «Foreslått» til «Gjennomført»",
        (10, HEADERS["needs"]): "N7 → N8 → N7",
        (11, HEADERS["needs"]): "N8 → N7 → N8",
        (12, HEADERS["external_actor"]): "ansvarlig virksomhet",
        (13, HEADERS["start_year"]): "Du skrev «i fjor»",
        (13, HEADERS["needs"]): "X99",
    }
    assert set(told) == set(expected)
    assert [key for key, words in expected.items() if words not in told[key]] == []
    upload = keep(measure_import(), cast.klima, content, "t.xlsx")
    with pytest.raises(ImportChanged):
        confirm(measure_import(), cast.klima, upload, plan(content).fingerprint)
    assert Measure.objects.count() == 2


def test_what_changed_after_the_preview_is_previewed_again(cast, measure):
    content = book(["T1", "Fra filen", "tiltak"])
    upload = keep(measure_import(), cast.klima, content, "t.xlsx")
    seen = plan(content).fingerprint
    Measure.objects.filter(pk=measure.pk).update(title="Fra en annen", version=2)
    with pytest.raises(ImportChanged):
        confirm(measure_import(), cast.klima, upload, seen)
    measure.refresh_from_db()
    assert measure.title == "Fra en annen"


def test_confirming_twice_writes_once(cast, measure):
    content = book(["N1", "Nytt", "tiltak"])
    upload = keep(measure_import(), cast.klima, content, "t.xlsx")
    seen = plan(content).fingerprint
    for _click in range(2):
        assert confirm(measure_import(), cast.klima, upload, seen) == 1
    assert Measure.objects.filter(code="N1").count() == 1


def zipped_bomb():
    content = io.BytesIO(book(["N1", "Nytt", "tiltak"]))
    with zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 60_000_000)
    return content.getvalue()


ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: book(["N1", "Nytt", "tiltak"])[:-400], "slutten av filen mangler"),
        (lambda: ENCRYPTED, "passord"),
        (zipped_bomb, "når det pakkes ut"),
        (lambda: b"<!doctype html><html><body>Logg inn</body></html>", "nettside"),
        (lambda: b"   ", "tom"),
        (lambda: b"%PDF-1.7 ...", "verken et regneark"),
        (lambda: book(["2026", "x"], names=("code", "description")), "mangler kolonnen «Tittel», «Type»"),
        (lambda: book(["N1", "a", "b", "tiltak"], names=("code", "title", "title", "kind")), "to ganger"),
        (lambda: b"a;b\r\n1;2\r\n", "overskriftene"),
        (lambda: b'Nummer;Tittel;Type\r\nN1;"uten slutt;tiltak', "anførselstegn"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, words):
    with pytest.raises(UnreadableFile, match=words):
        plan(content())
    assert not Measure.objects.exists()


CHOSEN = {"code": "Tiltaksnr.", "title": "Navn", "kind": "Slag"}


def other_headings(*rows, above=1):
    workbook = Workbook()
    sheet = workbook.active
    for _line in range(above):
        sheet.append(["Vår egen liste", None, None, None])
    sheet.append(["Tiltaksnr.", "Navn", "Slag", "Enhet", "Vekt"])
    for row in rows:
        sheet.append(list(row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_headings_that_are_not_known_are_given_to_choose_among(cast):
    content = other_headings(["N1", "Nytt", "tiltak", cast.transport.name, 3])
    with pytest.raises(UnreadableFile, match="overskriftene") as refused:
        plan(content)
    assert refused.value.headers == ("Tiltaksnr.", "Navn", "Slag", "Enhet", "Vekt")
    assert can_match(refused.value)
    with pytest.raises(UnreadableFile) as too_few:
        plan(b"a;b\r\n1;2\r\n", "t.csv")
    assert not can_match(too_few.value)
    with pytest.raises(UnreadableFile, match="mangler kolonnen «Type»") as part:
        plan(b"Nummer;Tittel;Slag\r\nN1;Nytt;tiltak\r\n", "t.csv")
    assert part.value.headers == ("Nummer", "Tittel", "Slag")


def test_chosen_columns_are_read_and_the_rest_is_said_to_be_left_out(cast):
    content = other_headings(["N1", "Nytt", "tiltak", cast.transport.name, 3])
    found = plan_measures(content, "t.xlsx", CHOSEN)
    assert [(row.number, row.outcome, row.values["unit"]) for row in found.rows] == [(3, "new", None)]
    assert (found.columns, found.unused) == (("code", "title", "kind"), ("Enhet", "Vekt"))
    found = plan_measures(content, "t.xlsx", CHOSEN | {"unit": "Enhet"})
    assert found.rows[0].values["unit"] == cast.transport.pk
    assert found.unused == ("Vekt",)
    # A heading of the template that is not chosen is not read behind the chooser's back.
    content = b"Nummer;Navn;Slag;Tittel\r\nN1;Nytt;tiltak;Gammel tittel\r\n"
    found = plan_measures(content, "t.csv", {"code": "Nummer", "title": "Navn", "kind": "Slag"})
    assert found.rows[0].values["title"] == "Nytt"
    assert found.unused == ("Tittel",)


def test_a_heading_that_stands_twice_cannot_be_chosen(cast):
    content = b"Tiltaksnr.;Navn;Slag;Navn\r\nN1;Nytt;tiltak;Annet\r\n"
    with pytest.raises(UnreadableFile, match="«Navn» står to ganger"):
        plan_measures(content, "t.csv", CHOSEN)


def test_rows_that_failed_come_out_alone_and_are_read_again_when_mended(cast, measure):
    names = ("code", "title", "kind", "unit", "start_year", "description")
    content = book(
        ["N1", "God", "tiltak", cast.transport.name, 2026, None],
        ["N2", None, "plan", cast.transport.name, 2026, "+1-1"],
        ["N3", "Dato", "tiltak", None, date(2026, 1, 1), None],
        names=names,
        above=1,
    )
    failed = [row for row in plan(content).rows if row.errors]
    rows = [
        FailedRow(
            row.number, {name: getattr(value, "text", value) for name, value in row.source.items()}, "Fordi"
        )
        for row in failed
    ]
    out = failed_rows_file(plan(content).columns, rows)
    page = load_workbook(io.BytesIO(out)).worksheets[0]
    lines = [[cell.value for cell in line] for line in page.iter_rows()]
    assert lines[0] == [*(HEADERS[name] for name in names), "Rad i filen", "Hva som må rettes"]
    assert lines[1] == ["N2", None, "plan", cast.transport.name, "2026", "+1-1", 4, "Fordi"]
    assert lines[2][:2] + lines[2][-2:] == ["N3", "Dato", 5, "Fordi"]
    assert page["F2"].data_type == "s"
    assert [str(one.sqref) for one in page.data_validations.dataValidation] == ["C2:C3", "D2:D3"]
    page["B2"], page["C2"], page["E3"] = "Rettet", "tiltak", 2026
    mended = io.BytesIO()
    page.parent.save(mended)
    again = plan(mended.getvalue())
    assert [(row.code, row.outcome, row.errors) for row in again.rows] == [
        ("N2", "new", []),
        ("N3", "new", []),
    ]
    assert again.unused == ()


def test_csv_is_read_whatever_its_delimiter(cast):
    rows = [["N1", "Ladere, mange", "tiltak"]]
    columns = [Column(HEADERS[name]) for name in ("code", "title", "kind")]
    semicolons = write_csv(Sheet("Tiltak", columns, rows))
    commas = b'Nummer,Tittel,Type\nN1,"Ladere, mange",tiltak\n'
    for content in (semicolons, commas):
        assert plan(content, "t.csv").rows[0].values["title"] == "Ladere, mange"
