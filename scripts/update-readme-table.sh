#!/usr/bin/env bash
# Puts the table of a finished quickstart (runs/quickstart) between the marks in README.md.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
{
  echo '```text'
  .build/release/regbench table runs/quickstart
  echo '```'
} >"$folder/table"
awk -v table="$folder/table" '
  /<!-- end of quickstart table -->/ { skipping = 0 }
  !skipping { print }
  /<!-- quickstart table -->/ { skipping = 1; while ((getline line < table) > 0) print line }
' README.md >"$folder/README.md"
cat "$folder/README.md" >README.md
