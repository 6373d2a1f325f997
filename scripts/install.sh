#!/usr/bin/env bash
# install.sh PREFIX: builds with Swift's runtime linked in, so that the program can be copied to
# machines without a toolchain, and puts it into PREFIX/bin.
set -euo pipefail
cd "$(dirname "$0")/.."
prefix="$1"
scripts/install-dependencies.sh
scripts/build.sh --static-swift-stdlib --scratch-path .build-static
install -D -m 755 --strip .build-static/release/regbench "$prefix/bin/regbench"
echo "installed $prefix/bin/regbench" >&2
