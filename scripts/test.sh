#!/usr/bin/env bash
# Everything that is checked, in build folders of its own:
# format, all tests on a release build, the pure modules' tests on a debug build (overflow and
# exclusivity traps), every config in each of its profiles, and one study end to end.
set -euo pipefail
cd "$(dirname "$0")/.."
# Tests expect the build that nobody named.
unset REGBENCH_BUILD

heading() { printf '\n== %s\n' "$*"; }
log="$(mktemp)"
folder="$(mktemp -d)"
trap 'rm -rf "$log" "$folder"' EXIT

# Runs a test command, and keeps its last words for the summary.
counts=()
tests() {
  local name="$1" count
  shift
  heading "tests, $name"
  # "started" lines say nothing that "passed" and "failed" do not say again.
  "$@" 2>&1 | grep --line-buffered -v '^◇' | tee "$log"
  count="$(sed -n 's/.*Test run with \([0-9]* tests\?\).*passed.*/\1/p' "$log" | tail -n 1)"
  if [ -z "$count" ] || [ "$count" = "0 tests" ]; then
    echo "no test ran" >&2
    exit 1
  fi
  counts+=("$name: $count")
}

scripts/install-dependencies.sh

heading "format"
swift format lint --strict --recursive Sources Tests Package.swift
for script in scripts/*.sh scripts/*/*.sh .ci/run; do bash -n "$script"; done

tests "release build" swift test -c release -Xswiftc -enable-testing --scratch-path .build-test
tests "debug build" swift test --scratch-path .build-debug \
  --filter '^(CanonicalTests|ModelTests|StudyTests|DatasetsTests|SystemTests|DurableTests|WeightsTests)\.'

regbench="$PWD/.build-test/release/regbench"

heading "configs"
"$regbench" check configs/*.json configs/beyond/*.json

heading "a study, end to end"
study=(run configs/mnist-shakeout.json --profile smoke --out "$folder/smoke")
"$regbench" "${study[@]}" --fresh
cp "$folder/smoke/table.csv" "$folder/first.csv"
"$regbench" "${study[@]}" >/dev/null
cmp "$folder/first.csv" "$folder/smoke/table.csv"

heading "summary"
printf '%s\n' "${counts[@]}"
