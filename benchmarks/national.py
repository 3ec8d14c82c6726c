"""The workbook of the whole country, read by the job: seconds, and the most memory of both processes."""

from __future__ import annotations

import io
import resource
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import Workbook

from benchmarks.imports import GASES, YEARS
from benchmarks.processes import BenchmarkFailed
from benchmarks.table import Row
from emissions import actions, jobs
from emissions.enums import DraftState
from emissions.importers.labels import KNOWN_SOURCES
from emissions.models import ImportDraft
from organisation.models import User

ROWS = 500_000
MUNICIPALITIES = 400
MOST_SECONDS = 300
MOST_MEGABYTES = 400
HEADER = (
    "Fylke", "Kommunenummer", "Kommune", "År", "Sektor", "Utslippskilde", "Klimagass",
    "Utslipp (tonn CO₂-ekvivalenter)",
)  # fmt: skip
PIECE = 1024 * 1024


def measure() -> Iterator[Row]:
    """Keeps the workbook as an upload and runs the job here, with the process that reads beside it.

    Memory is this whole process's, the making of the file included, and the reading process's own.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "landet.xlsx"
        _write(path)
        with path.open("rb") as file:
            draft = actions.keep_large_upload(
                by=User.objects.get(email="klima@drammen.example"),
                file_name=path.name,
                pieces=iter(lambda: file.read(PIECE), b""),
                municipality="Drammen",
            )
    before = _child_seconds()
    start = time.perf_counter()
    jobs.read_upload(draft.pk, draft.attempt)
    seconds = time.perf_counter() - start
    draft = ImportDraft.objects.get(pk=draft.pk)
    if draft.state != DraftState.READ or draft.statistics["rows_read"] != ROWS:
        raise BenchmarkFailed(f"Landsfilen ble ikke lest: {draft.problem}")
    yield Row("Landsfil, 500 000 rader: hele jobben", seconds, "s")
    yield Row("Landsfil: prosessortid i leseprosessen", _child_seconds() - before, "s", target=MOST_SECONDS)
    # Of all children the largest; the reader is the only one that reads anything large.
    yield Row("Landsfil: minne, jobb", _megabytes(resource.RUSAGE_SELF), "MB", target=MOST_MEGABYTES)
    yield Row(
        "Landsfil: minne, leseprosess", _megabytes(resource.RUSAGE_CHILDREN), "MB", target=MOST_MEGABYTES
    )


def _write(path: Path) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Oversikt - detaljert")
    sheet.append(HEADER)
    for row in islice(_rows(), ROWS):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(out.getvalue())


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


def _megabytes(whose: int) -> float:
    return resource.getrusage(whose).ru_maxrss * 1024 / 1e6
