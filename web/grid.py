"""A figure that is edited where it stands: what ds/grid_cell.html needs to know of one cell."""

import re
from html import escape as escape_all
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from web.forms import ErrorLink

# What the name of a cell's input begins with; those of other figures than effects have another.
EFFECT, OTHER = "effect", "figure"
_SPECIAL = re.compile("[&<>\"']").search

# Which form a cell belongs to goes along with its figure, so that the answer need not look it up.
FORM_PARAMETER = "skjema"
# The lines its group shows go along too, so that the group's sum is that of the rows on the page, whatever
# they are grouped and filtered by.
LINES_PARAMETER = "linjer"
# And which block it was pasted with, if any: the cells of one are undone together.
BLOCK_PARAMETER = "blokk"


def grid_attributes(post_url: str) -> SafeString:
    """The attributes of a table with cells in it: they post below `post_url`, and their answers replace the
    message under the figure. The requests of one cell queue, also while those of others are on their way.
    The sentences are for when a block has been pasted.
    """
    return SafeString(
        f'data-kp-grid data-kp-post="{escape_all(post_url)}"'
        f' data-kp-pasted="{escape_all(_("{saved} tall lagret."))}"'
        f' data-kp-refused="{escape_all(_("{saved} tall lagret, {refused} må rettes."))}"'
        f' data-kp-cut="{escape_all(_("{cut} tall fikk ikke plass i tabellen."))}"'
        ' hx-target="find .kp-cellerr" hx-swap="outerHTML"'
        ' hx-sync="closest td:queue last"'
    )


def escape(text: str) -> str:
    """`html.escape`, without its five passes over the text where there is nothing to escape."""
    return escape_all(text) if _SPECIAL(text) else text


class GridCell(NamedTuple):
    """One editable figure of a line and a year.

    `key`, `version` and the figures are text already: a template would otherwise localise every number on
    its way out («2 027»). A tuple, because a grid has thousands and they cost a third of a dataclass.
    """

    key: str
    form_id: str
    value: str
    version: str
    label: str
    error: str = ""
    saved: str = ""
    note: str = ""
    disabled: bool = False
    name: str = EFFECT


def grid_cell(
    line_id: int,
    year: int,
    *,
    form_id: str,
    value: str,
    version: int,
    label: str,
    error: str = "",
    saved: str = "",
    note: str = "",
    disabled: bool = False,
    figure: str = "",
) -> GridCell:
    """A cell from its numbers. `saved` is the figure Esc brings back when `value` was refused; `note` is
    a remark on a figure that is saved all the same. `figure` is the address word of another figure than the
    effect.
    """
    return GridCell(
        key=cell_key(line_id, year, figure),
        form_id=form_id,
        value=value,
        version=str(version),
        label=label,
        error=error,
        saved=saved,
        note=note,
        disabled=disabled,
        name=OTHER if figure else EFFECT,
    )


def cell_key(line_id: int, year: int, figure: str = "") -> str:
    return f"{line_id}-{year}-{figure}" if figure else f"{line_id}-{year}"


def cell_error_link(key: str, label: str, message: str) -> ErrorLink:
    """A line of the error summary that leads to the cell."""
    return ErrorLink(f"{label}: {message}", f"#c-{key}")


def cell_html(cell: GridCell) -> SafeString:
    """The cell as markup, every text in it escaped; see templates/ds/grid_cell.html for the attributes."""
    off = " disabled" if cell.disabled else ""
    refused = f' aria-invalid="true" data-kp-saved="{escape(cell.saved)}"' if cell.error else ""
    return SafeString(
        safe_cell(
            *map(escape, (cell.key, cell.form_id, cell.value, cell.version, cell.label)),
            more=f"{refused}{off}",
            hidden=off,
            message=message_html(cell),
            name=cell.name,
        )
    )


def safe_cell(
    key: str,
    form: str,
    value: str,
    version: str | int,
    label: str,
    *,
    more: str = "",
    hidden: str = "",
    message: str = "",
    name: str = EFFECT,
) -> str:
    """The cell of texts that hold no sign to escape, as numbers do, or have been escaped.

    One string instead of a template: a budget of 300 lines over eight years has 2,400 of these, and the
    template engine takes many times as long. What all cells share stands on their table (`grid_attributes`).
    """
    return (
        f'<input class="kp-cell" name="{name}-{key}" id="c-{key}" form="{form}" value="{value}"'
        f' aria-label="{label}" aria-describedby="m-{key}"{more}>'
        f'<input type="hidden" id="v-{key}" name="version-{key}" form="{form}" value="{version}"{hidden}>'
        f'<span class="kp-cellerr" id="m-{key}">{message}</span>'
    )


def message_html(cell: GridCell) -> SafeString:
    """What stands under the figure: why it was refused, or a remark in quieter type."""
    if cell.error or not cell.note:
        return SafeString(escape(cell.error))
    return note_html(cell.note)


def note_html(note: str) -> SafeString:
    """A remark on a figure that is saved all the same."""
    return SafeString(f'<span class="kp-meta">{escape(note)}</span>')


def field_names(line_id: int, year: int, figure: str = "") -> tuple[str, str]:
    """The names a cell posts its figure and its version under."""
    key = cell_key(line_id, year, figure)
    return f"{OTHER if figure else EFFECT}-{key}", f"version-{key}"
