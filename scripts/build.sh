#!/usr/bin/env bash
# A release build that knows its commit. The Swift runtime is linked in, so that the binary runs
# where no toolchain is.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/build-information.sh
swift build -c release --product regbench --static-swift-stdlib
