#!/usr/bin/env python3
"""Ten training steps of small networks in PyTorch, for Tests/EngineTests/References.

    pip install torch==2.13.0 safetensors==0.8.0 numpy
    scripts/pytorch/ten_steps.py Tests/EngineTests/References/PyTorch

Writes a safetensors file for each network. Initial weights, images and labels follow from a formula
(`uniform`), so a file holds only what training makes of them: the change of every parameter and
running statistic, times 1024, in 16 bits (an error of at most 2^-11 of the change), and in its
metadata the recipe and the loss before each step. PyTorch computes in double precision here: the
files do not depend on the machine, and all rounding seen against them is the reader's own.
"""

import json
import math
import pathlib
import sys

import numpy
import torch
from safetensors.torch import save_file
from torch import nn
from torch.nn import functional as F

import ten_steps_networks as networks

STEPS = 10
SCALE = 1024
SOFTMAX, SIGMOID = "softmaxCrossEntropy", "sigmoidCrossEntropySum"


def sgd(style, weight_decay=5e-4):
    return {"name": "sgd", "style": style, "momentum": 0.9, "weightDecay": weight_decay}


ADAM = {"name": "adam", "beta1": 0.5}

# File, network as a config writes it, input, the same network here, optimizer, learning rate, loss.
CASES = [
    ("lenet", "lenet", (1, 16, 16), lambda: networks.LeNet(16, 10), sgd("caffe"), 0.01, SOFTMAX),
    ("alexfastnet", {"name": "alexfastnet", "width": 4}, (3, 20, 20),
     lambda: networks.AlexFastNet(4, 20, 10), sgd("cudaConvnet", 0.004), 0.01, SOFTMAX),
    ("vgg", {"name": "vgg-11", "width": 3, "dropout": 0}, (3, 32, 32),
     lambda: networks.vgg11(3, 10), sgd("pytorch"), 0.02, SOFTMAX),
    ("wrn", "wrn-10-1", (3, 8, 8),
     lambda: networks.WideResNet(10, 1, 10), sgd("nesterov"), 0.02, SOFTMAX),
    ("resnet-basic-A", {"name": "resnet-8", "shortcut": "A", "width": 4}, (3, 12, 12),
     lambda: networks.ResNet(4, 10, option="A"), sgd("pytorch", 1e-4), 0.02, SOFTMAX),
    ("resnet-basic-B", {"name": "resnet-8", "shortcut": "B", "width": 4}, (3, 12, 12),
     lambda: networks.ResNet(4, 10), sgd("pytorch", 1e-4), 0.02, SOFTMAX),
    ("resnet-bottleneck", {"name": "resnet-11", "block": "bottleneck", "width": 4}, (3, 12, 12),
     lambda: networks.ResNet(4, 10, bottleneck=True), sgd("pytorch", 1e-4), 0.022, SOFTMAX),
    ("preresnet-bottleneck", {"name": "preresnet-11", "block": "bottleneck", "width": 4},
     (3, 12, 12), lambda: networks.ResNet(4, 10, bottleneck=True, pre=True),
     sgd("nesterov", 1e-4), 0.02, SOFTMAX),
    ("densenet-bc", "densenet-bc-16-4", (3, 12, 12),
     lambda: networks.DenseNetBC(16, 4, 10), sgd("nesterov", 1e-4), 0.018, SOFTMAX),
    ("resnext", {"name": "resnext-11-2x3", "width": 4}, (3, 12, 12),
     lambda: networks.ResNeXt(2, 3, 4, 10), sgd("nesterov"), 0.02, SOFTMAX),
    ("autoencoder", {"name": "autoencoder", "hidden": 12}, (2, 6, 6),
     lambda: networks.Autoencoder(72, 12), sgd("caffe", 1e-4), 0.01, SIGMOID),
]


def bits(name, count):
    """The first numbers of SplitMix64, started at the FNV-1a hash of the name."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001B3 % 2**64
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(seed) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(
            0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        return z ^ (z >> numpy.uint64(31))


def uniform(name, shape):
    """Multiples of 2^-24 from 0 to 1."""
    numbers = (bits(name, math.prod(shape)) >> numpy.uint64(40)).astype(numpy.float64) / 2**24
    return torch.from_numpy(numbers.reshape(shape))


def single(tensor):
    """Rounded to what the reader can hold."""
    return tensor.to(torch.float32).to(torch.float64)


def initialize(network, prefix=""):
    """He's variance for filters and matrices, about 1 for gains, about 0 for the rest."""
    gains = {
        f"{name}.weight" for name, module in network.named_modules()
        if isinstance(module, nn.modules.batchnorm._BatchNorm)}
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            centred = 2 * uniform(prefix + name, parameter.shape) - 1
            if parameter.ndim > 1:
                bound = math.sqrt(6 / math.prod(parameter.shape[1:]))
                parameter.copy_(single(centred * bound))
            else:
                parameter.copy_(single(centred * 0.1 + (1 if name in gains else 0)))


