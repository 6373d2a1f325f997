#!/usr/bin/env bash
# reproduce-tables.sh PROFILE: runs every study in configs/ that has this profile, one after another,
# and goes on after one that failed. The exit code is the first one that was not 0.
set -euo pipefail
cd "$(dirname "$0")/.."
profile="$1"
regbench=.build/release/regbench
status=0
for config in configs/*.json configs/beyond/*.json; do
  case "$config" in configs/quickstart.json) continue ;; esac
  if ! "$regbench" explain "$config" --profile "$profile" >/dev/null 2>&1; then
    echo "$config has no profile \"$profile\"; left out" >&2
    continue
  fi
  echo "== $config, profile $profile" >&2
  code=0
  "$regbench" run "$config" --profile "$profile" || code=$?
  if [ "$code" -eq 75 ] || [ "$code" -eq 130 ]; then exit "$code"; fi
  if [ "$status" -eq 0 ]; then status=$code; fi
done
exit "$status"
