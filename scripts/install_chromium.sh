#!/usr/bin/env bash
# make test: the browser tests drive the system's Chromium.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/packages.sh

command -v chromium >/dev/null || install_packages chromium
