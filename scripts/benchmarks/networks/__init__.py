"""The networks of the comparison, as a PyTorch user would write them, by their regbench names."""

from dataclasses import dataclass
from typing import Callable

from . import densenet, perceptrons, preresnet, resnet, small_convolutions, vgg, wide_resnet
from .activations import DropActivation
from .shakeout import ShakeoutLinear


@dataclass(frozen=True)
class Benchmark:
    """A network, perhaps with a method, with the batch and the loss that are usual for it."""

    build: Callable
    shape: tuple
    batch: int
    loss: str = "classes"  # or "pixels": log-odds of the input's own pixels
    regularizer: dict | None = None  # the method, as regbench's configs have it


DIGIT, PHOTO = (1, 28, 28), (3, 32, 32)

NETWORKS = {
    "mlp": Benchmark(perceptrons.MLP, DIGIT, 100),
    "lenet": Benchmark(small_convolutions.lenet, DIGIT, 64),
    "alexfastnet": Benchmark(small_convolutions.alexfastnet, PHOTO, 128),
    "autoencoder": Benchmark(perceptrons.Autoencoder, DIGIT, 100, loss="pixels"),
    "vgg-16": Benchmark(lambda: vgg.VGG(16), PHOTO, 128),
    "wrn-16-4": Benchmark(lambda: wide_resnet.WideResNet(16, 4), PHOTO, 128),
    "resnet-20": Benchmark(lambda: resnet.ResNet(20), PHOTO, 128),
    "preresnet-164": Benchmark(lambda: preresnet.PreResNet(164), PHOTO, 32),
    "densenet-bc-100-12": Benchmark(lambda: densenet.DenseNetBC(100, 12), PHOTO, 64),
}

DROP_ACTIVATION = {"name": "dropActivation", "keep": 0.95}
DROPOUT = {"name": "dropout", "drop": 0.3}
SHAKEOUT = {"name": "shakeout", "drop": 0.4, "c": 0.1}


def shakeout(inputs):
    """The last layer under Shakeout."""
    return ShakeoutLinear(inputs, 10, SHAKEOUT["drop"], SHAKEOUT["c"])


# Methods as their users write them; regbench's name of the network stands before the plus.
METHODS = {
    "mlp+shakeout": Benchmark(
        lambda: perceptrons.MLP(shakeout(4096)), DIGIT, 100, regularizer=SHAKEOUT),
    "lenet+shakeout": Benchmark(
        lambda: small_convolutions.lenet(shakeout(500)), DIGIT, 64, regularizer=SHAKEOUT),
    "wrn-16-4+dropout": Benchmark(
        lambda: wide_resnet.WideResNet(16, 4, drop=DROPOUT["drop"]), PHOTO, 128,
        regularizer=DROPOUT),
    "preresnet-164+dropActivation": Benchmark(
        lambda: preresnet.PreResNet(164, activation=DropActivation(DROP_ACTIVATION["keep"])), PHOTO,
        32, regularizer=DROP_ACTIVATION),
    "densenet-bc-100-12+dropActivation": Benchmark(
        lambda: densenet.DenseNetBC(100, 12, activation=DropActivation(DROP_ACTIVATION["keep"])),
        PHOTO, 64, regularizer=DROP_ACTIVATION),
}
BENCHMARKS = NETWORKS | METHODS

# Two networks that train each other have a step of their own.
GAN = "dcgan"
GAN_BATCH = 64
NAMES = [*NETWORKS, GAN, *METHODS]


def usual_batch(name):
    """Images in a step."""
    return GAN_BATCH if name == GAN else BENCHMARKS[name].batch
