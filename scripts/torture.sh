#!/usr/bin/env bash
# torture.sh [KILLS]: trains a small study while parent, workers or both are killed at random times,
# KILLS times in all (500 unless said otherwise). Each time the same command is typed again, and
# whenever the study is finished its outcome must be, byte for byte, that of an undisturbed one. No
# finished run may be lost. SEED=n repeats the draws (not the moments that they hit).
set -euo pipefail
cd "$(dirname "$0")/.."
regbench="${REGBENCH:-$PWD/.build/release/regbench}"
kills_wanted="${1:-500}"
RANDOM="${SEED:-1}"
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/calm" "$folder/tortured"
cp configs/quickstart.json "$folder/"
cd "$folder"

study=(run ../quickstart.json --set trials=2 --set training.iterations=60
  --set evaluation.every=10 --quiet --checkpoint-every 0.05s)
outcome() { (cd "$1"/results/quickstart/* && cat table.csv table.md table.svg runs.csv); }
fail() {
  echo "torture: $*" >&2
  exit 1
}
# Runs in the journal; its last line may be torn, which is no run.
finished() {
  { grep -aoh '\\n[0-9a-f]\{16\},' tortured/runs/quickstart/*/journal.log 2>/dev/null || true; } |
    sort -u | wc -l
}

(cd calm && "$regbench" "${study[@]}" >/dev/null)
outcome calm >calm.outcome
runs="$(($(cat calm/results/quickstart/*/runs.csv | wc -l) - 1))"

kills=0 studies=0 known=0
while [ "$kills" -lt "$kills_wanted" ]; do
  (cd tortured && exec setsid "$regbench" "${study[@]}") >stdout 2>stderr &
  program=$!
  moment=$((RANDOM % 1500))
  sleep "$((moment / 1000)).$(printf '%03d' $((moment % 1000)))"
  case $((kills % 3)) in
    0) kill -9 "$program" 2>/dev/null || true ;;
    1) kill -9 -- "-$program" 2>/dev/null || kill -9 "$program" 2>/dev/null || true ;;
    2)
      for worker in $(cat "/proc/$program/task/$program/children" 2>/dev/null); do
        kill -9 "$worker" 2>/dev/null || true
      done
      sleep "0.$(printf '%03d' $((RANDOM % 100)))"
      kill -9 "$program" 2>/dev/null || true
      ;;
  esac
  code=0
  wait "$program" 2>/dev/null || code=$?
  case "$code" in
    0) ;;
    137) kills=$((kills + 1)) ;;
    *) fail "exit code $code after $kills kills: $(cat stderr)" ;;
  esac
  now="$(finished)"
  [ "$now" -ge "$known" ] || fail "a finished run was lost: $known before, $now now"
  known="$now"
  if [ "$code" -eq 0 ]; then
    outcome tortured | cmp - calm.outcome || fail "other bytes after $kills kills"
    studies=$((studies + 1)) known=0
    rm -rf tortured/runs tortured/results
  fi
done
(cd tortured && "$regbench" "${study[@]}" >/dev/null) || fail "the last call ended with $?"
outcome tortured | cmp - calm.outcome || fail "other bytes in the end"
echo "torture: $kills kills, $((studies + 1)) studies of $runs runs, every outcome the same bytes"
