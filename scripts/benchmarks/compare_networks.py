"""regbench against PyTorch on the same cores, network by network, in turns.

For each network a quick look tries PyTorch in both memory layouts with the plain and the fused
optimizer; those that could be its best in training or in inference go on. Then come rounds: regbench
and each of these, one right after the other, every one in a process of its own (so that peak memory
is its own), the order reversed in every second round. A round's ratio is regbench's rate over the
best that PyTorch reached in that round; the table shows medians over rounds.

A name with a plus is a network with a method, which PyTorch runs channels last. --busy starts
processes that do nothing but burn cycles, so that both tools have neighbours.
"""

import argparse
import contextlib
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path

from comparison_table import document
from machine_facts import facts
from networks import BENCHMARKS, METHODS, NAMES

FOLDER = Path(__file__).parent
REGBENCH = FOLDER.parents[1] / ".build/release/regbench"
# A variant this much slower than the best in the quick look is not measured further.
CLEARLY_SLOWER = 0.9


def output(command):
    return subprocess.run([str(part) for part in command], check=True, stdout=subprocess.PIPE,
                          text=True).stdout


def talk(text):
    print(text, file=sys.stderr, flush=True)


class Comparison:
    """One network's measurements."""

    def __init__(self, network, options):
        self.network, self.options = network, options
        self.looks, self.rounds = [], []
        self.load = os.getloadavg()[0]

    def pytorch(self, layout, fused, seconds, windows):
        command = [sys.executable, FOLDER / "pytorch_training.py", self.network, "--layout", layout,
                   "--threads", self.options.threads, "--seconds", seconds, "--windows", windows]
        return json.loads(output(command + (["--fused"] if fused else [])))

    def regbench(self):
        command = [REGBENCH, "bench", base(self.network), *method(self.network), "--threads", self.options.threads, "--seconds",
                   self.options.seconds, "--windows", self.options.windows, "--json"]
        return json.loads(output(command))[0]

    def quick_look(self):
        """All variants, briefly; returns those to be measured."""
        layouts = ("channels_last",) if self.network in METHODS else ("nchw", "channels_last")
        for layout, fused in itertools.product(layouts, (False, True)):
            look = self.pytorch(layout, fused, self.options.seconds / 4, 1)
            self.looks.append({"layout": layout, "fused": fused, **look})
        check_parameters({base(name): count for name, count in self.looks[0]["parameters"].items()})
        by_training = sorted(self.looks, key=lambda look: -look["train_images_per_s"])
        chosen = [look for look in by_training if look["train_images_per_s"]
                  >= CLEARLY_SLOWER * by_training[0]["train_images_per_s"]]
        chosen = chosen[:self.options.variants]
        by_inference = max(self.looks, key=lambda look: look["infer_images_per_s"])
        if by_inference["layout"] not in [look["layout"] for look in chosen]:
            chosen.append(by_inference)
        return [(look["layout"], look["fused"]) for look in chosen]

    def run(self, deadline):
        """The quick look and as many of the rounds as end before the deadline, at least one."""
        variants = self.quick_look()
        longest = 0
        for number in range(self.options.rounds):
            start = time.monotonic()
            if number > 0 and start + longest > deadline:
                talk(f"  out of time after {number} of {self.options.rounds} rounds")
                break
            ours, theirs = None, []
            for tool in ("regbench", "pytorch") if number % 2 == 0 else ("pytorch", "regbench"):
                if tool == "regbench":
                    ours = self.regbench()
                else:
                    theirs = [self.pytorch(layout, fused, self.options.seconds,
                                           self.options.windows) for layout, fused in variants]
            check_batch(self.network, ours, theirs)
            self.rounds.append({"regbench": ours, "pytorch": theirs})
            longest = max(longest, time.monotonic() - start)
        return {"network": self.network, "load": self.load, "looks": self.looks,
                "rounds": self.rounds}


def base(name):
    """regbench's name of the network."""
    return name.partition("+")[0]


def method(name):
    """What tells `regbench bench` the method."""
    if name not in METHODS:
        return []
    return ["--regularizer", json.dumps(BENCHMARKS[name].regularizer)]


@contextlib.contextmanager
def neighbours(count):
    """Processes that burn cycles meanwhile."""
    burning = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for process in burning:
            process.kill()
            process.wait()


def check_parameters(counts):
    """Both sides must learn as many numbers, or they are not the same network."""
    for name, count in counts.items():
        described = json.loads(output([REGBENCH, "networks", name, "--json"]))
        if described["parameters"] != count:
            sys.exit(f"{name} has {described['parameters']} parameters in regbench and {count} "
                     "in scripts/benchmarks/networks")


def check_batch(network, ours, theirs):
    for other in theirs:
        if other["batch"] != ours["batch"]:
            sys.exit(f"{network}: batches of {ours['batch']} and of {other['batch']}")


def main():
    parser = argparse.ArgumentParser(
        prog="compare-pytorch.sh", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NETWORK",
                        help=f"default: all of {', '.join(NAMES)}")
    parser.add_argument("--variants", type=int, default=2,
                        help="of PyTorch's variants that train fastest, how many are measured")
    parser.add_argument("--busy", type=int, default=0, metavar="N",
                        help="measure beside N processes that burn cycles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2, help="length of a training window")
    parser.add_argument("--windows", type=int, default=3, help="windows of a process")
    parser.add_argument("--minutes", type=float, default=40,
                        help="when these are over, no network begins another round")
    parser.add_argument("--write", type=Path, metavar="FILE",
                        help="write the report there, e.g. results/benchmarks/cpu.md")
    parser.add_argument("--records", type=Path, metavar="FILE",
                        help="write every single measurement there as JSON")
    options = parser.parse_args()
    names = options.networks or NAMES
    if unknown := [name for name in names if name not in NAMES]:
        parser.error(f"unknown network {unknown[0]}; known: {', '.join(NAMES)}")
    counts = (options.rounds, options.threads, options.windows, options.variants)
    if min(counts) < 1 or options.seconds <= 0 or options.busy < 0:
        parser.error("rounds, threads, windows, variants and seconds must be positive")
    end = time.monotonic() + 60 * options.minutes
    records = []
    with neighbours(options.busy):
        for index, network in enumerate(names):
            talk(f"{network} ({index + 1} of {len(names)})")
            # What is left is shared evenly, so that a slow network costs no later one its rounds.
            share = (end - time.monotonic()) / (len(names) - index)
            records.append(Comparison(network, options).run(time.monotonic() + share))
            if options.records:
                options.records.write_text(json.dumps(records, indent=1))
    command = " ".join(["scripts/compare-pytorch.sh", *sys.argv[1:]])
    text = document(records, facts(REGBENCH, records), options, command)
    if options.write:
        options.write.parent.mkdir(parents=True, exist_ok=True)
        temporary = options.write.with_suffix(".tmp")
        temporary.write_text(text)
        temporary.replace(options.write)
    print(text, end="")


if __name__ == "__main__":
    main()
