"""Saving the figures of a grid: one cell as it is typed, or a whole form of them without JavaScript.

What goes over the wire stands in templates/ds/grid_cell.html. A room says what its cells are called, how one
is read and saved, and what moves around it (`Grid`); what is refused, whose figure stands and what is
answered is the same in every grid.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from web.concurrency import StaleFigures, StaleObject
from web.formats import whole_number
from web.grid import EFFECT, GridCell
from web.http import ConflictField, conflict, render_page, see_other, wants_part
from web.refusals import Closed, Refused

# Which cell: whatever the room tells its cells apart by. And the figure somebody wants in it.
P = TypeVar("P")
C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class CellError:
    """A cell of a form that was refused: what was typed, and why, or nothing where only another cell was
    wrong. `version` is the one it was typed over, so that somebody else's figure is not lost.
    """

    typed: str
    message: str
    version: int


@dataclass(frozen=True, slots=True)
class Posted:
    """A cell as it was posted. version -1: the form did not say which figure it was about."""

    typed: str
    version: int

    def error(self, message: str) -> CellError:
        return CellError(self.typed, message, max(self.version, 0))


class At(NamedTuple):
    """How a cell is found in the page and in what is posted (`web.grid.cell_key`)."""

    key: str
    name: str = EFFECT


class Standing(NamedTuple):
    """What stands in a cell: the figure as it reads, its version (0: none), and a remark on it."""

    text: str
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What the answer to a saved cell says: what stands there now, what moved around it (context for the
    template), and what the browser is told besides.
    """

    now: Standing
    around: Mapping[str, Any]
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Generic[P, C]):
    """A room's grid, for one request.

    `read`: the figure as typed, None for one that was left alone; raises ValueError with a sentence.
    `standing`: what a stale figure carries. `whole`: the page again, with its cells as they were typed.
    `title` is that of the page with yours and theirs. `beside`: what moves around a cell when it turns out
    that somebody else has saved it.
    """

    at: Callable[[P], At]
    read: Callable[[P, Posted], C | None]
    place: Callable[[C], P]
    label: Callable[[C], str]
    standing: Callable[[Any], Standing]
    whole: Callable[[Mapping[P, CellError], int], HttpResponse]
    template: str
    title: Callable[[], str]
    back_url: Callable[[], str]
    done: str
    form_id: str = ""
    beside: Callable[[C], Mapping[str, Any]] = field(default=lambda change: {"sums": ""})


def posted_cells(
    data: QueryDict, pattern: re.Pattern[str], place: Callable[[re.Match[str]], P]
) -> dict[P, Posted]:
    """Every cell in the form whose input's name is of the pattern."""
    found = {}
    for name in data:
        if match := pattern.fullmatch(name):
            word, _dash, key = name.partition("-")
            found[place(match)] = _posted(data, At(key, word))
    return found


def _posted(data: QueryDict, at: At) -> Posted:
    return Posted(data.get(f"{at.name}-{at.key}", ""), whole_number(data.get(f"version-{at.key}", ""), -1))


def save_cell(
    request: HttpRequest,
    grid: Grid[P, C],
    place: P,
    save: Callable[[C], Any],
    tell: Callable[[C, Any], Told],
) -> HttpResponse:
    """One figure. 200 with what moved, 422 with why not, 409 with somebody else's; never the cell itself.

    `tell` makes the answer of the change and what `save` gave. Without htmx, as `save_cells`.
    """
    at = grid.at(place)
    posted = _posted(request.POST, at)
    change: C | None = None
    try:
        change = grid.read(place, posted)
        assert change is not None
        saved = save(change)
    except Closed as closed:
        text = _("{reason} Last siden på nytt for å se tallene.").format(reason=closed)
        return _refused(request, grid, place, posted, text, 409)
    except (ValueError, Refused) as reason:
        return _refused(request, grid, place, posted, str(reason), 422)
    except StaleObject as stale:
        assert change is not None
        now = stale.figures[0][1] if isinstance(stale, StaleFigures) else stale.obj
        if not wants_part(request):
            return _conflict_page(request, grid, {place: posted}, [(change, now)])
        return _somebody_else(request, grid, change, posted, grid.standing(now))
    if not wants_part(request):
        messages.success(request, grid.done)
        return see_other(grid.back_url())
    told = tell(change, saved)
    response = _answer(request, grid, at, told.now.text, told.now, around=told.around)
    if told.event:
        response.headers["HX-Trigger"] = told.event
    return response


