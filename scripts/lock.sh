#!/usr/bin/env bash
# make lock: requirements*.txt from pyproject.toml, every file of every package by hash, for Python 3.11 and newer.
set -euo pipefail
cd "$(dirname "$0")/.."

tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
.venv/bin/python -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check 'uv>=0.9'
compile() {
    "$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --no-emit-index-url --no-emit-find-links "$@" pyproject.toml
}
compile "$@" --output-file requirements.txt
compile "$@" --extra dev --output-file requirements-dev.txt
