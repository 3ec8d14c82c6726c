"""The steps of the first day that are about targets and measures, in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategy.models import Target
from strategy.queries.first_day import FirstDay
from web.contributions import FirstDayStep
from web.formats import format_percent

PLACE = 30


def first_day_steps(found: FirstDay, *, may: bool) -> Iterator[FirstDayStep]:
    """The target, then the measures."""
    yield FirstDayStep(
        place=PLACE,
        title=_("Klimamålet"),
        done=found.target is not None,
        detail=_target(found),
        url=_target_address(found),
        button=_("Se det") if found.target else _("Skriv inn"),
        minutes=5,
        may=may or found.target is not None,
    )
    yield FirstDayStep(
        place=PLACE + 1,
        title=_("Tiltakene"),
        done=found.measures > 0,
        detail=ngettext("{n} tiltak er lagt inn.", "{n} tiltak er lagt inn.", found.measures).format(
            n=found.measures
        )
        if found.measures
        else _("Velg blant tolv vanlige tiltak, last opp et regneark, eller skriv dem inn."),
        url=reverse("strategy:measures" if found.measures else "strategy:starter_list"),
        button=_("Se dem") if found.measures else _("Velg tiltak"),
        minutes=15,
        may=may or found.measures > 0,
    )


def _target(found: FirstDay) -> str:
    target: Target | None = found.target
    if target is not None and target.percent is not None:
        return _("{title}: −{percent} i {year}.").format(
            title=target.title, percent=format_percent(target.percent), year=target.target_year
        )
    if found.strategy:
        return _("Skriv inn målet, og vedtaket det står i.")
    return _("Lag strategien eller planen målet står i. Så skriver du inn målet.")


def _target_address(found: FirstDay) -> str:
    if found.target is not None:
        return reverse("strategy:target", args=[found.target.pk])
    if found.strategy:
        return reverse("strategy:new_target", args=[found.strategy])
    return reverse("strategy:new")
