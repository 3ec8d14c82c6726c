"""Files people save: one piece says what they are and what they are called."""

import io
from pathlib import Path

import pytest
from django.conf import settings
from django.http import Http404
from openpyxl import load_workbook

from web.downloads import MEDIA_TYPES, download, download_in_pieces, sheets_download
from web.sheets.writing import Column, Sheet

CODE = Path(settings.BASE_DIR)
SHEETS = [Sheet("Tiltak", [Column("Kode")], [["T1"]]), Sheet("Mål", [Column("Kode")], [["M1"]])]


@pytest.mark.parametrize(("ending", "media_type"), MEDIA_TYPES.items())
def test_the_kind_is_how_the_name_ends(ending: str, media_type: str) -> None:
    answer = download(b"innhold", f"status-nr1-arkiv.{ending}")
    assert answer.content == b"innhold"
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f'attachment; filename="status-nr1-arkiv.{ending}"'


def test_an_unknown_kind_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError):
        download(b"", "status.exe")


def test_norwegian_letters_and_quotes_in_a_name_are_kept() -> None:
    assert download(b"", "milepæler.csv")["Content-Disposition"] == (
        "attachment; filename*=utf-8''milep%C3%A6ler.csv"
    )
    assert download(b"", 'a"b.csv')["Content-Disposition"] == 'attachment; filename="a\\"b.csv"'


def test_sheets_are_a_workbook_or_the_first_of_them_is_a_table() -> None:
    book = load_workbook(io.BytesIO(sheets_download(SHEETS, "tiltak", "xlsx").content))
    assert book.sheetnames == ["Tiltak", "Mål"]
    table = sheets_download(SHEETS, "tiltak", "csv")
    assert table.content.decode("utf-8-sig").split() == ["Kode", "T1"]
    assert table["Content-Disposition"] == 'attachment; filename="tiltak.csv"'
    with pytest.raises(Http404):
        sheets_download(SHEETS, "tiltak", "json")


def test_a_large_file_is_sent_in_pieces_with_its_size() -> None:
    answer = download_in_pieces(iter([b"ab", b"c"]), 3, "arkiv.zip")
    assert b"".join(answer) == b"abc"
    assert (answer["Content-Length"], answer["Content-Type"]) == ("3", "application/zip")
    assert answer["Content-Disposition"] == 'attachment; filename="arkiv.zip"'


@pytest.mark.parametrize("words", ["Content-Disposition", "content_disposition", MEDIA_TYPES["xlsx"]])
def test_nobody_else_writes_the_header_or_the_long_type(words: str) -> None:
    rooms = [path for path in CODE.iterdir() if (path / "apps.py").exists()]
    files = [path for room in rooms for path in room.rglob("*.py")]
    assert len(files) > 400
    assert [path.name for path in files if words in path.read_text()] == ["downloads.py"]
