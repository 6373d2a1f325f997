#!/usr/bin/env bash
# Proves scripts/slurm-array.sh against a real Slurm: starts one on this machine (Debian's slurm-wlm
# and munge, no systemd needed), submits a small study as an array of four jobs, has Slurm end two of
# them in the middle of their work, and compares the table with one that was made without Slurm.
set -euo pipefail
cd "$(dirname "$0")/.."
readonly unavailable=69
regbench="${REGBENCH:-$PWD/.build/release/regbench}"
array="$PWD/scripts/slurm-array.sh"

if [ "$(id -u)" -ne 0 ]; then
  echo "slurm-test: Slurm's daemons need root here; type: sudo make slurm-test" >&2
  exit $unavailable
fi
if ! { command -v slurmctld && command -v slurmd && command -v munged; } >/dev/null; then
  if ! command -v apt-get >/dev/null; then
    echo "slurm-test needs slurmctld, slurmd and munged" >&2
    exit $unavailable
  fi
  echo "installing slurm-wlm munge" >&2
  log="$(mktemp)"
  if ! { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y \
    --no-install-recommends slurm-wlm munge; } >"$log" 2>&1; then
    cat "$log" >&2
    exit $unavailable
  fi
  rm -f "$log"
fi

folder="$(mktemp -d)"
chmod 755 "$folder"
daemons=()
finish() {
  for process in "${daemons[@]}"; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
fail() {
  echo "slurm-test: $*" >&2
  tail -n 20 "$folder"/*.log "$folder"/work/runs/slurm/*.log >&2 2>/dev/null || true
  exit 1
}
# Waits up to a minute.
until_true() {
  for _ in $(seq 600); do
    if "$@" >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  return 1
}

if ! munge -n >/dev/null 2>&1; then
  install -d -o munge -g munge -m 755 /run/munge
  setpriv --reuid=munge --regid=munge --init-groups munged --foreground >"$folder/munged.log" 2>&1 &
  daemons+=($!)
  until_true munge -n || fail "munged does not start"
fi

host="$(hostname -s)"
mkdir "$folder/state" "$folder/spool" "$folder/work"
cat >"$folder/slurm.conf" <<CONF
ClusterName=regbench
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
MpiDefault=none
KillWait=30
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmdParameters=config_overrides
NodeName=$host NodeAddr=127.0.0.1 CPUs=4 State=UNKNOWN
PartitionName=test Nodes=ALL Default=YES MaxTime=INFINITE State=UP
CONF
export SLURM_CONF="$folder/slurm.conf"
# A job that is queued again waits for two minutes by default.
echo "SchedulerParameters=sched_interval=5" >>"$SLURM_CONF"
slurmctld -D >/dev/null 2>&1 &
daemons+=($!)
until_true scontrol ping || fail "slurmctld does not start"
slurmd -D >/dev/null 2>&1 &
daemons+=($!)
is_up() { sinfo -h -o %T | grep -qE '^(idle|mixed|allocated)'; }
until_true is_up || fail "the node does not come up"

cp configs/quickstart.json "$folder/work/"
cd "$folder/work"
study=(quickstart.json --set trials=2 --set "training.iterations=${ITERATIONS:-150}")
"$regbench" run "${study[@]}" --quiet >/dev/null
mv results calm
rm -rf runs

job="$(REGBENCH="$regbench" TASKS=4 "$array" "${study[@]}" --checkpoint-every 1s)"
echo "slurm-test: array $job submitted" >&2
# Two jobs lose their node's patience in the middle of their work.
stopped=0
for task in 0 1; do
  log="runs/slurm/$job-$task.log"
  until_true grep -qs "runs are missing" "$log" || fail "task $task does not start"
  scancel --signal=TERM "${job}_$task" && stopped=$((stopped + 1))
done
# A question that Slurm does not answer is no answer. Jobs queued again wait for two minutes.
is_done() { local jobs && jobs="$(squeue -h)" && [ -z "$jobs" ]; }
for _ in $(seq 10); do
  if until_true is_done; then break; fi
done
is_done || fail "the array does not end: $(squeue)"

requeued="$(cat runs/slurm/*.log | grep -c 'stopped; .* missing' || true)"
for file in table.csv table.md table.svg runs.csv; do
  cmp calm/quickstart/*/$file results/quickstart/*/$file || fail "$file has other bytes"
done
echo "slurm-test: four jobs, $stopped signalled, $requeued queued again; table and records are the" \
  "same bytes as without Slurm"
