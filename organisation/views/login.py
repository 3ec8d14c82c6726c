"""Login and logout."""

from __future__ import annotations

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from organisation.forms.login import PortalLoginForm, seconds_to_wait
from organisation.words.waiting import wait_sentence
from web.http import render_page, safe_local_path, see_other


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def log_in(request: HttpRequest) -> HttpResponse:
    """422 for a wrong e-mail or password, 429 while the address or the account has to wait."""
    next_url = safe_local_path(request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return see_other(next_url or resolve_url(settings.LOGIN_REDIRECT_URL))
    if request.method != "POST":
        return _login_page(request, PortalLoginForm(request=request), next_url)
    form = PortalLoginForm(request.POST, request=request)
    if not ratelimit.consume(request, action="login"):
        return _wait(request, next_url, seconds_to_wait(request, "login"))
    if not form.is_valid():
        if form.is_throttled:
            email = form.cleaned_data["login"]
            return _wait(request, next_url, seconds_to_wait(request, "login_failed", email), locked=True)
        return _login_page(request, form, next_url, status=422)
    return form.login(request, redirect_url=next_url)


def _login_page(
    request: HttpRequest,
    form: PortalLoginForm,
    next_url: str | None,
    *,
    wait: str = "",
    locked: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "page_title": _("Logg inn"),
        "form": form,
        "wait": wait,
        "locked": locked,
        "unsaved": request.method == "GET" and request.GET.get("ulagret") == "1",
        "next_url": next_url or "",
        "action_url": reverse("account_login"),
    }
    return render_page(request, "account/login.html", context, status=status)


def _wait(request: HttpRequest, next_url: str | None, seconds: int, *, locked: bool = False) -> HttpResponse:
    """`locked` is one account that waits, and may be opened by mail; else it is all from an address."""
    form = PortalLoginForm(request=request, initial={"login": request.POST.get("login", "")})
    response = _login_page(request, form, next_url, wait=wait_sentence(seconds), locked=locked, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def log_out(request: HttpRequest) -> HttpResponse:
    """Asks first; a link or picture elsewhere can log nobody out."""
    login_url = resolve_url(settings.LOGOUT_REDIRECT_URL)
    if request.method == "POST":
        logout(request)
        return see_other(login_url)
    if not request.user.is_authenticated:
        return see_other(login_url)
    context = {"page_title": _("Logg ut"), "action_url": reverse("account_logout")}
    return render_page(request, "account/logout.html", context)
