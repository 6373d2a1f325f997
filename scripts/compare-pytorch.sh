#!/usr/bin/env bash
# Times regbench against PyTorch on the same cores, in turns, and prints both with their ratio.
#
#   scripts/compare-pytorch.sh [OPTION…] [NETWORK…]      default: all ten networks and five of them with
#                                                        a method, 3 rounds
#   scripts/compare-pytorch.sh --write results/benchmarks/cpu.md
#   scripts/compare-pytorch.sh --seconds 1 --variants 1 --minutes 25      shorter
#   scripts/compare-pytorch.sh --rounds 1 lenet mlp+shakeout
#   scripts/compare-pytorch.sh --busy 4 lenet            beside four processes that burn cycles
#
# --help lists the options. Everything takes at most 45 minutes on two cores that do nothing else.
# PyTorch is installed into a throw-away environment (about 1 GB below $TMPDIR, removed at the end)
# unless PYTHON names an interpreter that has it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/benchmarks/environment.sh
make build >&2
"$PYTHON" -B scripts/benchmarks/compare_networks.py "$@"
