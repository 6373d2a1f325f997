# Sourced by attack.sh: limits, workers that hang, containers that share a folder, file systems that
# are too small.

# A line for each attack: OPTION VALUE of ulimit.
list_limits() {
  local value
  for value in 60000 80000 100000 120000 140000 160000 180000 200000 250000 300000 400000 600000 \
    1000000; do echo "limits -v $value"; done
  for value in 4000 8000 16000 32000 64000 100000 140000 200000; do echo "limits -d $value"; done
  for value in 0 1 2 3 4 6 8 12 16 24 32; do echo "limits -f $value"; done
  for value in 4 5 6 7 8 9 10 11 12 13 14 16 20 30; do echo "limits -n $value"; done
}

attack_limits() {
  fresh_box
  rm -f "$box.out"
  # Through a pipe: the limit of file sizes must not take the words.
  (
    cd "$box" || exit 1
    ulimit "$1" "$2"
    timeout -k 5 "$patience" "$regbench" "${study_call[@]}"
    exit $?
  ) </dev/null 2>&1 | cat >"$box.err"
  code="${PIPESTATUS[0]}"
  # Below some value not even `timeout` or the dynamic loader can work.
  case "$code" in
    124 | 137) fail "the study with the limit hangs"; return ;;
    125 | 126 | 127) return ;;
  esac
  count limits
  expect_right_or_said "the study with the limit" || return 0
  expect_right "the study without the limit"
}

# A worker that is stopped, as by a debugger, while its parent is asked to end by Ctrl-C.
attack_hung_worker() {
  lane=hung case="hung worker" box="$work/hung"
  declare -gA counts=()
  fresh_box
  code=0
  (
    cd "$box" || exit 99
    "$regbench" run "$parts/long.json" --jobs 2 >"$box.out" 2>"$box.err" &
    parent=$!
    # Both have their runs, and a second to begin them.
    for _ in $(seq 600); do
      [ "$(ls runs/attacked/full/*/cell.json 2>/dev/null | wc -l)" -ge 2 ] && break
      sleep 0.1
    done
    sleep 1
    worker="$(pgrep -P "$parent" | head -n 1)"
    kill -STOP "$worker"
    kill -INT "$parent"
    # Ten seconds, and what a busy machine adds.
    for _ in $(seq 300); do
      kill -0 "$parent" 2>/dev/null || break
      sleep 0.1
    done
    if kill -KILL "$parent" 2>/dev/null; then code=124; else wait "$parent" || code=$?; fi
    if kill -KILL "$worker" 2>/dev/null; then code=98; fi
    exit "$code"
  ) || code=$?
  count hung
  [ "$code" -eq 75 ] || fail "Ctrl-C beside a stopped worker ended with $code"
  write_counts
}

# Four processes that each count their processes from 1 share one folder.
attack_namespaces() {
  lane=namespaces
  declare -gA counts=()
  if ! unshare --pid --fork --mount-proc true 2>"$work/namespaces.reason"; then return 0; fi
  local round member
  for round in 1 2 3 4 5 6 7 8; do
    case="namespaces $round" box="$work/namespaces"
    fresh_box
    for member in 1 2 3 4; do
      (
        cd "$box" || exit 1
        code=0
        # All at the same moment.
        until [ -e "$box.go" ]; do sleep 0.01; done
        timeout -k 5 "$patience" unshare --pid --fork --mount-proc \
          "$regbench" "${study_call[@]}" --jobs 1 >"$box.$member.out" 2>"$box.$member.err" || code=$?
        echo "$code" >"$box.$member.code"
      ) &
    done
    sleep 0.1
    touch "$box.go"
    wait
    rm "$box.go"
    for member in 1 2 3 4; do
      count namespaces
      code="$(cat "$box.$member.code")"
      if [ "$code" -ne 0 ]; then
        cp "$box.$member.err" "$box.err"
        fail "one of four ended with $code"
      fi
    done
    is_right || fail "other bytes"
  done
  write_counts
}

attack_small_disks() {
  lane=disks
  declare -gA counts=()
  if ! unshare --mount true 2>"$work/disks.reason"; then return 0; fi
  local option
  export patience result lane
  for option in size={4,8,16,24,32,48,64,96,128,160,192,256,384,512}k \
    nr_inodes={4,8,12,16,24,32,48,64,96}; do
    case="disks $option" box="$work/disks"
    rm -rf "$box" && mkdir "$box"
    (
      set +e
      # The mount is gone with the namespace.
      unshare --mount bash -c '
        set -u
        source "$1/common.sh"
        lane=disks case="$2" box="$work/disks"
        mount -t tmpfs -o "$3" none "$box" || exit 99
        call "${study_call[@]}"
        expect_right_or_said "the study on the small disk" || exit 0
        case "$code" in 64 | 65 | 66) fail "a small disk ended with $code" ;; esac
        mount -o remount,size=64m,nr_inodes=100000 "$box" || exit 99
        expect_right "the study on the larger disk"
      ' small "$parts" "$case" "${option}"
      [ $? -ne 99 ] || echo "no right to mount" >"$work/disks.reason"
    )
    [ ! -s "$work/disks.reason" ] || return 0
    count disks
  done
  write_counts
}
