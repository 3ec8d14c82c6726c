"""A site of a few routes, one per kind of access, with the portal's real middlewares, login and errors.

Use as `pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_site")]`.
"""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import include, path

from organisation.enums import UnitKind
from organisation.models import Unit, User
from organisation.views import links, login, two_steps
from web import error_pages
from web.access import Route
from web.history import object_history
from web.http import render_page, see_other

PASSWORD = "et langt og godt passord"


def make_user(email: str = "kontakt@drammen.example", **fields: Any) -> User:
    return User.objects.create_user(email, PASSWORD, **{"name": "Kontakt Eksempel", **fields})


def may(user: User, code: str) -> bool:
    """The permission check: the account's name before @ is the one permission it has."""
    return user.email.partition("@")[0] == code


def plain(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse("ok")


def framed(request: HttpRequest) -> HttpResponse:
    return render_page(request, "403.html", {"page_title": "Side"})


def lazy_write(request: HttpRequest) -> HttpResponse:
    """Writes while its template is rendered, after the view has returned."""

    def title() -> str:
        return Unit.objects.create(name="Skrevet", kind=UnitKind.STAFF).name

    return TemplateResponse(request, "403.html", {"page_title": title})


def write(request: HttpRequest) -> HttpResponse:
    Unit.objects.create(name="Skrevet", kind=UnitKind.STAFF)
    return see_other("/")


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise {
        "404": Http404("hemmelig"),
        "403": PermissionDenied("hemmelig"),
        "400": SuspiciousOperation("hemmelig"),
        "500": RuntimeError("hemmelig"),
    }[how]


ROUTES = {
    "min_side": Route("login"),
    "account_login": Route("public"),
    "account_logout": Route("public"),
    "account_forgotten": Route("public"),
    "account_code": Route("public"),
    "account_locked": Route("public", post_only=True),
    "account_new_password": Route("public"),
    "account_open": Route("public"),
    "history": Route("read_history"),
    "open": Route("public"),
    "live": Route("public", uses_database=False),
    "permitted": Route("edit"),
    "post_only": Route("login", post_only=True),
    "write": Route("login"),
    "lazy_write": Route("login"),
    "write_allowed": Route("login", get_writes=True),
    "fail": Route("public"),
    **{
        f"{room}:index": Route("login")
        for room in (
            "emissions", "strategy", "budget", "publishing", "leadership", "klimalaget", "organisation"
        )
    },
    "budget:detail": Route("login"),
    "reporting:detail": Route("login"),
    "publishing:detail": Route("public"),
}  # fmt: skip

urlpatterns = [
    path("", framed, name="min_side"),
    path("logg-inn/", login.log_in, name="account_login"),
    path("logg-ut/", login.log_out, name="account_logout"),
    path("logg-inn/kode/", two_steps.code, name="account_code"),
    path("glemt-passord/", links.forgotten, name="account_forgotten"),
    path("last-konto/", links.locked, name="account_locked"),
    path("nytt-passord/<str:key>/<str:token>/", links.new_password, name="account_new_password"),
    path("apne-konto/<str:key>/<str:token>/", links.open_locked, name="account_open"),
    path("historikk/<str:model_label>/<int:pk>/", object_history, name="history"),
    path("apen/", plain, name="open"),
    path("live", plain, name="live"),
    path("tillatt/", framed, name="permitted"),
    path("bare-post/", plain, name="post_only"),
    path("skriver/", write, name="write"),
    path("skriver-sent/", lazy_write, name="lazy_write"),
    path("skriver-lov/", write, name="write_allowed"),
    path("glemt/", plain, name="forgotten"),
    path("feil/<str:how>/", fail, name="fail"),
]
for _room, _address in {
    "emissions": "klimaregnskap", "strategy": "strategi", "budget": "budsjett", "publishing": "rapportering",
    "leadership": "klimaledelse", "klimalaget": "klimalaget", "organisation": "organisasjon",
}.items():  # fmt: skip
    _routes = [path("", framed, name="index"), path("detalj/", framed, name="detail")]
    urlpatterns.append(path(f"{_address}/", include((_routes, _room))))
# A room without a front page of its own.
_routes = [path("detalj/", framed, name="detail")]
urlpatterns.append(path("rapportering/virksomhet/", include((_routes, "reporting"))))

handler400 = error_pages.bad_request
handler403 = error_pages.forbidden
handler404 = error_pages.not_found
handler500 = error_pages.server_error


@pytest.fixture
def small_site(settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.ROUTE_TABLE = f"{__name__}.ROUTES"
    settings.PERMISSION_CHECK = f"{__name__}.may"