def arrays(network, prefix=""):
    return {
        prefix + name: tensor.detach().clone() for name, tensor in network.state_dict().items()
        if not name.endswith("num_batches_tracked")}


def optimizer(network, recipe, rate):
    parameters = list(network.parameters())
    if recipe["name"] == "adam":
        return torch.optim.Adam(parameters, lr=rate, betas=(recipe["beta1"], 0.999))
    # cuda-convnet decays weights only; at a constant rate its rule and Caffe's are PyTorch's.
    undecayed = [p for p in parameters if p.ndim == 1 and recipe["style"] == "cudaConvnet"]
    decayed = [p for p in parameters if all(p is not other for other in undecayed)]
    groups = [
        {"params": decayed, "weight_decay": recipe["weightDecay"]},
        {"params": undecayed, "weight_decay": 0}]
    return torch.optim.SGD(
        [group for group in groups if group["params"]], lr=rate, momentum=recipe["momentum"],
        nesterov=recipe["style"] == "nesterov")


def save(folder, file, before, after, recipe):
    changes = {}
    for name, start in before.items():
        change = ((after[name] - start) * SCALE).to(torch.float16)
        assert torch.isfinite(change).all(), name
        changes[name] = change
    path = pathlib.Path(folder) / f"{file}.safetensors"
    save_file(changes, path, metadata={"recipe": json.dumps(recipe), "scale": str(SCALE)})
    print(f"{file}: loss {recipe['losses'][0]:.4f} to {recipe['losses'][-1]:.4f}, "
          f"{path.stat().st_size} bytes")


class Kinks:
    """The smallest |argument| of any ReLU while it lasts. Where it is tiny, rounding decides on which
    side of the kink a unit is, and the references would ask for bits that nobody owes them."""

    def __enter__(self):
        self.distance, self.relu = math.inf, F.relu

        def relu(x, inplace=False):
            self.distance = min(self.distance, x.detach().abs().min().item())
            return self.relu(x, inplace)

        F.relu = relu
        return self

    def __exit__(self, *_):
        F.relu = self.relu


def train(folder, file, config, shape, make, rule, rate, loss, batch=8, classes=10):
    network = make().to(torch.float64).train()
    initialize(network)
    before, steps, losses = arrays(network), optimizer(network, rule, rate), []
    with Kinks() as kinks:
        for step in range(STEPS):
            # A short batch in between.
            count = batch - 3 if step == 6 else batch
            images = uniform(f"images {step}", (count, *shape))
            outputs = network(images)
            if loss == SOFTMAX:
                labels = torch.from_numpy((bits(f"labels {step}", count) % classes).astype(numpy.int64))
                value = F.cross_entropy(outputs, labels)
            else:
                value = F.binary_cross_entropy_with_logits(
                    outputs, images.flatten(1), reduction="sum") / count
            steps.zero_grad()
            value.backward()
            steps.step()
            losses.append(value.item())
    assert kinks.distance > 1e-6, f"{file}: a ReLU at {kinks.distance}; choose another learning rate"
    recipe = {
        "network": config, "input": shape, "classes": classes, "batch": batch, "optimizer": rule,
        "learningRate": rate, "loss": loss, "losses": losses}
    save(folder, file, before, arrays(network), recipe)


def train_dcgan(folder, noise=10, width=4, side=12, batch=16, rate=2e-3):
    """The discriminator on images and on the generator's, then the generator through it."""
    generator = networks.Generator(noise, width, side).to(torch.float64).train()
    discriminator = networks.Discriminator(width, side).to(torch.float64).train()
    parts = [(generator, "generator."), (discriminator, "discriminator.")]
    for network, prefix in parts:
        initialize(network, prefix)
    before = {name: x for part in parts for name, x in arrays(*part).items()}
    makes, judges = optimizer(generator, ADAM, rate), optimizer(discriminator, ADAM, rate)
    losses = []

    def judge(images, target):
        scores = discriminator(images)
        return F.binary_cross_entropy_with_logits(scores, torch.full_like(scores, target))

    for step in range(STEPS):
        real = uniform(f"images {step}", (batch, 1, side, side))
        false = generator(2 * uniform(f"noise {step}", (batch, noise)) - 1).detach()
        loss = judge(real, 1) + judge(false, 0)
        judges.zero_grad()
        loss.backward()
        judges.step()
        losses.append(loss.item())

        loss = judge(generator(2 * uniform(f"second noise {step}", (batch, noise)) - 1), 1)
        makes.zero_grad()
        loss.backward()
        makes.step()
        losses.append(loss.item())
    after = {name: x for part in parts for name, x in arrays(*part).items()}
    recipe = {
        "generator": {"name": "dcgan-generator", "noise": noise, "width": width},
        "discriminator": {"name": "dcgan-discriminator", "width": width}, "noise": noise,
        "input": (1, side, side), "batch": batch, "optimizer": ADAM, "learningRate": rate,
        "losses": losses}
    save(folder, "dcgan", before, after, recipe)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for case in CASES:
        train(sys.argv[1], *case)
    train_dcgan(sys.argv[1])


if __name__ == "__main__":
    main()
