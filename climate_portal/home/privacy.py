"""«Personvern»: what is stored about whom, for anybody; about yourself, when you are logged in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from climate_portal.home.own_data import as_document, as_file, own_data, summary_of
from climate_portal.home.personal_data import NOT_STORED, ages, protocol
from organisation.models import User
from organisation.rules import AuthenticatedRequest
from web.downloads import download, sheets_download
from web.http import render_page

COMPLAINTS = "https://www.datatilsynet.no/om-datatilsynet/kontakt-oss/klage-til-datatilsynet/"
FILE_NAME = "mine-opplysninger"


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """The protocol is public; «Mine opplysninger» is there for whoever is logged in."""
    user = request.user
    kept = ages()
    context = {
        "page_title": _("Personvern"),
        "groups": protocol(kept),
        "not_stored": NOT_STORED,
        "mine": summary_of(user, kept) if isinstance(user, User) else (),
        "document_url": reverse("own_data", args=["xlsx"]),
        "file_url": reverse("own_data", args=["json"]),
        "complaints_url": COMPLAINTS,
        "privacy_email": settings.PRIVACY_EMAIL,
    }
    return render_page(request, "home/privacy.html", context)


@require_safe
def own_data_file(request: AuthenticatedRequest, file_format: str) -> HttpResponse:
    """Everything the portal has about whoever asks, and about nobody else."""
    mine = own_data(request.user)
    if file_format == "json":
        return download(as_file(mine), f"{FILE_NAME}.json")
    return sheets_download(as_document(mine), FILE_NAME, file_format)
