#!/usr/bin/env bash
# make install: system libraries and .venv/ from the hash-locked requirements. Does nothing when all is there.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

python=$(find_python)
if [ -z "$python" ]; then
    echo "Klimaportalen trenger Python 3.11 eller nyere (python3)." >&2
    exit 2
fi

missing=()
"$python" -c 'import venv, ensurepip' 2>/dev/null || missing+=("$(basename "$python")-venv")
has_library libpango-1.0.so.0 || missing+=(libpango-1.0-0)
has_library libpangoft2-1.0.so.0 || missing+=(libpangoft2-1.0-0)
has_library libharfbuzz-subset.so.0 || missing+=(libharfbuzz-subset0)
command -v fc-list >/dev/null || missing+=(fontconfig)
if [ "${#missing[@]}" -gt 0 ]; then
    install_packages "${missing[@]}"
fi

stamp=.venv/installed.sha256
wanted=$(sha256sum requirements-dev.txt)
if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi
echo "Installerer Python-pakkene i .venv/ (en gang) …"
# A moved or half-made environment is made again: its python or pip does not run.
.venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt
echo "$wanted" >"$stamp"
