"""DenseNet-BC for 32×32 images, with torch.cat as is usual."""

import torch
import torch.nn.functional as F
from torch import nn


class DenseLayer(nn.Module):
    def __init__(self, inputs, growth):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, 4 * growth, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = nn.Conv2d(4 * growth, growth, 3, 1, 1, bias=False)

    def forward(self, x):
        out = self.conv1(F.relu(self.bn1(x), inplace=True))
        out = self.conv2(F.relu(self.bn2(out), inplace=True))
        return torch.cat((x, out), 1)


class Transition(nn.Sequential):
    def __init__(self, inputs, outputs):
        super().__init__(
            nn.BatchNorm2d(inputs), nn.ReLU(inplace=True),
            nn.Conv2d(inputs, outputs, 1, bias=False), nn.AvgPool2d(2))


class DenseNetBC(nn.Module):
    def __init__(self, depth, growth, classes=10):
        super().__init__()
        channels = 2 * growth
        layers = [nn.Conv2d(3, channels, 3, 1, 1, bias=False)]
        for block in range(3):
            for _ in range((depth - 4) // 6):
                layers.append(DenseLayer(channels, growth))
                channels += growth
            if block < 2:
                layers.append(Transition(channels, channels // 2))
                channels //= 2
        self.features = nn.Sequential(
            *layers, nn.BatchNorm2d(channels), nn.ReLU(inplace=True))
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        return self.fc(F.adaptive_avg_pool2d(self.features(x), 1).flatten(1))
