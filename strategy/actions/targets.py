"""Targets of draft strategies, and what is decided and measured about a target afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.rules import Permission, require
from strategy.actions.strategies import editing, refuse_closed
from strategy.calculations import actual_cut
from strategy.enums import Direction, TargetKind
from strategy.models import Strategy, Target, TargetCeiling, TargetIndicator, TargetIndicatorValue
from strategy.queries.targets import figures_of_target
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused, refuse

LEAST_CUT = Decimal("-999.99")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a target says. An emission target has scope, base year and percent; others may have a scope."""

    title: str
    kind: TargetKind
    target_year: int
    scope: str = ""
    base_year: int | None = None
    percent: Decimal | None = None
    source: str = ""


def save_target(
    *, by: Actor, strategy: Strategy, version: int, promise: Promise, target: Target | None = None
) -> Target:
    """Add a target to a draft (`version` is the strategy's), or change `target` (`version` is its own).

    Raises Refused with every reason, StaleObject, PermissionDenied.
    """
    fields = _checked(promise)
    if target is None:
        with editing(by, strategy, version, _("Mål lagt til")) as fresh:
            last = fresh.targets.aggregate(last=Max("order"))["last"] or 0
            return Target.objects.create(strategy=fresh, order=last + 1, **fields)
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Målet endret")):
        refuse_closed(Strategy.objects.select_for_update().get(pk=target.strategy_id))
        _refuse_ceilings_outside(target, promise)
        save_versioned(target, expected=version, fields=fields)
    return target


def remove_target(*, by: Actor, target: Target, version: int) -> None:
    """Take a target out of a draft; `version` is the strategy's.

    Raises Refused for one that a budget builds on, StaleObject, PermissionDenied.
    """
    with editing(by, target.strategy, version, _("Mål fjernet")):
        try:
            with transaction.atomic():
                for indicator in target.indicators.all():
                    indicator.delete()
                target.delete()
        except ProtectedError:
            refuse(_("Et klimabudsjett bygger på målet. Derfor kan det ikke fjernes."))


def register_ceiling(
    *,
    by: Actor,
    target: Target,
    version: int,
    year: int,
    percent: Decimal,
    decision: str,
    decided_on: date | None = None,
) -> TargetCeiling:
    """Register a ceiling that is adopted for one year, percent below the base year (0–100).

    One that was registered for the same year gives way to the new decision; history keeps it.
    Raises Refused, StaleObject, PermissionDenied.
    """
    reasons = _decision_mistakes(decision, decided_on)
    if not 0 <= percent <= 100:
        reasons.append(Refusal(_("Skriv en prosent fra 0 til 100."), field="percent"))
    return _record(by, target, version, year, percent, decision, decided_on, reasons)


def record_new_start(
    *,
    by: Actor,
    target: Target,
    version: int,
    year: int,
    decision: str,
    decided_on: date | None = None,
    percent: Decimal | None = None,
) -> TargetCeiling:
    """Let the ceiling start again from a year that is over, by a decision.

    Without `percent` the cut is computed from the edition in force, percent below the base year; negative
    when the year's emissions were above it. Raises Refused, StaleObject, PermissionDenied.
    """
    reasons = _decision_mistakes(decision, decided_on)
    edition = None
    if year >= timezone.localdate().year:
        reasons.append(
            Refusal(_("En ny start regnes fra et år som er over. Velg et tidligere år."), field="year")
        )
    if percent is None:
        edition, base, totals = figures_of_target(target)
        tonnes = totals.get(year)
        if edition is None or base is None or tonnes is None or base <= 0:
            sentence = _(
                "Klimaregnskapet har ikke tall for både {base_year} og {year}. Skriv prosenten vedtaket sier."
            )
            text = sentence.format(base_year=target.base_year, year=year)
            reasons.append(Refusal(text, field="percent"))
        else:
            percent = actual_cut(base, tonnes)
    if percent is not None and not LEAST_CUT <= percent <= 100:
        reasons.append(Refusal(_("Skriv en prosent som er 100 eller lavere."), field="percent"))
    return _record(
        by, target, version, year, percent or Decimal(0), decision, decided_on, reasons,
        is_new_start=True, edition=edition,
    )  # fmt: skip


