"""Sheets as files to download."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header

from web.spreadsheets import Sheet, write_csv, write_xlsx

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def download(sheets: Sequence[Sheet], name: str, file_format: str) -> HttpResponse:
    """The sheets as XLSX, or the first as CSV. Raises Http404 for another format."""
    if file_format == "csv":
        return attachment(write_csv(sheets[0]), name, file_format)
    if file_format == "xlsx":
        return attachment(write_xlsx(sheets), name, file_format)
    raise Http404


def attachment(content: bytes, name: str, file_format: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.{file_format}") or ""}
    return HttpResponse(content, content_type=CONTENT_TYPES[file_format], headers=headers)
