"""Medians over rounds of regbench's and PyTorch's figures, as a Markdown table."""

import json
import statistics
import sys
from pathlib import Path


def load(folder, tool, network, rounds):
    files = [folder / f"{tool}-{network}-{index}.json" for index in range(1, rounds + 1)]
    return [json.loads(file.read_text())[0] for file in files]


def median(records, key):
    return statistics.median(record[key] for record in records)


def ratio(ours, theirs, key):
    """The median of the ratios round by round: drift of the machine cancels."""
    return statistics.median(a[key] / b[key] for a, b in zip(ours, theirs))


def main():
    folder, rounds = Path(sys.argv[1]), int(sys.argv[2])
    print("| network | training images/s | PyTorch | ratio | inference images/s | PyTorch | ratio "
          "| peak MB | PyTorch |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for network in sys.argv[3:]:
        ours = load(folder, "regbench", network, rounds)
        theirs = load(folder, "pytorch", network, rounds)
        cells = [network]
        for key in ("train_images_per_s", "infer_images_per_s"):
            cells += [f"{median(ours, key):.0f}", f"{median(theirs, key):.0f}",
                      f"{ratio(ours, theirs, key):.2f}"]
        cells += [f"{median(ours, 'peak_mb'):.0f}", f"{median(theirs, 'peak_mb'):.0f}"]
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
