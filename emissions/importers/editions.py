"""From a file to an edition: read it, and let one action write what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from emissions.actions.editions import EditionData, add_edition
from emissions.actions.uploads import finish_upload, may_import, reading_of
from emissions.enums import ReadingState, Scope
from emissions.importers.results import Statistics, from_plain
from emissions.importers.statistics import read_statistics
from emissions.models import Edition, UploadReading
from emissions.queries.editions import unseen_labels
from web.actors import Actor
from web.models import Upload
from web.refusals import Refusal, Refused
from web.register.uploads import confirm_once, content_of
from web.sheets.errors import UnreadableFile
from web.sheets.limits import STATISTICS, Limits


@dataclass(frozen=True, slots=True)
class ImportResult:
    """The edition (new, or the one the same file made before), and what the file said."""

    edition: Edition
    statistics: Statistics
    unchanged: bool


def import_edition(
    *,
    by: Actor,
    content: bytes,
    file_name: str,
    municipality: str,
    scope: Scope,
    published: date,
    publisher: str,
    is_example: bool = False,
    limits: Limits = STATISTICS,
    columns: Mapping[str, str] | None = None,
) -> ImportResult:
    """Read a file of emission statistics and add it as an edition, figures in tCO2e.

    Raises UnreadableFile, Refused (both with a Norwegian sentence) and PermissionDenied; then
    nothing is written.
    """
    statistics = read_statistics(
        content, file_name, municipality=municipality, limits=limits, columns=columns
    )
    return _added(
        by,
        statistics,
        file_name=file_name,
        municipality=municipality,
        scope=scope,
        published=published,
        publisher=publisher,
        is_example=is_example,
    )


def _added(
    by: Actor, statistics: Statistics, *, file_name: str, municipality: str, **terms: Any
) -> ImportResult:
    """What was read, as an edition."""
    edition, created = add_edition(
        by=by,
        data=EditionData(
            file_name=file_name,
            file_sha256=statistics.sha256,
            shape=statistics.shape.code,
            rows_read=statistics.rows_read,
            rows_used=statistics.rows_used,
            figures=statistics.figures,
            oddities=[oddity.sentence for oddity in statistics.oddities],
        ),
        municipality=statistics.municipality or municipality,
        **terms,
    )
    return ImportResult(edition, statistics, unchanged=not created)


def upload_statistics(reading: UploadReading, municipality: str | None) -> Statistics:
    """What an uploaded file says of a municipality; a large one was read for one, and says nothing of others.

    Raises UnreadableFile.
    """
    upload = reading.upload
    if reading.state == ReadingState.KEPT:
        columns = upload.columns or None
        return read_statistics(
            content_of(upload), upload.file_name, municipality=municipality, columns=columns
        )
    if reading.statistics is None:
        raise UnreadableFile("not_read", _("Filen er ikke ferdig lest. Vent til den er det."))
    statistics = from_plain(reading.statistics)
    own = statistics.municipality or ""
    if not statistics.municipalities:
        return replace(statistics, municipality=municipality or own)
    if municipality is not None and own and municipality.casefold() != own.casefold():
        sentence = _("Filen er lest for {own}. Les den på nytt for {municipality} først.")
        raise UnreadableFile("read_for_another", sentence.format(own=own, municipality=municipality))
    return statistics


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The edition an upload became, or the one the same file had made before."""

    edition: Edition
    unchanged: bool


def confirm_statistics(
    *,
    by: Actor,
    upload: Upload,
    municipality: str,
    scope: Scope,
    published: date,
    publisher: str,
    labels_approved: bool = False,
) -> Confirmed:
    """Make an uploaded file an edition. Confirmed again, for instance by a double click, it gives the same.

    Raises as `import_edition` does, UploadGone, and Refused at `labels_approved` for sectors or sources
    nobody has approved; then nothing is written.
    """

    def write(held: Upload) -> int:
        reading = reading_of(held)
        statistics = upload_statistics(reading, municipality)
        if unseen_labels(statistics.new_labels) and not labels_approved:
            text = _("Se over de nye navnene, og kryss av for at de skal være med.")
            raise Refused(Refusal(text, field="labels_approved"))
        result = _added(
            by,
            statistics,
            file_name=held.file_name,
            municipality=municipality,
            scope=scope,
            published=published,
            publisher=publisher,
        )
        finish_upload(by=by, reading=reading, edition=result.edition)
        return 0 if result.unchanged else statistics.rows_used

    # The upload is locked first, then, in `add_edition`, the municipality: two clicks on one file meet at the
    # upload, two files of one municipality at the municipality.
    reason = _("Import av utslippsstatistikk")
    rows = confirm_once(by=by, may=may_import, upload=upload, reason=reason, write=write)
    edition = UploadReading.objects.select_related("edition").get(pk=upload.pk).edition
    if edition is None:
        raise Refused(_("Importen er angret. Last opp filen på nytt for å importere den."))
    return Confirmed(edition, unchanged=rows == 0)
