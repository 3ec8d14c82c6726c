"""One's own page: who one is here, the password, and where one is logged in."""

from __future__ import annotations

from allauth.core import ratelimit
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisation.actions.sessions import change_password, end_all_sessions, end_session
from organisation.forms.account import ChangePasswordForm
from organisation.forms.login import seconds_to_wait
from organisation.queries.people import who_gives_roles
from organisation.queries.sessions import open_sessions
from organisation.queries.two_steps import codes_left, has_two_steps, is_required
from organisation.rules import AuthenticatedRequest
from organisation.words.sessions import browser_in_words
from organisation.words.waiting import wait_sentence
from web.form_page import Crumb, FormPage, run_form
from web.http import render_page, see_other


def own_crumb() -> Crumb:
    return _("Min konto"), reverse("account_own")


@require_safe
def own(request: AuthenticatedRequest) -> HttpResponse:
    user = request.user
    context = {
        "page_title": _("Min konto"),
        "administrators": who_gives_roles(),
        "sessions": [
            {"session": one, "browser": browser_in_words(one.user_agent)}
            for one in open_sessions(user, request.session.session_key)
        ],
        "has_two_steps": has_two_steps(user),
        "codes_left": codes_left(user),
        "is_required": is_required(user),
    }
    return render_page(request, "account/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("present", "password")
def password(request: AuthenticatedRequest) -> HttpResponse:
    """Another password: all others who are logged in as her are out."""
    page = FormPage(
        title=_("Endre passordet"),
        back_url=reverse("account_own"),
        done=_("Passordet er endret. Du er logget ut alle andre steder."),
        crumbs=[own_crumb()],
        button=_("Endre passordet"),
    )

    def make(data: QueryDict | None) -> ChangePasswordForm:
        return ChangePasswordForm(data, user=request.user, check=wrong)

    def wrong(present: str) -> str:
        key = f"password:{request.user.pk}"
        if not ratelimit.consume(request, action="code", key=key):
            return wait_sentence(seconds_to_wait(request, "code", key))
        if not request.user.check_password(present):
            return _("Passordet er ikke riktig.")
        ratelimit.clear(request, action="code", key=key)
        return ""

    def work(form: ChangePasswordForm) -> None:
        said = form.cleaned_data
        change_password(by=request.user, present=said["present"], password=said["password"])
        _stay_here(request)

    return run_form(request, page, make, work)


@require_POST
def end_one(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    end_session(by=request.user, pk=pk)
    messages.success(request, _("Du er logget ut der."))
    return see_other(reverse("account_own"))


@require_POST
def end_all(request: AuthenticatedRequest) -> HttpResponse:
    """Everywhere but here."""
    end_all_sessions(by=request.user)
    _stay_here(request)
    messages.success(request, _("Du er logget ut alle andre steder."))
    return see_other(reverse("account_own"))


def _stay_here(request: AuthenticatedRequest) -> None:
    """This session holds again, under another key."""
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)
