"""What moving from one edition to another does to the base year and the ceilings of our targets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from emissions.enums import Scope
from emissions.models import SCOPE_LABELS, Edition
from organisation.rules import AuthenticatedRequest
from strategy.queries.edition_effect import TargetEffect, target_effects
from web.formats import (
    EN_DASH,
    format_number,
    whole_number,
)
from web.http import render_page
from web.names import own_municipality


@dataclass(frozen=True, slots=True)
class CeilingLine:
    """A row of cells; the base year's is the first."""

    label: str
    before: str
    after: str
    difference: str


@dataclass(frozen=True, slots=True)
class EffectPanel:
    """One target as the page shows it."""

    title: str
    strategy: str
    answer: str
    lines: tuple[CeilingLine, ...]


@require_safe
def edition_effect(request: AuthenticatedRequest) -> HttpResponse:
    """404 for editions that are not two of our own municipality in one scope."""
    before, after = (_edition(request.GET.get(name, "")) for name in ("fra", "til"))
    if (before.municipality_id, before.scope) != (after.municipality_id, after.scope) or before == after:
        raise Http404
    context = {
        "page_title": _("Hva ny utgave gjør med målene"),
        "before": before,
        "after": after,
        "scope_label": SCOPE_LABELS[Scope(after.scope)],
        "query": urlencode({"fra": before.pk, "til": after.pk}),
        "panels": [_panel(effect) for effect in target_effects(before, after)],
    }
    return render_page(request, "strategy/edition_effect.html", context, partials={})


def _edition(text: str) -> Edition:
    own = Edition.objects.select_related("municipality").filter(municipality__name=own_municipality())
    found = own.filter(pk=whole_number(text, 0)).first()
    if found is None:
        raise Http404
    return found


def _panel(effect: TargetEffect) -> EffectPanel:
    target = effect.target
    base = CeilingLine(
        _("{year} (basisår)").format(year=target.base_year), *_cells(effect.base_before, effect.base_after)
    )
    lines = (CeilingLine(str(y), *_cells(effect.before.get(y), effect.after.get(y))) for y in effect.years)
    return EffectPanel(str(target), target.strategy.title, _answer(effect), (base, *lines))


def _answer(effect: TargetEffect) -> str:
    target = effect.target
    if effect.base_before is None or effect.base_after is None:
        return _("En av utgavene har ikke tall for basisåret {year}, så målet kan ikke regnes om.").format(
            year=target.base_year
        )
    moved = effect.base_after - effect.base_before
    if not moved:
        return _("Basisåret {year} er det samme, og utslippsrammen endres ikke.").format(
            year=target.base_year
        )
    last = effect.years[-1]
    return _(
        "Basisåret {base_year} går {base}, og utslippsrammen i {year} {ceiling}. Prosenten står fast."
    ).format(
        base_year=target.base_year,
        base=_way(moved),
        year=last,
        ceiling=_way(effect.after[last] - effect.before[last]),
    )


def _way(moved: Decimal) -> str:
    size = format_number(abs(moved), 0)
    if moved > 0:
        return _("opp {tonnes} tonn").format(tonnes=size)
    return _("ned {tonnes} tonn").format(tonnes=size)


def _cells(before: Decimal | None, after: Decimal | None) -> tuple[str, str, str]:
    cells = [EN_DASH if one is None else format_number(one, 0) for one in (before, after)]
    if before is None or after is None:
        return cells[0], cells[1], EN_DASH
    difference = format_number(after - before, 0)
    return cells[0], cells[1], f"+{difference}" if after > before and difference != "0" else difference
