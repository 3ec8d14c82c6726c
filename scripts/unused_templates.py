"""Fails on a template nobody names: dead pages stay out of the tree.

A template counts as used when its name stands in Python code or another template, when Django looks for
it by name itself (error pages), or when it takes the place of one Django or allauth ships.
"""

import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
TEMPLATES = PROJECT / "templates"
NAMED_BY_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
SKIPPED = {".venv", ".local", ".git", "tests", "node_modules", "static"}


def main() -> int:
    names = {path.relative_to(TEMPLATES).as_posix(): path for path in TEMPLATES.rglob("*.html")}
    sources = {path: path.read_text() for path in [*python_files(), *names.values()]}
    unused = [
        name
        for name, own in sorted(names.items())
        if name not in NAMED_BY_DJANGO
        and not replaces_a_shipped_one(name)
        and not any(name in text for path, text in sources.items() if path != own)
    ]
    for name in unused:
        sys.stderr.write(f"templates/{name}: ingen bruker denne malen.\n")
    return 1 if unused else 0


def python_files() -> list[Path]:
    return [path for path in PROJECT.rglob("*.py") if not SKIPPED & set(path.relative_to(PROJECT).parts)]


def replaces_a_shipped_one(name: str) -> bool:
    packages = [Path(folder) for folder in sys.path if folder.endswith("site-packages")]
    shipped = ("django/forms/templates", "django/forms/jinja2", "allauth/templates")
    return any((package / place / name).exists() for package in packages for place in shipped)


if __name__ == "__main__":
    sys.exit(main())
