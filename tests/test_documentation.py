"""The glossary has every word that is stored, and the documents lead to files that exist."""

import inspect
import re
from collections.abc import Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from climate_portal.demo import LOGINS
from climate_portal.demo_data.organisation import CAST

ROOT = Path(settings.BASE_DIR)
ROOMS = ("organisation", "emissions", "strategy", "budget", "reporting", "publishing", "klimalaget")
# Never stored: reasons the arithmetic gives, each with a sentence of its own.
NOT_STORED = {"BudgetProblemCode"}
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def words(room: str) -> Iterator[str]:
    """Names of the room's models, and every code of its enums."""
    for model in apps.get_app_config(room).get_models():
        if not hasattr(model, "pgh_tracked_model"):  # events of history
            yield model.__name__
    for name, found in vars(import_module(f"{room}.enums")).items():
        if inspect.isclass(found) and issubclass(found, StrEnum) and name not in {"StrEnum", *NOT_STORED}:
            yield from found


@pytest.mark.parametrize("room", ROOMS)
def test_the_glossary_has_every_model_and_code(room: str) -> None:
    glossary = (ROOT / "docs" / "ordliste.md").read_text()
    assert [word for word in words(room) if f"`{word}`" not in glossary] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\[[^\]]*\]\(([^)#]+)[^)]*\)", path.read_text())
    assert [link for link in links if "://" not in link and not (path.parent / link).exists()] == []


def test_every_decision_stands_in_the_list_with_its_date() -> None:
    """One line for each page, in the order of the numbers; one without a page is named above the list."""
    folder = ROOT / "docs" / "adr"
    text = (folder / "README.md").read_text()
    listed = re.findall(r"^\| \[(\d{4})\]\((\1-[a-z0-9-]+\.md)\) \| 20\d\d-\d\d-\d\d \| \S.* \|$", text, re.M)
    assert [name for _number, name in listed] == sorted(path.name for path in folder.glob("[0-9]*.md"))
    unused = {
        number
        for first, last in re.findall(r"\b(\d{4})–(\d{4})\b", text)
        for number in range(int(first), int(last) + 1)
    }
    given = {int(number) for number, _name in listed}
    assert sorted(given | unused) == list(range(1, max(given) + 1))
    assert not given & unused


def test_the_readme_lists_the_logins_the_demo_prints() -> None:
    listed = re.findall(r"^\| `([a-z.]+)@drammen\.example` \|", (ROOT / "README.md").read_text(), re.M)
    assert listed == [login for login, _role in LOGINS]
    assert {login for login, *_rest in CAST} | {"vara"} == set(listed)
