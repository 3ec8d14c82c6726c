"""Reads a workbook in a process of its own: run by path, imports nothing of the portal.

A hostile workbook may cost what the operating system's limits allow here, and nothing in the web process.
Standard input is the workbook (a file that can be searched), the only argument is the limits as JSON.
Standard output is one JSON value per line: `sheets`, then `sheet` and `rows` by turns; last `end` or `error`.
"""

import importlib
import json
import math
import os
import re
import resource
import sys
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

BATCH = 500
LAST_ROW = 1_048_576
# Very small parts may compress far better than any real sheet without being a danger.
SMALL_PART = 1024 * 1024
WORKBOOK_TYPE = b"spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"macroEnabled"

Message = dict[str, Any]


class Refused(Exception):
    """The workbook is not read; the only argument is the code of the reason."""


def messages(
    file: IO[bytes],
    limits: dict[str, int],
    preferred: str,
    longest_text: int = 300,
    formulas: bool = False,
    beside: tuple[str, ...] = (),
) -> Iterator[Message]:
    """Yield the content of a workbook; a sheet with the preferred name is read alone.

    Sheets named in `beside` are read with it.
    With `formulas` a formula is sent as such, never as the value it had when the file was saved.

    Never raises for what is wrong with the file: the last message is then {"error": code}.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            check_archive(archive, limits)
        yield from _sheets(file, limits, (preferred, *beside), longest_text, formulas)
    except Refused as refusal:
        yield {"error": refusal.args[0]}
    except zipfile.BadZipFile:
        yield {"error": "damaged" if _has_end(file) else "truncated"}
    except Exception as problem:  # openpyxl raises whatever the XML made it stumble upon
        yield {"error": _reason(problem)}
    else:
        yield {"end": True}


def _reason(problem: BaseException) -> str:
    """What is behind an error: openpyxl hides the first one behind others."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, MemoryError):
            return "memory"
        if type(cause).__module__.startswith("defusedxml"):
            return "forbidden_xml"
        cause = cause.__cause__ or cause.__context__
    return "damaged"


def check_archive(archive: zipfile.ZipFile, limits: dict[str, int]) -> None:
    """Refuse by the directory alone, before anything is unpacked.

    zipfile never unpacks more of a part than the directory says, so the sizes can be relied on.
    """
    parts = archive.infolist()
    if len(parts) > limits["members"]:
        raise Refused("members")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("password")
    if sum(part.file_size for part in parts) > limits["unpacked"]:
        raise Refused("unpacked")
    for part in parts:
        if part.file_size > max(SMALL_PART, limits["ratio"] * part.compress_size):
            raise Refused("ratio")
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names or "[Content_Types].xml" not in names:
        raise Refused("not_a_spreadsheet")
    types = archive.read("[Content_Types].xml")
    if MACRO_TYPE in types or any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("macros")
    if WORKBOOK_TYPE not in types:
        raise Refused("not_a_spreadsheet")


def _has_end(file: IO[bytes]) -> bool:
    file.seek(0, os.SEEK_END)
    file.seek(max(0, file.tell() - 66_000))
    return b"PK\x05\x06" in file.read()


def _sheets(
    file: IO[bytes], limits: dict[str, int], preferred: tuple[str, ...], longest_text: int, formulas: bool
) -> Iterator[Message]:
    openpyxl = importlib.import_module("openpyxl")
    if not openpyxl.DEFUSEDXML:
        raise Refused("not_hardened")
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        parts = {
            part.filename: (part.header_offset, max(1, part.compress_size)) for part in archive.infolist()
        }
    file.seek(0)
    book = openpyxl.load_workbook(file, read_only=True, data_only=not formulas, keep_links=False)
    try:
        yield {"sheets": [sheet.title for sheet in book.worksheets]}
        wanted = [plain(title) for title in preferred]
        budget = limits["rows"]
        titles = [plain(sheet.title) for sheet in book.worksheets]
        sheets = [
            sheet
            for sheet, title in zip(book.worksheets, titles, strict=True)
            if wanted[0] not in titles or title in wanted
        ]
        for order, sheet in enumerate(sheets):
            yield {"sheet": sheet.title}
            start, size = parts.get(sheet._worksheet_path, (0, 1))
            for batch in _batches(sheet, limits["columns"], longest_text, formulas):
                budget -= len(batch)
                if budget < 0:
                    raise Refused("too_many_rows")
                # How far the packed sheet is read; what a sheet says of its own size is not to be relied on.
                done = min(max(0, file.tell() - start), size) / size
                yield {"rows": batch, "percent": int(100 * (order + done) / len(sheets))}
    finally:
        book.close()


