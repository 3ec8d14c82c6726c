"""Rules every rendered page and partial keeps, as one checker: `broken_rules(html)` lists what breaks them.

Without JavaScript everything still works: what htmx gets is also a link, what it posts sits in a form, and
every form that posts carries the token Django asks for.
Nothing inline that the Content-Security-Policy would stop. Tables and drawings can be read aloud.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

# Elements without an end tag.
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input"}
    | {"link", "meta", "param", "source", "track", "wbr"}
)
URL_ATTRIBUTES = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post"})


@dataclass
class Node:
    tag: str
    attributes: dict[str, str]
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    text: str = ""

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator["Node"]:
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def all_text(self) -> str:
        return " ".join(node.text for node in self.walk()).strip()

    def __str__(self) -> str:
        shown = "".join(f' {name}="{value}"' for name, value in list(self.attributes.items())[:4])
        return f"<{self.tag}{shown}>"


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("#root", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID:
            self.here = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.here.children.append(Node(tag, {name: value or "" for name, value in attrs}, self.here))

    def handle_endtag(self, tag: str) -> None:
        for node in (self.here, *self.here.ancestors()):
            if node.tag == tag and node.parent is not None:
                self.here = node.parent
                return

    def handle_data(self, data: str) -> None:
        self.here.text += data


def parse(html: str) -> Node:
    """The page as a tree; forgiving, as a browser is."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.root


def one_line(html: str) -> str:
    """The markup without white space around tags: where a template breaks its lines is nobody's concern."""
    return re.sub(r" ?(<[^>]*>) ?", r"\1", re.sub(r"[ \t\r\n]+", " ", html))


def has(html: str, markup: str) -> bool:
    """Whether the page has this markup or text, however their lines are broken. Hard spaces count."""
    return one_line(markup) in one_line(html)


def broken_rules(html: str) -> list[str]:
    """What the page or partial breaks, one sentence each; empty when it keeps every rule."""
    root = parse(html)
    nodes = list(root.walk())
    checks = (
        _inline_code,
        _htmx_without_eval,
        _works_without_javascript,
        _posts_carry_a_token,
        _tables,
        _scrolling,
        _drawings,
        _ids,
    )
    return [problem for check in checks for problem in check(nodes)]


def _inline_code(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node.tag == "style" or (
            node.tag == "script" and ("src" not in node.attributes or node.text.strip())
        ):
            yield f"inline code: {node}"
        for name, value in node.attributes.items():
            if name == "style" or (name.startswith("on") and name != "on"):
                yield f"inline attribute {name}: {node}"
            if name in URL_ATTRIBUTES and re.match(r"\s*(javascript|vbscript|data):", value, re.IGNORECASE):
                yield f"code in an address: {node}"
            if name in URL_ATTRIBUTES and re.match(r"\s*(https?:)?//", value) and name in {"src"}:
                yield f"fetched from somebody else: {node}"


def _htmx_without_eval(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        for name, value in node.attributes.items():
            bare = name.removeprefix("data-")
            if bare.startswith("hx-on"):
                yield f"hx-on needs eval: {node}"
            if bare in {"hx-vals", "hx-headers", "hx-request"} and re.match(r"\s*(js|javascript):", value):
                yield f"{name} needs eval: {node}"
            if bare == "hx-trigger" and "[" in value:
                yield f"trigger filter needs eval: {node}"
            if bare == "hx-vars":
                yield f"hx-vars needs eval: {node}"


def _works_without_javascript(nodes: list[Node]) -> Iterator[str]:
    forms = {node.attributes["id"]: node for node in nodes if node.tag == "form" and "id" in node.attributes}
    for node in nodes:
        for verb in ("hx-put", "hx-patch", "hx-delete"):
            if verb in node.attributes:
                yield f"{verb} has no form to fall back on: {node}"
        if "hx-get" in node.attributes and node.attributes["hx-get"] not in _plain_addresses(node, forms):
            yield f"hx-get without the same href or form action: {node}"
        if "hx-post" in node.attributes:
            form = _form_of(node, forms)
            if (
                form is None
                or form.attributes.get("method", "").lower() != "post"
                or not form.attributes.get("action")
            ):
                yield f"hx-post outside form[method=post][action]: {node}"


def _posts_carry_a_token(nodes: list[Node]) -> Iterator[str]:
    """An include with `only` loses csrf_token, and the post is refused: the test client does not notice."""
    forms = {node.attributes["id"]: node for node in nodes if node.tag == "form" and "id" in node.attributes}
    carrying = [
        _form_of(node, forms)
        for node in nodes
        if node.attributes.get("name") == "csrfmiddlewaretoken" and node.attributes.get("value")
    ]
    for node in nodes:
        is_post = node.tag == "form" and node.attributes.get("method", "").lower() == "post"
        if is_post and not any(form is node for form in carrying):
            yield f"post without csrfmiddlewaretoken: {node}"


def _form_of(node: Node, forms: dict[str, Node]) -> Node | None:
    if "form" in node.attributes:
        # In a partial the form may stand on the page around it.
        return forms.get(node.attributes["form"])
    return next((near for near in (node, *node.ancestors()) if near.tag == "form"), None)


def _plain_addresses(node: Node, forms: dict[str, Node]) -> set[str]:
    """Where the same place is reached without JavaScript: itself, its form, or a link or form inside it."""
    form = _form_of(node, forms)
    near = [*node.walk(), *([form] if form else [])]
    return {
        one.attributes[name]
        for one in near
        for name in ("href", "action", "formaction")
        if name in one.attributes
    }


def _tables(nodes: list[Node]) -> Iterator[str]:
    for table in (node for node in nodes if node.tag == "table"):
        inside = [
            node
            for node in table.walk()
            if next((a for a in node.ancestors() if a.tag == "table"), None) is table
        ]
        captions = [node for node in inside if node.tag == "caption"]
        if not captions or not captions[0].all_text():
            yield f"table without caption: {table}"
        if any("hidden" in caption.attributes for caption in captions):
            yield f"caption hidden from everybody (use class ds-sr-only): {table}"
        for header in (node for node in inside if node.tag == "th"):
            if header.attributes.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"th without scope: {header} {header.all_text()}"
            elif not header.all_text() and not header.attributes.get("aria-label"):
                yield f"empty th (use td): {header}"


def _scrolling(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if "kp-scroll" not in node.attributes.get("class", "").split():
            continue
        named = node.attributes.get("aria-label") or node.attributes.get("aria-labelledby")
        if node.attributes.get("tabindex") != "0" or node.attributes.get("role") != "region" or not named:
            yield f"kp-scroll without role=region, tabindex=0 and a name: {node}"


def _drawings(nodes: list[Node]) -> Iterator[str]:
    for node in nodes:
        if node.tag == "img" and "alt" not in node.attributes:
            yield f"img without alt: {node}"
        if node.tag != "svg":
            continue
        if node.attributes.get("role") == "img":
            if not any(child.tag == "title" and child.all_text() for child in node.children):
                yield f"svg role=img without title: {node}"
        elif node.attributes.get("aria-hidden") != "true":
            yield f"svg neither named (role=img, title) nor hidden: {node}"


def _ids(nodes: list[Node]) -> Iterator[str]:
    seen: set[str] = set()
    for node in nodes:
        identity = node.attributes.get("id")
        if identity is None or "hx-swap-oob" in node.attributes:
            continue
        if not identity or re.search(r"\s", identity):
            yield f"id is empty or has a space: {node}"
        if identity in seen:
            yield f"id used twice: {node}"
        seen.add(identity)
