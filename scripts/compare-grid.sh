#!/usr/bin/env bash
# Trains a sample of the desk profile of configs/mnist-shakeout.json with regbench and with an
# equivalent PyTorch script, in turns, and prints the runs per hour of both.
#
#   scripts/compare-grid.sh --data FOLDER [--write results/benchmarks/grid.md]
#
# MNIST's four files lie in FOLDER/mnist (or FOLDER). --help lists the options. PyTorch comes from
# PYTHON or a throw-away environment, as in compare-pytorch.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/benchmarks/environment.sh
make build >&2
"$PYTHON" -B scripts/benchmarks/compare_grid.py "$@"
