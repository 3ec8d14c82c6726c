"""The files of a publication: their names and bytes, and all of them in one zip with a manifest.

Everything follows from the stored row: fetched again it is the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from publishing.enums import Audience
from publishing.models import Publication
from publishing.queries.audiences import Addressee
from reporting.queries.frozen import canonical_json
from web.formats import local

_BASES = {
    Audience.LEADERSHIP: "klimasammendrag",
    Audience.AREA: "klimasammendrag",
    Audience.COMMITTEE: "klimastatus",
    Audience.CHAPTER: "klimakapittel",
}
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class PublicationFile:
    """One file: `what` says in Norwegian what it is for."""

    name: str
    media_type: str
    what: str
    content: bytes


def summary_file_name(
    period: str, number: int | None, addressee: Addressee | None = None, ending: str = ".pdf"
) -> str:
    """«klimasammendrag-2026-t2-nr1.pdf», «klimasammendrag-omrade-12-2026-t2-utkast.pdf»"""
    whom = addressee or Addressee(Audience.LEADERSHIP)
    base = _BASES[whom.audience] if whom.unit_id is None else f"{_BASES[whom.audience]}-{whom.slug}"
    last = f"nr{number}" if number else "utkast"
    return f"{base}-{period.lower()}-{last}{ending}"


def files_of(publication: Publication) -> list[PublicationFile]:
    """The files of a publication: to read, for the archive, the data, and the text to paste."""
    data = canonical_json(publication.data)
    files = [_file(publication, ".pdf", "application/pdf", "PDF/UA-1, til å lese", bytes(publication.pdf))]
    if publication.archive_pdf is not None:
        archive = bytes(publication.archive_pdf)
        files.append(_file(publication, "-arkiv.pdf", "application/pdf", "PDF/A-2a, til arkivet", archive))
    files.append(_file(publication, ".json", "application/json", "Tallene som ble frosset", data))
    if publication.html:
        html = publication.html.encode()
        files.append(_file(publication, ".html", "text/html", "Tekst til å lime inn", html))
    return files


def _file(
    publication: Publication, ending: str, media_type: str, what: str, content: bytes
) -> PublicationFile:
    return PublicationFile(name_of(publication, ending), media_type, what, content)


def name_of(publication: Publication, ending: str) -> str:
    """The name of one of its files, such as «.json» or «-arkiv.pdf»."""
    addressee = Addressee(Audience(publication.audience), publication.unit_id)
    return summary_file_name(publication.period.code, publication.number, addressee, ending)


def archive_zip(publication: Publication) -> bytes:
    """Every file with `manifest.json` beside them, ready for the archive.

    Stored, not packed: PDF is packed already, and the bytes do not depend on which library packs.
    """
    files = files_of(publication)
    manifest = json.dumps(manifest_of(publication, files), ensure_ascii=False, indent=1).encode()
    at = local(publication.published_at)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in [("manifest.json", manifest), *((one.name, one.content) for one in files)]:
            entry = zipfile.ZipInfo(name, at.timetuple()[:6])
            # As on Unix, wherever it is made: readable by all.
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def in_pieces(content: bytes) -> Iterator[bytes]:
    """The content a piece at a time, as it is sent."""
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]


def manifest_of(publication: Publication, files: list[PublicationFile]) -> dict[str, Any]:
    """What the archive needs to know: what it is, for whom, from what, by whom and when, and every hash."""
    basis = publication.data["basis"]
    return {
        "format": 1,
        "creator": basis["municipality"],
        "audience": publication.audience,
        "area": None
        if publication.unit_id is None
        else {"id": publication.unit_id, "name": publication.data["level_name"]},
        "period": {"code": publication.period.code, "name": publication.data["period_name"]},
        "number": publication.number,
        "case_number": publication.case_number,
        "published_at": publication.published_at.isoformat(),
        "published_by": publication.published_by_name,
        "budget": {
            "year": basis["year"],
            "scope": basis["scope"],
            "revision": basis["revision"],
            "adopted_on": basis["adopted_on"],
            "case": basis["case_number"],
            # Publications of the first form do not say.
            "sha256": basis.get("budget_sha256", ""),
        },
        "edition": {
            "municipality": basis["municipality"],
            "publisher": basis["publisher"],
            "published": basis["published"],
        },
        "files": [
            {
                "name": one.name,
                "media_type": one.media_type,
                "what": one.what,
                "bytes": len(one.content),
                "sha256": hashlib.sha256(one.content).hexdigest(),
            }
            for one in files
        ],
    }
