"""Error answers in plain Norwegian: a page for people, one sentence for htmx."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

MB = 1024 * 1024


def _is_htmx(request: HttpRequest) -> bool:
    # Read from the headers: the request may have been refused before any middleware saw it.
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"


def _sentence(text: str, status: int) -> HttpResponse:
    """Never swapped in; portal.js shows it in the status region."""
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _bare(template: str, status: int) -> HttpResponse:
    """A page that asks the database nothing: it may be what is missing."""
    return HttpResponse(render_to_string(template, {"support_email": settings.SUPPORT_EMAIL}), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_htmx(request):
        return _sentence(_("Vi forsto ikke forespørselen. Last siden på nytt."), 400)
    return render(request, "400.html", {"page_title": _("Vi forsto ikke forespørselen")}, status=400)


def unreadable(request: HttpRequest, sentence: str) -> HttpResponse:
    """400 for signs that cannot be read; the sentence says what to do."""
    if _is_htmx(request):
        return _sentence(sentence, 400)
    context = {"page_title": _("Vi forsto ikke forespørselen"), "sentence": sentence}
    return render(request, "400.html", context, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_htmx(request):
        return _sentence(_("Du har ikke tilgang til å gjøre dette."), 403)
    return render(request, "403.html", {"page_title": _("Du har ikke tilgang")}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if _is_htmx(request):
        return _sentence(_("Vi finner ikke det du prøvde å åpne. Last siden på nytt."), 404)
    return render(request, "404.html", {"page_title": _("Vi finner ikke siden")}, status=404)


def wrong_method(request: HttpRequest) -> HttpResponse:
    """405: an address that only takes a form was opened as a page, from a bookmark or the address bar."""
    if _is_htmx(request):
        response = _sentence(_("Dette kan ikke åpnes som en side. Last siden på nytt."), 405)
    else:
        context = {"page_title": _("Denne adressen er ikke en side")}
        response = render(request, "405.html", context, status=405)
    response.headers["Allow"] = "POST"
    return response


def too_large(request: HttpRequest, size: int, limit: int) -> HttpResponse:
    """413 for a request of `size` bytes; `limit` is the one for a file."""
    sentence = _(
        "Filen er på {size}\u00a0MB. Grensen for opplasting er {limit}\u00a0MB. Velg en mindre fil."
    ).format(size=-(-size // MB), limit=limit // MB)
    if _is_htmx(request):
        return _sentence(sentence, 413)
    context = {"page_title": _("Filen er for stor"), "sentence": sentence, "back_url": request.path}
    return render(request, "413.html", context, status=413)


def not_set_up(request: HttpRequest) -> HttpResponse:
    """503 until somebody has said which municipality the portal is for."""
    if _is_htmx(request):
        return _sentence(_("Portalen er ikke satt opp ennå."), 503)
    return _bare("503.html", 503)


def server_error(request: HttpRequest) -> HttpResponse:
    """No request in the template: whatever broke may be what a page frame needs, the database above all."""
    if _is_htmx(request):
        return _sentence(_("Noe gikk galt hos oss. Endringen er ikke lagret. Prøv igjen om litt."), 500)
    return _bare("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key no longer matches the browser's: usually a page left open, or logged in again."""
    match = request.resolver_match
    if match is not None and match.view_name == settings.LOGIN_URL and request.user.is_authenticated:
        # The second of two clicks on «Logg inn»: the first one changed the key, and logged in.
        return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    if _is_htmx(request):
        return _sentence(_("Siden var åpen for lenge. Last den på nytt og prøv igjen."), 403)
    return render(request, "403_csrf.html", {"page_title": _("Siden var åpen for lenge")}, status=403)
