#!/usr/bin/env bash
# dist-test.sh: proves that the archive of `make dist` runs where nothing is installed. In a root
# that debootstrap makes (Debian's minimal variant, no package added) the unpacked program trains the
# quickstart study and the smoke profile of mnist-shakeout and writes a report; the tables must have
# the bytes of the ordinary build. Needs root, Debian's package sources and debootstrap, which is
# installed where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(id -u)" -ne 0 ]; then
  echo "dist-test.sh needs root for debootstrap and chroot" >&2
  exit 69
fi
command -v debootstrap >/dev/null ||
  { apt-get update -q && apt-get install -y --no-install-recommends debootstrap; } >&2
place="$(mktemp -d)"
root="$place/root"
# Never removes through a mount: if /proc cannot be taken away, the folder stays.
trap 'if ! mountpoint -q "$root/proc" || umount "$root/proc"; then rm -rf "$place"; fi' EXIT

scripts/build.sh >&2
archive="$(scripts/dist.sh "$place")"
debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$root" >&2
tar -xzf "$archive" -C "$root/opt"
mount -t proc proc "$root/proc"
name="$(basename "$archive" .tar.gz)"

inside() { chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/bin:/bin bash -c "cd /opt/$name && $1"; }
inside "bin/regbench run configs/quickstart.json --out quickstart"
inside "bin/regbench run configs/mnist-shakeout.json --profile smoke --out smoke"
inside "bin/regbench report smoke"
test -s "$root/opt/$name/smoke/report.html"

ordinary=.build/release/regbench
"$ordinary" run configs/quickstart.json --fresh --out "$place/quickstart" >/dev/null
"$ordinary" run configs/mnist-shakeout.json --profile smoke --fresh --out "$place/smoke" >/dev/null
for study in quickstart smoke; do
  cmp "$place/$study/table.csv" "$root/opt/$name/$study/table.csv"
done
echo "the archive runs in a minimal Debian, and its tables are those of the ordinary build"
