"""The leaders' yearly part: written by the unit, confirmed by its leader, unconfirmed by a change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from reporting.models import StrategyFollowUp
from reporting.rules.leaders import fresh_unit_access, why_not_writable
from web.actor_columns import actor_values
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Closed, Refused

_UNCONFIRMED: dict[str, Any] = {"confirmed_at": None, **actor_values("confirmed_by", None)}


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpText:
    """How a unit follows up the strategy in one year, in its own words. A blank is a blank, and is shown."""

    anchoring: str = ""
    own_actions: str = ""
    competence: str = ""
    asks: str = ""

    def stripped(self) -> FollowUpText:
        return FollowUpText(**{name: text.strip() for name, text in asdict(self).items()})


def save_follow_up(
    *, by: Actor, unit: Unit, year: int, version: int, text: FollowUpText, is_example: bool = False
) -> StrategyFollowUp:
    """Writes the unit's part. A change takes the leader's confirmation away; the same words keep it.

    `version` is 0 when nothing was there. Raises PermissionDenied, StaleObject, and Refused for a
    year that is over or has not begun.
    """
    with acting(by, _("Skrev strategioppfølging")):
        if not fresh_unit_access(by, unit.pk).writes:
            raise PermissionDenied
        if sentence := why_not_writable(year, timezone.localdate()):
            raise Closed(sentence)
        return _save(unit, year, version, text, is_example)


def confirm_follow_up(
    *, by: Actor, unit: Unit, year: int, version: int, text: FollowUpText
) -> StrategyFollowUp:
    """The unit's leader stands behind the words she sends, which are saved with it. Blanks stay blanks.

    Raises PermissionDenied, StaleObject, and Refused when nothing is written or the year is over.
    """
    with acting(by, _("Bekreftet strategioppfølging")):
        if not fresh_unit_access(by, unit.pk).confirms:
            raise PermissionDenied
        if sentence := why_not_writable(year, timezone.localdate()):
            raise Closed(sentence)
        if not any(asdict(text.stripped()).values()):
            raise Refused(_("Skriv noe i minst ett av feltene før du bekrefter."))
        saved = _save(unit, year, version, text, is_example=False)
        if saved.confirmed_at is None:
            confirmed = {
                "confirmed_at": timezone.now(),
                **actor_values("confirmed_by", by),
            }
            save_versioned(saved, expected=saved.version, fields=confirmed)
        return saved


def _save(unit: Unit, year: int, version: int, text: FollowUpText, is_example: bool) -> StrategyFollowUp:
    fields = asdict(text.stripped())
    stored = StrategyFollowUp.objects.select_for_update().filter(unit=unit, year=year).first()
    if stored is None:
        if version:
            raise StaleObject(None)
        try:
            with transaction.atomic():
                return StrategyFollowUp.objects.create(unit=unit, year=year, is_example=is_example, **fields)
        except IntegrityError as error:
            if "strategy_follow_up_once" not in str(error):
                raise
            raise StaleObject(StrategyFollowUp.objects.get(unit=unit, year=year)) from error
    if all(getattr(stored, name) == value for name, value in fields.items()):
        return stored
    save_versioned(stored, expected=version, fields={**fields, **_UNCONFIRMED})
    return stored
