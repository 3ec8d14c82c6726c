"""Kommuneplanens samfunnsdel as the strategies point to it: politikkområder, delmål, numbered strategies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from organisation.rules import Permission, require
from strategy.models import PlanGoal, PlanStrategy, PolicyArea
from web.actors import Actor, acting
from web.concurrency import StaleObject, save_versioned
from web.refusals import Refusal, refuse
from web.sorting import NorskSort

PlanPart = PolicyArea | PlanGoal | PlanStrategy


def add_plan_part(*, by: Actor, model: type[PlanPart], fields: Mapping[str, Any]) -> PlanPart:
    """A new part of kommuneplanen, `fields` by name as in the model.

    Raises Refused for a title or number that is taken, and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Lagt til i kommuneplanen")):
        _refuse_taken(model, fields, None)
        if model is PolicyArea:
            last = PolicyArea.objects.aggregate(last=Max("order"))["last"] or 0
            fields = {**fields, "order": last + 1}
        made = model.objects.create(**fields)
        _number(made)
    return made


def change_plan_part(*, by: Actor, part: PlanPart, version: int, fields: Mapping[str, Any]) -> None:
    """Change a part. Strategies that point to it, adopted ones too, show it as it now reads.

    Raises StaleObject, Refused for a title or number that is taken, and PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    with acting(by, _("Kommuneplanen endret")):
        _refuse_taken(type(part), fields, part.pk)
        save_versioned(part, expected=version, fields=fields)
        _number(part)


def remove_plan_part(*, by: Actor, part: PlanPart, version: int) -> None:
    """Take out a part nothing stands under and nothing points to. History keeps it.

    Raises StaleObject, Refused, PermissionDenied.
    """
    require(by, Permission.EDIT_STRATEGY)
    try:
        with acting(by, _("Tatt ut av kommuneplanen")):
            fresh = type(part).objects.select_for_update().filter(pk=part.pk).first()
            if fresh is None or fresh.version != version:
                raise StaleObject(fresh)
            fresh.delete()
    except ProtectedError:
        text = _("«{part}» er i bruk. Fjern det som står under, og koblingene til den, først.")
        refuse(text.format(part=part))


def _refuse_taken(model: type[PlanPart], fields: Mapping[str, Any], own: int | None) -> None:
    name, sentence = (
        ("title", _("Det finnes allerede et politikkområde som heter det. Velg en annen tittel."))
        if model is PolicyArea
        else ("code", _("Nummeret er allerede i bruk. Velg et annet."))
    )
    same = model.objects.filter(**{f"{name}__iexact": fields[name]})
    if (same.exclude(pk=own) if own else same).exists():
        refuse(Refusal(sentence, field=name))


def _number(part: PlanPart) -> None:
    """Numbered strategies stand in the order of their numbers, A2 before A10, whenever they came in."""
    if not isinstance(part, PlanStrategy):
        return
    beside = PlanStrategy.objects.filter(goal=part.goal_id).order_by(NorskSort("code"), "pk")
    for order, one in enumerate(beside, start=1):
        if one.order != order:
            one.order = order
            one.save(update_fields=["order"])
