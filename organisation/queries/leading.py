"""Who leads each unit today, and who acts where nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from organisation.queries.people import NOBODY, People, people_of_units
from organisation.rules import Tree, read_tree


@dataclass(frozen=True, slots=True)
class Leading:
    """Who leads a unit on a day, by name.

    `meanwhile` are the leaders above who act while the unit has none. `over` are those of the nearest unit
    above with a leader, whoever leads this one. `own_only`: a municipal enterprise, or a unit in one, which
    nobody outside leads.
    """

    leaders: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    meanwhile: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    own_only: bool = False

    @property
    def own(self) -> tuple[str, ...]:
        """Its leaders, and those who stand in for them."""
        return tuple(dict.fromkeys((*self.leaders, *self.stand_ins)))

    @property
    def vacant(self) -> bool:
        """Whether the unit has neither leader nor stand-in."""
        return not self.own

    @property
    def names(self) -> tuple[str, ...]:
        """Those who may do what its leader does today; one of them is enough."""
        return self.own or self.meanwhile

    @property
    def awaits_leader(self) -> bool:
        """Whether nothing is approved before the municipal enterprise has a leader again."""
        return self.own_only and not self.names


UNLED = Leading()


def leading_of_units(
    day: date | None = None, people: Mapping[int, People] | None = None
) -> dict[int, Leading]:
    """By unit, on `day` (default today); two queries, or one with the day's `people` at hand."""
    people = people_of_units(day) if people is None else people
    tree = read_tree()
    led = {unit for unit, found in people.items() if found.leading}
    return {unit: _leading(unit, people, tree, led) for unit in tree.parents}


def leading_of(unit: int, day: date | None = None) -> Leading:
    """Who leads one unit; two queries."""
    return leading_of_units(day).get(unit, UNLED)


def _leading(unit: int, people: Mapping[int, People], tree: Tree, led: set[int]) -> Leading:
    own = people.get(unit, NOBODY)
    acts = None if own.leading else tree.led_from(unit, led)
    return Leading(
        leaders=own.leaders,
        stand_ins=own.stand_ins,
        meanwhile=() if acts is None else people[acts].leading,
        over=_over(unit, people, tree),
        own_only=tree.within_enterprise(unit),
    )


def _over(unit: int, people: Mapping[int, People], tree: Tree) -> tuple[str, ...]:
    seen = {unit}
    above = tree.parents.get(unit)
    while above is not None and above not in seen:
        if names := people.get(above, NOBODY).leading:
            return names
        seen.add(above)
        above = tree.parents.get(above)
    return ()
