"""Every form people type text in asks before what they typed is lost."""

import re
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parent.parent / "templates"
FORM = re.compile(r"<form\b(?P<head>[^>]*)>(?P<body>.*?)</form>", re.DOTALL)
# What Django fills in with fields, or a field written out.
TYPED = re.compile(
    r"\{\{\s*\w*form\w*\s*\}\}|<textarea\b|<input[^>]*type=\"(?:text|search|email)\"", re.DOTALL
)

ALLOWED = {
    "account/login.html": "logging in",
    "emissions/import_reading.html": "choices about an uploaded file",
    "web/file_form.html": "an upload",
}


def unguarded(source: str) -> bool:
    return any(
        'method="post"' in form["head"]
        and TYPED.search(form["body"])
        and "data-kp-unsaved" not in form["head"]
        for form in FORM.finditer(source)
    )


def test_forms_guard_what_is_typed() -> None:
    found = {
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*.html")
        if unguarded(path.read_text(encoding="utf-8"))
    }
    assert found == set(ALLOWED)


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ('<form method="post">{{ form }}</form>', True),
        ('<form method="post"><textarea></textarea></form>', True),
        ('<form method="post" data-kp-unsaved>{{ form }}</form>', False),
        ('<form method="get">{{ form }}</form>', False),
        ('<form method="post"><button>Fjern</button></form>', False),
    ],
)
def test_the_reading_sees_it(source: str, wrong: bool) -> None:
    assert unguarded(source) is wrong