def _refused(
    request: HttpRequest, grid: Grid[P, C], place: P, posted: Posted, text: str, status: int
) -> HttpResponse:
    """Only the message moves. Without htmx the whole page comes back with what was typed."""
    if not wants_part(request):
        return grid.whole({place: posted.error(text)}, status)
    now = Standing("", max(posted.version, 0))
    return _answer(request, grid, grid.at(place), posted.typed, now, error=text, status=status)


def _somebody_else(
    request: HttpRequest, grid: Grid[P, C], change: C, posted: Posted, now: Standing
) -> HttpResponse:
    if now.text:
        text = _("Noen andre har lagret {theirs} her. Ditt tall er ikke lagret.").format(theirs=now.text)
    else:
        text = _("Noen andre har tømt cellen. Ditt tall er ikke lagret.")
    at, around = grid.at(grid.place(change)), {"conflict": True, **grid.beside(change)}
    return _answer(request, grid, at, posted.typed, now, error=text, around=around, status=409)


def _answer(
    request: HttpRequest,
    grid: Grid[P, C],
    at: At,
    value: str,
    now: Standing,
    *,
    error: str = "",
    around: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The message of the cell and what moves with it. The answer has no use for a label."""
    cell = GridCell(
        key=at.key,
        form_id=grid.form_id,
        value=value,
        version=str(now.version),
        label="",
        error=error,
        saved=now.text if error else "",
        note=now.note,
        name=at.name,
    )
    return render_page(request, grid.template, {"cell": cell, "sums": "", **(around or {})}, status=status)


def save_cells(
    request: HttpRequest,
    grid: Grid[P, C],
    posted: Mapping[P, Posted],
    save: Callable[[Sequence[C]], object],
) -> HttpResponse:
    """Every cell of a form, all or none, for those without JavaScript: 422 with the page as it was typed, 409
    with yours beside theirs or where nothing can be changed any more, 303 when they are saved.
    """
    changes: dict[P, C] = {}
    errors: dict[P, CellError] = {}
    for place, cell in posted.items():
        try:
            change = grid.read(place, cell)
        except ValueError as reason:
            errors[place] = cell.error(str(reason))
            continue
        if change is not None:
            changes[place] = change
    if errors:
        return grid.whole({place: posted[place].error("") for place in changes} | errors, 422)
    try:
        save(list(changes.values()))
    except StaleFigures as stale:
        return _conflict_page(request, grid, posted, stale.figures)
    except (ValueError, Refused) as refused:
        # All the changed cells wait for the same answer.
        errors = {place: posted[place].error(str(refused)) for place in changes}
        return grid.whole(errors, 409 if isinstance(refused, Closed) else 422)
    messages.success(request, grid.done)
    return see_other(grid.back_url())


def _conflict_page(
    request: HttpRequest, grid: Grid[P, C], posted: Mapping[P, Posted], stale: Sequence[tuple[C, Any]]
) -> HttpResponse:
    """Yours and theirs side by side; sending yours again takes the rest of the form with it."""
    yours, theirs = [], []
    fresh: dict[P, Standing] = {}
    for change, current in stale:
        place = grid.place(change)
        at, now = grid.at(place), grid.standing(current)
        fresh[place] = now
        yours.append(ConflictField(f"{at.name}-{at.key}", grid.label(change), posted[place].typed))
        theirs.append(ConflictField(f"{at.name}-{at.key}", grid.label(change), now.text))
    hidden = {}
    for place, cell in posted.items():
        at = grid.at(place)
        hidden[f"version-{at.key}"] = str(fresh[place].version if place in fresh else max(cell.version, 0))
        if place not in fresh:
            hidden[f"{at.name}-{at.key}"] = cell.typed
    return conflict(
        request,
        title=grid.title(),
        yours=yours,
        theirs=theirs,
        action_url=request.get_full_path(),
        hidden=hidden,
        back_url=grid.back_url(),
    )
