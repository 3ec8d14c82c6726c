"""From a file to an edition: read it, and let one action write what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from emissions.actions.editions import EditionData, add_edition
from emissions.actions.uploads import finish_upload, lock_upload
from emissions.enums import DraftState, Scope
from emissions.importers.results import Statistics, from_plain
from emissions.importers.statistics import read_statistics
from emissions.models import Edition, ImportDraft
from emissions.queries.editions import unseen_labels
from web.actors import Actor, acting
from web.refusals import Refusal, Refused
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


def upload_statistics(draft: ImportDraft, municipality: str | None) -> Statistics:
    """What an uploaded file says of a municipality; a large one was read for one, and says nothing of others.

    Raises UnreadableFile.
    """
    if draft.state == DraftState.KEPT:
        return read_statistics(
            bytes(draft.content), draft.file_name, municipality=municipality, columns=draft.columns or None
        )
    if draft.statistics is None:
        raise UnreadableFile("not_read", _("Filen er ikke ferdig lest. Vent til den er det."))
    statistics = from_plain(draft.statistics)
    own = statistics.municipality or ""
    if not statistics.municipalities:
        return replace(statistics, municipality=municipality or own)
    if municipality is not None and own and municipality.casefold() != own.casefold():
        sentence = _("Filen er lest for {own}. Les den på nytt for {municipality} først.")
        raise UnreadableFile("read_for_another", sentence.format(own=own, municipality=municipality))
    return statistics


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The edition an upload became, or the one the same file had made before it was uploaded."""

    edition: Edition
    unchanged: bool


def confirm_upload(
    *,
    by: Actor,
    draft_id: int,
    municipality: str,
    scope: Scope,
    published: date,
    publisher: str,
    labels_approved: bool = False,
) -> Confirmed:
    """Make an uploaded file an edition. Confirmed again, for instance by a double click, it gives the same.

    Raises as `import_edition` and `lock_upload` do, and Refused at `labels_approved` for sectors or sources
    nobody has approved; then nothing is written.
    """
    with acting(by, _("Import av utslippsstatistikk")):
        # The upload is locked first, then, in `add_edition`, the municipality: two clicks on one file meet at
        # the upload, two files of one municipality at the municipality.
        draft = lock_upload(by=by, draft_id=draft_id)
        edition = draft.edition
        if draft.undone_id is not None:
            raise Refused(_("Importen er angret. Last opp filen på nytt for å importere den."))
        if edition is None:
            statistics = upload_statistics(draft, municipality)
            if unseen_labels(statistics.new_labels) and not labels_approved:
                text = _("Se over de nye navnene, og kryss av for at de skal være med.")
                raise Refused(Refusal(text, field="labels_approved"))
            edition = _added(
                by,
                statistics,
                file_name=draft.file_name,
                municipality=municipality,
                scope=scope,
                published=published,
                publisher=publisher,
            ).edition
            finish_upload(by=by, draft=draft, edition=edition)
        return Confirmed(edition, unchanged=edition.imported_at < draft.uploaded_at)
