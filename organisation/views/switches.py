"""How much of the portal the municipality uses: a form of its own."""

from __future__ import annotations

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisation.actions.switches import set_switches
from organisation.forms.switches import OWN_CHOICE, SwitchesForm
from organisation.queries import names as queries
from organisation.rules import AuthenticatedRequest
from organisation.words.switches import size_of
from web.form_page import FormPage, run_form


@require_http_methods(["GET", "HEAD", "POST"])
def switches(request: AuthenticatedRequest) -> HttpResponse:
    """Everything can be switched on or off later; what is off is not in the menu, and is kept."""
    page = FormPage(
        title=_("Det vi bruker av portalen"),
        lead=_(
            "Det som er slått av, er ikke i menyen, og ingen blir spurt om det. "
            "Alt kan slås på senere, og det som er ført, blir ikke slettet."
        ),
        button=_("Lagre"),
        back_url=reverse("organisation:index"),
        done=_("Valget er lagret."),
        crumbs=[(_("Organisasjon"), reverse("organisation:index"))],
        closed="" if queries.municipality() else _("Gi kommunen navn først."),
    )

    def make(data: QueryDict | None) -> SwitchesForm:
        stored = queries.municipality()
        on = stored.switched_on if stored else []
        initial = {"size": size_of(on) or OWN_CHOICE, "on": on, "version": stored.version if stored else 0}
        return SwitchesForm(data, initial=initial)

    def save(form: SwitchesForm) -> None:
        set_switches(by=request.user, on=form.chosen(), version=form.cleaned_data["version"])

    return run_form(request, page, make, save)
