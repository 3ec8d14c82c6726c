"""What a municipality has at hand on its first day, as files: units, people, statistics, lines."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

STATISTICS = Path(__file__).parent / "data" / "utslipp_tre_kommuner.csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
UNITS = (("Navn", "Type"), ("Teknisk drift", "virksomhet"), ("Skole og barnehage", "virksomhet"))
# By code: source, and tonnes more for each year from 2027. No source twice, so that nothing overlaps.
TONNES = {
    "T6": ("Annen mobil forbrenning: Bygg og anlegg", 400),
    "T7": ("Annen mobil forbrenning: Tjenester tilknyttet transport", 20),
    "T9": ("Energiforsyning: Fjernvarme unntatt avfallsforbrenning", 50),
}


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(list(row))
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def twelve_lines(template: bytes) -> tuple[bytes, int]:
    """The portal's own template with twelve lines, and how many words were written in it.

    Three have tonnes; the other nine say why they have none.
    """
    book = load_workbook(BytesIO(template))
    sheet = book["Klimabudsjett"]
    heads = {str(cell.value): cell.column for row in sheet.iter_rows() for cell in row if cell.value}
    first = next(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "Tiltak") + 1
    words = 0
    for row, code in enumerate((f"T{number}" for number in range(1, 13)), start=first):
        values: dict[str, object] = {"Tiltak": code, "Systemgrense": "Direkte utslipp i kommunen"}
        if code in TONNES:
            source, tonnes = TONNES[code]
            values |= {"Kilde 1": source, "Allerede med i regnskapet": 0}
            values |= {str(year): tonnes * max(0, year - 2026) for year in range(2025, 2031)}
        else:
            values["Ikke tallfestet fordi"] = "Virker gjennom andre tiltak"
        for head, value in values.items():
            sheet.cell(row, heads[head], value)
            words += len(str(value).split())
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), words
