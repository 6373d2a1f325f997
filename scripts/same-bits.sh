#!/usr/bin/env bash
# same-bits.sh [CPU…]: shows that the bits of a run do not depend on the processor. Measures the
# fingerprint of the arithmetic and trains one small run of every family of networks here, then makes
# both again on emulated processors (Debian's qemu-user; Haswell, Skylake-Server and EPYC unless others
# are named) and compares every bit. A program without other libraries (`make install`) is the fastest
# to emulate; REGBENCH names it, .build/release/regbench by default. Ends with 2 where bits differ.
set -euo pipefail
cd "$(dirname "$0")/.."
program="$(realpath "${REGBENCH:-.build/release/regbench}")"
processors=("$@")
[ ${#processors[@]} -gt 0 ] || processors=(Haswell Skylake-Server EPYC)

if ! command -v qemu-x86_64 >/dev/null; then
  echo "same-bits: needs qemu-x86_64; type: apt-get install -y qemu-user" >&2
  exit 69
fi
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

study() { # NAME SHAPE NETWORKS
  cat >"$1.json" <<JSON
{
  "study": "$1", "trials": 1,
  "dataset": {"name": "synthetic", "validation": 0,
    "synthetic": {$2, "classes": 10, "training": 40, "test": 20}},
  "axes": {"network": [$3]},
  "training": {"batch": 4, "iterations": 3, "optimizer": {"momentum": 0.9},
    "learningRate": {"schedule": "constant", "base": 0.01}},
  "evaluation": {"every": 3},
  "arms": [{"name": "std-BP"}]
}
JSON
}
study digits '"height": 28, "width": 28, "channels": 1' '"mlp", "lenet"'
study colours '"height": 32, "width": 32, "channels": 3' \
  '"alexfastnet", "vgg-11", "resnet-8", "preresnet-11", "wrn-10-1", "densenet-bc-10-12", "alexnet-32"'

fingerprint() { "$@" doctor --json | sed -n 's/.*"arithmetic": "\(.*\)".*/\1/p'; }
here="$(fingerprint "$program")"
echo "here: $here"
for name in digits colours; do "$program" run "$name.json" --quiet >/dev/null; done

status=0
for processor in "${processors[@]}"; do
  emulated=(qemu-x86_64 -cpu "$processor" "$program")
  there="$(fingerprint "${emulated[@]}")"
  equal=0 different=0
  for name in digits colours; do
    while IFS=, read -r run _; do
      if "${emulated[@]}" replay "results/$name/full" "$run" >replay.txt 2>&1 &&
        ! grep -q "recorded" replay.txt; then
        equal=$((equal + 1))
      else
        different=$((different + 1))
        sed 's/^/    /' replay.txt >&2
      fi
    done < <(tail -n +2 "results/$name/full/runs.csv")
  done
  [ "$there" = "$here" ] && [ "$different" -eq 0 ] || status=2
  echo "$processor: $there; $equal runs with the same bits, $different with others"
done
exit "$status"
