"""Fails on lines in templates/ that are too long to read. A Django tag cannot be broken: one alone may be."""

import re
import sys
from pathlib import Path

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
LONGEST = 140
TAG_ALONE = re.compile(r"\s*(?:{%(?:(?!%}).)*%}|{{(?:(?!}}).)*}})")


def main() -> int:
    found = 0
    for path in sorted(TEMPLATES.rglob("*.*")):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if len(line) > LONGEST and not TAG_ALONE.fullmatch(line):
                found += 1
                name = path.relative_to(TEMPLATES.parent)
                sys.stderr.write(f"{name}:{number}: linjen er lengre enn {LONGEST} tegn.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
