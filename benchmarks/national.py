"""The workbook of the whole country, read by the job: seconds, and the most memory of both processes."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from benchmarks.imports import GASES, YEARS
from benchmarks.processes import BenchmarkFailed, job_worker, peak_megabytes
from benchmarks.table import Row
from climate_portal.processes import until
from emissions.actions.uploads import keep_large_statistics
from emissions.enums import ReadingState
from emissions.importers.labels import KNOWN_SOURCES
from organisation.models import User

ROWS = 500_000
MUNICIPALITIES = 400
MOST_SECONDS = 300
LONGEST_WAIT = 900
MOST_MEGABYTES = 400
HEADER = (
    "Fylke", "Kommunenummer", "Kommune", "År", "Sektor", "Utslippskilde", "Klimagass",
    "Utslipp (tonn CO₂-ekvivalenter)",
)  # fmt: skip
PIECE = 1024 * 1024


def measure() -> Iterator[Row]:
    """Keeps the workbook as an upload and lets a worker read it, as in production.

    Memory is the most any of worker and reading process has had, asked for while they work.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "landet.xlsx"
        _write(path)
        with path.open("rb") as file:
            reading = keep_large_statistics(
                by=User.objects.get(email="klima@drammen.example"),
                file_name=path.name,
                pieces=iter(lambda: file.read(PIECE), b""),
                municipality="Drammen",
            )
    before, most = _child_seconds(), 0.0
    start = time.perf_counter()
    with job_worker() as worker:
        for _try in until(LONGEST_WAIT, every=0.2):
            most = max(most, peak_megabytes(worker))
            reading.refresh_from_db()
            if reading.state in (ReadingState.READ, ReadingState.FAILED):
                break
        seconds = time.perf_counter() - start
    if reading.state != ReadingState.READ or reading.statistics["rows_read"] != ROWS:
        raise BenchmarkFailed(f"Landsfilen ble ikke lest: {reading.problem}")
    yield Row("Landsfil, 500 000 rader: hele jobben", seconds, "s")
    yield Row("Landsfil: prosessortid i alt", _child_seconds() - before, "s", target=MOST_SECONDS)
    yield Row("Landsfil: minne, høyeste i en prosess", most, "MB", target=MOST_MEGABYTES)


def _write(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Oversikt - detaljert")
    sheet.append(HEADER)
    for row in islice(_rows(), ROWS):
        sheet.append(row)
    book.save(path)


def _rows() -> Iterator[tuple[object, ...]]:
    sources = [(sector, source) for sector, several in KNOWN_SOURCES.items() for source in several]
    names = [("3301", "Drammen"), *((str(1101 + i), f"Kommune {i}") for i in range(MUNICIPALITIES))]
    for count, ((number, name), year, (sector, source), gas) in enumerate(
        product(names, YEARS, sources, GASES)
    ):
        # As many digits as the published figures, so that the file packs as they do.
        yield "Fylke", number, name, year, sector, source, gas, (count * 7919 % 100_003) / 37


def _child_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
