"""Shows that a change of templates or modules changes no page, or what it changes.

    .venv/bin/python scripts/page_texts.py store /tmp/before
    .venv/bin/python scripts/page_texts.py store /tmp/after
    .venv/bin/python scripts/page_texts.py compare /tmp/before /tmp/after

`store` opens every page of tests/every_page.py in Chromium (tests/page_texts.py); the folder must be new.
`compare` prints the difference and exits with 1 when there is one.
"""

import argparse
import difflib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("store").add_argument("folder", type=Path)
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    asked = parser.parse_args()
    return store(asked.folder) if asked.command == "store" else compare(asked.before, asked.after)


def store(folder: Path) -> int:
    folder.mkdir(parents=True)
    tests = [sys.executable, "-m", "pytest", "tests/page_texts.py"]
    return subprocess.run(tests, cwd=ROOT, env=os.environ | {"PAGE_TEXTS": str(folder.resolve())}).returncode


def compare(before: Path, after: Path) -> int:
    names = sorted({path.relative_to(folder) for folder in (before, after) for path in folder.rglob("*.txt")})
    if not names:
        sys.exit("There is nothing to compare.")
    differing = 0
    for name in names:
        was, now = (
            path.read_text(encoding="utf-8").splitlines() if path.exists() else []
            for path in (before / name, after / name)
        )
        if was != now:
            differing += 1
            lines = difflib.unified_diff(was, now, str(before / name), str(after / name), lineterm="")
            sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.write(f"{differing} of {len(names)} pages differ.\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
