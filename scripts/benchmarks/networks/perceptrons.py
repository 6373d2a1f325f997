"""Networks of fully connected layers on 28×28 digits."""

from torch import nn


class MLP(nn.Sequential):
    """784-4096-10 with Dropout on the hidden units, or a last layer that has its own noise."""

    def __init__(self, *last):
        super().__init__(
            nn.Flatten(), nn.Linear(784, 4096), nn.ReLU(inplace=True),
            *(last or (nn.Dropout(0.5), nn.Linear(4096, 10))))


class Autoencoder(nn.Sequential):
    """784-256-784; the output is log-odds."""

    def __init__(self):
        super().__init__(nn.Flatten(), nn.Linear(784, 256), nn.Sigmoid(), nn.Linear(256, 784))
