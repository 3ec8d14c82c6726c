"""From a file to an edition: read it, and let one action write what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from climate_portal.web.actors import Actor, acting
from emissions.actions import EditionData, add_edition, finish_upload, lock_upload
from emissions.enums import Scope
from emissions.importers.reading import read_statistics
from emissions.importers.results import Statistics
from emissions.models import Edition


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
) -> ImportResult:
    """Read a file of emission statistics and add it as an edition, figures in tCO2e.

    Raises UnreadableFile, RefusedEdition (both with a Norwegian sentence) and PermissionDenied; then
    nothing is written.
    """
    statistics = read_statistics(content, file_name, municipality=municipality)
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
        scope=scope,
        published=published,
        publisher=publisher,
        is_example=is_example,
    )
    return ImportResult(edition, statistics, unchanged=not created)


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The edition an upload became, or the one the same file had made before it was uploaded."""

    edition: Edition
    unchanged: bool


def confirm_upload(
    *, by: Actor, draft_id: int, municipality: str, scope: Scope, published: date, publisher: str
) -> Confirmed:
    """Make an uploaded file an edition. Confirmed again, for instance by a double click, it gives the same.

    Raises as `import_edition` and `lock_upload` do; then nothing is written.
    """
    with acting(by, _("Import av utslippsstatistikk")):
        draft = lock_upload(by=by, draft_id=draft_id)
        edition = draft.edition
        if edition is None:
            edition = import_edition(
                by=by,
                content=bytes(draft.content),
                file_name=draft.file_name,
                municipality=municipality,
                scope=scope,
                published=published,
                publisher=publisher,
            ).edition
            finish_upload(by=by, draft=draft, edition=edition)
        return Confirmed(edition, unchanged=edition.imported_at < draft.uploaded_at)
