"""The text layer under every CSV reader: encodings, line ends, cells; and the signs nobody sees."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from emissions.importers.statistics import read_statistics
from tests import files
from web.sheets.csv_rows import register_rows
from web.sheets.errors import UnreadableFile
from web.sheets.limits import REGISTERS, kind_of
from web.sheets.text import LONGEST_CELL, encoding_of, rows_of
from web.unseen import UnseenSigns, without_unseen

STEADY = settings(derandomize=True, max_examples=150, deadline=None)
# What a spreadsheet can hold in a cell, as CSV gives it back: no NUL, no halves of signs.
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
TABLES = st.lists(st.lists(CELLS, min_size=2, max_size=5), min_size=1, max_size=6)


def refused(content: bytes) -> tuple[str, str]:
    with pytest.raises(UnreadableFile) as error:
        register_rows(content)
    return error.value.code, str(error.value).replace("\u00a0", " ")


def written(table: list[list[str]], line_end: str) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(table)
    return out.getvalue()


@given(TABLES, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@STEADY
def test_what_is_written_is_read(table: list[list[str]], line_end: str, encoding: str) -> None:
    content = written(table, line_end).encode(encoding)
    found = encoding_of(content)
    assert found is not None
    lines = io.StringIO(content.decode(found), newline="")
    assert [cells for _number, cells in rows_of(lines, ";")] == table


@given(st.binary(max_size=300))
@STEADY
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnreadableFile):
        rows = register_rows(content)
        assert all("\x00" not in cell for _number, cells in rows for cell in cells)


@given(st.binary(max_size=300))
@STEADY
def test_any_bytes_are_of_a_kind_or_refused(content: bytes) -> None:
    with suppress(UnreadableFile):
        assert kind_of(content, "a.csv", REGISTERS) in ("text", "workbook")


@given(TABLES, st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
@STEADY
def test_text_without_its_mark_is_told_what_to_do(table: list[list[str]], encoding: str) -> None:
    """What no reader can read, but somebody's spreadsheet saved."""
    content = ("Navn;Tall – år\n" + written(table, "\n")).encode(encoding)
    signs = [sign for row in table for cell in row for sign in cell]
    if all((sign.isprintable() and sign.isascii()) or sign in "\n\t æøåÆØÅ" for sign in signs):
        assert kind_of(content, "a.csv", REGISTERS) == "text"
        assert refused(content)[0] == "nul"


@given(TABLES, st.sampled_from(["utf-32", "utf-32-le", "utf-32-be"]))
@STEADY
def test_utf32_is_never_taken_for_text(table: list[list[str]], encoding: str) -> None:
    content = written(table, "\n").encode(encoding)
    with suppress(UnreadableFile):
        assert encoding_of(content) is None


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_rows_are_counted_alike_whatever_ends_them(line_end: str) -> None:
    content = line_end.join(["Navn;Tall", "", "Åse;1", 'to "ord";2', ""]).encode()
    assert register_rows(content) == [(1, ["Navn", "Tall"]), (3, ["Åse", "1"]), (4, ['to "ord"', "2"])]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf32_is_refused(encoding: str) -> None:
    mark = {"utf-32-le": b"\xff\xfe\x00\x00", "utf-32-be": b"\x00\x00\xfe\xff"}.get(encoding, b"")
    assert refused(mark + "Navn;Tall\n".encode(encoding)) == (
        "utf32",
        "Filen er lagret med tegnkodingen UTF-32. Lagre den som CSV UTF-8, og prøv igjen.",
    )


def test_nul_is_refused() -> None:
    assert refused("Navn;Ta\x00ll\n".encode("utf-16"))[0] == "nul"
    assert refused(b"Navn;Ta\x00ll\n")[0] == "nul"


@pytest.mark.parametrize("quoted", ["", '"'])
def test_the_longest_cell(quoted: str) -> None:
    def content(length: int) -> bytes:
        return f"Navn;Tall\n{quoted}{'x' * length}{quoted};1\n".encode()

    assert len(register_rows(content(LONGEST_CELL))) == 2
    assert refused(content(LONGEST_CELL + 1)) == (
        "cell_too_long",
        "Rad 2 har en celle med mer enn 131 072 tegn. Se etter om et anførselstegn mangler, "
        "eller kort ned teksten, og prøv igjen.",
    )


def test_a_missing_quotation_mark() -> None:
    code, sentence = refused(b'Navn;Tall\n"a;1\nb;2\n')
    assert code == "csv_quotes"
    assert sentence.startswith("Filen kan ikke leses forbi linje 3: et anførselstegn mangler")


# --- Signs nobody sees ----------------------------------------------------------------------------

UNSEEN = "\u200b\u200e\u200f\u202a\u202e\u2060\u2066\u2069\u00ad\ufeff\u061c\u180e\u3164"


@pytest.mark.parametrize("sign", [*UNSEEN, "\u200c", "\u200d"])
def test_each_is_taken_away_from_a_name(sign: str) -> None:
    assert without_unseen(f"{sign}Ås{sign}e Eksempel{sign}") == "Åse Eksempel"


@pytest.mark.parametrize(
    "text",
    [
        "Åse Eksempel",
        "1\u00a0234\u202f5",
        "linje\r\nlinje\tto",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f",
        "می\u200cخواهم",
        "Kárášjohka – Čáhcesuolu",
    ],
    ids=["name", "spaces", "lines", "family", "heart", "persian", "sami"],
)
def test_what_means_something_stays(text: str) -> None:
    assert without_unseen(text) == text


@given(st.text(max_size=40))
@STEADY
def test_taking_away_twice_takes_no_more(text: str) -> None:
    once = without_unseen(text)
    assert without_unseen(once) == once
    assert all(sign in text for sign in once)


def test_the_sentence_names_the_rows() -> None:
    signs = UnseenSigns()
    assert signs.sentence() == ""
    assert signs.clean(4, ["a\u200b", None, 1.5, "b"]) == ["a", None, 1.5, "b"]
    assert signs.sentence() == ("Vi tok bort usynlige tegn i 1 celle (rad 4). Se etter at teksten er riktig.")
    for number in range(5, 12):
        signs.clean(number, ["\u00ada", "\u200bb"])
    assert signs.sentence() == (
        "Vi tok bort usynlige tegn i 15 celler (rad 4, 5, 6, 7, 8 …). Se etter at tekstene er riktige."
    )


def statistics_files() -> Iterator[tuple[str, bytes]]:
    rows = [("Kommune", "År", "Sektor", "Utslipp"), ("Drammen", 2009, "Sjø\u00adfart", 5)]
    yield "text", files.csv_file(rows[0], rows[1:], delimiter=";")
    yield "workbook", files.workbook({"A": rows})


def test_statistics_say_so_in_the_preview() -> None:
    for _kind, content in statistics_files():
        read = read_statistics(content, "a.csv", municipality="Drammen")
        assert [figure.sector for figure in read.figures] == ["Sjøfart"]
        told = {oddity.code: oddity.sentence for oddity in read.oddities}
        assert "1 celle (rad 2)" in told["unseen_signs"]
