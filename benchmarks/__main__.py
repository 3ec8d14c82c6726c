"""`make bench`: measures the portal against floors taken in the same run, and prints one table."""

from __future__ import annotations

import argparse
import sys

import django
from django.utils.module_loading import import_string

from benchmarks.ground import own_database
from benchmarks.processes import BenchmarkFailed
from benchmarks.table import as_json, as_text
from climate_portal.database_owner import DatabaseProblem
from climate_portal.demo import listen

PARTS = ("sider", "import", "pdf", "ledelse", "innsending", "landsfil")


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks", description="Måler portalen; se docs/ytelse.md.")
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)}; standard er alle")
    parser.add_argument("--json", action="store_true", help="skriv tabellen som JSON")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"ukjent del: {', '.join(sorted(unknown))}")
    listener = listen(0)
    try:
        with own_database(listener.getsockname()[1]):
            django.setup()
            # Not imported above: its models need the settings, and they the database made here.
            rows = list(import_string("benchmarks.suite.run")(listener, options.parts or PARTS))
    except (DatabaseProblem, BenchmarkFailed) as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        listener.close()
    print(as_json(rows) if options.json else as_text(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
