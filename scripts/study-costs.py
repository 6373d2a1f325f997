#!/usr/bin/env python3
"""Plans every study in configs/ in each of its profiles and writes what they cost as a page.

    scripts/study-costs.py [--calibration 2s] [--write Sources/regbench/Documentation/Costs.md]

The time of a run is measured by `regbench plan` on this machine, so it should do nothing else.
REGBENCH names the program, .build/release/regbench by default.
"""

import argparse
import datetime
import json
import math
import os
import subprocess
import sys

PROGRAM = os.environ.get("REGBENCH", ".build/release/regbench")


def regbench(*arguments):
    result = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"study-costs: regbench {' '.join(arguments)} ended with {result.returncode}\n{result.stderr}")
    return result.stdout


def hours(seconds):
    value = seconds / 3600
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 0.1 else f"{value:.2f}"


def days(seconds):
    value = seconds / 86_400
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}" if value >= 0.1 else "< 0.1"


def cores(plan):
    """How many cores finish a plan in a day, one run on each; None where one run takes longer."""
    if max((row["seconds"] for row in plan["rows"]), default=0) > 86_400:
        return None
    return max(1, math.ceil(plan["threadSeconds"] / 86_400))


def row(name, profile, plan):
    longest = max((row["seconds"] for row in plan["rows"]), default=0)
    enough = cores(plan)
    cells = [
        name, profile, f"{plan['runs']:,}", hours(plan["threadSeconds"]), hours(longest),
        f"{enough:,}" if enough else "–", days(plan["threadSeconds"] / 64),
    ]
    return "| " + " | ".join(cells) + " |"


def page(rows, facts, calibration):
    return "\n".join([
        "# What the studies cost",
        "",
        "Core-hours of every study in each of its profiles, from no finished run to the last, and how many",
        "cores finish it in a day when each trains one run at a time. A dash means that a single run takes",
        "longer than a day on one core: give each run several cores (`--threads`). The last column is what a",
        "node of 64 cores takes if all of them are busy all the time; a `week` profile is the part of a study",
        "that such a node finishes in a week. Counts of runs are upper bounds where the selection of",
        "hyper-parameters leaves candidates out.",
        "",
        f"Planned on {facts['cpu']} with {facts['cores']} cores, regbench {facts['version']}, on {facts['date']}, by",
        f"`scripts/study-costs.py --calibration {calibration} --write Sources/regbench/Documentation/Costs.md`.",
        "",
        "| study | profile | runs | core-hours | hours of the longest run | cores for a day | days on 64 cores |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
    ])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calibration", default="2s", help="how long to measure each study")
    parser.add_argument("--write", metavar="FILE", help="write the page there instead of printing it")
    options = parser.parse_args()
    rows = []
    for study in json.loads(regbench("list", "--json"))["studies"]:
        for profile in study["profiles"]:
            print(f"{study['name']} {profile}", file=sys.stderr)
            arguments = ["plan", study["config"], "--json", "--calibration", options.calibration]
            if profile not in ("paper", "full"):
                arguments += ["--profile", profile]
            rows.append(row(study["name"], profile, json.loads(regbench(*arguments))[0]))
    doctor = json.loads(regbench("doctor", "--json"))
    facts = {
        "cpu": doctor["cpu"], "cores": doctor["usable_cores"],
        "version": doctor["regbench"].removeprefix("regbench "),
        "date": datetime.date.today().isoformat(),
    }
    text = page(rows, facts, options.calibration)
    if options.write:
        with open(options.write, "w", encoding="utf-8") as file:
            file.write(text)
    else:
        print(text)


if __name__ == "__main__":
    main()
