"""A sample of the desk profile of configs/mnist-shakeout.json as a PyTorch script.

The same networks, sizes, batches, numbers of updates, optimizer, schedule and evaluations on
validation and test images; runs are spread over processes of one thread each, which import PyTorch
and read the data once. Batches are gathered from one tensor in memory (faster than a DataLoader), the
optimizer is the fused one, LeNet runs channels last (its faster layout), evaluation takes 1,000
images at a time. Prints a JSON object with the seconds and the runs' test errors.
"""

import argparse
import itertools
import json
import math
import multiprocessing
import sys
import time

import torch
from torch import nn

from mnist import images_and_labels
from networks.shakeout import ShakeoutLinear

VALIDATION, BATCH, UPDATES, EVERY = 10_000, 64, 4_000, 1_000
NETWORKS, ARMS = ("mlp", "lenet"), ("std-BP", "Dropout", "Shakeout")
data = {}


def network(name, arm, size):
    units = 4096 if name == "mlp" else 500
    last = nn.Linear(units, 10)
    if arm == "Dropout":
        last = nn.Sequential(nn.Dropout(0.5), last)
    elif arm == "Shakeout":
        last = ShakeoutLinear(units, 10, 0.4, 1 / math.sqrt(size))
    if name == "mlp":
        return nn.Sequential(nn.Flatten(), nn.Linear(784, units), nn.ReLU(inplace=True), last)
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Conv2d(20, 50, 5), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, units), nn.ReLU(inplace=True), last)


def initialize(module):
    """Caffe's xavier: U(±√(3/inputs)), biases 0."""
    if isinstance(module, (nn.Linear, nn.Conv2d)):
        bound = math.sqrt(3 / module.weight[0].numel())
        nn.init.uniform_(module.weight, -bound, bound)
        nn.init.zeros_(module.bias)


def prepare(folder):
    torch.set_num_threads(1)
    data["train"] = images_and_labels(folder, "train")
    data["test"] = images_and_labels(folder, "t10k")
    data["order"] = torch.randperm(
        len(data["train"][1]), generator=torch.Generator().manual_seed(1))


def error(model, images, labels):
    model.eval()
    wrong = 0
    with torch.inference_mode():
        for start in range(0, len(labels), 1000):
            chosen = slice(start, start + 1000)
            wrong += (model(images[chosen]).argmax(1) != labels[chosen]).sum().item()
    model.train()
    return 100 * wrong / len(labels)


def train(run):
    name, arm, size = run
    torch.manual_seed(1)
    images, labels = data["train"]
    training, held_out = data["order"][:size], data["order"][-VALIDATION:]
    validation = images[held_out], labels[held_out]
    model = network(name, arm, size).apply(initialize)
    if name == "lenet":
        model = model.to(memory_format=torch.channels_last)
    biases = [p for n, p in model.named_parameters() if n.endswith("bias")]
    weights = [p for n, p in model.named_parameters() if not n.endswith("bias")]
    optimizer = torch.optim.SGD(
        [{"params": weights}, {"params": biases}], lr=0.01, momentum=0.9, weight_decay=5e-4,
        fused=True)
    loss_of = nn.CrossEntropyLoss()
    indices, errors = training[:0], None
    for update in range(UPDATES):
        while len(indices) < BATCH:
            indices = torch.cat((indices, training[torch.randperm(size)]))
        chosen, indices = indices[:BATCH], indices[BATCH:]
        rate = 0.01 * (1 + 1e-4 * update) ** -0.75
        optimizer.param_groups[0]["lr"], optimizer.param_groups[1]["lr"] = rate, 2 * rate
        optimizer.zero_grad(set_to_none=True)
        loss_of(model(images[chosen]), labels[chosen]).backward()
        optimizer.step()
        if (update + 1) % EVERY == 0:
            errors = error(model, *validation), error(model, *data["test"])
    return {"network": name, "arm": arm, "trainSize": size, "test_error": errors[1]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="where MNIST's four files lie")
    parser.add_argument("--sizes", type=int, nargs="+", default=[3000])
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    start = time.perf_counter()
    runs = list(itertools.product(NETWORKS, ARMS, options.sizes))
    context = multiprocessing.get_context("spawn")
    with context.Pool(options.jobs, prepare, (options.folder,)) as pool:
        results = pool.map(train, runs, chunksize=1)
    json.dump({"seconds": time.perf_counter() - start, "runs": results,
               "version": torch.__version__}, sys.stdout)


if __name__ == "__main__":
    main()
