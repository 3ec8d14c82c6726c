"""Makes the files that tests upload: the published shapes of the statistics, and broken ones."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from openpyxl import Workbook

Row = tuple[str, str, int, str, str, str, float]
Cells = Sequence[object]

# number, name, year, sector, source, gas, tonnes
SMALL: tuple[Row, ...] = (
    ("3301", "Drammen", 2009, "Veitrafikk", "Personbiler", "CO2", 100.5),
    ("3301", "Drammen", 2009, "Veitrafikk", "Personbiler", "CH4", 0.25),
    ("3301", "Drammen", 2009, "Industri, olje og gass", "Industri, olje og gass", "CO2", 6662.978256),
    ("3301", "Drammen", 2011, "Veitrafikk", "Personbiler", "CO2", 90.0),
    ("3301", "Drammen", 2011, "Veitrafikk", "Busser  ", "CO2", 0.0),
    ("0301", "Oslo", 2009, "Veitrafikk", "Personbiler", "CO2", 5000.125),
    ("0301", "Oslo", 2011, "Veitrafikk", "Personbiler", "CO2", 4000.0),
)
DETAILED_HEADER = (
    "Fylke",
    "Kommunenummer",
    "Kommune",
    "År",
    "Sektor",
    "Utslippskilde",
    "Klimagass",
    "Utslipp (tonn CO₂-ekvivalenter)",
)


def csv_file(
    header: Sequence[str],
    rows: Iterable[Cells],
    *,
    delimiter: str = ",",
    quoting: int = csv.QUOTE_MINIMAL,
    encoding: str = "utf-8",
) -> bytes:
    """A CSV file exactly as the cells are given."""
    text = io.StringIO()
    options = {"quotechar": None} if quoting == csv.QUOTE_NONE else {}
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n", **options)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def comma(value: float) -> str:
    """A number with decimal comma."""
    return str(Decimal(repr(value))).replace(".", ",")


def county_csv(rows: Iterable[Row] = SMALL) -> bytes:
    """Comma CSV as a county published it: the gas column dropped, names with a comma quoted."""
    return csv_file(
        ("Kommune", "År", "Sektor", "Utslippskilde", "Utslipp"),
        [(name, year, sector, source, value) for _n, name, year, sector, source, _g, value in rows],
    )


def sector_csv(rows: Iterable[Row] = SMALL) -> bytes:
    """Semicolon CSV with BOM and decimal comma, no sources, and a comma in a name without quotes."""
    return csv_file(
        ("Kommune", "År", "Sektor", "Utslipp"),
        [(name, year, sector, comma(value)) for _n, name, year, sector, _s, _g, value in rows],
        delimiter=";",
        quoting=csv.QUOTE_NONE,
        encoding="utf-8-sig",
    )


def one_municipality_csv(rows: Iterable[Row]) -> bytes:
    """Comma CSV with a gas column and without a municipality column."""
    return csv_file(
        ("År", "Sektor", "Utslippskilde", "Klimagass", "Utslipp"),
        [(year, sector, source, gas, value) for _n, _m, year, sector, source, gas, value in rows],
    )


def workbook(sheets: dict[str, Iterable[Cells]]) -> bytes:
    """A workbook with these rows in these sheets."""
    book = Workbook(write_only=True)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def all_municipalities(
    rows: Iterable[Row] = SMALL,
    *,
    header: Sequence[str] = DETAILED_HEADER,
    sheet: str = "Oversikt - detaljert",
) -> bytes:
    """The workbook of all municipalities: one row per gas, and sheets beside it that repeat the figures."""
    rows = list(rows)
    return workbook(
        {
            "Om statistikken": [("Utslipp av klimagasser i kommuner",), ("Kilde: Miljødirektoratet",)],
            "Oversikt - sektorfordelt": [
                ("Kommune", "År", "Sektor", "Utslipp"),
                *((name, year, sector, value) for _n, name, year, sector, _s, _g, value in rows),
            ],
            sheet: [
                header,
                *(("Fylke", n, name, y, sec, src, gas, value) for n, name, y, sec, src, gas, value in rows),
            ],
            "Veitrafikk": [("År", "Utslippskilde", "Utslipp"), (2009, "Personbiler", 1.0)],
        }
    )


def one_municipality(
    rows: Iterable[Row], *, overview: Callable[[str, int, float], float] = lambda _s, _y, value: value
) -> bytes:
    """The workbook of one municipality: a sheet per sector, and «Oversikt» with the sums."""
    sectors: dict[str, list[Cells]] = {}
    sums: dict[tuple[int, str], float] = {}
    for _n, _m, year, sector, source, _g, value in rows:
        sectors.setdefault(sector, []).append((year, source, value))
        sums[year, sector] = sums.get((year, sector), 0.0) + value
    unit = "Utslipp (tonn CO₂-ekvivalenter)"
    sheets: dict[str, Iterable[Cells]] = {
        "Oversikt": [
            ("År", "Sektor", unit),
            *((y, sector, overview(sector, y, total)) for (y, sector), total in sums.items()),
        ]
    }
    for sector, figures in sectors.items():
        sheets[sector] = [("År", "Utslippskilde", unit), *figures]
    return workbook(sheets)


def with_part(content: bytes, name: str, data: bytes) -> bytes:
    """The workbook with a part added, or replaced where it is there."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part.filename, old.read(part))
        new.writestr(name, data)
    return file.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """One part of a workbook, unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def with_macros() -> bytes:
    """A workbook that says it has macros."""
    content = all_municipalities()
    types = part_of(content, "[Content_Types].xml").replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    return with_part(with_part(content, "[Content_Types].xml", types), "xl/vbaProject.bin", b"x")


def bomb(megabytes: int) -> bytes:
    """A small workbook with a sheet that unpacks to this many megabytes."""
    content = all_municipalities()
    return with_part(content, "xl/worksheets/sheet1.xml", b" " * (megabytes * 1024 * 1024))


def ole(stream: str) -> bytes:
    """The start of an OLE container with a stream of this name."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(1024)
