"""Files people save: of what kind they are, and what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from web.sheets.writing import Sheet, write_csv, write_xlsx

ResponseT = TypeVar("ResponseT", bound=HttpResponseBase)
# By how the name ends.
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def download(content: bytes | str, name: str) -> HttpResponse:
    """A file to save. Its kind is how the name ends: raises KeyError for one that is not in MEDIA_TYPES."""
    return _named(HttpResponse(content, content_type=media_type(name)), name)


def sheets_download(sheets: Sequence[Sheet], name: str, file_format: str) -> HttpResponse:
    """The sheets as XLSX, or the first as CSV; `name` is without its ending. Raises Http404 otherwise."""
    if file_format == "csv":
        return download(write_csv(sheets[0]), f"{name}.csv")
    if file_format == "xlsx":
        return download(write_xlsx(sheets), f"{name}.xlsx")
    raise Http404


def download_in_pieces(pieces: Iterable[bytes], size: int, name: str) -> StreamingHttpResponse:
    """A file of `size` bytes that is sent a piece at a time."""
    response = StreamingHttpResponse(pieces, content_type=media_type(name))
    response.headers["Content-Length"] = str(size)
    return _named(response, name)


def media_type(name: str) -> str:
    return MEDIA_TYPES[name.rpartition(".")[2]]


def _named(response: ResponseT, name: str) -> ResponseT:
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
