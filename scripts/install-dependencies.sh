#!/usr/bin/env bash
# install-dependencies.sh [--static]: looks for what regbench needs to be built, and installs what is
# missing through apt-get; with --static, what the program that needs no library is linked from, too.
# If nothing is missing it touches neither the network nor the system. Without the right to install,
# it prints the line to type and ends with 69.
set -euo pipefail

readonly unavailable=69
readonly oldest_swift="6.2"

has_command() { command -v "$1" >/dev/null 2>&1; }

# The toolchain's own clang compiles the C targets, so the probes ask it.
compiler() {
  local beside
  beside="$(dirname "$(readlink -f "$(command -v swift)")")/clang"
  if [ -x "$beside" ]; then echo "$beside"; else echo clang; fi
}

# Whether a C program with this header, body and library compiles and links.
links() {
  local header="$1" body="$2" library="$3"
  printf '#include <%s>\nint main(void) { %s; return 0; }\n' "$header" "$body" |
    "$clang" -x c - -o "$probes/probe" ${library:+"-l$library"} >/dev/null 2>&1
}

swift_version() { swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9.]*\).*/\1/p' | head -n 1; }

if ! has_command swift; then
  echo "regbench needs Swift $oldest_swift or newer, which is not on the PATH." >&2
  echo "Install it as https://www.swift.org/install/linux says, then type the command again." >&2
  exit $unavailable
fi
version="$(swift_version)"
if [ "$(printf '%s\n%s\n' "$oldest_swift" "$version" | sort -V | head -n 1)" != "$oldest_swift" ]; then
  echo "regbench needs Swift $oldest_swift or newer; $(command -v swift) is ${version:-of unknown version}." >&2
  echo "Install a newer one as https://www.swift.org/install/linux says, then type the command again." >&2
  exit $unavailable
fi

probes="$(mktemp -d)"
trap 'rm -rf "$probes"' EXIT
clang="$(compiler)"

missing=()
for tool in git make curl; do
  has_command "$tool" || missing+=("$tool")
done
# The certificates let git and curl trust what they fetch from.
[ -e /etc/ssl/certs/ca-certificates.crt ] || [ -d /etc/pki ] || missing+=(ca-certificates)
# Without a linker these probes say nothing; the files then do.
if links stdio.h 'puts("")' ''; then
  links cblas.h 'openblas_set_num_threads(1)' openblas || missing+=(libopenblas-dev)
  links zlib.h 'zlibVersion()' z || missing+=(zlib1g-dev)
else
  missing+=(g++)
  ls /usr/include/*/cblas.h >/dev/null 2>&1 || missing+=(libopenblas-dev)
  [ -e /usr/include/zlib.h ] || missing+=(zlib1g-dev)
fi
# OpenBLAS without threads of its own, which it would start before the program can say a word.
if [ "${1:-}" = --static ]; then
  ls /usr/lib/*/openblas-serial/libopenblas.a >/dev/null 2>&1 || missing+=(libopenblas-serial-dev)
fi

[ ${#missing[@]} -gt 0 ] || exit 0

line="apt-get install -y --no-install-recommends ${missing[*]}"
if ! has_command apt-get; then
  echo "regbench needs: ${missing[*]} (names of Debian packages)" >&2
  echo "Install them with this system's package manager, then type the command again." >&2
  exit $unavailable
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if has_command sudo && sudo -n true 2>/dev/null; then
    as_root=(sudo -n)
  else
    echo "regbench needs: ${missing[*]}. Type" >&2
    echo "    sudo apt-get update && sudo $line" >&2
    echo "and then the command again." >&2
    exit $unavailable
  fi
fi

echo "installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
# The package lists may be absent or stale, so they are fetched only when the first try fails.
if ! "${as_root[@]}" $line >/dev/null 2>&1; then
  if ! { "${as_root[@]}" apt-get update -q && "${as_root[@]}" $line; } >"$probes/log" 2>&1; then
    cat "$probes/log" >&2
    echo "installing failed; what was tried: ${as_root[*]} $line" >&2
    exit $unavailable
  fi
fi
