#!/usr/bin/env bash
# build.sh [OPTION…]: a release build that knows its commit; the options are those of `swift build`.
set -euo pipefail
cd "$(dirname "$0")/.."
# Package.swift hands this to the binary: the commit, and whether anything that it is built from
# differs from it (configs, documents and results do not reach the binary).
if commit="$(git rev-parse --short=12 HEAD 2>/dev/null)"; then
  if [ -n "$(git status --porcelain -- Sources Package.swift 2>/dev/null)" ]; then commit="$commit-dirty"; fi
  export REGBENCH_BUILD="$commit"
fi
swift build -c release --product regbench "$@"
