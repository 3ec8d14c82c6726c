"""What a browser with htmx makes of an answer: the page it had, with the answer swapped in.

`swapped(page, answer, target)` follows htmx: the main content replaces its target (outerHTML), elements
marked hx-swap-oob go to the element with their id, also from inside a <template>. `same(a, b)` compares
two pages as trees. Enough of htmx for the portal's own pages; not a browser.
"""

from __future__ import annotations

import re

from tests.html_rules import Node, parse

# New on every rendering, or notes for the script.
FLEETING = re.compile(r"data-kp-(cell|value|error|saved|fresh)|hx-swap-oob|hx-headers")
CLOCK = re.compile(r"kl\.\s\d\d\.\d\d")


def find(root: Node, identity: str) -> Node:
    found = [node for node in root.walk() if node.attributes.get("id") == identity]
    assert len(found) == 1, f"{len(found)} elements with id {identity}"
    return found[0]


def shown_with(page: str, key: str) -> dict[str, str]:
    """What portal.js says of the group a cell stands in: its form, and the lines it shows."""
    cell = find(parse(page), f"c-{key}")
    fields = {"skjema": cell.attributes["form"]}
    node = cell.parent
    while node is not None and node.tag != "tbody":
        node = node.parent
    if node is not None and (lines := node.attributes.get("data-kp-lines")):
        fields["linjer"] = lines
    return fields


def swapped(page: str | Node, answer: str, target: str) -> Node:
    """The page as a tree after htmx has swapped the answer to a request that aimed at `target`."""
    root = parse(page) if isinstance(page, str) else page
    content, aside = [], []
    for node in parse(answer).children:
        for part in node.children if node.tag == "template" else [node]:
            (aside if "hx-swap-oob" in part.attributes else content).append(part)
    for part in aside:
        place = find(root, part.attributes["id"])
        if part.attributes["hx-swap-oob"] == "innerHTML":
            place.children, place.text = part.children, part.text
            for child in part.children:
                child.parent = place
        else:
            _replace(place, [part])
    _replace(find(root, target), content)
    return root


def _replace(place: Node, parts: list[Node]) -> None:
    parent = place.parent
    assert parent is not None
    index = next(number for number, child in enumerate(parent.children) if child is place)
    parent.children[index : index + 1] = parts
    for part in parts:
        part.parent = parent


def same(ours: Node, theirs: Node, *, but_value_of: str = "") -> list[str]:
    """Where two pages differ; empty when they do not. The value of one input may be left out."""
    left, right = _flat(ours, but_value_of), _flat(theirs, but_value_of)
    differing = [f"{one}\n≠ {other}" for one, other in zip(left, right, strict=False) if one != other]
    return differing or ([] if len(left) == len(right) else [f"{len(left)} ≠ {len(right)} elements"])


def _flat(root: Node, but_value_of: str) -> list[str]:
    return [_shown(node, but_value_of) for node in root.walk()]


def _shown(node: Node, but_value_of: str) -> str:
    attributes = {
        name: value for name, value in sorted(node.attributes.items()) if not FLEETING.fullmatch(name)
    }
    is_token = attributes.get("name") in {"csrfmiddlewaretoken", "submission_token"}
    if is_token or attributes.get("id") == but_value_of:
        attributes.pop("value", None)
    text = CLOCK.sub("kl.", " ".join(node.text.split()))
    return f"<{node.tag} {attributes}> {text}"
