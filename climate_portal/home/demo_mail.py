"""The demo's letter box: mail to people who do not exist, as it lies in the folder instead of being sent."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisation.rules import AuthenticatedRequest
from web.http import render_page
from web.mail_folder import FolderMail, folder_mail, one_mail

PAGE_SIZE = 50


@require_safe
def demo_mail(request: AuthenticatedRequest) -> HttpResponse:
    """Everything that was «sent», newest first."""
    pages: Paginator[FolderMail] = Paginator(folder_mail(), PAGE_SIZE)
    page: Page[FolderMail] = pages.get_page(request.GET.get("side"))
    context = {"page_title": _("Demoens postkasse"), "page": page}
    return render_page(request, "home/demo_mail.html", context)


@require_safe
def demo_mail_text(request: AuthenticatedRequest, name: str) -> HttpResponse:
    """One mail with all its headers."""
    mail = one_mail(name)
    if mail is None:
        raise Http404
    context = {"page_title": mail.subject, "mail": mail}
    return render_page(request, "home/demo_mail_text.html", context)
