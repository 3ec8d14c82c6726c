"""The list of a register: a sentence, filters in the address, the rows, one of them open, and the way out.

A room puts a `Register` together beside its views, and hands `list_page` the rows its query gives. Without
JavaScript the filters are a form and an open row is a page; with it they are parts of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from web.downloads import sheets_download
from web.form_page import Crumb, Difference, FormPage, Make, Work, run_form, show_form
from web.formats import whole_number
from web.http import render_page
from web.refusals import Refusal
from web.register.columns import Column, rows_sheet
from web.register.forms import RegisterFilter
from web.register.rows import Row, cells_of, headed, rows_markup

PAGE_SIZE = 50
OPEN, PAGE = "rad", "side"
TEMPLATE = "web/register_list.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """What a list is of, and where its rows lead.

    `count` says how many rows there are, in a word with its right form. `row_url` is a row's own page;
    without one, the row opens beside the list, with `row_form` for those who may change it, posted to
    `edit_url`. `history` is the model's name in the address of a row's history.
    """

    title: str
    columns: Sequence[Column]
    list_url: str
    count: Callable[[int], str]
    crumbs: Sequence[Crumb] = ()
    lead: str = ""
    caption: str
    none_title: str
    none_text: str = ""
    not_found: str = ""
    new_url: str = ""
    new_label: str = ""
    import_url: str = ""
    export_url: Callable[[str], str] | None = None
    export_label: str = ""
    row_url: Callable[[Any], str] | None = None
    row_title: Callable[[Any], str] = str
    row_form: Callable[[Any], forms.BaseForm] | None = None
    edit_url: Callable[[Any], str] | None = None
    history: str = ""
    template: str = TEMPLATE
    # A row with cells of its own; without one they are the columns'.
    row_template: str = ""
    # The columns of the list in another order than the declared one.
    shown: Sequence[str] = ()
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowAnswer:
    """An open row that was refused, or in conflict: its form as it was sent, and why."""

    row: Any
    form: forms.BaseForm
    reasons: Sequence[Refusal] = ()
    conflict: Sequence[Difference] | None = None
    status: int = 200


def list_page(
    request: HttpRequest,
    register: Register,
    rows: QuerySet[Any],
    chosen: RegisterFilter | None = None,
    answer: RowAnswer | None = None,
) -> HttpResponse:
    """The page, or with htmx the list alone; two queries more than the rows', whatever their number.

    `rows` are what the filters let through. 422 says that a filter in the address makes no sense. `answer` is
    what `run_row` has to say of the row that is open.
    """
    columns = _listed(register)
    example = render_to_string("ds/example_tag.html").strip()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get(PAGE))
    opened = answer.row if answer else _opened(request, register, rows)
    found = _rows(request, register, columns, page.object_list, opened)
    context = {
        "page_title": register.title,
        "register": register,
        "crumbs": [*register.crumbs, (register.title, "")],
        "form": chosen,
        "is_filtered": bool(chosen and chosen.chosen),
        "count": register.count(page.paginator.count),
        "columns": columns,
        "rows": found,
        "markup": "" if register.row_template else rows_markup(found, example),
        "page": page,
        "query": _query(request, without=(PAGE, OPEN)),
        "export_urls": _exports(request, register),
        "opened": opened,
        "opened_title": register.row_title(opened) if opened is not None else "",
        "opened_form": _form_of(register, opened, answer),
        "answer": answer,
        "opened_facts": [(cell.label, cell.text) for cell in cells_of(headed(register.columns), opened)]
        if opened is not None
        else [],
        "edit_url": _edit_url(request, register, opened),
        "close_url": _address(register.list_url, _query(request, without=(OPEN,))),
        **register.context,
    }
    return render_page(
        request,
        register.template,
        context,
        # By the frame's own name: a register with a template of its own only extends it.
        partials={"register": f"{TEMPLATE}#register"},
        status=answer.status if answer else 422 if chosen is not None and chosen.errors else 200,
    )


def run_row(
    request: HttpRequest,
    row: Any,
    page: FormPage,
    make: Make,
    work: Work,
    listed: Callable[[RowAnswer], HttpResponse],
) -> HttpResponse:
    """As `run_form`, of a register's row. What is sent from beside the list is answered there.

    The form beside the list carries the list's address, which says so and is gone back to. `listed` is the
    list, with that answer.
    """
    if request.method != "POST" or OPEN not in request.GET:
        return run_form(request, page, make, work)
    back_url = _address(page.back_url, _query(request, without=(OPEN,)))

    def show(request: HttpRequest, page: FormPage, form: forms.BaseForm | None, **said: Any) -> HttpResponse:
        if form is None:
            return show_form(request, page, None, **said)
        return listed(RowAnswer(row=row, form=form, **said))

    return run_form(request, replace(page, back_url=back_url), make, work, show=show)


def export(
    columns: Sequence[Column],
    rows: QuerySet[Any],
    file_format: str,
    *,
    sheet: str,
    name: str,
    title: Sequence[str] = (),
) -> HttpResponse:
    """The rows the address asks for as CSV or XLSX, typed. Raises Http404 for another format."""
    return sheets_download([rows_sheet(sheet, columns, rows, title)], name, file_format)


def _opened(request: HttpRequest, register: Register, rows: QuerySet[Any]) -> Any:
    if register.row_url is not None:
        return None
    pk = whole_number(request.GET.get(OPEN, ""), 0)
    # In no order of the list's: one row, and the order may cost more than the row.
    return rows.filter(pk=pk).order_by("pk").first() if pk else None


def _form_of(register: Register, opened: Any, answer: RowAnswer | None) -> forms.BaseForm | None:
    if answer:
        return answer.form
    return register.row_form(opened) if opened is not None and register.row_form else None


def _edit_url(request: HttpRequest, register: Register, opened: Any) -> str:
    """Where the open row is sent, with the list it stands beside."""
    if opened is None or register.edit_url is None:
        return ""
    beside = request.GET.copy()
    beside[OPEN] = str(opened.pk)
    return f"{register.edit_url(opened)}?{beside.urlencode()}#rad"


def _listed(register: Register) -> list[Column]:
    if not register.shown:
        return [column for column in register.columns if column.in_list]
    by_name = {column.name: column for column in register.columns}
    return [by_name[name] for name in register.shown]


def _rows(
    request: HttpRequest, register: Register, columns: Sequence[Column], found: Iterable[Any], opened: Any
) -> list[Row]:
    """The rows as they are shown. What is the same for all of them is asked once."""
    query, shown = _query(request, without=(OPEN,)), headed(columns)
    here = f"{register.list_url}?{query}&{OPEN}=" if query else f"{register.list_url}?{OPEN}="
    rows = []
    for obj in found:
        head, *others = cells_of(shown, obj)
        url = register.row_url(obj) if register.row_url else f"{here}{obj.pk}#rad"
        is_open = opened is not None and opened.pk == obj.pk
        rows.append(Row(obj, url, register.row_title(obj), head, others, is_open))
    return rows


def _query(request: HttpRequest, *, without: Sequence[str]) -> str:
    asked = request.GET.copy()
    for name in without:
        asked.pop(name, None)
    return asked.urlencode()


def _address(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url


def _exports(request: HttpRequest, register: Register) -> list[tuple[str, str]]:
    if register.export_url is None:
        return []
    query = _query(request, without=(PAGE, OPEN))
    return [
        (file_format.upper(), _address(register.export_url(file_format), query))
        for file_format in ("csv", "xlsx")
    ]
