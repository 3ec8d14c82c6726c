"""What a chart template draws: shapes whose coordinates are finished text, so no locale can touch them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypeAlias

from django.utils.safestring import SafeString

from web.chart_geometry import Point

Anchor: TypeAlias = Literal["start", "middle", "end"]
Marker: TypeAlias = Literal["circle", "square", "triangle", "diamond", "wedge"]

WHITE = "#ffffff"
# Sized so that every shape looks as heavy as a circle of radius 1.
_CORNERS = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "triangle": ((0, -1.25), (1.15, 0.85), (-1.15, 0.85)),
    "diamond": ((0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)),
    "wedge": ((0, 1.25), (1.15, -0.85), (-1.15, -0.85)),
}


@dataclass(frozen=True)
class Shape:
    """One SVG element: `kind` is its name, `attributes` its presentation attributes, `text` its content."""

    kind: str
    attributes: tuple[tuple[str, str], ...]
    text: str = ""

    @property
    def markup(self) -> str:
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes)
        return f"<{self.kind}{attributes}>{escape(self.text)}</{self.kind}>"


@dataclass
class Drawing:
    """Shapes in the order they are painted, on a ground `width` × `height` pixels."""

    width: int
    height: int = 0
    shapes: list[Shape] = field(default_factory=list)

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width} {self.height}"

    @property
    def markup(self) -> SafeString:
        """The shapes as SVG elements, every text escaped. The template engine takes ten times as long."""
        return SafeString("\n  ".join(shape.markup for shape in self.shapes))

    def rect(self, x: float, y: float, width: float, height: float, fill: str, opacity: str = "") -> None:
        self._add("rect", x=x, y=y, width=width, height=height, fill=fill, fill_opacity=opacity)

    def line(self, start: Point, end: Point, stroke: str, width: float = 1, dash: str = "") -> None:
        (x1, y1), (x2, y2) = start, end
        self._add(
            "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, stroke_dasharray=dash
        )

    def polyline(self, points: Iterable[Point], stroke: str, width: float, dash: str = "") -> None:
        self._add(
            "polyline",
            points=_points(points),
            fill="none",
            stroke=stroke,
            stroke_width=width,
            stroke_dasharray=dash,
            stroke_linejoin="round",
        )

    def polygon(self, points: Iterable[Point], fill: str, opacity: str) -> None:
        self._add("polygon", points=_points(points), fill=fill, fill_opacity=opacity)

    def marker(self, at: Point, shape: Marker, size: float, colour: str, *, hollow: bool = False) -> None:
        """A mark of about the same weight whatever its shape; a hollow one is filled with white."""
        ink = (
            {"fill": WHITE, "stroke": colour, "stroke_width": 1.6}
            if hollow
            else {"fill": colour, "stroke": "none"}
        )
        if shape == "circle":
            self._add("circle", cx=at[0], cy=at[1], r=size - 0.4 if hollow else size, **ink)
        else:
            corners = [(at[0] + dx * size, at[1] + dy * size) for dx, dy in _CORNERS[shape]]
            self._add("polygon", points=_points(corners), **ink)

    def text(
        self, at: Point, text: str, size: int, fill: str, *, anchor: Anchor = "start", bold: bool = False
    ) -> None:
        self._add(
            "text",
            text,
            x=at[0],
            y=at[1],
            font_size=str(size),
            fill=fill,
            text_anchor="" if anchor == "start" else anchor,
            font_weight="600" if bold else "",
        )

    def _add(self, kind: str, text: str = "", /, **attributes: float | str) -> None:
        written = tuple(
            (name.replace("_", "-"), value if isinstance(value, str) else pixels(value))
            for name, value in attributes.items()
            if value != ""
        )
        self.shapes.append(Shape(kind, written, text))


def pixels(value: float) -> str:
    """A coordinate with one decimal, always with a point."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _points(points: Iterable[Point]) -> str:
    return " ".join(f"{pixels(x)},{pixels(y)}" for x, y in points)
