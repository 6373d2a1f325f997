#!/usr/bin/env bash
# reproduce-tables.sh PROFILE [CONFIG…]: runs every study in configs/ that has this profile (or those
# that are named), one after another, with its tables and figures, goes on after one that failed, and
# writes the pages and the index. Stopped, it carries on when it is started again: what is finished is
# not trained again. Ends with a line for each study; the exit code is the first one that was not 0.
set -euo pipefail
cd "$(dirname "$0")/.."
profile="$1"
shift
regbench="${REGBENCH:-.build/release/regbench}"
configs=("$@")
if [ ${#configs[@]} -eq 0 ]; then configs=(configs/*.json configs/beyond/*.json); fi
status=0
lines=()
started=$SECONDS

# Minutes and seconds since a moment.
since() { printf '%d min %02d s' $((($SECONDS - $1) / 60)) $((($SECONDS - $1) % 60)); }
summary() {
  echo "== $profile: $1, $(since "$started")" >&2
  printf '%s\n' "${lines[@]}" >&2
}
note() { lines+=("$(printf '  %-44s %s' "$1" "$2")"); }

for config in "${configs[@]}"; do
  case "$config" in configs/quickstart.json) continue ;; esac
  code=0
  words="$("$regbench" explain "$config" --profile "$profile" 2>&1 >/dev/null)" || code=$?
  if [ "$code" -ne 0 ]; then
    if [[ "$words" == *"has no profile"* ]]; then
      note "$config" "left out: it has no profile \"$profile\""
      continue
    fi
    echo "$words" >&2
    note "$config" "failed with $code before it began"
    if [ "$status" -eq 0 ]; then status=$code; fi
    continue
  fi
  echo "== $config, profile $profile" >&2
  begun=$SECONDS
  "$regbench" run "$config" --profile "$profile" || code=$?
  if [ "$code" -eq 75 ] || [ "$code" -eq 130 ]; then
    note "$config" "stopped after $(since "$begun"); the same command carries on"
    summary "stopped"
    exit "$code"
  fi
  if [ "$code" -eq 0 ]; then
    note "$config" "done, $(since "$begun")"
  else
    note "$config" "failed with $code, $(since "$begun")"
    if [ "$status" -eq 0 ]; then status=$code; fi
  fi
done

if [ -d results ]; then
  code=0
  "$regbench" report results >/dev/null || code=$?
  if [ "$code" -eq 0 ]; then
    note results/report.html "the index of all results"
  else
    note results/report.html "not whole: regbench report results ended with $code"
    if [ "$status" -eq 0 ]; then status=$code; fi
  fi
fi
summary "$([ "$status" -eq 0 ] && echo finished || echo "not everything worked ($status)")"
exit "$status"
