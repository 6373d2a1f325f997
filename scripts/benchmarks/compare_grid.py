"""A grid of runs: regbench against an equivalent PyTorch script, in runs per hour.

The sample is trial 1 of one training size (or more) of the desk profile of
configs/mnist-shakeout.json: both networks, all three arms. Both sides use two processes of one thread
and are timed from their start to their end, so what starting costs counts. They take turns.
"""

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from machine_facts import facts

FOLDER = Path(__file__).parent
REGBENCH = FOLDER.parents[1] / ".build/release/regbench"
CONFIG = FOLDER.parents[1] / "configs/mnist-shakeout.json"


def regbench(options):
    """One side: all runs of the sample into a folder that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        command = [REGBENCH, "run", CONFIG, "--profile", "desk", "--set", "trials=1", "--only",
                   ",".join(f"trainSize={size}" for size in options.sizes), "--jobs", options.jobs,
                   "--threads", 1, "--data", options.data, "--offline", "--out",
                   Path(folder) / "results", "--quiet"]
        start = time.perf_counter()
        subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL,
                       cwd=folder)
        seconds = time.perf_counter() - start
        table = next(Path(folder).glob("results/**/runs.csv"))
        with table.open(encoding="utf-8", newline="") as rows:
            runs = list(csv.DictReader(rows))
    return {"seconds": seconds, "count": len(runs)}


def pytorch(options):
    command = [sys.executable, "-B", FOLDER / "grid_pytorch.py", options.data / "mnist"
               if (options.data / "mnist").is_dir() else options.data, "--sizes", *options.sizes,
               "--jobs", options.jobs]
    start = time.perf_counter()
    text = subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE,
                          text=True).stdout
    result = json.loads(text)
    return {"seconds": time.perf_counter() - start, "count": len(result["runs"]),
            "errors": {f"{run['network']} {run['arm']} {run['trainSize']}": run["test_error"]
                       for run in result["runs"]}}


def document(rounds, options, command):
    load = [{"load": pair["load"]} for pair in rounds]
    rate = {side: [3600 * pair[side]["count"] / pair[side]["seconds"] for pair in rounds]
            for side in ("regbench", "pytorch")}
    ratio = statistics.median(a / b for a, b in zip(rate["regbench"], rate["pytorch"]))
    lines = [
        "# A grid of runs: regbench and PyTorch", "", "Generated; do not edit.", "",
        *[f"- {name}: {text}" for name, text in facts(REGBENCH, load)],
        f"- command: `{command}`", "",
        "| round | runs | regbench s | PyTorch s | regbench runs/h | PyTorch runs/h | ratio |",
        "|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for index, pair in enumerate(rounds):
        ours, theirs = rate["regbench"][index], rate["pytorch"][index]
        lines.append(
            f"| {index + 1} | {pair['regbench']['count']} | {pair['regbench']['seconds']:.1f} | "
            f"{pair['pytorch']['seconds']:.1f} | {ours:.0f} | {theirs:.0f} | {ours / theirs:.2f} |")
    sizes = ", ".join(f"{size:,}" for size in options.sizes)
    lines += [
        "", f"Median ratio: **{ratio:.2f}**.", "",
        f"The sample is trial 1 at {sizes} training images of the desk profile of "
        "`configs/mnist-shakeout.json`: the 4096-unit network and LeNet, each with std-BP, Dropout "
        "and Shakeout, 4,000 updates of 64 images, validation and test errors every 1,000. Both "
        f"sides run {options.jobs} processes of one thread and are timed from start to end. The "
        "PyTorch script is `scripts/benchmarks/grid_pytorch.py`: data in memory, fused optimizer, "
        "each network in its faster layout. regbench also writes records and checkpoints.", "",
        "PyTorch's test errors, to show that it does the same work: "
        + "; ".join(f"{name}: {error:.2f} %"
                    for name, error in rounds[0]["pytorch"]["errors"].items()) + ".", "",
    ]
    return "\n".join(lines)


def command(options):
    """How to do it again; where the data lies is everybody's own."""
    sizes = " ".join(map(str, options.sizes))
    return (f"scripts/compare-grid.sh --data DIR --sizes {sizes} --jobs {options.jobs} "
            f"--rounds {options.rounds} --write {options.write or 'FILE'}")


def main():
    parser = argparse.ArgumentParser(
        prog="compare-grid.sh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=os.environ.get("REGBENCH_DATA", "data"),
                        help="MNIST's folder or the one above it; default: $REGBENCH_DATA or ./data")
    parser.add_argument("--sizes", type=int, nargs="+", default=[3000], choices=(500, 3000, 20000))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", type=Path, metavar="FILE",
                        help="write the report there, e.g. results/benchmarks/grid.md")
    options = parser.parse_args()
    options.data = Path(options.data).resolve()
    rounds = []
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)
        pair = {"load": os.getloadavg()[0]}
        sides = [("regbench", regbench), ("pytorch", pytorch)]
        for name, side in sides if number % 2 == 0 else reversed(sides):
            pair[name] = side(options)
        if pair["regbench"]["count"] != pair["pytorch"]["count"]:
            sys.exit(f"regbench made {pair['regbench']['count']} runs, the PyTorch script "
                     f"{pair['pytorch']['count']}")
        rounds.append(pair)
    text = document(rounds, options, command(options))
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        temporary = options.write.with_suffix(".tmp")
        temporary.write_text(text)
        temporary.replace(options.write)
    print(text, end="")


if __name__ == "__main__":
    main()
