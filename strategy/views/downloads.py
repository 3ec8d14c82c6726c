"""A sheet as a file to download."""

from __future__ import annotations

from django.http import Http404, HttpResponse

from web.spreadsheets import Sheet, write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(sheet: Sheet, name: str, file_format: str) -> HttpResponse:
    """The sheet as CSV or XLSX. Raises Http404 for another format."""
    if file_format == "csv":
        content, kind = write_csv(sheet), "text/csv; charset=utf-8"
    elif file_format == "xlsx":
        content, kind = write_xlsx([sheet]), XLSX
    else:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{name}.{file_format}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
