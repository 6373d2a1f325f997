# Sourced by attack.sh: calls that change the disk fail.

# EIO, ENOSPC, EDQUOT, ESTALE, EMFILE.
readonly codes=(5 28 122 116 24)
# Turns of one kind of call that are tried; a study makes the later ones in the same places again.
readonly turns=30

# A line for each attack: WHO OPERATION TURN ERRNO MODE.
list_storage() {
  box="$work/counting" lane=counting case=counting
  mkdir "$box"
  call LD_PRELOAD="$work/faults.so" ATTACK_FOLDER="$box" ATTACK_COUNT="$work/calls" \
    "${study_call[@]}" --jobs 1
  [ "$code" -eq 0 ] || { cat "$box.err" >&2; exit "$code"; }
  local number=0 calls who operation turn last
  sort "$work/calls" | uniq -c | while read -r calls who operation; do
    last="$calls"
    for ((turn = 1; turn <= calls; turn++)); do
      # The first ones each with every error, then with one after the other; then only the last.
      if [ "$turn" -gt "$turns" ] && [ "$turn" -lt $((last - 3)) ]; then continue; fi
      if [ "$turn" -le 6 ]; then
        for error in "${codes[@]}"; do
          number=$((number + 1))
          echo "storage $who $operation $turn $error $([ $((number % 2)) -eq 0 ] && echo once || echo on)"
        done
      else
        number=$((number + 1))
        echo "storage $who $operation $turn ${codes[number % 5]} $([ $((number % 3)) -eq 0 ] && echo on || echo once)"
      fi
    done
  done
}

attack_storage() {
  fresh_box
  rm -f "$work/$lane.hits"
  call LD_PRELOAD="$work/faults.so" ATTACK_FOLDER="$box" ATTACK_HITS="$work/$lane.hits" \
    ATTACK_FAULT="$*" "${study_call[@]}" --jobs 1
  count storage_calls
  [ -s "$work/$lane.hits" ] || return 0
  count storage
  expect_right_or_said "the study with the error" || return 0
  case "$code" in
    64 | 65 | 66) fail "a storage error ended with $code"; return ;;
  esac
  expect_right "the study without the error"
}
