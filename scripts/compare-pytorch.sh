#!/bin/bash
# Times regbench against PyTorch on the same cores, in turns, and prints both with their ratio.
#
#   scripts/compare-pytorch.sh [NETWORK…]      default: lenet mlp
#
# PyTorch is installed into a throw-away environment (about 1 GB below $TMPDIR, removed at the end)
# unless PYTHON names an interpreter that has it. ROUNDS (3), BATCH (64) and THREADS (2) can be set.
set -euo pipefail
cd "$(dirname "$0")/.."

networks=("$@")
[ "${#networks[@]}" -gt 0 ] || networks=(lenet mlp)
rounds=${ROUNDS:-3} batch=${BATCH:-64} threads=${THREADS:-2}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if [ -z "${PYTHON:-}" ]; then
  echo "installing PyTorch into $work" >&2
  python3 -m venv "$work/environment"
  PYTHON=$work/environment/bin/python
  "$PYTHON" -m pip install --quiet torch==2.13.0+cpu numpy
fi
make build >&2

for round in $(seq "$rounds"); do
  for network in "${networks[@]}"; do
    echo "round $round of $rounds: $network" >&2
    .build/release/regbench bench "$network" --threads "$threads" --batch "$batch" --json \
      >"$work/regbench-$network-$round.json"
    "$PYTHON" scripts/benchmarks/pytorch_training.py "$network" --threads "$threads" \
      --batch "$batch" >"$work/pytorch-$network-$round.json"
  done
done

"$PYTHON" scripts/benchmarks/side_by_side.py "$work" "$rounds" "${networks[@]}"
