"""Small networks of 5×5 convolutions."""

from torch import nn


def lenet(*last):
    """20 and 50 convolutions, 500 hidden units, Dropout before the classifier or one with its own
    noise."""
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Conv2d(20, 50, 5), nn.ReLU(inplace=True), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(800, 500), nn.ReLU(inplace=True),
        *(last or (nn.Dropout(0.5), nn.Linear(500, 10))))


def alexfastnet():
    """cuda-convnet's layers-80sec: overlapping pooling that rounds up, Dropout before fc64.

    The averages divide by the pixels inside the image, which is what PyTorch does for windows that
    only ceil_mode lets over the border.
    """
    return nn.Sequential(
        nn.Conv2d(3, 32, 5, padding=2), nn.MaxPool2d(3, 2, ceil_mode=True), nn.ReLU(inplace=True),
        nn.Conv2d(32, 32, 5, padding=2), nn.ReLU(inplace=True), nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Conv2d(32, 64, 5, padding=2), nn.ReLU(inplace=True), nn.AvgPool2d(3, 2, ceil_mode=True),
        nn.Flatten(), nn.Dropout(0.5), nn.Linear(1024, 64), nn.ReLU(inplace=True),
        nn.Linear(64, 10))
