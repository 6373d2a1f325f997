"""Pre-activation residual networks of bottlenecks; a projection reads the input as it is."""

import torch.nn.functional as F
from torch import nn

from .activations import relu


class Bottleneck(nn.Module):
    def __init__(self, inputs, width, stride, activation):
        super().__init__()
        self.activation = activation
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1, bias=False)
        self.bn3 = nn.BatchNorm2d(width)
        self.conv3 = nn.Conv2d(width, 4 * width, 1, bias=False)
        self.downsample = None
        if stride != 1 or inputs != 4 * width:
            self.downsample = nn.Conv2d(inputs, 4 * width, 1, stride, bias=False)

    def forward(self, x):
        out = self.conv1(self.activation(self.bn1(x)))
        out = self.conv2(self.activation(self.bn2(out)))
        out = self.conv3(self.activation(self.bn3(out)))
        out += x if self.downsample is None else self.downsample(x)
        return out


class PreResNet(nn.Module):
    def __init__(self, depth, classes=10, activation=relu):
        super().__init__()
        self.activation = activation
        blocks, inputs = [], 16
        for stage, width in enumerate((16, 32, 64)):
            for index in range((depth - 2) // 9):
                stride = 2 if stage > 0 and index == 0 else 1
                blocks.append(Bottleneck(inputs, width, stride, activation))
                inputs = 4 * width
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.blocks = nn.Sequential(*blocks)
        self.bn = nn.BatchNorm2d(inputs)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.activation(self.bn(self.blocks(self.conv1(x))))
        return self.fc(F.adaptive_avg_pool2d(x, 1).flatten(1))
