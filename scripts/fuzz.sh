#!/usr/bin/env bash
# fuzz.sh [SECONDS]: lets libFuzzer look for inputs on which a reader of data files traps, hangs or
# takes more than 512 MB. What it has learned stays in .build-fuzz/corpus; an input that breaks a
# reader is left in the present folder as crash-…, and the command fails.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds="${1:-60}"
scripts/install-dependencies.sh
swift build -c release --package-path Tests/Fuzz --scratch-path .build-fuzz --product FuzzReaders \
  -Xswiftc -enable-testing -Xswiftc -sanitize=fuzzer -Xswiftc -parse-as-library
corpus=.build-fuzz/corpus
mkdir -p "$corpus"
# Seeds: one file of each format, each behind the byte that chooses its reader.
seed() { { printf '%b' "$2"; cat "$3"; } >"$corpus/seed-$1"; }
fixtures=Tests/DatasetsTests/Fixtures
# IDX has a second byte, which chooses what is read.
seed idx-images '\000\000' "$fixtures/whole/images.idx"
seed idx-labels '\000\001' "$fixtures/whole/labels.idx"
seed gzip '\000\002' "$fixtures/whole/images.idx.gz"
seed mat '\002' "$fixtures/whole/digits.mat"
seed mat-packed '\002' "$fixtures/whole/digits-compressed.mat"
seed tar '\005' "$fixtures/whole/members.tar"
seed zip '\006' "$fixtures/whole/members.zip"
.build-fuzz/release/FuzzReaders "$corpus" -max_total_time="$seconds" -rss_limit_mb=512 -timeout=5 \
  -max_len=8192 -print_final_stats=1
