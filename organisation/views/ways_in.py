"""What an administrator does with somebody's way in: two steps reset, an address that mail does not reach."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisation.actions.addresses import mark_as_returned
from organisation.actions.two_steps import reset_two_steps
from organisation.models import User
from organisation.queries.two_steps import has_two_steps
from organisation.rules import AuthenticatedRequest
from organisation.views.people import person_page
from web.form_page import run_form
from web.forms import PortalForm
from web.http import see_other
from web.refusals import Refused


@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Two steps are turned off for somebody who has lost both telephone and codes."""
    person = get_object_or_404(User, pk=pk)
    has = has_two_steps(person)
    page = person_page(
        person,
        _("Nullstill totrinn for {name}").format(name=person.name),
        _("Totrinn er nullstilt. {name} har fått en e-post.").format(name=person.name),
        button=_("Nullstill totrinn"),
        danger=True,
        closed="" if has else _("{name} har ikke totrinn.").format(name=person.name),
        lead=_("Forsikre deg om at det er personen selv som ber om det: ring, eller møt vedkommende."),
        note=_("Personen logges ut alle steder, logger inn med passordet og setter opp totrinn på nytt."),
    )

    def work(form: PortalForm) -> None:
        reset_two_steps(by=request.user, user=person)

    return run_form(request, page, PortalForm, work)


@require_POST
def returned(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A mail to the person came back to somebody here."""
    person = get_object_or_404(User, pk=pk)
    try:
        mark_as_returned(by=request.user, user=person)
        messages.success(request, _("Adressen er merket. Rett den, eller send en ny e-post."))
    except Refused as refused:
        messages.error(request, str(refused))
    return see_other(reverse("organisation:person", args=[pk]))
