#!/usr/bin/env bash
# dist.sh [FOLDER]: writes regbench-VERSION-linux-x86_64.tar.gz into FOLDER (default: dist): the
# program, which needs no library but the C library, with its manual pages and completions, the
# studies, scripts for Slurm, recipes for containers, and the licences of all that is linked in.
set -euo pipefail
cd "$(dirname "$0")/.."
folder="${1:-dist}"
stage="$(mktemp -d)"
trap 'rm -rf "$stage"' EXIT

scripts/install.sh "$stage/regbench"
program="$stage/regbench/bin/regbench"
version="$("$program" --version | sed -n 's/^regbench \([^ ]*\).*/\1/p')"
name="regbench-$version-linux-x86_64"
mv "$stage/regbench" "$stage/$name"
program="$stage/$name/bin/regbench"

cp -r configs "$stage/$name/"
install -D -m 755 scripts/slurm-array.sh "$stage/$name/scripts/slurm-array.sh"
cp -r scripts/containers "$stage/$name/"
cp LICENSE README.md CHANGELOG.md CITATION.cff "$stage/$name/"

# Whose code is in the program, and under what terms.
licences="$stage/$name/licences"
mkdir -p "$licences"
keep() {
  if [ ! -e "$2" ]; then
    echo "dist.sh: the licence of $1 is not at $2" >&2
    exit 66
  fi
  cp "$2" "$licences/$1.txt"
}
swift_root="$(dirname "$(dirname "$(readlink -f "$(command -v swift)")")")"
keep swift "$swift_root/share/swift/LICENSE.txt"
keep swift-argument-parser .build-static/checkouts/swift-argument-parser/LICENSE.txt
keep openblas /usr/share/doc/libopenblas-serial-dev/copyright
keep zlib /usr/share/doc/zlib1g-dev/copyright
keep gcc-runtimes "$(ls -d /usr/share/doc/libstdc++-*-dev | tail -n 1)/copyright"
oldest="$(objdump -T "$program" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)"
{
  "$program" --version
  "$program" doctor | sed -n 's/^openblas build *//p'
  swift --version 2>/dev/null | head -n 1
  echo "C library: ${oldest#GLIBC_} of glibc or newer"
} >"$stage/$name/VERSIONS"

mkdir -p "$folder"
archive="$folder/$name.tar.gz"
# The same files give the same bytes.
tar -C "$stage" --sort=name --owner=0 --group=0 --numeric-owner \
  --mtime="@$(git log -1 --format=%ct 2>/dev/null || echo 0)" -cf - "$name" | gzip -9n >"$archive.new"
mv "$archive.new" "$archive"
cat "$stage/$name/VERSIONS" >&2
echo "$archive"
