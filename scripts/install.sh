#!/usr/bin/env bash
# install.sh PREFIX: copies the built binary to PREFIX/bin.
set -euo pipefail
cd "$(dirname "$0")/.."
prefix="$1"
install -D -m 755 .build/release/regbench "$prefix/bin/regbench"
echo "installed $prefix/bin/regbench" >&2
