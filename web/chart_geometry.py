"""The arithmetic of a chart: ticks, scales, text widths, and labels that never overlap. Pixels as floats."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
Values: TypeAlias = Mapping[int, float]

# Advance widths of Inter SemiBold in em, rounded up; the server has no font metrics of its own.
_EM_WIDTHS = (
    ("iljI'|", 0.3),
    (" .,:;!·\u00a0\u2009", 0.33),
    ("ftr()-–", 0.5),
    ("₂", 0.46),
    ("mwMWæÆ", 0.95),
    ("ABCDEFGHKLNOPQRSTUVXYZØÅ", 0.76),
)
_EM_WIDTH = {sign: width for signs, width in _EM_WIDTHS for sign in signs}
_OTHER_EM_WIDTH = 0.65


@dataclass(frozen=True)
class Axis:
    """Years to x and values to y, both linear, inside the rectangle left–right, top–bottom."""

    left: float
    right: float
    top: float
    bottom: float
    first_year: int
    last_year: int
    low: float
    high: float

    def x(self, year: float) -> float:
        if self.first_year == self.last_year:
            return (self.left + self.right) / 2
        share = (year - self.first_year) / (self.last_year - self.first_year)
        return self.left + share * (self.right - self.left)

    def y(self, value: float) -> float:
        if self.low == self.high:
            return self.bottom
        return self.bottom - (value - self.low) / (self.high - self.low) * (self.bottom - self.top)

    def point(self, year: float, value: float) -> Point:
        return self.x(year), self.y(value)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values from `low` to `high` with zero among them: steps of 1, 2, 2.5 or 5 times a power of ten.

    `low` must be at most 0 and `high` at least 0; at most about `most` steps. Without extent zero alone.
    """
    if high <= low:
        return [0.0]
    rough = (high - low) / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def year_ticks(years: Iterable[int], axis: Axis, gap: float) -> list[int]:
    """Of the wanted years, most important first, those that stand at least `gap` pixels apart."""
    chosen: list[int] = []
    for year in years:
        inside = axis.first_year <= year <= axis.last_year
        if inside and all(abs(axis.x(year) - axis.x(other)) >= gap for other in chosen):
            chosen.append(year)
    return sorted(chosen)


def text_width(text: str, size: float) -> float:
    """About how wide the text is in Inter, never much too narrow."""
    return size * sum(_EM_WIDTH.get(sign, _OTHER_EM_WIDTH) for sign in text)


def wrap_text(text: str, size: float, width: float) -> list[str]:
    """The text in lines at most `width` wide; a single word longer than that keeps a line to itself."""
    lines: list[str] = []
    # Only at ordinary spaces: a no-break space holds «1 200» together.
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def spread(boxes: Sequence[tuple[float, float]], top: float, bottom: float) -> list[float]:
    """Centres of stacked boxes, moved as little as possible until none overlaps another.

    Each box is (wanted centre, height). Boxes that meet become one group placed at the mean of what they
    wanted; groups stay within top–bottom. If the boxes are higher than the room they start at the top.
    """
    order = sorted(range(len(boxes)), key=lambda index: boxes[index][0])
    groups: list[tuple[float, list[int]]] = []
    for index in order:
        group = [index]
        start = _group_start(group, boxes, top, bottom)
        while groups and groups[-1][0] + _height(groups[-1][1], boxes) > start:
            group = groups.pop()[1] + group
            start = _group_start(group, boxes, top, bottom)
        groups.append((start, group))
    centres = [0.0] * len(boxes)
    for start, group in groups:
        for index in group:
            centres[index] = start + boxes[index][1] / 2
            start += boxes[index][1]
    return centres


def _height(group: Sequence[int], boxes: Sequence[tuple[float, float]]) -> float:
    return sum(boxes[index][1] for index in group)


def _group_start(
    group: Sequence[int], boxes: Sequence[tuple[float, float]], top: float, bottom: float
) -> float:
    offset, wanted = 0.0, 0.0
    for index in group:
        centre, height = boxes[index]
        wanted += centre - height / 2 - offset
        offset += height
    return max(top, min(wanted / len(group), bottom - offset))


def consecutive_runs(values: Values) -> list[list[int]]:
    """The years that have a value, split wherever a year is missing: a gap is a gap, not a line."""
    runs: list[list[int]] = []
    for year in sorted(values):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return runs


def areas_between(upper: Values, lower: Values) -> Iterator[tuple[bool, list[Point]]]:
    """Closed outlines, as (year, value), of what lies between two curves in years both have.

    The flag says whether `upper` really lies above; where the curves cross the outline is cut in two.
    """
    both = {year: upper[year] - lower[year] for year in upper.keys() & lower.keys()}
    for run in consecutive_runs(both):
        stretch: list[tuple[float, float, float]] = []
        for year, following in pairwise(run):
            stretch.append((year, upper[year], lower[year]))
            if both[year] * both[following] < 0:
                share = both[year] / (both[year] - both[following])
                crossing = upper[year] + share * (upper[following] - upper[year])
                stretch.append((year + share, crossing, crossing))
                yield _outline(stretch)
                stretch = [stretch[-1]]
        stretch.append((run[-1], upper[run[-1]], lower[run[-1]]))
        if len(stretch) > 1 and any(high != low for _year, high, low in stretch):
            yield _outline(stretch)


def _outline(stretch: Sequence[tuple[float, float, float]]) -> tuple[bool, list[Point]]:
    there = [(year, high) for year, high, _low in stretch]
    back = [(year, low) for year, _high, low in reversed(stretch)]
    return sum(high - low for _year, high, low in stretch) > 0, there + back


def vertical_extent(segments: Iterable[tuple[Point, Point]], left: float, right: float) -> Point | None:
    """Smallest and largest y the segments (each drawn left to right) reach between two x; None if none."""
    seen: list[float] = []
    for (x1, y1), (x2, y2) in segments:
        if x2 < left or x1 > right:
            continue
        for x in (max(x1, left), min(x2, right)):
            seen.append(y1 if x1 == x2 else y1 + (x - x1) / (x2 - x1) * (y2 - y1))
    return (min(seen), max(seen)) if seen else None
