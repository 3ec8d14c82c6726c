"""Closing a year: the account of own operations becomes an edition that targets and budgets build on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from emissions.actions.editions import EditionData, add_edition
from emissions.calculations import to_grams
from emissions.enums import MissingReason, Scope
from emissions.models import MISSING_LABELS, SCOPE_SLUGS, Activity, ActivityType, Edition
from emissions.queries.accounts import KNOWN_ZERO, Amount
from emissions.queries.closing import SHAPE, ClosingAccount, closing_account
from emissions.words.closing import gap_sentence
from organisation.rules import Permission, require
from web.actors import Actor, acting
from web.formats import format_number
from web.names import own_municipality
from web.refusals import Refused


def close_year(
    *,
    by: Actor,
    scope: Scope,
    year: int,
    published: date,
    publisher: str,
    gaps_because: MissingReason | None = None,
) -> tuple[Edition, bool]:
    """Freeze the account of a scope through `year` as an edition, tCO2e per source and year.

    Identical data give the edition that is there already, and False. Raises Refused when the year
    has nothing, or when something is missing and no reason is given for it, and PermissionDenied.
    """
    require(by, Permission.EDIT_OWN_OPERATIONS)
    with acting(by, _("Året lukket som utgave")):
        # Nobody enters anything between the reading and the freezing. The activity types come before their
        # activities: a factor is set under its type's lock, so the factors stand still too, and a new
        # activity, which has a foreign key to its type, waits. Both by id, so that two who close at once
        # wait for each other instead of each for what the other has.
        list(ActivityType.objects.select_for_update().filter(scope=scope).order_by("pk"))
        list(Activity.objects.select_for_update().filter(activity_type__scope=scope).order_by("pk"))
        account = closing_account(scope, year)
        if year not in account.years:
            raise Refused(_("Det er ikke ført noe for {year}. Før aktivitetene først.").format(year=year))
        if account.gaps and gaps_because is None:
            raise Refused(
                _("Noe mangler: {first} Før tallene, eller velg hvorfor de mangler.").format(
                    first=gap_sentence(account.gaps[0])
                )
            )
        amounts = account.amounts(gaps_because)
        return add_edition(
            by=by,
            data=_data(account, amounts, gaps_because, year),
            municipality=own_municipality(),
            scope=scope,
            published=published,
            publisher=publisher,
            is_example=account.is_example,
        )


def _data(
    account: ClosingAccount,
    amounts: Mapping[tuple[str, str, int], Amount],
    gaps_because: MissingReason | None,
    year: int,
) -> EditionData:
    used = [row for row in account.rows if row.tonnes is not None]
    return EditionData(
        file_name=f"{SCOPE_SLUGS[account.scope]}-{year}",
        file_sha256=_fingerprint(account, gaps_because, year),
        shape=SHAPE,
        rows_read=len(account.rows),
        rows_used=len(used),
        figures=[
            (sector, source or None, of_year, None, to_grams(amount.tonnes))
            for (sector, source, of_year), amount in amounts.items()
            if amount.tonnes is not None and not amount.is_partial
        ],
        # A source with a part nobody knows has no figure: what is known of it would pass for all of it.
        missing=[
            (sector, source or None, of_year, _weightiest(amount))
            for (sector, source, of_year), amount in amounts.items()
            if amount.tonnes is None or amount.is_partial
        ],
        oddities=[*_partial(amounts), *(gap_sentence(gap) for gap in account.gaps)],
    )


def _weightiest(amount: Amount) -> MissingReason:
    """One reason for a source: the first that means nobody knows, else why it is known to be nothing."""
    return min(amount.reasons, key=lambda reason: (reason in KNOWN_ZERO, reason))


def _partial(amounts: Mapping[tuple[str, str, int], Amount]) -> list[str]:
    return [
        _("{source} {year} står uten tall: {tonnes} tonn er ført, men en del mangler ({reasons}).").format(
            source=source or sector,
            year=year,
            tonnes=format_number(amount.tonnes),
            reasons=", ".join(str(MISSING_LABELS[reason]) for reason in amount.reasons),
        )
        for (sector, source, year), amount in amounts.items()
        if amount.is_partial
    ]


def _fingerprint(account: ClosingAccount, gaps_because: MissingReason | None, year: int) -> str:
    """SHA-256 of everything the figures follow from: quantities, reasons, and the factors used."""
    frozen = [
        [
            row.activity.unit_id,
            row.activity.activity_type_id,
            row.activity.activity_type.source_id,
            row.activity.year,
            None if row.activity.quantity is None else f"{row.activity.quantity.normalize():f}",
            row.activity.missing_reason,
            row.factor.pk if row.factor else None,
            f"{row.factor.kg_co2e.normalize():f}" if row.factor else None,
        ]
        for row in account.rows
        if not row.is_blank
    ]
    frozen.sort(key=lambda entry: [str(part) for part in entry[:4]])
    text = json.dumps([account.scope, year, gaps_because or "", frozen], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
