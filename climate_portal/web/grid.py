"""A figure that is edited where it stands: what ds/grid_cell.html needs to know of one cell."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GridCell:
    """One editable figure of a line and a year.

    `key`, `version` and the figures are text already: a grid has thousands of cells, and a template
    would otherwise localise every number on its way out («2 027»).
    """

    key: str
    url: str
    form_id: str
    value: str
    version: str
    label: str
    error: str = ""
    saved: str = ""
    disabled: bool = False


def grid_cell(
    line_id: int,
    year: int,
    *,
    url: str,
    form_id: str,
    value: str,
    version: int,
    label: str,
    error: str = "",
    saved: str = "",
    disabled: bool = False,
) -> GridCell:
    """A cell from its numbers. `saved` is the figure Esc brings back when `value` was refused."""
    return GridCell(
        key=f"{line_id}-{year}",
        url=url,
        form_id=form_id,
        value=value,
        version=str(version),
        label=label,
        error=error,
        saved=saved,
        disabled=disabled,
    )


def field_names(line_id: int, year: int) -> tuple[str, str]:
    """The names a cell posts its figure and its version under."""
    return f"effect-{line_id}-{year}", f"version-{line_id}-{year}"
