#!/usr/bin/env bash
# slurm-array.sh CONFIG [OPTION…]: trains a study as an array of Slurm jobs that share one folder,
# the one this is called from; it must be on a file system that all nodes see. Options are those of
# `regbench run`. From the environment:
#   TASKS=4               jobs in the array
#   REGBENCH=PATH         the program (default: the one built here, else the one on the PATH)
#   SBATCH_…              sbatch's own: SBATCH_PARTITION, SBATCH_TIMELIMIT, SBATCH_ACCOUNT, …
#   CPUS=1                cores, and so workers, of each job
# Two minutes before its time is up a job gets SIGTERM, saves its state, ends with 75 and is queued
# again. Each job prefers its share and helps with the others; the last one writes the whole table.
# Prints the array's job id.
set -euo pipefail
if [ $# -lt 1 ]; then
  sed -n '2,11s/^# \{0,1\}//p' "$0" >&2
  exit 64
fi
config="$1"
shift
here="$(cd "$(dirname "$0")/.." && pwd)"
tasks="${TASKS:-4}"
if [ -z "${REGBENCH:-}" ]; then
  REGBENCH="$here/.build/release/regbench"
  [ -x "$REGBENCH" ] || REGBENCH="$(command -v regbench || true)"
fi
if [ ! -x "$REGBENCH" ]; then
  echo "slurm-array.sh: no regbench found; make build, or set REGBENCH" >&2
  exit 66
fi
if ! command -v sbatch >/dev/null; then
  echo "slurm-array.sh: there is no sbatch here; start this on a machine that submits to Slurm" >&2
  exit 69
fi
# Errors in the config are better known now than from four logs.
"$REGBENCH" check "$config" >/dev/null

mkdir -p runs/slurm
export REGBENCH tasks
sbatch --parsable --array="0-$((tasks - 1))" --requeue --signal=TERM@120 \
  --cpus-per-task="${CPUS:-1}" --open-mode=append --export=ALL \
  --job-name="regbench $(basename "$config" .json)" --output="runs/slurm/%A-%a.log" \
  /dev/stdin "$config" "$@" <<'JOB'
#!/usr/bin/env bash
set -u
code=0
# As a step of its own, since Slurm signals steps and not this script.
srun "$REGBENCH" run "$@" --shard "$SLURM_ARRAY_TASK_ID/$tasks" \
  --jobs "${SLURM_CPUS_PER_TASK:-1}" || code=$?
if [ "$code" -eq 75 ]; then
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" && exit 0
fi
exit "$code"
JOB
