"""Norwegian words and addresses for the codes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from emissions.enums import MissingReason, Scope

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


SCOPE_CHOICES = [(scope.value, SCOPE_LABELS[scope]) for scope in Scope]
