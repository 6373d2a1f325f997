# Sourced by attack.sh: files are damaged between two calls.

readonly kinds=(flip digit cut empty double noise zeros hole)

# A line for each attack: STATE FILE KIND SEED.
list_files() {
  local state file kind number="$seed" rounds
  for state in done midway; do
    (cd "$work/$state" && find . -type f | sort) >"$work/$state.files"
    # So many times each file with each kind that a thousand come together.
    rounds=$((700 / ($(wc -l <"$work/$state.files") * ${#kinds[@]}) + 1))
    while read -r file; do
      for kind in "${kinds[@]}"; do
        for ((round = 0; round < rounds; round++)); do
          number=$((number + 1))
          echo "files $state $file $kind $number"
        done
      done
    done <"$work/$state.files"
  done
}

attack_files() {
  local state="$1" file="$2" kind="$3" number="$4"
  fresh_box "$state"
  "$work/damage" "$box/$file" "$kind" "$number" || return 0
  count files
  if [ "$state" = done ]; then
    call table "$result"
    if ! is_documented; then
      fail "table ended with $code"
    elif [ "$code" -eq 0 ] && ! cmp -s "$box.out" "$work/expected.table"; then
      fail "table ended with 0 and other numbers"
    fi
  fi
  case $((number % 4)) in
    0) call status "$result" ;;
    1) call report "$result" ;;
    2) call compare "$result" "../done/$result" ;;
    3) call clean "$result" ;;
  esac
  is_documented || fail "a command that reads ended with $code"
  call "${study_call[@]}"
  expect_right_or_said "the study with the damaged file" || return 0
  if [ "$code" -ne 0 ]; then
    cp -a "$work/$state/$file" "$box/$file"
    expect_right "the study with the file restored"
  fi
}
