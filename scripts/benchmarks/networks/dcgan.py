"""DCGAN's two networks for 28×28 digits: no biases, batch normalization without gain and shift."""

from torch import nn

NOISE = 100


def generator():
    """1024 maps of 7×7, 64 of 14×14, the image in [0, 1]."""
    return nn.Sequential(
        nn.Linear(NOISE, 1024 * 7 * 7, bias=False), nn.Unflatten(1, (1024, 7, 7)),
        nn.BatchNorm2d(1024, eps=1e-8, affine=False), nn.ReLU(inplace=True),
        nn.ConvTranspose2d(1024, 64, 5, 2, 2, output_padding=1, bias=False),
        nn.BatchNorm2d(64, eps=1e-8, affine=False), nn.ReLU(inplace=True),
        nn.ConvTranspose2d(64, 1, 5, 2, 2, output_padding=1, bias=False), nn.Sigmoid())


def discriminator():
    """64 and 128 convolutions of stride 2, 1024 hidden units, log-odds of being real."""
    return nn.Sequential(
        nn.Conv2d(1, 64, 5, 2, 2, bias=False), nn.LeakyReLU(0.2, inplace=True),
        nn.Conv2d(64, 128, 5, 2, 2, bias=False),
        nn.BatchNorm2d(128, eps=1e-8, affine=False), nn.LeakyReLU(0.2, inplace=True),
        nn.Flatten(), nn.Linear(128 * 7 * 7, 1024, bias=False),
        nn.BatchNorm1d(1024, eps=1e-8, affine=False), nn.LeakyReLU(0.2, inplace=True),
        nn.Linear(1024, 1, bias=False))
