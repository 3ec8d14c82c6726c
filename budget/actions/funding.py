"""Money applied for outside the budget. Open after adoption too: it is follow-up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from budget.actions.editing import check_nok
from budget.models import Funding, Line
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.concurrency import save_versioned
from web.refusals import Refusal, Refused


def add_funding(
    *,
    by: Actor,
    line: Line,
    scheme: str,
    applied_nok: Decimal | None = None,
    granted_nok: Decimal | None = None,
    deadline: date | None = None,
    report_due: date | None = None,
) -> Funding:
    """Note money from outside (Klimasats, Enova …), NOK. Raises Refused, PermissionDenied."""
    require(by, Permission.EDIT_BUDGET)
    _check(scheme, applied_nok, granted_nok)
    with acting(by, _("Finansiering lagt inn")):
        return Funding.objects.create(
            line=line,
            scheme=scheme.strip(),
            applied_nok=applied_nok,
            granted_nok=granted_nok,
            deadline=deadline,
            report_due=report_due,
        )


def update_funding(
    *,
    by: Actor,
    funding: Funding,
    version: int,
    scheme: str,
    applied_nok: Decimal | None,
    granted_nok: Decimal | None,
    deadline: date | None,
    report_due: date | None,
) -> None:
    """Save how the funding stands, NOK. Raises StaleObject, Refused, PermissionDenied."""
    require(by, Permission.EDIT_BUDGET)
    _check(scheme, applied_nok, granted_nok)
    fields = {
        "scheme": scheme.strip(),
        "applied_nok": applied_nok,
        "granted_nok": granted_nok,
        "deadline": deadline,
        "report_due": report_due,
    }
    with acting(by, _("Finansiering endret")):
        save_versioned(funding, expected=version, fields=fields)


def remove_funding(*, by: Actor, funding: Funding, version: int) -> None:
    """Take a funding away that was noted by mistake. Raises StaleObject, PermissionDenied."""
    require(by, Permission.EDIT_BUDGET)
    with acting(by, _("Finansiering fjernet")):
        save_versioned(funding, expected=version, fields={})
        funding.delete()


def _check(scheme: str, *amounts: Decimal | None) -> None:
    for nok in amounts:
        if nok is not None:
            check_nok(nok)
    if not scheme.strip():
        raise Refused(Refusal(_("Skriv hvilken ordning pengene kommer fra."), field="scheme"))
