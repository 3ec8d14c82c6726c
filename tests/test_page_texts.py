"""Two stored folders of pages are compared line by line, and what only one of them has is told."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parent.parent / "scripts" / "page_texts.py"


def stored(folder: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


def compare(before: Path, after: Path) -> tuple[int, str]:
    done = subprocess.run([sys.executable, SCRIPT, "compare", before, after], capture_output=True, text=True)
    return done.returncode, done.stdout


def test_equal_folders_are_equal(tmp_path: Path) -> None:
    pages = {"klima/budget-index.txt": "Klimabudsjett\n", "anybody/404.txt": "Finnes ikke\n"}
    before, after = stored(tmp_path / "before", pages), stored(tmp_path / "after", pages)
    assert compare(before, after) == (0, "0 of 2 pages differ.\n")


def test_a_changed_line_and_a_missing_page_are_told(tmp_path: Path) -> None:
    before = stored(tmp_path / "before", {"klima/a.txt": "Frist .\n", "klima/b.txt": "Borte\n"})
    after = stored(tmp_path / "after", {"klima/a.txt": "Frist.\n"})
    code, told = compare(before, after)
    assert code == 1
    assert "-Frist .\n+Frist.\n" in told
    assert "-Borte\n" in told
    assert told.endswith("2 of 2 pages differ.\n")


def test_nothing_is_not_equal_to_nothing(tmp_path: Path) -> None:
    assert compare(tmp_path, tmp_path) == (1, "")