# As XML Schema has numbers in cells; no real one is longer, and longer ones cost time.
NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][+-]?[0-9]{1,3})?")


def number_in(text: str) -> int | float | str:
    """What a number cell holds; what only Python reads as a number («1_000», «１２», «inf») stays text."""
    if not NUMBER.fullmatch(text):
        return text
    if text.lstrip("+-").isdigit():
        return int(text)
    value = float(text)
    # What a float cannot hold becomes endless or nothing: «1e999», «1e-400».
    lost = math.isinf(value) or (value == 0 and Decimal(text) != 0)
    return text if lost else value


def plain(title: str) -> str:
    """A sheet's title without what people type differently: case, spaces, kinds of dash."""
    return re.sub(r"[\s\u00a0]+", "", re.sub("[\u2010-\u2015]", "-", title)).casefold()


def _batches(sheet: Any, columns: int, longest_text: int, formulas: bool) -> Iterator[list[list[Any]]]:
    # The size a sheet says it has is not to be relied on.
    sheet.reset_dimensions()
    batch: list[list[Any]] = []
    for number, row in enumerate(sheet.iter_rows(values_only=not formulas), start=1):
        if number > LAST_ROW:
            raise Refused("too_many_rows")
        if formulas:
            row = [_filled_in(cell, longest_text) for cell in row]
        if not row or (row[0] is None and not any(cell is not None for cell in row)):
            continue
        values = [cell if type(cell) in PLAIN else _sent(cell, longest_text) for cell in row]
        while values[-1] is None:
            values.pop()
        if len(values) > columns:
            raise Refused("too_many_columns")
        batch.append([number, *values])
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


PLAIN = frozenset({int, float, bool, type(None)})


def _filled_in(cell: Any, longest_text: int) -> object:
    if cell.data_type == "f":
        return {"formula": str(cell.value)[:longest_text]}
    return cell.value


def _sent(cell: object, longest_text: int) -> object:
    if isinstance(cell, dict):
        return cell
    if isinstance(cell, str):
        return cell[:longest_text]
    if isinstance(cell, datetime | date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return {"time": str(cell)}
    return str(cell)[:longest_text]


def _limit(kind: int, soft: int, hard: int) -> None:
    ceiling = resource.getrlimit(kind)[1]
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(kind, (soft, hard))


def main(write: Callable[[str], object]) -> None:
    """Read the workbook on standard input under the limits given as the first argument."""
    arguments = json.loads(sys.argv[1])
    limits: dict[str, int] = arguments["limits"]
    _limit(resource.RLIMIT_AS, limits["memory"], limits["memory"])
    _limit(resource.RLIMIT_CPU, limits["cpu"], limits["cpu"] + 1)
    _limit(resource.RLIMIT_CORE, 0, 0)
    # Neither is needed to read cells; loading them takes longer than reading a small workbook.
    sys.modules.update(dict.fromkeys(("numpy", "PIL")))  # type: ignore[arg-type]
    warnings.simplefilter("ignore")
    # openpyxl reads every sheet once more to learn its size, also those we pass by; we never ask for it.
    read_only = importlib.import_module("openpyxl.worksheet._read_only")
    read_only.ReadOnlyWorksheet._get_size = lambda _sheet: None
    # openpyxl's own reads whatever Python calls a number.
    cells = importlib.import_module("openpyxl.worksheet._reader")
    setattr(cells, "_cast_number", number_in)  # noqa: B010 - a module's name that mypy does not know
    for message in messages(
        sys.stdin.buffer,
        limits,
        arguments["preferred"],
        arguments["longest_text"],
        arguments["formulas"],
        tuple(arguments["beside"]),
    ):
        write(json.dumps(message, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(sys.stdout.write)
