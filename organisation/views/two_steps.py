"""Two steps: set up, the codes to keep, turned off, and asked for when somebody logs in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.stages import LoginStageController
from allauth.core import ratelimit
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from cryptography.fernet import InvalidToken
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from organisation.actions.two_steps import (
    is_right_code,
    renew_codes,
    set_up_two_steps,
    turn_off_two_steps,
)
from organisation.forms.login import seconds_to_wait
from organisation.forms.two_steps import STAGE, CodeForm
from organisation.models import User
from organisation.queries.two_steps import has_two_steps, is_required
from organisation.rules import AuthenticatedRequest
from organisation.views.account import own_crumb
from organisation.words.two_steps import codes_file
from organisation.words.waiting import wait_sentence
from web.downloads import download
from web.form_page import FormPage, run_form, show_form
from web.http import render_page, see_other

# In the session: the secret until the app has shown a code, and until when the new codes may be read.
_SECRET, _CODES_UNTIL = "two_steps_secret", "two_steps_codes_until"
_SECONDS_TO_KEEP_CODES = 600


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@never_cache
def set_up(request: AuthenticatedRequest) -> HttpResponse:
    """The secret as a picture and as text, until the app has shown that it has it; never again."""
    user = request.user
    there = has_two_steps(user)
    secret = "" if there else _secret(request)
    required = is_required(user)
    page = FormPage(
        title=_("Sett opp totrinn"),
        back_url=reverse("account_own"),
        done=_("Totrinn er satt opp. Ta vare på reservekodene."),
        button=_("Slå på totrinn"),
        crumbs=[own_crumb()],
        lead=_("Rollen din krever passord og en kode fra telefonen. Sett det opp før du går videre.")
        if required
        else _("Da trenger du både passordet og en kode fra telefonen for å logge inn."),
        note=_("Passordet kan komme på avveie. Da er det telefonen som stopper andre."),
        closed=_("Totrinn er satt opp allerede.") if there else "",
        template="account/two_steps.html",
        context={"secret": _in_groups(secret)},
    )

    def work(form: CodeForm) -> str:
        set_up_two_steps(by=user, secret=secret, code=form.cleaned_data["code"])
        _give_codes(request, user)
        request.session.pop(_SECRET, None)
        return reverse("account_codes")

    def wrong(code: str) -> str:
        return _wrong(request, user, lambda: validate_totp_code(secret, code.strip()))

    return run_form(request, page, lambda data: CodeForm(data, check=wrong), work)


@require_safe
@never_cache
def picture(request: AuthenticatedRequest) -> HttpResponse:
    """The secret as the picture an app reads; gone when the app has shown that it has it."""
    if has_two_steps(request.user):
        raise Http404
    adapter = get_adapter()
    address = adapter.build_totp_url(request.user, _secret(request))
    return HttpResponse(adapter.build_totp_svg(address), content_type="image/svg+xml")


@require_safe
@never_cache
def codes(request: AuthenticatedRequest) -> HttpResponse:
    """The recovery codes, for ten minutes after they were made; later, only how to get new ones."""
    context = {
        "page_title": _("Reservekoder"),
        "crumbs": [own_crumb(), (_("Reservekoder"), "")],
        "codes": _codes_to_read(request),
        "has_two_steps": has_two_steps(request.user),
    }
    return render_page(request, "account/codes.html", context)


@require_safe
@never_cache
def codes_as_file(request: AuthenticatedRequest) -> HttpResponse:
    found = _codes_to_read(request)
    if not found:
        raise Http404
    return download(codes_file(request.user.name, found), "klimaportalen-reservekoder.txt")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def renew(request: AuthenticatedRequest) -> HttpResponse:
    """New recovery codes in place of the old."""
    page = _with_code(
        request,
        title=_("Nye reservekoder"),
        button=_("Lag nye koder"),
        done=_("De gamle kodene virker ikke lenger. Ta vare på de nye."),
        lead=_("Skriv koden appen viser nå. De gamle reservekodene slutter å virke."),
    )

    def work(form: CodeForm) -> str:
        renew_codes(by=request.user)
        _give_codes(request, request.user)
        return reverse("account_codes")

    return run_form(request, page, lambda data: _checked(request, data), work)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def turn_off(request: AuthenticatedRequest) -> HttpResponse:
    page = _with_code(
        request,
        title=_("Slå av totrinn"),
        button=_("Slå av totrinn"),
        done=_("Totrinn er slått av. Passordet er nok."),
        lead=_("Skriv koden appen viser nå, eller en reservekode."),
        danger=True,
    )

    def work(form: CodeForm) -> None:
        turn_off_two_steps(by=request.user)

    return run_form(request, page, lambda data: _checked(request, data), work)


def _checked(request: AuthenticatedRequest, data: QueryDict | None) -> CodeForm:
    """The form that asks for a code of hers before it does anything."""
    user = request.user
    return CodeForm(data, check=lambda code: _wrong(request, user, lambda: _is_right(user, code)))


def _with_code(request: AuthenticatedRequest, **more: Any) -> FormPage:
    closed = "" if has_two_steps(request.user) else _("Sett opp totrinn først.")
    if more.get("danger") and is_required(request.user):
        closed = _("Rollen din krever totrinn.")
    return FormPage(back_url=reverse("account_own"), crumbs=[own_crumb()], closed=closed, **more)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The second step of a login: 422 for a wrong code, 429 while one has to wait."""
    stage = None if request.user.is_authenticated else LoginStageController.enter(request, STAGE)
    if stage is None:
        return see_other(reverse("account_login"))
    user: User = stage.login.user
    page = FormPage(
        title=_("Skriv koden"),
        back_url=reverse("account_login"),
        done="",
        button=_("Logg inn"),
        lead=_("Åpne appen på telefonen, og skriv de seks sifrene den viser for Klimaportalen."),
        note=_("Har du ikke telefonen, kan du skrive en reservekode. Den virker én gang."),
        template="account/link.html",
        context={"submission_token": "", "way_on": ""},
    )
    if request.method != "POST":
        return show_form(request, page, CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        return show_form(request, page, form, status=422)
    key = _key(user)
    if not ratelimit.consume(request, action="code", key=key):
        seconds = seconds_to_wait(request, "code", key)
        response = show_form(request, page, None, closed=wait_sentence(seconds), status=429)
        response.headers["Retry-After"] = str(seconds)
        return response
    if not _is_right(user, form.cleaned_data["code"]):
        form.add_error("code", _("Koden er feil. Skriv den appen viser nå, eller en reservekode."))
        return show_form(request, page, form, status=422)
    ratelimit.clear(request, action="code", key=key)
    return stage.exit()


def _key(user: User) -> str:
    return f"code:{user.pk}"


def _wrong(request: HttpRequest, user: User, is_right: Callable[[], bool]) -> str:
    """What is wrong with a code, counted; empty for the right one."""
    if not ratelimit.consume(request, action="code", key=_key(user)):
        return wait_sentence(seconds_to_wait(request, "code", _key(user)))
    if not is_right():
        return _("Koden er feil. Skriv de seks sifrene appen viser nå.")
    ratelimit.clear(request, action="code", key=_key(user))
    return ""


def _is_right(user: User, code: str) -> bool:
    try:
        return is_right_code(user=user, code=code)
    except InvalidToken:
        # The installation's key is another one: nobody can read the secret, and an administrator resets it.
        return False


def _secret(request: AuthenticatedRequest) -> str:
    """The same one while she tries, kept encrypted in her session."""
    box = get_adapter()
    try:
        return str(box.decrypt(request.session[_SECRET]))
    except (KeyError, InvalidToken):
        secret = str(generate_totp_secret())
        request.session[_SECRET] = box.encrypt(secret)
        return secret


def _in_groups(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _give_codes(request: AuthenticatedRequest, user: User) -> None:
    request.session[_CODES_UNTIL] = timezone.now().timestamp() + _SECONDS_TO_KEEP_CODES


def _codes_to_read(request: AuthenticatedRequest) -> list[str]:
    if timezone.now().timestamp() > request.session.get(_CODES_UNTIL, 0):
        return []
    row = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(row).get_unused_codes()) if row else []
