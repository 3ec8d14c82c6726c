"""The pages above a page of the strategies."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from strategy.models import Measure, Strategy
from web.form_page import Crumb


def crumbs_above(*parts: Crumb) -> list[Crumb]:
    """(title, address) from the front page of the strategies down; a page that is no form names itself."""
    return [(_("Strategi"), reverse("strategy:index")), *parts]


def strategy_crumbs(strategy: Strategy, *, editing: bool = True) -> list[Crumb]:
    crumbs = [(strategy.title, strategy.get_absolute_url())]
    if editing:
        crumbs.append((_("Rediger"), reverse("strategy:edit", args=[strategy.slug])))
    return crumbs


def measure_crumbs(measure: Measure | None = None) -> list[Crumb]:
    """From the list of measures down; without a measure the list alone."""
    crumbs = [(_("Tiltak"), reverse("strategy:measures"))]
    if measure is not None:
        crumbs.append((measure.code, reverse("strategy:measure", args=[measure.code])))
    return crumbs
