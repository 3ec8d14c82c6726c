"""A file that cannot be imported gives one Norwegian sentence, and costs no more than its limits."""

import io
import random
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import IO, Any

import pytest
from django.core import checks
from hypothesis import given, settings
from hypothesis import strategies as st

from emissions.importers.statistics import read_statistics
from tests import files
from web.sheets import workbook, workbook_process
from web.sheets.errors import UnreadableFile
from web.sheets.limits import NATIONAL_STATISTICS, REGISTERS, STATISTICS, Limits
from web.sheets.workbook import check_spreadsheet_reading

HEADER = ("Kommune", "År", "Sektor", "Utslippskilde", "Utslipp")
DRAMMEN = [row for row in files.SMALL if row[1] == "Drammen"]
REAL_LIMITS = {"members": 200, "unpacked": 50 * 2**20, "ratio": 100, "rows": 1000, "columns": 60}


def refused(
    content: bytes, name: str = "fil.csv", municipality: str = "Drammen", limits: Limits = STATISTICS
) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_statistics(content, name, municipality=municipality, limits=limits)
    return str(error.value).replace("\u00a0", " ")


def table(*rows: tuple[object, ...]) -> bytes:
    return files.csv_file(HEADER, rows)


def sheet(*rows: tuple[object, ...]) -> bytes:
    return files.workbook({"Ark1": [HEADER, *rows]})


# --- Not a file we can read -----------------------------------------------------------------------

WEB_PAGE = b"\n<!DOCTYPE html>\n<html lang=nb><head><title>Sak</title></head><body></body></html>"
DAMAGED = (
    "Regnearket er ødelagt og kan ikke leses. "
    "Last det ned på nytt, eller åpne det i et regneark og lagre det som .xlsx."
)
NEITHER = (
    "Filen er verken et regneark (.xlsx) eller en CSV-fil. Last opp filen slik Miljødirektoratet gir den ut."
)
NUL = "Filen har tegn som ikke kan leses (NUL). Lagre den som CSV UTF-8 eller .xlsx, og prøv igjen."
# The dash is 20 13: its second byte alone is no sign of a text.
UNMARKED = "Kommune;År;Sektor;Utslippskilde;Utslipp\nDrammen;2009;Sjøfart – innenriks;Skip;5\n"
TRUNCATED = "Regnearket er ikke helt: slutten av filen mangler. Last det ned på nytt, og prøv igjen."
PASSWORD = "Regnearket er beskyttet med passord. Fjern passordet, lagre filen og prøv igjen."
MACROS = "Regnearket kan inneholde makroer (.xlsm). Lagre det som .xlsx uten makroer, og prøv igjen."
OLD = "Filen er i et gammelt Excel-format (.xls). Åpne den i et regneark, lagre den som .xlsx og prøv igjen."
EMPTY = "Filen er tom. Last ned statistikken på nytt, og prøv igjen."


