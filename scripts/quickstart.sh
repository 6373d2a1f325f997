#!/usr/bin/env bash
# Builds regbench and trains the small table of configs/quickstart.json; what is finished is printed,
# not trained again, unless FRESH=1.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-dependencies.sh
scripts/build.sh >&2
arguments=(run configs/quickstart.json --out runs/quickstart)
if [ "${FRESH:-}" = 1 ]; then arguments+=(--fresh); fi
exec .build/release/regbench "${arguments[@]}"
