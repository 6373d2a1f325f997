#!/usr/bin/env bash
# attack.sh: does to a small study what disks, quotas, limits, copies and neighbours do, and sees that
# nothing is lost, nothing hangs and nothing is silently wrong. Each attack must end with the right
# bytes, or with a documented exit code and a sentence; and when the fault is gone, the same command
# must end with the right bytes.
#
#   storage errors    every kind of call that changes the disk, in the parent and in the workers,
#                     fails once or from then on
#   damaged files     every file of a finished and of an interrupted study
#   limits            address space, data, file size, open files
#   hung worker       stopped while its parent is asked to end
#   process numbers   several containers in one folder (needs the right to make them)
#   small disks       file systems of a few kilobytes or files (needs the right to mount)
#
# SEED=n draws other damage; ONLY=REGEX repeats the attacks whose line matches. At most ten minutes on
# two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
export regbench="${REGBENCH:-$PWD/.build/release/regbench}"
parts="$PWD/scripts/attack"
export seed="${SEED:-1}"
lanes="$(nproc)"
[ "$lanes" -le 4 ] || lanes=4

# In memory, if there is room: thousands of studies wait for a disk thousands of times.
place=/tmp
if [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 {print $4}')" -gt 200000 ]; then
  place=/dev/shm
fi
export work
work="$(mktemp -d "$place/attack.XXXXXX")"
trap 'rm -rf "$work"' EXIT

compiler="$(command -v clang || command -v cc)" || {
  echo "attack: needs a C compiler (clang or cc)" >&2
  exit 69
}
"$compiler" -O1 -shared -fPIC -o "$work/faults.so" "$parts/faults.c" -ldl
"$compiler" -O1 -o "$work/damage" "$parts/damage.c"
cp "$parts/study.json" "$work/study.json"
source "$parts/common.sh"

# What must come out, and where everything lies after a finished and after an interrupted call.
prepare "$work"

started="$SECONDS"
source "$parts/storage.sh"
source "$parts/files.sh"
source "$parts/surroundings.sh"
list_storage >"$work/cases"
list_files >>"$work/cases"
list_limits >>"$work/cases"
if [ -n "${ONLY:-}" ]; then
  grep -E "$ONLY" "$work/cases" >"$work/some" || true
  mv "$work/some" "$work/cases"
fi
for lane in $(seq "$lanes"); do
  ( set +e; run_lane "$lane" "$lanes" ) &
done
wait
if [[ hung =~ ${ONLY:-} ]]; then attack_hung_worker; fi
if [[ namespaces =~ ${ONLY:-} ]]; then attack_namespaces; fi
if [[ disks =~ ${ONLY:-} ]]; then attack_small_disks; fi

total() { awk -v name="$1" '$1 == name {sum += $2} END {print sum + 0}' "$work"/*.counts; }
echo "attack: $(total storage) storage errors hit in $(total storage_calls) calls," \
  "$(total files) damaged files, $(total limits) limits, $(total hung) hung worker," \
  "$(total namespaces) containers in one folder, $(total disks) small disks;" \
  "$((SECONDS - started)) s; $(cat "$work"/*.failures 2>/dev/null | grep -c '^FAILED' || true) failures"
for part in namespaces disks; do
  if [ -s "$work/$part.reason" ]; then
    echo "attack: $part were skipped: $(cat "$work/$part.reason")"
  fi
done
if cat "$work"/*.failures 2>/dev/null | grep -q .; then
  cat "$work"/*.failures | head -n "${SHOW:-60}" >&2
  exit 1
fi
if [ -z "${ONLY:-}" ] && { [ "$(total storage)" -lt 500 ] || [ "$(total files)" -lt 1000 ]; }; then
  echo "attack: fewer than 500 storage errors or 1,000 damaged files" >&2
  exit 1
fi
