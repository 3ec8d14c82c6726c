"""When a unit may propose something in its report, and when Klima may answer."""

from __future__ import annotations

from django.utils.translation import gettext as _

from reporting.enums import LEADER_APPROVED_STATES, ProposalState
from reporting.models import MeasureProposal
from web.names import naming


def why_not_answerable(proposal: MeasureProposal) -> str:
    """Why Klima cannot answer now; empty when it can. What the leader has not approved waits."""
    if proposal.state != ProposalState.OPEN:
        return _("Forslaget er allerede besvart.")
    if proposal.report.state not in LEADER_APPROVED_STATES:
        return naming(_("Rapporten er ikke godkjent av {unit_leader} ennå."))
    return ""
