"""What leaves as a spreadsheet: typed cells, no live formulas, and the same text when it comes back."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from web.sheets.writing import Column, Sheet, guard_formula, strip_formula_guard, write_csv, write_xlsx

HOSTILE = [
    '=HYPERLINK("http://x.example";"klikk")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "'=1+1",
    "''=1+1",
    "'",
    "=",
    "#N/A",
]


def one_column(kind, values, **kw):
    return Sheet("Ark", [Column("Verdi", kind, **kw)], [[value] for value in values])


def read_xlsx(data, name=None):
    book = load_workbook(io.BytesIO(data))
    page = book[name] if name else book.worksheets[0]
    return [list(row) for row in page.iter_rows()]


def read_csv(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["text", "number", "integer", "date"])
def test_text_is_never_a_live_formula_whatever_the_column(text, kind):
    cell = read_xlsx(write_xlsx([one_column(kind, [text])]))[1][0]

    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "\n")
    assert cell.quotePrefix == (text not in ("'", "#N/A"))


def test_headers_and_title_lines_are_guarded_too():
    sheet = Sheet("Ark", [Column("=1+1", "number")], [[Decimal(1)]], title=["=2+2", "@x"])
    data = write_xlsx([sheet])

    types = {cell.data_type for row in read_xlsx(data) for cell in row if cell.value is not None}
    assert types == {"s", "n"}
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert read_csv(write_csv(sheet))[0] == ["'=1+1"]


@pytest.mark.parametrize("text", HOSTILE)
def test_csv_text_begins_harmlessly_and_comes_back_equal(text):
    written = read_csv(write_csv(one_column("text", [text])))[1][0]

    assert not written.strip().startswith(("=", "+", "-", "@", "＝"))
    assert written[0] not in "\t\r\n"
    assert strip_formula_guard(written) == text


def test_a_negative_number_is_a_number_but_the_same_text_is_guarded():
    rows = read_csv(write_csv(one_column("number", [Decimal("-12.50"), "-12.50"])))
    assert rows[1:] == [["-12,5"], ["'-12.50"]]


texts = st.text(
    alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n ;\",0a\u00a0"), st.characters(codec="utf-8")), max_size=20
)
storable = st.decimals(min_value=-(10**8), max_value=10**8, places=6)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_guard_and_strip_are_each_others_inverse(text):
    assert strip_formula_guard(guard_formula(text)) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(texts, storable, st.dates(min_value=date(1950, 1, 1))), min_size=1, max_size=8))
def test_round_trip_keeps_text_numbers_and_dates(rows):
    columns = [Column("Tekst"), Column("Tonn", "number", decimals=1), Column("Dag", "date")]
    sheet = Sheet("Ark", columns, rows)

    for (text, number, day), cells in zip(rows, read_xlsx(write_xlsx([sheet]))[1:], strict=True):
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
        kept = "".join(c for c in text.replace("\r\n", "\n").replace("\r", "\n") if c >= " " or c in "\t\n")
        assert (cells[0].value or "") == kept.replace("\ufffe", "").replace("\uffff", "")
        assert Decimal(str(cells[1].value)) == number
        assert cells[2].value.date() == day

    for (text, number, day), cells in zip(rows, read_csv(write_csv(sheet))[1:], strict=True):
        assert strip_formula_guard(cells[0]) == text
        assert Decimal(cells[1].replace(",", ".")) == number
        assert cells[2] == day.isoformat()


def test_unknown_is_an_empty_cell_and_zero_is_zero():
    sheet = one_column("number", [None, Decimal(0), "ikke anslått"])
    assert [row[0].value for row in read_xlsx(write_xlsx([sheet]))] == ["Verdi", None, 0, "ikke anslått"]
    # csv quotes the only cell of a row when it is empty, so that the row is not taken for a blank line.
    assert read_csv(write_csv(sheet)) == [["Verdi"], [""], ["0"], ["ikke anslått"]]


def test_number_formats_follow_the_column():
    columns = [Column("År", "integer"), Column("Tonn", "number", decimals=1), Column("Rått", "number")]
    row = read_xlsx(write_xlsx([Sheet("Ark", columns, [[2027, Decimal("1234.56"), 2.5]])]))[1]
    assert [cell.number_format for cell in row] == ["0", "#,##0.0", "General"]
    assert [cell.value for cell in row] == [2027, 1234.56, 2.5]


def test_an_instant_is_written_as_the_clock_in_oslo_showed_it():
    sheet = one_column("date", [datetime(2026, 9, 10, 6, 42, tzinfo=UTC), date(2026, 9, 10)])
    cells = [row[0] for row in read_xlsx(write_xlsx([sheet]))[1:]]
    assert cells[0].value == datetime(2026, 9, 10, 8, 42)
    assert [cell.number_format for cell in cells] == ["dd.mm.yyyy hh:mm", "dd.mm.yyyy"]
    assert read_csv(write_csv(sheet))[1:] == [["2026-09-10 08:42"], ["2026-09-10"]]


def test_a_number_in_a_text_column_is_text():
    sheet = one_column("text", [Decimal("1.50"), True])
    assert [row[0].value for row in read_xlsx(write_xlsx([sheet]))[1:]] == ["1.5", "ja"]


def test_title_lines_stand_above_a_frozen_header():
    sheet = Sheet("Sammendrag", [Column("År", "integer")], [[2027]], title=["Klimabudsjett 2027", "Utkast"])
    page = load_workbook(io.BytesIO(write_xlsx([sheet])))["Sammendrag"]
    assert [page.cell(row, 1).value for row in range(1, 6)] == [
        "Klimabudsjett 2027",
        "Utkast",
        None,
        "År",
        2027,
    ]
    assert page.freeze_panes == "A5"
    assert write_csv(sheet) == "\ufeffÅr\r\n2027\r\n".encode()


def test_sheet_names_are_made_acceptable_and_unique():
    wanted = ["Tiltak/virkemidler: 2027 med et langt navn", "tiltak", "Tiltak"]
    sheets = [Sheet(name, [Column("A")], []) for name in wanted]
    names = load_workbook(io.BytesIO(write_xlsx(sheets))).sheetnames
    assert names == ["Tiltak virkemidler  2027 med et", "tiltak", "Tiltak 2"]


def test_a_text_longer_than_a_cell_is_cut_visibly():
    cell = read_xlsx(write_xlsx([one_column("text", ["a" * 40_000])]))[1][0]
    assert len(cell.value) == 32_767
    assert cell.value.endswith("…")


@pytest.mark.parametrize("value", [Decimal("NaN"), float("inf")])
def test_a_number_without_a_value_is_refused(value):
    with pytest.raises(ValueError, match="endelig"):
        write_xlsx([one_column("number", [value])])


def test_a_row_of_the_wrong_length_and_an_empty_book_are_refused():
    with pytest.raises(ValueError, match="har 2 verdier"):
        write_csv(Sheet("Ark", [Column("A")], [["a", "b"]]))
    with pytest.raises(ValueError, match="minst ett ark"):
        write_xlsx([])
