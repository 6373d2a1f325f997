# Sourced by attack.sh: calls of regbench in a folder of their own, and what may come of them.

readonly result=results/attacked/full
# Longer than any call takes, on a busy machine too.
readonly patience=60
study_call=(run ../study.json --quiet --checkpoint-every 0s)

# call [NAME=VALUE…] COMMAND…: runs regbench in the folder $box; the exit code is in $code, what was
# said in $box.out and $box.err.
call() {
  local settings=()
  while [[ "$1" == *=* ]]; do
    settings+=("$1")
    shift
  done
  code=0
  (
    cd "$box" || exit 99
    timeout -k 5 "$patience" env "${settings[@]}" "$regbench" "$@"
    exit $?
  ) >"$box.out" 2>"$box.err" </dev/null || code=$?
}

# Everything that must be the same bytes anywhere.
outcome() {
  (
    cd "$1/$result" 2>/dev/null || exit 0
    for file in table.csv table.md table.svg runs.csv series/*.csv figures/*.svg; do
      echo "== $file"
      cat "$file" 2>/dev/null || echo missing
    done
  )
}

is_right() { outcome "$box" | cmp -s - "$work/expected"; }

# fail SENTENCE: notes a failure with what was said.
fail() {
  {
    echo "FAILED $case: $1"
    sed 's/^/    /' "$box.err" 2>/dev/null | head -n 5
  } >>"$work/$lane.failures"
}

# Whether the exit code is one that the help lists for trouble from outside, and a sentence says why.
is_documented() {
  case "$code" in
    0) return 0 ;;
    1 | 2 | 64 | 65 | 66 | 69 | 74 | 75) [ -s "$box.err" ] || [ -s "$box.out" ] ;;
    *) return 1 ;;
  esac
}

# expect_right_or_said WHAT: the call ended with the right bytes, or said why not.
expect_right_or_said() {
  if ! is_documented; then
    fail "$1 ended with $code"
  elif [ "$code" -eq 0 ] && ! is_right; then
    fail "$1 ended with 0 and other bytes"
  else
    return 0
  fi
  return 1
}

# expect_right WHAT: now nothing is in the way.
expect_right() {
  call "${study_call[@]}"
  if [ "$code" -ne 0 ]; then
    fail "$1 ended with $code"
  elif ! is_right; then
    fail "$1: other bytes"
  fi
}

count() { counts["$1"]=$((${counts["$1"]:-0} + ${2:-1})); }

prepare() {
  lane=prepare case=prepare
  box="$1/done"
  mkdir "$box"
  call "${study_call[@]}"
  [ "$code" -eq 0 ] || { cat "$box.err" >&2; exit "$code"; }
  outcome "$box" >"$1/expected"
  call table "$result"
  cp "$box.out" "$1/expected.table"

  # Killed in the middle: a journal, checkpoints, claims.
  box="$1/midway"
  mkdir "$box"
  call LD_PRELOAD="$1/faults.so" ATTACK_FOLDER="$box" ATTACK_FAULT="parent write 24 0 kill" \
    "${study_call[@]}"
  [ "$code" -eq 137 ] || { echo "attack: the study was to be killed and ended with $code" >&2; exit 1; }
}

# run_lane NUMBER LANES: every LANES-th case.
run_lane() {
  lane="lane$1"
  box="$work/$lane"
  declare -gA counts=()
  local number=0 line
  while read -r line; do
    number=$((number + 1))
    [ $((number % $2 + 1)) -eq "$1" ] || continue
    case="$line"
    # shellcheck disable=SC2086
    attack_$line </dev/null
  done <"$work/cases"
  write_counts
}

write_counts() {
  for name in "${!counts[@]}"; do echo "$name ${counts[$name]}"; done >"$work/$lane.counts"
}

fresh_box() {
  rm -rf "$box"
  if [ $# -gt 0 ]; then cp -a "$work/$1" "$box"; else mkdir "$box"; fi
}
