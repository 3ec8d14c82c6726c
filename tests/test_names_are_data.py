"""No name of the demo's municipality, its bodies or its units stands in code or templates: names are data.

Klimalaget and Klimaledelse stay: addresses, identifiers and default titles.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from climate_portal.demo_data.organisation import AREAS, BODIES, KLIMA, UNITS

ROOT = Path(__file__).resolve().parent.parent
ROOMS = (
    *("climate_portal", "web", "organisation", "emissions", "strategy", "budget"),
    *("reporting", "publishing", "klimalaget", "leadership"),
)
NAMES = {"Drammen", "Virksomhet Klima", *(name for _body, *forms in BODIES for name in forms)}
# «Klima» is also the subject of a document, and what comments call those who lead the work.
UNIT_NAMES = {*AREAS, *(name for name, _kind, _parent in UNITS)} - {KLIMA}
# «Klima, 2. tertial 2026» is the title of the chapter: its subject, not a unit.
SUBJECT = {"Klima, {period}"}


def sources() -> list[Path]:
    found = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    found += [*(ROOT / "templates").rglob("*"), ROOT / "static" / "portal.js"]
    return sorted(
        path for path in found if path.is_file() and not {"demo_data", "migrations"} & set(path.parts)
    )


def named_in(text: str, names: set[str]) -> Iterator[str]:
    """Every line with one of the names in it, as a word or the beginning of one."""
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(names - {KLIMA}))) + ")")
    for number, line in enumerate(text.splitlines(), start=1):
        if pattern.search(line):
            yield f"{number}: {line.strip()}"


def spoken(path: Path, text: str) -> Iterator[str]:
    """What people read of a file: strings that are no docstrings, and a template without its comments."""
    if path.suffix == ".py":
        tree = ast.parse(text)
        documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        silent = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
                yield node.value
    elif path.suffix == ".html":
        yield re.sub(r"{% comment %}.*?{% endcomment %}", "", text, flags=re.DOTALL)


def said_of_klima(path: Path, text: str) -> list[str]:
    """Sentences with the unit's own name in them."""
    return [
        one
        for one in spoken(path, text)
        if one not in SUBJECT and re.search(rf"\b{KLIMA}s?\b(?!-)", re.sub(r"--[^\n]*", "", one))
    ]


def test_no_name_stands_in_code_or_templates() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := list(named_in(path.read_text(), NAMES | UNIT_NAMES)))
    }
    assert found == {}


def test_no_sentence_says_klima_by_name() -> None:
    found = {
        str(path.relative_to(ROOT)): lines
        for path in sources()
        if (lines := said_of_klima(path, path.read_text()))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        'DEFAULT = "Drammen"',
        "# Drammens tall",
        '{% translate "Be Virksomhet Klima om tilgang." %}',
        'naming(_("Til Klimautvalget"))',
        '_("Regnskapstall fra Oppfølging og analyse")',
        'unit = "Drammen Eiendom KF"',
        '"Samferdsel, vei- og parkforvaltning"',
    ],
)
def test_a_name_is_seen(line: str) -> None:
    assert list(named_in(f"x = 1\n{line}\n", NAMES | UNIT_NAMES)) == [f"2: {line}"]


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        ("x.py", '"""Klima assures."""\nx = _("Kvalitetssikret av Klima")', True),
        ("x.py", 'x = _("Klimas pult")', True),
        ("x.html", '<h2>{% translate "For Klima" %}</h2>', True),
        ("x.py", '"""Klima assures."""\n# Klima\nx = _("Klimaregnskap, {climate_name}")', False),
        ("x.html", '{% comment %}For Klima{% endcomment %}<h2>{% translate "Klimastatus" %}</h2>', False),
    ],
)
def test_klima_is_seen_in_what_is_said(name: str, text: str, seen: bool) -> None:
    assert bool(said_of_klima(Path(name), text)) is seen


def test_all_that_people_read_is_looked_at() -> None:
    paths = {str(path.relative_to(ROOT)) for path in sources()}
    assert {"templates/403.html", "reporting/words/messages.py", "web/names.py"} <= paths
    assert len(paths) > 700
