"""A measure's head: what it is, when, who takes part, and what it depends on."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.models import Unit
from organisation.rules import Permission, require
from strategy.actions.responsibility import refuse_unfit
from strategy.enums import MeasureState
from strategy.models import Contribution, Measure, MeasureDependency, MeasureSource, Responsibility
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refusal, Refused

# A number stands in addresses, so it has no spaces or slashes.
CODE = re.compile(r"[\w.\-]{1,20}")
# Addresses beside the measures' own.
RESERVED = frozenset({"ny", "import", "ansvar", "mal", "last-ned", "startliste"})


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureHead:
    """What stands about a measure besides its state, its plan and who answers for it.

    `contributing` and `sources` are ids, `needs` are the ids of measures that must come first.
    """

    code: str
    title: str
    kind: str
    level: str
    description: str = ""
    external_actor: str = ""
    external_kind: str = ""
    start_year: int | None = None
    end_year: int | None = None
    decision_reference: str = ""
    co_benefits: tuple[str, ...] = ()
    co_benefits_note: str = ""
    contributing: frozenset[int] = frozenset()
    sources: frozenset[int] = frozenset()
    needs: frozenset[int] = frozenset()

    def columns(self) -> dict[str, Any]:
        """The measure's own columns, without what stands in other tables."""
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in _ELSEWHERE}
        return own | {"co_benefits": list(self.co_benefits)}


_ELSEWHERE = frozenset({"contributing", "sources", "needs"})


def create_measure(
    *,
    by: Actor,
    head: MeasureHead,
    state: MeasureState,
    unit: Unit | None,
    since: date | None = None,
    is_example: bool = False,
) -> Measure:
    """A new measure, with the unit that answers for it from `since` (default today).

    Raises Refused and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    since = since or timezone.localdate()
    with acting(by, _("Nytt tiltak")):
        check_head(head, has_unit=unit is not None)
        if Measure.objects.filter(code=head.code).exists():
            raise _taken(head.code)
        if unit is not None:
            refuse_unfit(unit, since)
        measure = Measure.objects.create(**head.columns(), state=state, is_example=is_example)
        _write_links(measure, head)
        if unit is not None:
            Responsibility.objects.create(measure=measure, unit=unit, valid_from=since, is_example=is_example)
        return measure


def edit_measure(*, by: Actor, measure: Measure, version: int, head: MeasureHead) -> Measure:
    """Write the head again. Raises StaleObject, Refused and PermissionDenied, with nothing written."""
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Tiltaket endret")):
        locked = Measure.objects.select_for_update().get(pk=measure.pk)
        if locked.version != version:
            raise StaleObject(locked)
        check_head(head, has_unit=locked.responsibilities.filter(valid_to=None).exists())
        if Measure.objects.filter(code=head.code).exclude(pk=measure.pk).exists():
            raise _taken(head.code)
        save_versioned(locked, expected=version, fields=head.columns())
        _write_links(locked, head)
        return locked


def check_head(head: MeasureHead, *, has_unit: bool) -> None:
    """What the form and the spreadsheet ask as well. Raises Refused with the field."""
    if not CODE.fullmatch(head.code) or head.code.lower() in RESERVED or head.code.strip(".") == "":
        text = _("Nummeret kan ha høyst 20 tegn: bokstaver, tall, punktum og strek, uten mellomrom.")
        raise Refused(Refusal(text, field="code"))
    if head.start_year and head.end_year and head.end_year < head.start_year:
        raise Refused(Refusal(_("Sluttåret kan ikke være før startåret."), field="end_year"))
    if head.external_kind and not head.external_actor:
        raise Refused(Refusal(_("Skriv hvem den eksterne aktøren er."), field="external_actor"))
    if head.external_actor and not has_unit:
        text = _("Velg først en ansvarlig virksomhet: en ekstern aktør må følges opp av noen hos oss.")
        raise Refused(Refusal(text, field="external_actor"))


def _taken(code: str) -> Refused:
    text = _("Et annet tiltak har nummeret %(code)s. Velg et annet.") % {"code": code}
    return Refused(Refusal(text, field="code"))


def _write_links(measure: Measure, head: MeasureHead) -> None:
    _write_set(
        measure.contributions,
        "unit_id",
        head.contributing,
        lambda pk: Contribution(measure=measure, unit_id=pk),
    )
    _write_set(
        measure.source_links,
        "source_id",
        head.sources,
        lambda pk: MeasureSource(measure=measure, source_id=pk),
    )
    write_needs(measure, head.needs)


def _write_set(rows: Any, column: str, wanted: Collection[int], make: Any) -> None:
    present = set(rows.values_list(column, flat=True))
    if gone := present - set(wanted):
        rows.filter(**{f"{column}__in": gone}).delete()
    rows.model.objects.bulk_create(make(pk) for pk in sorted(set(wanted) - present))


def write_needs(measure: Measure, needs: Collection[int]) -> None:
    """Links that go are taken away before new ones come. Raises Refused for a ring.

    The database looks for the ring under a lock (models/states.py); this only puts words to it.
    """
    rows = measure.needs_links
    present = set(rows.values_list("needs_id", flat=True))
    if gone := present - set(needs):
        rows.filter(needs_id__in=gone).delete()
    for pk in sorted(set(needs) - present):
        try:
            with transaction.atomic():
                MeasureDependency.objects.create(measure=measure, needs_id=pk)
        except DatabaseError as refused:
            if getattr(refused.__cause__, "sqlstate", "") not in ("23001", "23514"):
                raise
            raise Refused(Refusal(_ring(measure, pk), field="needs")) from None


def _ring(measure: Measure, needs: int) -> str:
    code = Measure.objects.values_list("code", flat=True).get(pk=needs)
    return _(
        "%(needs)s avhenger selv av %(code)s, direkte eller gjennom andre. "
        "Ta bort en av avhengighetene først."
    ) % {"needs": code, "code": measure.code}


def head_with(values: Mapping[str, Any]) -> MeasureHead:
    """The head these values by name make. Each field must be there: one left out would be emptied."""
    return MeasureHead(**{one.name: values[one.name] for one in fields(MeasureHead)})


def head_of(measure: Measure, links: Mapping[str, Collection[int]]) -> MeasureHead:
    """The head as it stands, with the ids of its links."""
    own = {one.name: getattr(measure, one.name) for one in fields(MeasureHead) if one.name not in _ELSEWHERE}
    return MeasureHead(
        **own | {"co_benefits": tuple(sorted(measure.co_benefits))},
        contributing=frozenset(links.get("contributing", ())),
        sources=frozenset(links.get("sources", ())),
        needs=frozenset(links.get("needs", ())),
    )


def with_needs(head: MeasureHead, needs: Collection[int]) -> MeasureHead:
    """The head with these dependencies instead."""
    return replace(head, needs=frozenset(needs))
