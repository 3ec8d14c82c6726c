"""Writes to the klimabarometer: indicators, single values, and a file's values in one operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from emissions.enums import MissingReason
from organisation.rules import Permission, require
from strategy.calculations import last_finished, period_start
from strategy.enums import Frequency
from strategy.models import BarometerIndicator, BarometerValue, format_period
from strategy.rules import impossible_figure
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class ValueData:
    """A figure in the indicator's unit, or the reason there is none. `version` 0: nothing stood there."""

    period: date
    value: Decimal | None
    missing_reason: str = ""
    source_note: str = ""
    version: int = 0


def add_barometer_indicator(*, by: Actor, fields: Mapping[str, Any]) -> BarometerIndicator:
    """A new indicator. `fields` by name as in the model. Raises Refused and PermissionDenied."""
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Ny indikator i klimabarometeret")):
        _refuse_used_name(str(fields["name"]), None)
        return BarometerIndicator.objects.create(**fields)


def change_indicator(
    *, by: Actor, indicator: BarometerIndicator, fields: Mapping[str, Any], version: int
) -> None:
    """Change what an indicator says of itself; its frequency stands once it has values.

    Raises StaleObject, Refused and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Indikator i klimabarometeret endret")):
        _refuse_used_name(str(fields["name"]), indicator.pk)
        if fields["frequency"] != indicator.frequency and indicator.values.exists():
            raise Refused(
                Refusal(
                    _("Indikatoren har tall, og da kan ikke perioden endres. Lag en ny indikator i stedet."),
                    "frequency",
                )
            )
        save_versioned(indicator, expected=version, fields=fields)


def _refuse_used_name(name: str, own: int | None) -> None:
    named = BarometerIndicator.objects.filter(name__iexact=name)
    if (named if own is None else named.exclude(pk=own)).exists():
        text = _("Det finnes allerede en indikator med dette navnet. Velg et annet navn.")
        raise Refused(Refusal(text, "name"))


def set_value(*, by: Actor, indicator: BarometerIndicator, data: ValueData) -> BarometerValue:
    """Write one period's figure, in the indicator's unit, or why it is missing. What stands already stands.

    Raises Refused for a period that does not fit or is not over, and for a figure that cannot be;
    StaleObject when the period has another version than `data.version`, also when somebody else filled it
    first; PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    check_value(indicator, data)
    fields = {
        "value": data.value,
        "missing_reason": data.missing_reason,
        "source_note": data.source_note,
    }
    with acting(by, _("Tall i klimabarometeret")):
        found = BarometerValue.objects.filter(indicator=indicator, period=data.period).first()
        if found is not None and all(getattr(found, name) == wanted for name, wanted in fields.items()):
            # The same form sent twice.
            return found
        if found is not None:
            save_versioned(found, expected=data.version, fields=fields)
            return found
        if data.version:
            raise StaleObject(None)
        try:
            with transaction.atomic():
                return BarometerValue.objects.create(indicator=indicator, period=data.period, **fields)
        except IntegrityError:
            now = BarometerValue.objects.filter(indicator=indicator, period=data.period).first()
            if now is None:
                raise
            raise StaleObject(now) from None


class RefusedValues(Refused):
    """Some of a period's values cannot be saved, and none was. `values` are why, by indicator id."""

    def __init__(self, values: Mapping[int, Refusal]) -> None:
        super().__init__(*values.values())
        self.values = values


def set_values(*, by: Actor, values: Sequence[tuple[BarometerIndicator, ValueData]]) -> int:
    """Write one value each of several indicators in one operation, all or none; returns how many.

    Raises RefusedValues with every one that cannot be saved, StaleObject where others have saved some of
    them since they were read, and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    refused: dict[int, Refusal] = {}
    stale: list[StaleObject] = []
    with acting(by, _("Tall i klimabarometeret")):
        for indicator, data in values:
            try:
                set_value(by=by, indicator=indicator, data=data)
            except Refused as reason:
                refused[indicator.pk] = reason.reasons[0]
            except StaleObject as late:
                stale.append(late)
        if refused:
            raise RefusedValues(refused)
        if stale:
            raise stale[0]
    return len(values)


def check_value(indicator: BarometerIndicator, data: ValueData) -> None:
    """Raises Refused, with the field, for a value that cannot stand."""
    if data.period != period_start(Frequency(indicator.frequency), data.period):
        raise Refused(Refusal(_("Perioden passer ikke til indikatoren."), "period"))
    if data.period > last_finished(Frequency(indicator.frequency), timezone.localdate()):
        # A figure for the running period would be read as the whole of it.
        raise Refused(
            Refusal(
                _("{period} er ikke over ennå. Velg en periode som har vært.").format(
                    period=format_period(indicator.frequency, data.period)
                ),
                "period",
            )
        )
    if (data.value is None) == (not data.missing_reason):
        raise Refused(
            Refusal(_("Skriv enten et tall eller hvorfor tallet mangler, og ikke begge deler."), "value")
        )
    if data.value is not None and (problem := impossible_figure(indicator, data.value)):
        raise Refused(Refusal(problem, "value"))
    if data.missing_reason and data.missing_reason not in set(MissingReason):
        raise Refused(Refusal(_("Velg en av grunnene i listen."), "missing_reason"))
