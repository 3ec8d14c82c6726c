"""What an uploaded file is, by its content, and how large it may be."""

import codecs
import re
from dataclasses import dataclass
from functools import partial
from typing import Literal

from django.conf import settings
from django.utils.translation import gettext as _

from web.formats import format_number
from web.sheets.errors import UnreadableFile
from web.sheets.text import UTF16_MARKS, UTF32_MARKS
from web.sheets.words import megabytes

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """The largest file that is read: sizes in bytes, `cpu` in seconds."""

    upload: int
    unpacked: int
    members: int
    ratio: int
    rows: int
    columns: int
    memory: int
    cpu: int


REGISTERS = Limits(settings.REGISTER_UPLOAD_MAX_BYTES, 50 * MB, 200, 100, 20_000, 60, 512 * MB, 20)
# Read while the user waits: as the registers, but a county's statistics have more rows.
STATISTICS = Limits(settings.REGISTER_UPLOAD_MAX_BYTES, 50 * MB, 200, 100, 60_000, 60, 512 * MB, 20)
# The whole country, read by the worker only.
NATIONAL_STATISTICS = Limits(
    settings.LARGE_UPLOAD_MAX_BYTES["emissions:import"], 600 * MB, 200, 100, 1_000_000, 60, 400 * MB, 300
)

OLE_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
BINARY = re.compile(rb"[\x00-\x08\x0e-\x1f]")
BINARY_BUT_NUL = re.compile(rb"[\x01-\x08\x0e-\x1f]")
# Text saved without its mark: every second byte of what is written in Norwegian is NUL, or three of four.
_UNMARKED = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_LOOKED_AT = 64 * 1024

Kind = Literal["workbook", "text"]


def kind_of(content: bytes, filename: str, limits: Limits) -> Kind:
    """Return whether the content is a workbook or text; the name is never trusted.

    Raises UnreadableFile for everything else, and for a file larger than `limits.upload`.
    """
    if len(content) > limits.upload:
        raise too_large(len(content), limits)
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise UnreadableFile("empty", _("Filen er tom. Last ned statistikken på nytt, og prøv igjen."))
    if content.startswith(b"PK"):
        if filename.lower().endswith((".xlsm", ".xltm")):
            raise macros()
        return "workbook"
    if content.startswith(OLE_CONTAINER):
        raise _ole(content)
    _refuse_other_formats(content, filename)
    return "text"


def too_large(size: int, limits: Limits) -> UnreadableFile:
    """The error for a file of `size` bytes; for views that stop before reading the content."""
    sentence = _(
        "Filen er på {size}. Grensen for opplasting er {limit}. Last opp en fil med færre kommuner eller år."
    )
    return UnreadableFile("too_large", sentence.format(size=megabytes(size), limit=megabytes(limits.upload)))


def macros() -> UnreadableFile:
    """The error for a workbook with macros."""
    return UnreadableFile(
        "macros",
        _("Regnearket kan inneholde makroer (.xlsm). Lagre det som .xlsx uten makroer, og prøv igjen."),
    )


def too_many_rows(limits: Limits) -> UnreadableFile:
    """The error for a file with more rows than the profile allows."""
    sentence = _(
        "Filen har for mange rader. Grensen er {limit}. Last opp en fil med færre kommuner eller år."
    )
    return UnreadableFile("too_many_rows", sentence.format(limit=format_number(limits.rows)))


def too_many_columns(limits: Limits) -> UnreadableFile:
    """The error for a file with more columns than the profile allows."""
    sentence = _("Filen har for mange kolonner. Grensen er {limit}. Fjern kolonnene som ikke er statistikk.")
    return UnreadableFile("too_many_columns", sentence.format(limit=format_number(limits.columns)))


def password() -> UnreadableFile:
    """The error for an encrypted workbook."""
    return UnreadableFile(
        "password", _("Regnearket er beskyttet med passord. Fjern passordet, lagre filen og prøv igjen.")
    )


def _ole(content: bytes) -> UnreadableFile:
    if ENCRYPTED_STREAM in content:
        return password()
    return UnreadableFile(
        "old_xls",
        _(
            "Filen er i et gammelt Excel-format (.xls). "
            "Åpne den i et regneark, lagre den som .xlsx og prøv igjen."
        ),
    )


def _refuse_other_formats(content: bytes, filename: str) -> None:
    if WEB_PAGE.search(content[:4096]):
        sentence = _(
            "Filen er en nettside, ikke et regneark{named}. "
            "Åpne adressen i nettleseren, last ned selve regnearket og last opp det."
        )
        ending = re.search(r"\.(xlsx|xls|csv)$", filename, re.IGNORECASE)
        named = _(", selv om navnet slutter på {ending}").format(ending=ending[0]) if ending else ""
        raise UnreadableFile("web_page", sentence.format(named=named))
    marked = content.startswith((*UTF16_MARKS, *UTF32_MARKS))
    binary = not marked and BINARY.search(content) and not _is_text_with_nul(content)
    if binary or content.startswith((b"%PDF", b"<?xml", b"{\\rtf")):
        raise not_a_spreadsheet()


def _is_text_with_nul(content: bytes) -> bool:
    """Whether NUL is all that keeps it from being text: whoever reads the text says what to do about it."""
    if b"\x00" not in content or not content.strip(b"\x00 \t\r\n"):
        return False
    return not BINARY_BUT_NUL.search(content) or any(map(partial(_reads_as, content[:_LOOKED_AT]), _UNMARKED))


def _reads_as(start: bytes, encoding: str) -> bool:
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(start)
    except UnicodeDecodeError:
        return False
    # Any two bytes are some sign; read as what they are, most signs of a table are ASCII.
    return "".join(text.split()).isprintable() and 2 * sum(map(str.isascii, text)) >= len(text)


def not_a_spreadsheet() -> UnreadableFile:
    """The error for content that is neither XLSX nor CSV."""
    return UnreadableFile(
        "not_a_spreadsheet",
        _(
            "Filen er verken et regneark (.xlsx) eller en CSV-fil. "
            "Last opp filen slik Miljødirektoratet gir den ut."
        ),
    )
