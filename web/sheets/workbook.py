"""Starts the process that reads a workbook, and turns what it says into rows or one clear sentence."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import openpyxl
from django.core import checks
from django.utils.translation import gettext as _

from web.formats import format_number
from web.sheets import limits as upload
from web.sheets.cells import Formula, Moment
from web.sheets.errors import UnreadableFile
from web.sheets.limits import Limits
from web.sheets.words import day, megabytes
from web.told import tell
from web.unseen import UnseenSigns, without_unseen

READER = Path(__file__).with_name("workbook_process.py")
# Lines above and below the table are not rows of data, so the process may send a few more.
LINES_ABOUT_THE_TABLE = 100

# Labels and figures of a statistic; registers have longer texts.
LONGEST_TEXT = 300

Row = tuple[int, list[Any]]
Sheet = tuple[str, Iterator[Row]]
# Told how many percent of the file are read; called often, so it must be quick.
Progress = Callable[[int], None]


def check_spreadsheet_reading(app_configs: object, **kwargs: object) -> list[checks.CheckMessage]:
    """Django system check: openpyxl must read XML through defusedxml, which refuses XML bombs."""
    if openpyxl.DEFUSEDXML:
        return []
    message = _("Regneark kan ikke leses trygt: pakken defusedxml mangler eller er slått av.")
    hint = _("Installer pakkene i requirements.txt, og fjern miljøvariabelen OPENPYXL_DEFUSEDXML.")
    return [checks.Error(message, hint=hint, id="web.E001")]


def untold(percent: int) -> None:
    """For files so small that nobody waits to hear how far they are read."""


@contextmanager
def read_in_subprocess(
    content: bytes,
    limits: Limits,
    preferred: str,
    *,
    progress: Progress = untold,
    longest_text: int = LONGEST_TEXT,
    formulas: bool = False,
    beside: tuple[str, ...] = (),
    unseen: UnseenSigns | None = None,
) -> Iterator[Iterator[Sheet]]:
    """Give the workbook's sheets in order, each as (title, iterator of (row number, cells)).

    A sheet with the title `preferred` is given alone, or with those in `beside`. Cells are int, float,
    bool, str, None, or a Moment for dates and times. Rows without any value are left out; trailing empty
    cells too.
    With `formulas` a formula is a Formula rather than the value it had when the file was saved.
    Texts are without the signs nobody sees: `unseen` remembers where they stood, or whoever asked is told.
    Must be read in order: a sheet's rows are gone when the next sheet is asked for. `progress` is told how
    many percent of the file are read.

    Raises UnreadableFile, possibly in the middle of the reading.
    """
    arguments = {
        "limits": asdict(replace(limits, rows=limits.rows + LINES_ABOUT_THE_TABLE)),
        "preferred": preferred,
        "longest_text": longest_text,
        "formulas": formulas,
        "beside": beside,
    }
    environment = {"OPENPYXL_LXML": "False", "LC_ALL": "C.UTF-8", "PATH": os.environ.get("PATH", "")}
    command = [sys.executable, "-I", str(READER), json.dumps(arguments)]
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.seek(0)
        with subprocess.Popen(
            command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            # CPU time is limited by the system; this stops a process that waits.
            clock = threading.Timer(3 * limits.cpu, process.kill)
            clock.start()
            try:
                signs = unseen or UnseenSigns()
                yield _sheets(_spoken(process, limits), limits, progress, signs)
                if unseen is None:
                    tell(signs.sentence())
            finally:
                clock.cancel()
                process.kill()


def _spoken(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[dict[str, Any]]:
    output = process.stdout
    if output is None:
        return
    for line in output:
        # A process that is killed may stop in the middle of a line.
        if not line.endswith(b"\n"):
            break
        yield json.loads(line, object_hook=_moments)
    code = process.wait()
    if code == 0:
        return
    slow = code in (-signal.SIGXCPU, -signal.SIGKILL)
    raise refusal("cpu" if slow else "damaged", limits)


def _moments(value: dict[str, Any]) -> object:
    if "formula" in value:
        return Formula(value["formula"])
    if "date" in value:
        return Moment(day(value["date"]))
    return Moment(value["time"]) if "time" in value else value


def _sheets(
    messages: Iterator[dict[str, Any]], limits: Limits, progress: Progress, signs: UnseenSigns
) -> Iterator[Sheet]:
    """Split the messages into sheets; the messages of a sheet nobody read are passed over."""
    title: str | None = None
    finished = False

    def rows() -> Iterator[Row]:
        nonlocal title, finished
        title = None
        for message in messages:
            if "rows" in message:
                progress(message["percent"])
                for number, *cells in message["rows"]:
                    yield number, signs.clean(number, cells)
            elif "sheet" in message:
                title = without_unseen(message["sheet"])
                return
            elif "error" in message:
                raise refusal(message["error"], limits)
            elif "end" in message:
                finished = True
        if not finished:
            raise refusal("damaged", limits)

    _exhaust(rows())
    while title is not None:
        reading = rows()
        yield title, reading
        _exhaust(reading)


def _exhaust(rows: Iterable[Row]) -> None:
    for _row in rows:
        pass


def refusal(code: str, limits: Limits) -> UnreadableFile:
    """The error for a reason the reading process gave, by its code."""
    own: dict[str, Callable[[], UnreadableFile]] = {
        "macros": upload.macros,
        "not_a_spreadsheet": upload.not_a_spreadsheet,
        "too_many_rows": lambda: upload.too_many_rows(limits),
        "too_many_columns": lambda: upload.too_many_columns(limits),
        "password": upload.password,
    }
    if code in own:
        return own[code]()
    sentences = {
        "truncated": _(
            "Regnearket er ikke helt: slutten av filen mangler. Last det ned på nytt, og prøv igjen."
        ),
        "damaged": _(
            "Regnearket er ødelagt og kan ikke leses. Last det ned på nytt, "
            "eller åpne det i et regneark og lagre det som .xlsx."
        ),
        "forbidden_xml": _(
            "Regnearket inneholder XML-definisjoner som et regneark ikke skal ha, og blir ikke lest. "
            "Last det ned på nytt fra Miljødirektoratet."
        ),
        "unpacked": _(
            "Regnearket er for stort når det pakkes ut. Grensen er {unpacked}. "
            "Last opp en fil med færre kommuner eller år."
        ),
        "members": _(
            "Regnearket har for mange deler. Grensen er {members}. "
            "Kopier tabellen til et nytt regneark, og prøv igjen."
        ),
        "ratio": _(
            "Regnearket er pakket mer enn {ratio} ganger og kan være laget for å overbelaste portalen. "
            "Kopier tabellen til et nytt regneark, og prøv igjen."
        ),
        "memory": _(
            "Regnearket krever mer minne enn grensen på {memory}. "
            "Last opp en fil med færre kommuner eller år."
        ),
        "cpu": _(
            "Regnearket tar for lang tid å lese. Grensen er {cpu} sekunder. "
            "Last opp en fil med færre kommuner eller år."
        ),
        "not_hardened": _(
            "Portalen er ikke satt opp til å lese regneark trygt. Gi beskjed til den som drifter portalen."
        ),
    }
    sentence = sentences[code].format(
        unpacked=megabytes(limits.unpacked),
        members=format_number(limits.members),
        ratio=format_number(limits.ratio),
        memory=megabytes(limits.memory),
        cpu=format_number(limits.cpu),
    )
    return UnreadableFile(code, sentence)
