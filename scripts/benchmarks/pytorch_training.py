"""Training and inference speed of PyTorch, eager, on one network in one variant.

Prints a JSON object with the keys of `regbench bench --json`, the variant and the numbers of
parameters. A window has as many steps as last about --seconds; rates are medians over windows.
"""

import argparse
import json
import statistics
import time

import torch

from networks import NAMES, usual_batch
from pytorch_steps import steps

LAYOUTS = {"nchw": torch.contiguous_format, "channels_last": torch.channels_last}


def rate(work, batch, seconds, windows):
    """Images per second: two calls to warm up, one to choose the number of steps, then windows."""
    for _ in range(2):
        work()
    start = time.perf_counter()
    work()
    once = time.perf_counter() - start
    count = max(1, round(seconds / once))
    rates = []
    for _ in range(windows):
        start = time.perf_counter()
        for _ in range(count):
            work()
        rates.append(batch * count / (time.perf_counter() - start))
    return statistics.median(rates)


def peak_megabytes():
    """The largest resident memory so far, in 10⁶ bytes, as regbench reads its own."""
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024 / 1e6


def measure(options):
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    batch = options.batch or usual_batch(options.network)
    work = steps(options.network, batch, LAYOUTS[options.layout], options.fused)
    train_rate = rate(work.train, batch, options.seconds, options.windows)
    work.evaluate()
    with torch.inference_mode():
        infer_rate = rate(work.infer, batch, options.seconds / 2, options.windows)
    return {
        "network": options.network, "train_images_per_s": train_rate,
        "infer_images_per_s": infer_rate, "peak_mb": peak_megabytes(), "batch": batch,
        "variant": options.layout + (" fused" if options.fused else ""),
        "parameters": {name or options.network: count
                       for name, count in work.parameters().items()},
        "version": torch.__version__,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("network", choices=NAMES)
    parser.add_argument("--layout", choices=LAYOUTS, default="nchw")
    parser.add_argument("--fused", action="store_true", help="the optimizer's fused kernel")
    parser.add_argument("--batch", type=int, help="images in a step; default: the usual one")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=2, help="length of a training window")
    parser.add_argument("--windows", type=int, default=3)
    print(json.dumps(measure(parser.parse_args())))


if __name__ == "__main__":
    main()
