"""Measures most municipalities have, chosen from a list: the quickest way to begin."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from organisation.rules import AuthenticatedRequest, Permission, duties
from strategy.actions.starter_list import add_starter_measures
from strategy.forms.starter_list import StarterListForm
from strategy.views.crumbs import measure_crumbs
from web.form_page import FormPage, run_form


@require_http_methods(["GET", "HEAD", "POST"])
def starter_list(request: AuthenticatedRequest) -> HttpResponse:
    if Permission.EDIT_STRATEGY not in duties(request.user).permissions:
        raise PermissionDenied
    page = FormPage(
        title=_("Vanlige tiltak å begynne med"),
        lead=_("Velg dem dere har eller vil ha. Resten kan legges til når som helst."),
        button=_("Legg til tiltakene"),
        back_url=reverse("strategy:measures"),
        done=_done,
        crumbs=measure_crumbs(),
    )

    def add(form: StarterListForm) -> None:
        data = form.cleaned_data
        add_starter_measures(
            by=request.user,
            chosen=form.measures(),
            unit=data["unit"],
            start_year=data["start_year"],
            strategy=data["strategy"],
        )

    return run_form(request, page, StarterListForm, add)


def _done(form: StarterListForm) -> str:
    count = len(form.measures())
    return ngettext("{n} tiltak er lagt til.", "{n} tiltak er lagt til.", count).format(n=count)
