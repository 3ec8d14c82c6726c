"""Norwegian words and addresses for the codes."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from emissions.enums import Absence, GwpSet, MeasuredIn, MissingReason, Reckoning, Scope

SCOPE_LABELS = {
    Scope.COMMUNITY_DIRECT: _("Direkte utslipp i kommunen"),
    Scope.OWN_OPERATIONS_DIRECT: _("Direkte utslipp fra egen virksomhet"),
    Scope.OWN_OPERATIONS_FOOTPRINT: _("Klimafotavtrykk fra egen virksomhet"),
    Scope.COMMUNITY_INDIRECT: _("Indirekte utslipp fra kommunen som samfunn"),
}


SCOPE_SLUGS = {
    Scope.COMMUNITY_DIRECT: "kommunen-direkte",
    Scope.OWN_OPERATIONS_DIRECT: "egen-virksomhet-direkte",
    Scope.OWN_OPERATIONS_FOOTPRINT: "egen-virksomhet-fotavtrykk",
    Scope.COMMUNITY_INDIRECT: "kommunen-indirekte",
}


MISSING_LABELS = {
    MissingReason.NOT_ESTIMATED: _("ikke beregnet"),
    MissingReason.NOT_OCCURRING: _("forekommer ikke"),
    MissingReason.CONFIDENTIAL: _("unntatt offentlighet"),
    MissingReason.INCLUDED_ELSEWHERE: _("regnet med et annet sted"),
    MissingReason.NOT_YET_DELIVERED: _("ikke levert ennå"),
}


ABSENCE_LABELS = {
    Absence.YEAR_LEFT_OUT: _("ikke beregnet for dette året"),
    Absence.NOT_YET_PUBLISHED: _("ikke publisert ennå"),
    Absence.NO_ROW: _("utgaven har ingen rad for dette året"),
    Absence.NO_INHABITANTS: _("folketallet er ikke registrert"),
    Absence.ZERO_BASE: _("kan ikke regnes ut: tallet det skal deles på, er null"),
}


RECKONING_LABELS = {
    Reckoning.TONNES: _("Tonn CO₂e"),
    Reckoning.CHANGE: _("Endring fra basisåret i tonn"),
    Reckoning.PERCENT: _("Endring fra basisåret i prosent"),
    Reckoning.PER_INHABITANT: _("Tonn CO₂e per innbygger"),
}


RECKONING_SLUGS = {
    Reckoning.TONNES: "tonn",
    Reckoning.CHANGE: "endring",
    Reckoning.PERCENT: "prosent",
    Reckoning.PER_INHABITANT: "innbygger",
}


SCOPE_CHOICES = [(scope.value, SCOPE_LABELS[scope]) for scope in Scope]


def reason_text(reasons: Iterable[MissingReason | Absence]) -> str:
    """«unntatt offentlighet; ikke beregnet»"""
    return "; ".join(
        str(ABSENCE_LABELS[reason] if isinstance(reason, Absence) else MISSING_LABELS[reason])
        for reason in reasons
    )


MEASURED_IN_LABELS = {
    MeasuredIn.LITRE: _("liter"),
    MeasuredIn.KWH: _("kWh"),
    MeasuredIn.KM: _("km"),
    MeasuredIn.KG: _("kg"),
    MeasuredIn.NOK: _("kroner"),
}


GWP_LABELS = {GwpSet.AR4: _("AR4"), GwpSet.AR5: _("AR5")}