def document() -> bytes:
    """A ZIP file that is something else than a workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<x/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"", "a.xlsx", EMPTY),
        (b"\xef\xbb\xbf \r\n", "a.csv", EMPTY),
        (
            WEB_PAGE,
            "utslippsstatistikk_alle_kommuner.xlsx",
            "Filen er en nettside, ikke et regneark, selv om navnet slutter på .xlsx. "
            "Åpne adressen i nettleseren, last ned selve regnearket og last opp det.",
        ),
        (
            WEB_PAGE,
            "nedlasting",
            "Filen er en nettside, ikke et regneark. "
            "Åpne adressen i nettleseren, last ned selve regnearket og last opp det.",
        ),
        (files.ole("Workbook"), "a.xls", OLD),
        (files.ole("Workbook"), "a.xlsx", OLD),
        (files.ole("EncryptedPackage"), "a.xlsx", PASSWORD),
        (b"%PDF-1.7 rapport", "a.csv", NEITHER),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a.xlsx", NEITHER),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00\x00\x00\x01\x00\x08\x06", "a.csv", NEITHER),
        (b"%PDF-1.7\n\x00\x00", "a.csv", NEITHER),
        (
            b"ID3\x03\x00\x00\x00\x00\x0fvTIT2\x00\x00\x00\x05\x00\x00\x00Sang\xff\xfb\x90\x64",
            "a.csv",
            NEITHER,
        ),
        (b"\x00" * 64, "a.csv", NEITHER),
        (b"Kommune;\x00\x07", "a.csv", NEITHER),
        (table(*DRAMMEN).replace(b"Drammen", b"Dra\x00mmen", 1), "a.csv", NUL),
        (UNMARKED.encode("utf-16-le"), "a.csv", NUL),
        (UNMARKED.encode("utf-16-be"), "a.csv", NUL),
        (UNMARKED.encode("utf-32-le"), "a.csv", NUL),
        (UNMARKED.encode("utf-32-be"), "a.csv", NUL),
        (b"\xff\xfe\x00\xd8", "a.csv", NEITHER),
        (b"\x81\x8d\x8f", "a.csv", NEITHER),
        (document(), "a.xlsx", NEITHER),
        (files.with_macros(), "a.xlsm", MACROS),
        (files.with_macros(), "a.xlsx", MACROS),
        (files.all_municipalities(), "a.xlsm", MACROS),
        (files.all_municipalities()[:-400], "a.xlsx", TRUNCATED),
        (b"PK\x03\x04", "a.xlsx", TRUNCATED),
    ],
)
def test_files_of_another_kind(content: bytes, name: str, expected: str) -> None:
    assert refused(content, name) == expected


def test_a_workbook_with_a_damaged_sheet() -> None:
    content = files.with_part(files.all_municipalities(), "xl/worksheets/sheet3.xml", b"<worksheet><oops")
    assert refused(content, "a.xlsx") == DAMAGED


@pytest.mark.parametrize(
    "entity",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_workbook_with_entities(entity: bytes) -> None:
    content = files.all_municipalities()
    part = files.part_of(content, "xl/worksheets/sheet3.xml")
    hostile = entity + part.replace(
        b"<sheetData>", b"<sheetData>&a;" if b"SYSTEM" in entity else b"<sheetData>&b;"
    )
    assert refused(files.with_part(content, "xl/worksheets/sheet3.xml", hostile), "a.xlsx") == (
        "Regnearket inneholder XML-definisjoner som et regneark ikke skal ha, og blir ikke lest. "
        "Last det ned på nytt fra Miljødirektoratet."
    )


def test_openpyxl_reads_xml_through_defusedxml(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_spreadsheet_reading(None) == []
    monkeypatch.setattr(workbook.openpyxl, "DEFUSEDXML", False)
    assert [problem.id for problem in check_spreadsheet_reading(None)] == ["web.E001"]
    assert "web.E001" in [problem.id for problem in checks.run_checks()]


# --- Larger than the limits -----------------------------------------------------------------------


def test_the_profiles() -> None:
    assert (REGISTERS.upload, REGISTERS.unpacked, REGISTERS.rows) == (5 * 2**20, 50 * 2**20, 20_000)
    assert replace(STATISTICS, rows=20_000) == REGISTERS
    assert STATISTICS.rows == 60_000
    national = NATIONAL_STATISTICS
    assert (national.upload, national.unpacked, national.rows) == (60 * 2**20, 600 * 2**20, 1_000_000)
    assert (national.cpu, national.memory) == (300, 400 * 2**20)


def test_a_file_of_fifty_megabytes() -> None:
    assert refused(b"PK" + bytes(50 * 2**20), "a.xlsx") == (
        "Filen er på 50,1 MB. Grensen for opplasting er 5 MB. Last opp en fil med færre kommuner eller år."
    )


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = files.bomb(60)
    assert refused(bomb, "a.xlsx") == (
        "Regnearket er for stort når det pakkes ut. Grensen er 50 MB. "
        "Last opp en fil med færre kommuner eller år."
    )
    unpacked: list[str] = []
    really = zipfile.ZipFile.open

    def note(archive: zipfile.ZipFile, name: str, *arguments: Any, **named: Any) -> IO[bytes]:
        unpacked.append(name)
        return really(archive, name, *arguments, **named)

    monkeypatch.setattr(zipfile.ZipFile, "open", note)
    assert list(workbook_process.messages(io.BytesIO(bomb), REAL_LIMITS, "")) == [{"error": "unpacked"}]
    assert unpacked == []
    # The same reading does unpack what is within the limit.
    list(workbook_process.messages(io.BytesIO(files.bomb(1)), REAL_LIMITS | {"ratio": 10**6}, ""))
    assert unpacked != []


def test_a_workbook_that_is_packed_too_well() -> None:
    assert refused(files.bomb(10), "a.xlsx") == (
        "Regnearket er pakket mer enn 100 ganger og kan være laget for å overbelaste portalen. "
        "Kopier tabellen til et nytt regneark, og prøv igjen."
    )


def test_a_workbook_of_too_many_parts() -> None:
    content = files.workbook({str(number): [("x",)] for number in range(200)})
    assert refused(content, "a.xlsx") == (
        "Regnearket har for mange deler. Grensen er 200. Kopier tabellen til et nytt regneark, og prøv igjen."
    )


def test_the_reading_process_has_its_own_memory_limit() -> None:
    text = b"<row><c t='inlineStr'><is><t>" + b"x" * (30 * 2**20) + b"</t></is></c></row>"
    long = b"<worksheet><sheetData>" + text + b"</sheetData></worksheet>"
    content = files.with_part(files.workbook({"A": [("x",)]}), "xl/worksheets/sheet1.xml", long)
    ample = replace(STATISTICS, ratio=10**6)
    assert refused(content, "a.xlsx", limits=ample).startswith("Filen mangler kolonnene")
    assert refused(content, "a.xlsx", limits=replace(ample, memory=48 * 2**20)) == (
        "Regnearket krever mer minne enn grensen på 48 MB. Last opp en fil med færre kommuner eller år."
    )


def test_the_reading_process_has_its_own_time_limit() -> None:
    rows = b"<row><c/><c/><c/></row>" * 500_000
    slow = b"<worksheet><sheetData>" + rows + b"</sheetData></worksheet>"
    content = files.with_part(files.workbook({"A": [("x",)]}), "xl/worksheets/sheet1.xml", slow)
    assert refused(content, "a.xlsx", limits=replace(STATISTICS, cpu=1, ratio=10**6)) == (
        "Regnearket tar for lang tid å lese. Grensen er 1 sekunder. "
        "Last opp en fil med færre kommuner eller år."
    )


@pytest.mark.parametrize("make", [table, sheet])
def test_too_many_rows_and_columns(make) -> None:
    rows = [("Drammen", 2009, "Sjøfart", "Cruise", 1)] * 300
    limits = replace(STATISTICS, rows=299)
    assert refused(make(*rows), "a", limits=limits) == (
        "Filen har for mange rader. Grensen er 299. Last opp en fil med færre kommuner eller år."
    )
    assert (
        read_statistics(make(*rows), "a", municipality="Drammen", limits=replace(limits, rows=300)).rows_read
        == 300
    )
    wide = files.csv_file([*HEADER, *["x"] * 60], [])
    if make is sheet:
        wide = files.workbook({"A": [[*HEADER, *["x"] * 60]]})
    assert refused(wide, "a") == (
        "Filen har for mange kolonner. Grensen er 60. Fjern kolonnene som ikke er statistikk."
    )


# --- A table, but not the statistics --------------------------------------------------------------


def test_wrong_columns_are_named() -> None:
    content = files.csv_file(
        ("Anleggsnavn", "Kommune", "År", "Årlig utslipp til luft"), [("A", "B", 2009, 1)]
    )
    assert refused(content) == (
        "Filen mangler kolonnene «Sektor» og «Utslipp». "
        "Vi fant «Anleggsnavn», «Kommune», «År» og «Årlig utslipp til luft». "
        "Last opp filen slik Miljødirektoratet gir den ut."
    )
    assert refused(files.workbook({"A": [("År", "Sektor")]}), "a.xlsx") == (
        "Filen mangler kolonnen «Utslipp». Vi fant «År» og «Sektor». "
        "Last opp filen slik Miljødirektoratet gir den ut."
    )
    assert refused(b"hei\n").startswith("Filen mangler kolonnene «År», «Sektor» og «Utslipp». Vi fant «hei».")
    assert refused(files.workbook({"A": []}), "a.xlsx") == (
        "Filen mangler kolonnene «År», «Sektor» og «Utslipp». Vi fant ingen overskrifter i filen."
    )


def test_a_column_that_stands_twice() -> None:
    rows = [(2009, "Sjøfart", 1, 2)]
    assert refused(files.csv_file(("År", "Sektor", "Utslipp", "Utslipp"), rows)) == (
        "Kolonnen «Utslipp» står to ganger i filen. Fjern den ene, og prøv igjen."
    )
    assert refused(files.csv_file(("År", "Sektor", "Utslipp", "Tonn CO2e"), rows)) == (
        "Kolonnene «Utslipp» og «Tonn CO2e» betyr det samme. Fjern den ene, og prøv igjen."
    )


@pytest.mark.parametrize("make", [table, sheet])
def test_no_rows(make) -> None:
    assert refused(make(), "a") == (
        "Filen har overskrifter, men ingen rader med tall. Last ned statistikken på nytt, og prøv igjen."
    )


def test_no_figures_as_in_formulas_never_calculated() -> None:
    content = sheet(("Drammen", 2009, "Sjøfart", "Cruise", "=1+1"))
    assert refused(content, "a.xlsx") == (
        "Ingen av radene har tall i kolonnen «Utslipp». Åpne filen i et regneark, "
        "se at tallene er der, lagre den og prøv igjen."
    )


def test_a_municipality_that_is_not_in_the_file() -> None:
    content = files.county_csv()
    assert refused(content, municipality="Skien") == (
        "Skien finnes ikke i filen. Filen har tall for Drammen og Oslo. "
        "Velg en av dem, eller last opp en fil der Skien er med."
    )
    assert refused(content, municipality="Dramen") == (
        "Dramen finnes ikke i filen. Mente du Drammen? Filen har tall for Drammen og Oslo."
    )
    many = table(*[(f"Kommune {letter}", 2009, "Sjøfart", "Cruise", 1) for letter in "ABCDEFGHIJKLM"])
    assert "Kommune J og 3 til." in refused(many, municipality="Vinje")


# --- A wrong cell ---------------------------------------------------------------------------------


def cell(column: int, value: object) -> tuple[object, ...]:
    row: list[object] = ["Drammen", 2009, "Sjøfart", "Cruise", 1]
    row[column] = value
    return tuple(row)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (4, "abc", "Rad 3, kolonne «Utslipp»: «abc» er ikke et tall."),
        (4, "nan", "Rad 3, kolonne «Utslipp»: «nan» er ikke et tall."),
        (4, "-inf", "Rad 3, kolonne «Utslipp»: «-inf» er ikke et tall."),
        (4, -1.5, "Rad 3, kolonne «Utslipp»: «-1.5» er negativt. Utslipp kan ikke være mindre enn null."),
        (
            4,
            "\u22121",
            "Rad 3, kolonne «Utslipp»: «\u22121» er negativt. Utslipp kan ikke være mindre enn null.",
        ),
        (4, "1e9", "Rad 3, kolonne «Utslipp»: «1e9» er ikke et tall."),
        (4, 10**9, "Rad 3, kolonne «Utslipp»: «1000000000» er mer enn hele landets utslipp."),
        (1, "", "Rad 3, kolonne «År»: cellen er tom. Fyll inn årstallet."),
        (1, "209", "Rad 3, kolonne «År»: «209» er ikke et årstall."),
        (1, "01.07.2009", "Rad 3, kolonne «År»: «01.07.2009» er ikke et årstall."),
        (
            2,
            " ",
            "Rad 3, kolonne «Sektor»: cellen er tom. Fyll inn sektoren, og del opp sammenslåtte celler.",
        ),
        (3, "x" * 201, f"Rad 3, kolonne «Utslippskilde»: «{'x' * 59}…» er lengre enn 200 tegn."),
        (
            4,
            "1,23.4,5",
            "Rad 3, kolonne «Utslipp»: «1,23.4,5» kan leses på flere måter. "
            "Skriv tallet uten tusenskille, for eksempel 1234,5.",
        ),
        (
            4,
            "1,5",
            "Rad 3, kolonne «Utslipp»: «1,5» har et annet desimaltegn enn «1.5» lenger oppe. "
            "Bruk komma eller punktum som desimaltegn i hele filen, og ikke som tusenskille.",
        ),
    ],
)
def test_wrong_cells_in_csv(column: int, value: object, expected: str) -> None:
    assert refused(table(cell(4, 1.5), cell(column, value))) == expected


def test_numbers_that_may_be_thousands() -> None:
    content = files.csv_file(("År", "Sektor", "Utslipp"), [(2009, "Sjøfart", "1.234")], delimiter=";")
    assert refused(content) == (
        "Filen, kolonne «Utslipp»: «1.234» kan være et desimaltall eller tusener. "
        "Lagre filen uten tusenskille, og prøv igjen."
    )
    certain = content + b"2011;Industri;0.5\n"
    assert read_statistics(certain, "a", municipality="Drammen").rows_used == 2


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        (
            4,
            "12,5",
            "Arket «Ark1», rad 3, kolonne «Utslipp»: «12,5» er lagret som tekst. "
            "Gjør om kolonnen til tall i regnearket, og prøv igjen.",
        ),
        (4, "ukjent", "Arket «Ark1», rad 3, kolonne «Utslipp»: «ukjent» er ikke et tall."),
        (4, True, "Arket «Ark1», rad 3, kolonne «Utslipp»: «True» er ikke et tall."),
        (
            4,
            -2.5,
            "Arket «Ark1», rad 3, kolonne «Utslipp»: «-2,5» er negativt. "
            "Utslipp kan ikke være mindre enn null.",
        ),
    ],
)
def test_wrong_cells_in_a_workbook(column: int, value: object, expected: str) -> None:
    assert refused(sheet(cell(4, 1), cell(column, value)), "a.xlsx") == expected


def test_dates_where_numbers_should_be() -> None:
    assert refused(sheet(cell(1, date(2009, 7, 1))), "a.xlsx") == (
        "Arket «Ark1», rad 2, kolonne «År»: cellen er en dato (01.07.2009), ikke et årstall."
    )
    assert refused(sheet(cell(4, date(2009, 7, 1))), "a.xlsx") == (
        "Arket «Ark1», rad 2, kolonne «Utslipp»: "
        "cellen er en dato eller et klokkeslett (01.07.2009), ikke et tall."
    )


def test_another_municipalitys_wrong_number_does_not_stop_the_import() -> None:
    content = table(cell(4, 1), ("Oslo", 2009, "Sjøfart", "Cruise", "abc"))
    assert read_statistics(content, "a", municipality="Drammen").rows_used == 1


def test_a_csv_row_of_another_length() -> None:
    assert refused(b"\xc3\x85r,Sektor,Utslipp\n2009,Industri, olje og gass,1\n") == (
        "Rad 2 har 4 felt, men overskriften har 3. "
        "Sett anførselstegn rundt navn med komma, eller lagre filen med semikolon."
    )
    whole = files.county_csv(DRAMMEN)
    assert refused(whole[: whole.rindex(b",")]) == (
        "Rad 6 har 4 felt, men overskriften har 5. "
        "Filen kan være kuttet. Last den ned på nytt, og prøv igjen."
    )
    assert refused(b'\xc3\x85r,Sektor,Utslipp\n2009,"Industri,1\n') == (
        "Filen kan ikke leses forbi linje 2: et anførselstegn mangler, eller filen er kuttet. "
        "Last den ned på nytt, og prøv igjen."
    )


# --- Whatever the bytes ---------------------------------------------------------------------------

WORKBOOKS = (files.all_municipalities(), files.one_municipality(DRAMMEN))
changes = st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8)


def corrupted(content: bytes, edits: list[tuple[float, int]], keep: float) -> bytes:
    changed = bytearray(content)
    for place, byte in edits:
        changed[int(place * len(changed))] = byte
    return bytes(changed[: max(1, int(len(changed) * keep))])


@given(st.sampled_from(WORKBOOKS), changes, st.sampled_from([1.0, 1.0, 1.0, 0.9]))
@settings(max_examples=300, deadline=None)
def test_corrupted_workbooks_end_in_a_known_reason(
    content: bytes, edits: list[tuple[float, int]], keep: float
) -> None:
    """In this process, as it takes many: the reader itself never raises."""
    said = list(
        workbook_process.messages(io.BytesIO(corrupted(content, edits, keep)), REAL_LIMITS, "Oversikt")
    )
    assert said
    last = said[-1]
    assert last == {"end": True} or workbook.refusal(last["error"], STATISTICS)


@given(st.sampled_from(WORKBOOKS), changes)
@settings(max_examples=15, deadline=None)
def test_corrupted_workbooks_raise_nothing_else(content: bytes, edits: list[tuple[float, int]]) -> None:
    with suppress(UnreadableFile):
        read_statistics(corrupted(content, edits, 1.0), "a.xlsx", municipality="Drammen")


def test_changed_xml_raises_nothing_else() -> None:
    """Bytes changed inside the parts, where the archive's checksums cannot notice."""
    chance = random.Random(7)
    for name in ("xl/workbook.xml", "xl/worksheets/sheet3.xml", "xl/styles.xml", "[Content_Types].xml") * 12:
        part = bytearray(files.part_of(WORKBOOKS[0], name))
        for _ in range(3):
            part[chance.randrange(len(part))] = chance.randrange(256)
        content = files.with_part(WORKBOOKS[0], name, bytes(part))
        last = list(workbook_process.messages(io.BytesIO(content), REAL_LIMITS, "Oversikt - detaljert"))[-1]
        assert last == {"end": True} or workbook.refusal(last["error"], STATISTICS)


@given(
    st.one_of(
        st.binary(max_size=400), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
    )
)
@settings(deadline=None)
def test_any_bytes_as_csv_raise_nothing_else(tail: bytes) -> None:
    for content in (tail, files.county_csv() + tail):
        if content.startswith(b"PK"):
            continue
        with suppress(UnreadableFile):
            read_statistics(content, "a.csv", municipality="Drammen")
