"""The form of a report as a browser without JavaScript posts it, and as htmx does."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from reporting.models import MeasureStatus
from tests.html_rules import Node, parse
from tests.reporting_world import World

HTMX = {"HX-Request": "true"}


def main_of(response: Any) -> Node:
    return next(node for node in parse(response.content.decode()).walk() if node.tag == "main")


def text_of(response: Any) -> str:
    """What the page says, its frame left out."""
    return re.sub(r"\s+", " ", main_of(response).all_text())


def fields(row: MeasureStatus, **given: str) -> dict[str, str]:
    """What the form posts for one measure; the version is the one stored unless given."""
    version = given.pop("version", str(row.version))
    posted = {f"s-{row.pk}-{name}": value for name, value in given.items()}
    return {f"s-{row.pk}-version": version, **posted}


def posted_by(response: Any) -> dict[str, str]:
    """Every field of the page's forms, as a browser would post them unchanged."""
    posted: dict[str, str] = {}
    for node in parse(response.content.decode()).walk():
        name = node.attributes.get("name", "")
        if node.tag == "textarea" and name:
            # As browsers do: line breaks become CR LF.
            posted[name] = re.sub(r"\r?\n", "\r\n", node.text.strip())
        if node.tag == "input" and name and not name.startswith("csrf"):
            kind = node.attributes.get("type")
            if kind in {"radio", "checkbox"} and "checked" not in node.attributes:
                continue
            posted[name] = node.attributes.get("value", "")
        if node.tag == "option" and "selected" in node.attributes and node.parent:
            posted[node.parent.attributes["name"]] = node.attributes["value"]
    return posted


def form_of(client: Client, world: World) -> dict[str, str]:
    """Every field the form page of the report has."""
    return posted_by(client.get(world.path()))


def save(client: Client, world: World, target: str, **given: str) -> Any:
    """One measure saved by htmx, T2 unless another code is given."""
    status = world.status(given.pop("code", "T2"))
    return client.post(
        world.path("lagre", status.pk),
        fields(status, **given),
        headers=HTMX | {"HX-Target": f"{target}-{status.pk}"},
    )
