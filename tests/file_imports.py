"""Files into registers without the pages: kept, planned and confirmed as the pages do it."""

from __future__ import annotations

from typing import Any

from organisation.models import User
from web.models import Upload
from web.register.file_import import FileImport
from web.register.uploads import confirm_upload, keep_upload


def keep(about: FileImport[Any], by: User, content: bytes, name: str = "fil.csv") -> Upload:
    """The file as it waits for confirmation."""
    return keep_upload(
        by=by, may=about.may, kind=about.kind, about=about.about, file_name=name, content=content
    )


def print_of(about: FileImport[Any], content: bytes, name: str = "fil.csv") -> str:
    """The fingerprint of what the file would do now."""
    return about.plan(content, name, {}).fingerprint


def confirm(about: FileImport[Any], by: User, upload: Upload, fingerprint: str) -> int:
    """Confirms a kept file; raises as `confirm_upload` does."""
    return confirm_upload(
        by=by,
        may=about.may,
        upload=upload,
        fingerprint=fingerprint,
        reason=about.reason,
        plan=about.plan,
        write=about.write,
    )


def take_in(about: FileImport[Any], by: User, content: bytes, name: str = "fil.csv") -> int:
    """The whole way, as nothing moves meanwhile."""
    return confirm(about, by, keep(about, by, content, name), print_of(about, content, name))
