"""The report of a comparison as Markdown."""

import math
import statistics

from networks import METHODS

TRAINING, INFERENCE = "train_images_per_s", "infer_images_per_s"


def best(rows, key):
    return max(row[key] for row in rows)


def ratios(record, key):
    """regbench over PyTorch's best, round by round: what drifts with the machine cancels."""
    return [pair["regbench"][key] / best(pair["pytorch"], key) for pair in record["rounds"]]


def summary(record):
    """The medians that one line of the table shows."""
    rounds = record["rounds"]
    peaks = [row["peak_mb"] for pair in rounds for row in pair["pytorch"]]
    fastest = max((row for pair in rounds for row in pair["pytorch"]),
                  key=lambda row: row[TRAINING])
    result = {"network": record["network"], "batch": rounds[0]["regbench"]["batch"],
              "variant": fastest["variant"], "rounds": len(rounds),
              "peak": statistics.median(pair["regbench"]["peak_mb"] for pair in rounds),
              "pytorch_peak": min(peaks + [look["peak_mb"] for look in record["looks"]])}
    for key in (TRAINING, INFERENCE):
        result[key] = statistics.median(pair["regbench"][key] for pair in rounds)
        result[f"pytorch_{key}"] = statistics.median(best(pair["pytorch"], key) for pair in rounds)
        result[f"ratio_{key}"] = statistics.median(ratios(record, key))
    spread = ratios(record, TRAINING)
    result["spread"] = f"{min(spread):.2f}–{max(spread):.2f}"
    return result


def rate(value):
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def line(row):
    cells = [row["network"], str(row["batch"])]
    for key in (TRAINING, INFERENCE):
        cells += [rate(row[key]), rate(row[f"pytorch_{key}"]), f"**{row[f'ratio_{key}']:.2f}**"]
        if key == TRAINING:
            cells.append(row["spread"])
    cells += [f"{row['peak']:,.0f}", f"{row['pytorch_peak']:,.0f}", row["variant"],
              str(row["rounds"])]
    return "| " + " | ".join(cells) + " |"


def geometric_mean(values):
    return math.exp(statistics.fmean(math.log(value) for value in values))


def table(rows, what):
    """The rows and the mean of their ratios; nothing of none."""
    if not rows:
        return []
    means = {key: geometric_mean([row[f"ratio_{key}"] for row in rows])
             for key in (TRAINING, INFERENCE)}
    head = ["network", "batch", "training images/s", "PyTorch", "ratio", "of rounds",
            "inference images/s", "PyTorch", "ratio", "peak MB", "PyTorch",
            "PyTorch's fastest variant", "rounds"]
    return [
        "| " + " | ".join(head) + " |",
        "|---|" + "---:|" * (len(head) - 3) + "---|---:|",
        *map(line, rows), "",
        f"Geometric mean of the ratios of {what}: training {means[TRAINING]:.2f}, inference "
        f"{means[INFERENCE]:.2f}.", ""]


def document(records, facts, options, command):
    """The whole report."""
    rows = [summary(record) for record in records]
    busy = (f" Meanwhile {options.busy} other processes burnt cycles." if options.busy else "")
    return "\n".join([
        "# regbench and PyTorch on one CPU", "",
        "Generated; do not edit. Rates are images per second, a ratio above 1 means that regbench "
        "is faster.", "",
        *[f"- {name}: {text}" for name, text in facts],
        f"- command: `{command}`", "",
        *table([row for row in rows if row["network"] not in METHODS], "the networks"),
        *table([row for row in rows if row["network"] in METHODS], "the networks with a method"),
        f"{options.threads} threads on both sides, float32, random images in memory, the same "
        "network (equal parameter counts are asserted), batch and optimizer; a step is forward, "
        "loss, backward, update. PyTorch runs eagerly; a quick look at both memory layouts (NCHW, "
        "channels last), each with the plain and the fused optimizer, decides which of the four "
        "could be its best in training or inference, and only those are measured in full. regbench "
        "and PyTorch take turns, each in a process of its own, the order reversed in every second "
        f"round; a process's rate is the median of {options.windows} windows of about "
        f"{options.seconds:g} s (half that for PyTorch's inference) after a warm-up. A ratio is the "
        "median over rounds of regbench's rate over PyTorch's best in the same round. Peak MB is "
        "the process's largest resident memory (10⁶ bytes) in training and inference; PyTorch's is "
        "the smallest of any variant. mlp, lenet and alexfastnet have Dropout 0.5 at one site, "
        "vgg-16 its own two. dcgan is one Adam update of the discriminator, on real and on made "
        "images, and one of the generator; its inference makes images. A method, behind a plus, is "
        "measured as its users write it in PyTorch, channels last: Drop-Activation with p = 0.95 in "
        "place of every ReLU, Dropout 0.3 in every block, Shakeout with τ = 0.4 and c = 0.1 in the "
        f"last layer.{busy}", "",
    ])
