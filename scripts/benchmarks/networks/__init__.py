"""The networks of the comparison, as a PyTorch user would write them, by their regbench names."""

from dataclasses import dataclass
from typing import Callable

from . import densenet, perceptrons, preresnet, resnet, small_convolutions, vgg, wide_resnet


@dataclass(frozen=True)
class Benchmark:
    """A network with the batch and the loss that are usual for it."""

    build: Callable
    shape: tuple
    batch: int
    loss: str = "classes"  # or "pixels": log-odds of the input's own pixels


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

# Two networks that train each other have a step of their own.
GAN = "dcgan"
GAN_BATCH = 64
NAMES = [*NETWORKS, GAN]


def usual_batch(name):
    """Images in a step."""
    return GAN_BATCH if name == GAN else NETWORKS[name].batch
