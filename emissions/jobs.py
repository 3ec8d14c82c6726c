"""Work of klimaregnskapet that is too slow for a request. Jobs are enqueued by name, from actions."""

from __future__ import annotations

from time import monotonic

from django.utils.translation import gettext as _

from emissions.actions.uploads import JOB, fail_reading, finish_reading, start_reading, told_progress
from emissions.importers.results import to_plain
from emissions.importers.statistics import read_statistics
from emissions.models import UploadReading
from web.job_runs import ordered_job, run_ordered
from web.register.uploads import content_of
from web.sheets.errors import UnreadableFile
from web.sheets.limits import NATIONAL_STATISTICS

# Seconds between each time the progress is written: the page asks once a second.
TELL_EVERY = 1.0


@ordered_job(JOB)
def read_upload(upload_id: int, attempt: int) -> None:
    """Reads a large uploaded file for one municipality. Twice gives the same; a late one is silent."""

    def work() -> None:
        reading = start_reading(upload_id, attempt)
        if reading is None:
            return
        try:
            _read(reading, attempt)
        except UnreadableFile as refusal:
            fail_reading(upload_id, attempt, str(refusal), refusal.headers)

    run_ordered(
        work,
        fail=lambda sentence: fail_reading(upload_id, attempt, sentence),
        broken=_("Filen kunne ikke leses. Prøv igjen, og meld fra hvis det skjer på nytt."),
    )


def _read(reading: UploadReading, attempt: int) -> None:
    told = (monotonic(), 0)

    def progress(percent: int) -> None:
        nonlocal told
        when, before = told
        if percent > before and monotonic() - when >= TELL_EVERY:
            told = (monotonic(), percent)
            told_progress(reading.pk, attempt, percent)

    statistics = read_statistics(
        content_of(reading.upload),
        reading.upload.file_name,
        municipality=reading.municipality,
        limits=NATIONAL_STATISTICS,
        columns=reading.upload.columns or None,
        progress=progress,
    )
    finish_reading(reading.pk, attempt, to_plain(statistics))
