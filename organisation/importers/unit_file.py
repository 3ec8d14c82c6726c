"""A file of the register of units: what it would change, and writing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from organisation.actions.unit_file import (
    NewUnit,
    Place,
    UnitChanges,
    UnitClosing,
    UnitFields,
    UnitMove,
    write_unit_changes,
)
from organisation.actions.units import refuse_what_cannot_move
from organisation.enums import UnitChangeKind, UnitKind
from organisation.importers.names import Names, plain_name, words_of
from organisation.models import UNIT_KIND_LABELS, Unit, UnitChange
from organisation.queries.files import planned_closings
from organisation.words.unit_columns import BY_NAME, COLUMNS, SHEET
from web.actors import Actor
from web.formats import format_date
from web.refusals import Refused
from web.register.file_table import TableReader
from web.register.parsing import FileResource, ParsedRow, parsed_rows
from web.register.plan import Outcome, Plan, PlannedRow, refuse_twice

_NEEDED = frozenset({"name"})
NEVER = date.max


@dataclass(slots=True, kw_only=True)
class UnitRow(PlannedRow):
    """A row of a file of units: the unit there is, or what a new one is to be."""

    name: str
    unit: Unit | None = None
    kind: UnitKind | None = None
    parent: Place = None
    valid_from: date
    valid_to: date | None = None
    ends: bool = False

    @property
    def outcome(self) -> Outcome:
        if self.errors:
            return "error"
        if self.is_new:
            return "new"
        if self.ends:
            return "ended"
        return "changed" if self.changes else "unchanged"

    @property
    def outcome_word(self) -> str:
        words = {"new": _("ny"), "changed": _("endres"), "ended": _("legges ned")}
        return words.get(self.outcome, "")

    @property
    def place_key(self) -> Place:
        return self.unit.pk if self.unit else self.name

    def refuse(self, name: str, sentence: str) -> None:
        self.errors.append((str(BY_NAME[name].header) if name else "", sentence))

    def say(self, name: str, before: str, after: str) -> None:
        self.changes.append((str(BY_NAME[name].header), before, after))


@dataclass(slots=True, kw_only=True)
class UnitPlan(Plan):
    """A whole file of units, and what writing it would be."""

    changes: UnitChanges = field(default_factory=UnitChanges)


@dataclass(slots=True)
class _Tree:
    """The units there are, those that have been, and when those to be closed close."""

    today: date
    units: Mapping[int, Unit]
    closing: Mapping[int, date]

    def last_day(self, unit: Unit) -> date | None:
        return self.closing.get(unit.pk, unit.valid_to)

    def is_there(self, unit: Unit) -> bool:
        return unit.valid_to is None or unit.valid_to >= self.today

    def named(self, name: str, first: date | None) -> Unit | None:
        """The unit of this name that is there or is to come; of several, the one from that day."""
        same = [one for one in self.units.values() if plain_name(one.name) == plain_name(name)]
        there = [one for one in same if self.is_there(one)]
        return next((one for one in there if one.valid_from == first), next(iter(there), None))

    def former(self, name: str) -> date | None:
        """The last day of one of this name that is no more."""
        gone = [
            one.valid_to
            for one in self.units.values()
            if one.valid_to and not self.is_there(one) and plain_name(one.name) == plain_name(name)
        ]
        return max(gone, default=None)


def plan_units(content: bytes, file_name: str) -> UnitPlan:
    """What a file would change; two queries, and a few for each unit it closes. Raises UnreadableFile.

    A column the file does not have changes nothing, nor does a row that is left out.
    """
    table = TableReader(COLUMNS, _NEEDED, SHEET).read(content, file_name)
    parsed = parsed_rows(table, FileResource(Unit, COLUMNS, {}))
    stored = Unit.objects.order_by("valid_from", "pk")
    tree = _Tree(timezone.localdate(), {unit.pk: unit for unit in stored}, planned_closings())
    kinds = words_of(BY_NAME["kind"])
    rows = [_row(one, tree, kinds) for one in parsed]
    refuse_twice(rows, lambda row: plain_name(row.name) or None, _refuse_again)
    _place(rows, tree)
    _refuse_rings(rows, tree)
    for row in rows:
        if not row.errors:
            _say(row, tree)
    for row in rows:
        if not row.errors and row.ends:
            _refuse_closing(row, rows, tree)
    marks = frozenset((unit.pk, unit.version) for unit in tree.units.values())
    return UnitPlan(rows=rows, mark=sorted(marks), changes=_changes(rows, tree, marks))


def write_units(*, by: Actor, plan: UnitPlan) -> int:
    """Writes what was previewed, and says how many rows. Raises as `write_unit_changes` does."""
    write_unit_changes(by=by, changes=plan.changes)
    return plan.to_write


def _row(parsed: ParsedRow, tree: _Tree, kinds: Names[str]) -> UnitRow:
    values = parsed.values
    name = " ".join((values.get("name") or "").split())
    unit = tree.named(name, values.get("valid_from"))
    row = UnitRow(
        number=parsed.number,
        values=values,
        source=parsed.source,
        title=unit.name if unit else name,
        name=unit.name if unit else name,
        unit=unit,
        is_new=unit is None,
        valid_from=values.get("valid_from") or (unit.valid_from if unit else tree.today),
        mark=(unit.pk, unit.version) if unit else None,
    )
    row.valid_to = values.get("valid_to", tree.last_day(unit) if unit else None)
    row.errors = [(str(BY_NAME[one].header), sentence) for one, sentence in parsed.wrong]
    if not name:
        row.refuse("name", _("Må fylles ut."))
    _read_kind(row, kinds)
    if row.valid_to is not None and row.valid_to < row.valid_from:
        row.refuse(
            "valid_to",
            _("Siste dag {last} er før første dag {first}. Rett en av datoene.").format(
                last=format_date(row.valid_to), first=format_date(row.valid_from)
            ),
        )
    former = tree.former(name) if unit is None else None
    if former is not None and former >= row.valid_from:
        row.refuse(
            "valid_from",
            _("{unit} fantes til {day}. Velg en senere dag.").format(unit=name, day=format_date(former)),
        )
    return row


def _read_kind(row: UnitRow, kinds: Names[str]) -> None:
    written = row.values.get("kind") or ""
    code = kinds.get(written) if written else None
    if code is not None:
        row.kind = UnitKind(code)
    elif written:
        row.refuse("kind", kinds.unknown(written))
    elif row.unit is not None and "kind" not in row.values:
        row.kind = UnitKind(row.unit.kind)
    else:
        row.refuse("kind", _("Skriv om det er et område, en virksomhet, en stab eller et foretak."))


def _refuse_again(row: UnitRow, first: int) -> None:
    row.refuse("name", _("Det samme står også i rad {row}. Behold bare den ene.").format(row=first))


def _place(rows: Sequence[UnitRow], tree: _Tree) -> None:
    """What each row lies under: a unit there is, or one that is new in the file."""
    there = [unit for unit in tree.units.values() if tree.is_there(unit)]
    new = [row for row in rows if row.is_new and row.name]
    places: Names[tuple[Place, date, date | None]] = Names(
        [
            *((unit.name, (unit.pk, unit.valid_from, tree.last_day(unit))) for unit in there),
            *((row.name, (row.name, row.valid_from, row.valid_to)) for row in new),
        ]
    )
    for row in rows:
        row.parent = row.unit.parent_id if row.unit else None
        if "parent" not in row.values:
            continue
        row.parent = None
        written = row.values["parent"] or ""
        if not written:
            continue
        found = places.get(written)
        if found is None:
            row.refuse("parent", places.unknown(written))
            continue
        row.parent, first, last = found
        begins = max(row.valid_from, tree.today)
        if first > begins and (row.unit is None or row.parent != row.unit.parent_id):
            row.refuse(
                "parent",
                _("{unit} finnes fra {day}. Velg et annet sted.").format(
                    unit=written, day=format_date(first)
                ),
            )
        if last is not None and last < begins:
            row.refuse(
                "parent",
                _("{unit} legges ned etter {day}.").format(unit=written, day=format_date(last)),
            )


def _refuse_rings(rows: Sequence[UnitRow], tree: _Tree) -> None:
    """No unit lies under itself, nor under one that lies under it."""
    parents: dict[Place, Place] = {unit.pk: unit.parent_id for unit in tree.units.values()}
    parents |= {row.place_key: row.parent for row in rows}
    names: dict[Place, str] = {unit.pk: unit.name for unit in tree.units.values()}
    for row in rows:
        met: list[Place] = []
        above = row.parent
        while above is not None and above != row.place_key and above not in met:
            met.append(above)
            above = parents.get(above)
        if above is not None and above == row.place_key:
            name = names.get(row.parent, str(row.parent))
            sentence = (
                _("{unit} kan ikke høre til seg selv.").format(unit=row.name)
                if row.parent == row.place_key
                else _("{parent} ligger selv under {unit}. Velg et annet sted.").format(
                    parent=name, unit=row.name
                )
            )
            row.refuse("parent", sentence)


def _say(row: UnitRow, tree: _Tree) -> None:
    """What becomes of the row, before and after."""
    unit = row.unit
    names: dict[Place, str] = {one.pk: one.name for one in tree.units.values()}
    last = tree.last_day(unit) if unit else None
    before = (
        (str(UNIT_KIND_LABELS[UnitKind(unit.kind)]), names.get(unit.parent_id, ""), unit.valid_from, last)
        if unit
        else ("", "", None, None)
    )
    kind = str(UNIT_KIND_LABELS[row.kind]) if row.kind else ""
    parent = "" if row.parent is None else names.get(row.parent, str(row.parent))
    after = (kind, parent, row.valid_from, row.valid_to)
    for name, one, other in zip(("kind", "parent", "valid_from", "valid_to"), before, after, strict=True):
        if one != other:
            row.say(name, _shown(one), _shown(other))
    if unit is not None and row.valid_to != last:
        if unit.pk in tree.closing:
            row.refuse(
                "valid_to",
                _("Det er planlagt at {unit} legges ned etter {day}. Avlys det i portalen først.").format(
                    unit=unit.name, day=format_date(tree.closing[unit.pk])
                ),
            )
        row.ends = row.valid_to is not None and (last is None or row.valid_to < last)


def _shown(value: object) -> str:
    return format_date(value) if isinstance(value, date) else str(value or "")


def _refuse_closing(row: UnitRow, rows: Sequence[UnitRow], tree: _Tree) -> None:
    """What is closed has nothing under it, and nothing hangs on it that needs somebody to take it over."""
    unit, last = row.unit, row.valid_to
    if unit is None or last is None:
        return
    of_rows = {one.unit.pk: one for one in rows if one.unit is not None}
    below = []
    for one in tree.units.values():
        there = of_rows.get(one.pk)
        parent = there.parent if there else one.parent_id
        end = there.valid_to if there and (there.valid_to or NEVER) < tree.today else one.valid_to
        if parent == unit.pk and (end or NEVER) > last:
            below.append(one.name)
    below += [
        one.name for one in rows if one.is_new and one.parent == unit.pk and (one.valid_to or NEVER) > last
    ]
    if below:
        row.refuse(
            "valid_to",
            _("Under {unit} ligger {names}. Flytt dem eller legg dem ned først.").format(
                unit=unit.name, names=", ".join(below)
            ),
        )
        return
    change = UnitChange(kind=UnitChangeKind.CLOSE, unit=unit, on=last + timedelta(days=1))
    try:
        refuse_what_cannot_move(change, unit)
    except Refused as refused:
        row.refuse("valid_to", _("{why} Gjør det på virksomhetens side.").format(why=str(refused)))


def _changes(rows: Sequence[UnitRow], tree: _Tree, marks: frozenset[tuple[int, int]]) -> UnitChanges:
    right = [row for row in rows if not row.errors]
    there = [(row, row.unit) for row in right if row.unit is not None]
    # Those that close at once, and what is under others before them.
    closings = [(row, unit) for row, unit in there if unit.valid_to is None and row.ends]
    closings.sort(key=lambda pair: -_depth(pair[1], tree))
    closed = {unit.pk for _row, unit in closings}
    return UnitChanges(
        tree=marks,
        new=[
            NewUnit(
                name=row.name,
                kind=row.kind,
                parent=row.parent,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
            )
            for row in right
            if row.is_new and row.kind
        ],
        fields=[
            UnitFields(
                pk=unit.pk,
                kind=row.kind,
                valid_from=row.valid_from,
                valid_to=_kept_end(row, unit, closed, tree),
            )
            for row, unit in there
            if row.kind
            and (row.kind, row.valid_from, _kept_end(row, unit, closed, tree))
            != (unit.kind, unit.valid_from, unit.valid_to)
        ],
        moves=[
            UnitMove(pk=unit.pk, parent=row.parent) for row, unit in there if row.parent != unit.parent_id
        ],
        closings=[UnitClosing(pk=unit.pk, last_day=row.valid_to) for row, unit in closings if row.valid_to],
    )


def _kept_end(row: UnitRow, unit: Unit, closed: set[int], tree: _Tree) -> date | None:
    """The last day written at once: not that of one that is to be closed, which has more to it."""
    return unit.valid_to if unit.pk in closed or unit.pk in tree.closing else row.valid_to


def _depth(unit: Unit, tree: _Tree) -> int:
    depth, above = 0, unit.parent_id
    while above is not None and depth < len(tree.units):
        depth, above = depth + 1, tree.units[above].parent_id
    return depth
