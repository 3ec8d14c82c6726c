"""Mail as files, where there is no mail server: in the demo, and in an installation not yet given one."""

from __future__ import annotations

import email
import email.policy
import hashlib
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

_SUFFIX = ".eml"


class FolderBackend(BaseEmailBackend):
    """Writes each message to a file of its own in EMAIL_FILE_PATH; the same Message-ID is the same file."""

    def __init__(self, fail_silently: bool = False, **options: Any) -> None:
        super().__init__(fail_silently=fail_silently)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message()
            path = folder / f"{_name(str(content['Message-ID']))}{_SUFFIX}"
            part = path.with_suffix(f".{os.getpid()}.part")
            part.write_bytes(content.as_bytes())
            part.replace(path)
        return len(email_messages)


@dataclass(frozen=True, slots=True)
class FolderMail:
    """A mail as it stands in its file."""

    name: str
    at: datetime
    to: str
    subject: str
    text: str
    headers: tuple[tuple[str, str], ...]


def folder_mail() -> list[FolderMail]:
    """All mail in the folder, newest first; of one second, the last written first."""
    found = [mail for path in _files() if (mail := _read(path)) is not None]
    return sorted(found, key=lambda mail: mail.at, reverse=True)


def one_mail(name: str) -> FolderMail | None:
    """The mail with this name, None where there is none."""
    return next((mail for path in _files() if path.stem == name and (mail := _read(path))), None)


def _files() -> Iterable[Path]:
    files = Path(settings.EMAIL_FILE_PATH).glob(f"*{_SUFFIX}")
    return sorted(files, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def _name(message_id: str) -> str:
    return hashlib.sha256(message_id.encode()).hexdigest()[:16]


def _read(path: Path) -> FolderMail | None:
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    except FileNotFoundError:
        return None
    body = message.get_body(preferencelist=("plain",))
    return FolderMail(
        name=path.stem,
        at=parsedate_to_datetime(str(message["Date"])),
        to=str(message["To"]),
        subject=str(message["Subject"]),
        text=body.get_content() if body is not None else "",
        headers=tuple((name, str(value)) for name, value in message.items()),
    )
