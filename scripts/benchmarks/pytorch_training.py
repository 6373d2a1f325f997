"""Training speed of PyTorch on the networks of regbench's own benchmark.

Prints a JSON array of objects with the keys of `regbench bench --json`. Every network is timed in
both memory layouts and with plain and fused SGD, eager, and the best of the four is reported: that
is what a careful PyTorch user would reach without compiling.
"""

import argparse
import itertools
import json
import resource
import statistics
import subprocess
import sys
import time


def lenet(nn):
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Conv2d(20, 50, 5), nn.ReLU(), nn.MaxPool2d(2, 2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(), nn.Dropout(0.5), nn.Linear(500, 10))


def mlp(nn):
    return nn.Sequential(
        nn.Flatten(), nn.Linear(784, 4096), nn.ReLU(), nn.Dropout(0.5), nn.Linear(4096, 10))


NETWORKS = {"lenet": (lenet, (1, 28, 28), 2_293_000), "mlp": (mlp, (1, 28, 28), 3_252_224)}


def measure(name, batch, threads, steps, channels_last, fused):
    """One variant, in this process: median images/s over five windows, training and inference."""
    import torch

    torch.set_num_threads(threads)
    torch.manual_seed(1)
    build, shape, _ = NETWORKS[name]
    layout = torch.channels_last if channels_last else torch.contiguous_format
    network = build(torch.nn).to(memory_format=layout)
    images = torch.rand(batch, *shape).to(memory_format=layout)
    labels = torch.randint(0, 10, (batch,))
    loss_of = torch.nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(
        network.parameters(), lr=0.01, momentum=0.9, weight_decay=5e-4, fused=fused)

    def train():
        optimizer.zero_grad(set_to_none=True)
        loss_of(network(images), labels).backward()
        optimizer.step()

    def windows(work):
        for _ in range(max(3, steps // 5)):
            work()
        rates = []
        for _ in range(5):
            start = time.perf_counter()
            for _ in range(steps):
                work()
            rates.append(batch * steps / (time.perf_counter() - start))
        return statistics.median(rates)

    train_rate = windows(train)
    network.eval()
    with torch.no_grad():
        infer_rate = windows(lambda: network(images))
    return {
        "train_images_per_s": train_rate, "infer_images_per_s": infer_rate,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "variant": ("channels_last" if channels_last else "nchw") + (" fused" if fused else ""),
    }


def best(name, arguments):
    """The best variant; each runs in a process of its own, so that memory figures are its own."""
    results = []
    for channels_last, fused in itertools.product((False, True), repeat=2):
        command = [
            sys.executable, __file__, name, "--one", f"{int(channels_last)}{int(fused)}",
            "--batch", str(arguments.batch), "--threads", str(arguments.threads),
            "--steps", str(arguments.steps)]
        results.append(json.loads(subprocess.run(
            command, check=True, capture_output=True, text=True).stdout))
    chosen = max(results, key=lambda result: result["train_images_per_s"])
    chosen["infer_images_per_s"] = max(result["infer_images_per_s"] for result in results)
    chosen["peak_mb"] = min(result["peak_mb"] for result in results)
    chosen["gflops"] = chosen["train_images_per_s"] * NETWORKS[name][2] * 6e-9
    return {"network": name, **chosen}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("networks", nargs="+", choices=NETWORKS)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(
            arguments.networks[0], arguments.batch, arguments.threads, arguments.steps,
            arguments.one[0] == "1", arguments.one[1] == "1")))
    else:
        print(json.dumps([best(name, arguments) for name in arguments.networks], indent=2))


if __name__ == "__main__":
    main()
