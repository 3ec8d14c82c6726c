"""What happened to people's way in, for the administrator and the auditor."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisation.forms.login_log import LoginLogFilter
from organisation.queries.login_log import login_log
from organisation.rules import AuthenticatedRequest
from organisation.views.addresses import organisation_crumb
from organisation.words.login_log import LOGIN_LOG_COLUMNS
from web.formats import format_number
from web.register import lists


@require_safe
def index(request: AuthenticatedRequest) -> HttpResponse:
    chosen = LoginLogFilter(request.GET)
    page = lists.Register(
        title=_("Innloggingsloggen"),
        columns=LOGIN_LOG_COLUMNS,
        crumbs=[organisation_crumb()],
        list_url=reverse("organisation:login_log"),
        count=lambda n: ngettext("Én linje.", "{n} linjer.", n).format(n=format_number(n)),
        lead=_("Hva som har skjedd med veien inn for hver. Aldri passord, koder eller ukjente adresser."),
        caption=_("Innlogginger, låsing, passord, totrinn og roller"),
        none_title=_("Ingen linjer ennå"),
        not_found=_("Ingen linjer passer"),
        export_url=lambda file_format: reverse("organisation:login_log_export", args=[file_format]),
        export_label=_("Last ned disse:"),
        # A line has nothing more to say: it leads to the person.
        row_url=lambda row: reverse("organisation:person", args=[row.user_id]) if row.user_id else "",
    )
    return lists.list_page(request, page, chosen.rows(login_log()), chosen)


@require_safe
def export(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """The lines the same address shows."""
    chosen = LoginLogFilter(request.GET)
    rows = chosen.rows(login_log())
    if chosen.errors:
        raise Http404
    return lists.export(
        LOGIN_LOG_COLUMNS, rows, file_format, sheet=_("Innlogginger"), name="innloggingsloggen"
    )
