"""One-time links by mail: asked for, and what they lead to. Nobody learns who has an account here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from organisation.actions.links import ask_for_link, choose_password, open_account
from organisation.calculations.addresses import normal_address
from organisation.enums import LinkPurpose
from organisation.forms.links import AddressForm, OpenForm, PasswordForm
from organisation.forms.login import forget_failures, seconds_to_wait
from organisation.queries.links import LinkState, read_link
from organisation.words.links import holds, why_closed
from organisation.words.waiting import wait_sentence
from web.form_page import FormPage, run_form, show_form

View = Callable[..., HttpResponse]
_TEMPLATE = "account/link.html"


def _secret(view: View) -> View:
    """A page whose address is a secret: it goes nowhere with what the page leads to, and is not kept."""

    @wraps(view)
    def answer(request: HttpRequest, key: str, token: str) -> HttpResponse:
        response = view(request, key, token)
        # Not «no-referrer», with which browsers send forms from nowhere, and they are refused.
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return sensitive_post_parameters("password")(never_cache(answer))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def forgotten(request: HttpRequest) -> HttpResponse:
    """Asks where to send a link for a new password."""
    page = _page(
        title=_("Glemt passordet?"),
        button=_("Send lenken"),
        lead=_("Skriv e-postadressen din, så sender vi en lenke for å velge et nytt passord."),
        note=holds(LinkPurpose.NEW_PASSWORD),
    )
    return _ask(request, page, LinkPurpose.NEW_PASSWORD)


@require_POST
@never_cache
def locked(request: HttpRequest) -> HttpResponse:
    """Sends a link that opens an account which is locked for a while."""
    page = _page(
        title=_("Åpne en låst bruker"),
        button=_("Send lenken"),
        lead=_("Skriv e-postadressen din, så sender vi en lenke som åpner brukeren."),
        note=holds(LinkPurpose.OPEN_ACCOUNT),
    )
    return _ask(request, page, LinkPurpose.OPEN_ACCOUNT)


def _page(**more: Any) -> FormPage:
    return FormPage(
        back_url=reverse("account_login"),
        done=_("Er adressen i bruk her, er det nå sendt en lenke dit. Se også i søppelposten."),
        template=_TEMPLATE,
        # Nobody is logged in, so nothing tells two clicks apart; two mails do no harm.
        context={"submission_token": ""},
        **more,
    )


def _ask(request: HttpRequest, page: FormPage, purpose: LinkPurpose) -> HttpResponse:
    if not ratelimit.consume(request, action="link"):
        seconds = seconds_to_wait(request, "link")
        response = show_form(request, page, None, closed=wait_sentence(seconds), status=429)
        response.headers["Retry-After"] = str(seconds)
        return response

    def work(form: AddressForm) -> None:
        address = normal_address(form.cleaned_data["email"])
        # To one address no more than so many an hour, whoever asks; the answer is the same.
        if ratelimit.consume(request, action="link_to", key=f"{purpose}:{address}"):
            ask_for_link(address=address, purpose=purpose)

    return run_form(request, page, AddressForm, work)


@require_http_methods(["GET", "HEAD", "POST"])
@_secret
def welcome(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """The invited chooses her password, once. A link that is used or too old says whom to ask."""
    return _choose(request, LinkPurpose.INVITATION, key, token, title=_("Velkommen til Klimaportalen"))


@require_http_methods(["GET", "HEAD", "POST"])
@_secret
def new_password(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Who has forgotten her password chooses another, once."""
    return _choose(request, LinkPurpose.NEW_PASSWORD, key, token, title=_("Velg et nytt passord"))


def _choose(request: HttpRequest, purpose: LinkPurpose, key: str, token: str, *, title: str) -> HttpResponse:
    link = read_link(purpose, key, token)
    user = link.holder
    page = _link_page(
        purpose,
        link.state,
        title=title,
        button=_("Lagre passordet"),
        done=_("Passordet er lagret. Logg inn."),
        lead=_("Hei, {name}. Velg et passord, så er du inne.").format(name=user.name) if user else "",
    )
    if user is None:
        return show_form(request, page, None, closed=page.closed, status=410)

    def make(data: QueryDict | None) -> PasswordForm:
        return PasswordForm(data, user=user)

    def work(form: PasswordForm) -> None:
        choose_password(purpose=purpose, key=key, token=token, password=form.cleaned_data["password"])
        forget_failures(request, user)

    return run_form(request, page, make, work)


@require_http_methods(["GET", "HEAD", "POST"])
@_secret
def open_locked(request: HttpRequest, key: str, token: str) -> HttpResponse:
    """Opens a locked account, once."""
    link = read_link(LinkPurpose.OPEN_ACCOUNT, key, token)
    page = _link_page(
        LinkPurpose.OPEN_ACCOUNT,
        link.state,
        title=_("Åpne brukeren"),
        button=_("Åpne brukeren"),
        done=_("Brukeren er åpen igjen. Logg inn."),
        lead=_("Da kan du prøve å logge inn igjen med en gang."),
    )
    if link.holder is None:
        return show_form(request, page, None, closed=page.closed, status=410)

    def work(form: OpenForm) -> None:
        forget_failures(request, open_account(key=key, token=token))

    return run_form(request, page, OpenForm, work)


def _link_page(purpose: LinkPurpose, state: LinkState, **more: Any) -> FormPage:
    closed = why_closed(purpose, state)
    asks = closed and state != LinkState.SHUT_OUT and purpose != LinkPurpose.INVITATION
    return FormPage(
        back_url=reverse("account_forgotten" if asks else "account_login"),
        closed=closed,
        template=_TEMPLATE,
        context={
            "submission_token": "",
            "way_on": _("Be om en ny lenke") if asks else "",
            "support": settings.SUPPORT_EMAIL,
        },
        **more,
    )
