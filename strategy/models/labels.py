"""Norwegian words for the codes, and the constraint that a code is known."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from strategy.enums import (
    CoBenefit,
    Direction,
    Disposition,
    ExternalKind,
    HearingState,
    Level,
    MeasureKind,
    MeasureState,
    StrategyState,
    TargetKind,
    Verdict,
)

STRATEGY_STATE_LABELS = {
    StrategyState.DRAFT: _("Utkast"),
    StrategyState.ON_HEARING: _("På høring"),
    StrategyState.ADOPTED: _("Vedtatt"),
    StrategyState.SUPERSEDED: _("Erstattet"),
}


TARGET_KIND_LABELS = {TargetKind.EMISSION: _("utslippsmål"), TargetKind.QUALITATIVE: _("kvalitativt mål")}


MEASURE_KIND_LABELS = {MeasureKind.TILTAK: _("tiltak"), MeasureKind.VIRKEMIDDEL: _("virkemiddel")}


MEASURE_STATE_LABELS = {
    MeasureState.IDEA: _("Idé"),
    MeasureState.UNDER_ASSESSMENT: _("Utredes"),
    MeasureState.PROPOSED: _("Foreslått"),
    MeasureState.ADOPTED: _("Vedtatt"),
    MeasureState.ONGOING: _("Pågår"),
    MeasureState.DONE: _("Gjennomført"),
    MeasureState.POSTPONED: _("Utsatt"),
    MeasureState.DISCONTINUED: _("Avviklet"),
}


LEVEL_LABELS = {
    Level.MUNICIPAL: _("kommunalt"),
    Level.REGIONAL: _("regionalt"),
    Level.NATIONAL: _("statlig"),
}


EXTERNAL_KIND_LABELS = {
    ExternalKind.COUNTY: _("fylkeskommune"),
    ExternalKind.STATE: _("stat"),
    ExternalKind.COMPANY: _("selskap"),
    ExternalKind.RESEARCH: _("forskning"),
    ExternalKind.OTHER: _("andre"),
}


CO_BENEFIT_LABELS = {
    CoBenefit.AIR_QUALITY: _("luftkvalitet"),
    CoBenefit.NOISE: _("støy"),
    CoBenefit.HEALTH: _("helse"),
    CoBenefit.ECONOMY: _("økonomi"),
    CoBenefit.NATURE: _("natur"),
    CoBenefit.TRAFFIC_SAFETY: _("trafikksikkerhet"),
    CoBenefit.ADAPTATION: _("klimatilpasning"),
}


DIRECTION_LABELS = {
    Direction.UP: _("høyere er bedre"),
    Direction.DOWN: _("lavere er bedre"),
    Direction.KEEP: _("skal holdes"),
}


HEARING_STATE_LABELS = {
    HearingState.OPEN: _("Åpen"),
    HearingState.CLOSED: _("Avsluttet"),
    HearingState.PUBLISHED: _("Oppsummert"),
}


VERDICT_LABELS = {
    Verdict.NO_REMARKS: _("Ingen merknader"),
    Verdict.REMARKS: _("Merknader"),
}


DISPOSITION_LABELS = {
    Disposition.INCLUDED: _("Tatt inn"),
    Disposition.OTHER_LEVEL: _("Hører til på et annet nivå"),
    Disposition.LATER: _("Tas senere"),
    Disposition.REJECTED: _("Tas ikke inn"),
}


def choices(labels: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(code.value, label) for code, label in labels.items()]


def known_code(name: str, field: str, codes: Any) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [str(code) for code in codes]}))