def save_indicator(
    *,
    by: Actor,
    target: Target,
    name: str,
    unit_label: str,
    direction: Direction,
    goal: Decimal | None = None,
    source: str = "",
    indicator: TargetIndicator | None = None,
    version: int = 0,
    is_example: bool = False,
) -> TargetIndicator:
    """Add an indicator to a target, or change `indicator`; open also after adoption, as it is follow-up.

    Raises Refused for a name that is taken, StaleObject, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    fields = {
        "name": name.strip(),
        "unit_label": unit_label.strip(),
        "direction": direction,
        "goal": goal,
        "source": source.strip(),
    }
    with acting(by, _("Indikator lagret")):
        same = target.indicators.filter(name__iexact=fields["name"])
        if (same.exclude(pk=indicator.pk) if indicator else same).exists():
            refuse(Refusal(_("Målet har allerede en indikator som heter det."), field="name"))
        if indicator is None:
            return TargetIndicator.objects.create(target=target, is_example=is_example, **fields)
        save_versioned(indicator, expected=version, fields=fields)
    return indicator


def set_indicator_value(
    *, by: Actor, indicator: TargetIndicator, version: int, year: int, value: Decimal | None
) -> None:
    """Write what the indicator showed in `year`; None means that it is not known after all.

    Raises Refused for a year to come, StaleObject, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Verdi lagret")):
        if not 1990 <= year <= timezone.localdate().year:
            refuse(
                Refusal(
                    _("Skriv et år fra 1990 til {year}.").format(year=timezone.localdate().year), field="year"
                )
            )
        save_versioned(indicator, expected=version, fields={})
        if value is None:
            indicator.values.filter(year=year).delete()
        else:
            TargetIndicatorValue.objects.update_or_create(
                indicator=indicator, year=year, defaults={"value": value}
            )


def _checked(promise: Promise) -> dict[str, object]:
    """The target's columns. Raises Refused with everything that is wrong."""
    reasons = []
    emission = promise.kind == TargetKind.EMISSION
    if emission and promise.percent is None:
        reasons.append(Refusal(_("Skriv hvor mange prosent utslippene skal kuttes."), field="percent"))
    if promise.percent is not None and not 0 < promise.percent <= 100:
        reasons.append(Refusal(_("Skriv en prosent over 0 og høyst 100."), field="percent"))
    if emission and promise.base_year is None:
        reasons.append(Refusal(_("Skriv året kuttet regnes fra."), field="base_year"))
    if promise.base_year is not None and promise.base_year >= promise.target_year:
        reasons.append(Refusal(_("Målåret må komme etter basisåret."), field="target_year"))
    if emission and not promise.scope:
        reasons.append(Refusal(_("Velg systemgrense."), field="scope"))
    if not emission and promise.percent is not None:
        text = _("Et mål med prosent er et utslippsmål. Velg utslippsmål, eller la prosenten stå tom.")
        reasons.append(Refusal(text, field="percent"))
    refuse(*reasons)
    return {
        "title": promise.title.strip(),
        "kind": promise.kind,
        "scope": promise.scope,
        "base_year": promise.base_year,
        "target_year": promise.target_year,
        "percent": promise.percent,
        "source": promise.source.strip(),
    }


def _refuse_ceilings_outside(target: Target, promise: Promise) -> None:
    years = sorted(target.adopted_ceilings.values_list("year", flat=True))
    first, last = promise.base_year or 0, promise.target_year
    outside = [year for year in years if not first < year <= last]
    if outside:
        sentence = _(
            "Det er vedtatt utslippsramme for {years}. De årene må ligge mellom basisåret og målåret."
        )
        text = sentence.format(years=", ".join(str(year) for year in outside))
        refuse(Refusal(text, field="target_year"))


def _decision_mistakes(decision: str, decided_on: date | None) -> list[Refusal]:
    reasons = []
    if not decision.strip():
        reasons.append(Refusal(_("Skriv hvilket vedtak dette bygger på, med saksnummer."), field="decision"))
    if decided_on is not None and decided_on > timezone.localdate():
        reasons.append(
            Refusal(
                _("Vedtaksdatoen er ikke kommet ennå. Skriv dagen vedtaket ble gjort."), field="decided_on"
            )
        )
    return reasons


def _record(
    by: Actor,
    target: Target,
    version: int,
    year: int,
    percent: Decimal,
    decision: str,
    decided_on: date | None,
    reasons: list[Refusal],
    **fields: object,
) -> TargetCeiling:
    require(by, Permission.EDIT_STRATEGY)
    if target.kind != TargetKind.EMISSION or target.base_year is None:
        raise Refused(_("Målet har ingen prosent, og derfor ingen utslippsramme."))
    if not target.base_year < year <= target.target_year:
        text = _("Velg et år fra {first} til {last}.").format(
            first=target.base_year + 1, last=target.target_year
        )
        reasons.append(Refusal(text, field="year"))
    refuse(*reasons)
    values = {
        "percent": percent,
        "decision": decision.strip(),
        "decided_on": decided_on,
        "is_new_start": False,
        "edition": None,
        **fields,
    }
    with acting(by, _("Utslippsramme registrert")):
        save_versioned(target, expected=version, fields={})
        try:
            with transaction.atomic():
                ceiling, _made = TargetCeiling.objects.update_or_create(
                    target=target, year=year, defaults=values
                )
        except IntegrityError:  # the database's own word on the percent
            raise Refused(Refusal(_("Skriv en prosent fra 0 til 100."), field="percent")) from None
    return ceiling
