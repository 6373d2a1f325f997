"""DenseNet-BC for 32×32 images, with torch.cat as is usual."""

import torch
import torch.nn.functional as F
from torch import nn

from .activations import relu


class DenseLayer(nn.Module):
    def __init__(self, inputs, growth, activation):
        super().__init__()
        self.activation = activation
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, 4 * growth, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = nn.Conv2d(4 * growth, growth, 3, 1, 1, bias=False)

    def forward(self, x):
        out = self.conv1(self.activation(self.bn1(x)))
        out = self.conv2(self.activation(self.bn2(out)))
        return torch.cat((x, out), 1)


class Transition(nn.Module):
    def __init__(self, inputs, outputs, activation):
        super().__init__()
        self.activation = activation
        self.bn = nn.BatchNorm2d(inputs)
        self.conv = nn.Conv2d(inputs, outputs, 1, bias=False)

    def forward(self, x):
        return F.avg_pool2d(self.conv(self.activation(self.bn(x))), 2)


class DenseNetBC(nn.Module):
    def __init__(self, depth, growth, classes=10, activation=relu):
        super().__init__()
        self.activation = activation
        channels = 2 * growth
        layers = [nn.Conv2d(3, channels, 3, 1, 1, bias=False)]
        for block in range(3):
            for _ in range((depth - 4) // 6):
                layers.append(DenseLayer(channels, growth, activation))
                channels += growth
            if block < 2:
                layers.append(Transition(channels, channels // 2, activation))
                channels //= 2
        self.features = nn.Sequential(*layers, nn.BatchNorm2d(channels))
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        return self.fc(F.adaptive_avg_pool2d(self.activation(self.features(x)), 1).flatten(1))
