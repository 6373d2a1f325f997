#!/usr/bin/env bash
# install.sh PREFIX: builds a program that needs no library but the C library (Swift's runtime,
# OpenBLAS with its kernels for every processor, zlib and the C++ runtime are linked in) and puts it
# into PREFIX/bin, its manual pages and shell completions into PREFIX/share.
set -euo pipefail
cd "$(dirname "$0")/.."
prefix="$1"
scripts/install-dependencies.sh --static

# A folder that the linker searches first and that holds nothing but the archives of GCC's runtimes,
# since the driver asks for the shared ones by name, and of OpenBLAS without threads of its own.
runtimes="$PWD/.build-static-runtimes"
mkdir -p "$runtimes"
ln -sf "$(gcc -print-file-name=libstdc++.a)" "$runtimes/libstdc++.a"
ln -sf "$(gcc -print-file-name=libgcc_eh.a)" "$runtimes/libgcc_s.a"
# Its constructor is taken out: it would choose kernels before the program can say which (gemm.c).
cp -L "$(ls /usr/lib/*/openblas-serial/libopenblas.a | head -n 1)" "$runtimes/libopenblas.a"
(
  cd "$runtimes"
  ar x libopenblas.a memory.o
  objcopy --remove-section=.init_array --remove-section=.rela.init_array \
    --remove-section=.fini_array --remove-section=.rela.fini_array memory.o
  ar r libopenblas.a memory.o
  rm memory.o
)

export REGBENCH_STATIC=1
build=(--scratch-path .build-static -Xlinker "-L$runtimes" --static-swift-stdlib)
scripts/build.sh "${build[@]}" >&2
program=.build-static/release/regbench
libraries="$(readelf -d "$program" | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p')"
if grep -qvE '^(libc|libm|libdl|libpthread|ld-linux-x86-64)\.so' <<<"$libraries"; then
  printf 'the program needs more than the C library:\n%s\n' "$libraries" >&2
  exit 70
fi

# The argument parser's own tool writes the pages.
swift build -c release --product generate-manual "${build[@]}" >&2
pages="$(mktemp -d)"
trap 'rm -rf "$pages"' EXIT
.build-static/release/generate-manual "$program" --multi-page --section 1 --output-directory "$pages"
# What users do not call has no page.
rm -f "$pages/regbench.worker.1" "$pages/regbench.help.1"

install -D -m 755 --strip "$program" "$prefix/bin/regbench"
for page in "$pages"/*.1; do install -D -m 644 "$page" "$prefix/share/man/man1/$(basename "$page")"; done
# The places where bash, zsh and fish look by themselves.
completion() {
  mkdir -p "$prefix/share/$2"
  "$program" --generate-completion-script "$1" >"$prefix/share/$2/$3"
}
completion bash bash-completion/completions regbench
completion zsh zsh/site-functions _regbench
completion fish fish/vendor_completions.d regbench.fish
echo "installed $prefix/bin/regbench, with manual pages and completions below $prefix/share" >&2
