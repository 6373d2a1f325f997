"""Small members of every family of networks, written from their papers for PyTorch.

Names of modules are chosen so that `state_dict` has the keys that regbench's files have.
"""

import torch
from torch import nn
from torch.nn import functional as F


def conv(inputs, outputs, kernel, stride=1, padding=None, groups=1, bias=False):
    padding = kernel // 2 if padding is None else padding
    return nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=bias)


def pooled(x):
    return x.mean(dim=(2, 3))


class LeNet(nn.Module):
    """Two 5x5 convolutions with ReLU and 2x2 max pooling, 500 hidden units."""

    def __init__(self, side, classes):
        super().__init__()
        side = ((side - 4) // 2 - 4) // 2
        self.conv1 = conv(1, 20, 5, padding=0, bias=True)
        self.conv2 = conv(20, 50, 5, padding=0, bias=True)
        self.fc1 = nn.Linear(50 * side * side, 500)
        self.fc2 = nn.Linear(500, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc2(F.relu(self.fc1(x.flatten(1))))


class AlexFastNet(nn.Module):
    """cuda-convnet's layers-80sec: pooling windows are clipped at the border."""

    def __init__(self, width, side, classes):
        super().__init__()
        self.conv1 = conv(3, width, 5, bias=True)
        self.conv2 = conv(width, width, 5, bias=True)
        self.conv3 = conv(width, 2 * width, 5, bias=True)
        for _ in range(3):
            side = (side - 2) // 2 + 1
        self.fc64 = nn.Linear(2 * width * side * side, 2 * width)
        self.fc10 = nn.Linear(2 * width, classes)

    def forward(self, x):
        x = F.relu(F.max_pool2d(self.conv1(x), 3, 2, ceil_mode=True))
        x = F.avg_pool2d(F.relu(self.conv2(x)), 3, 2, ceil_mode=True)
        x = F.avg_pool2d(F.relu(self.conv3(x)), 3, 2, ceil_mode=True)
        return self.fc10(F.relu(self.fc64(x.flatten(1))))


def vgg11(width, classes):
    """Configuration A, no batch normalization, fully connected layers of 8 times the width."""
    features, inputs = [], 3
    for factor in [1, "M", 2, "M", 4, 4, "M", 8, 8, "M", 8, 8, "M"]:
        if factor == "M":
            features.append(nn.MaxPool2d(2, 2))
        else:
            features += [conv(inputs, factor * width, 3, bias=True), nn.ReLU()]
            inputs = factor * width
    # Places 2 and 5 hold the dropout of the paper, which is off.
    classifier = [
        nn.Linear(inputs, 8 * width), nn.ReLU(), nn.Identity(), nn.Linear(8 * width, 8 * width),
        nn.ReLU(), nn.Identity(), nn.Linear(8 * width, classes)]
    network = nn.Sequential()
    network.add_module("features", nn.Sequential(*features))
    network.add_module("flatten", nn.Flatten())
    network.add_module("classifier", nn.Sequential(*classifier))
    return network


class WideBlock(nn.Module):
    """BN-ReLU-conv twice; where channels change, the shortcut convolves the activated input."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv(inputs, outputs, 3, stride)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.conv2 = conv(outputs, outputs, 3)
        if inputs != outputs:
            self.convShortcut = conv(inputs, outputs, 1, stride)

    def forward(self, x):
        active = F.relu(self.bn1(x))
        body = self.conv2(F.relu(self.bn2(self.conv1(active))))
        return body + (self.convShortcut(active) if hasattr(self, "convShortcut") else x)


class WideResNet(nn.Module):
    def __init__(self, depth, widening, classes):
        super().__init__()
        self.conv1 = conv(3, 16, 3)
        inputs = 16
        for group in range(3):
            outputs = 16 * 2**group * widening
            blocks = []
            for index in range((depth - 4) // 6):
                blocks.append(WideBlock(inputs, outputs, 2 if group > 0 and index == 0 else 1))
                inputs = outputs
            holder = nn.Module()
            holder.layer = nn.Sequential(*blocks)
            self.add_module(f"block{group + 1}", holder)
        self.bn1 = nn.BatchNorm2d(inputs)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.conv1(x)
        for block in (self.block1, self.block2, self.block3):
            x = block.layer(x)
        return self.fc(pooled(F.relu(self.bn1(x))))


class ResidualBlock(nn.Module):
    """He et al.'s blocks: convolution, BN, ReLU, with the activation after or before."""

    def __init__(self, inputs, width, stride, bottleneck, pre, option):
        super().__init__()
        plan = [(3, stride, width), (3, 1, width)]
        if bottleneck:
            plan = [(1, 1, width), (3, stride, width), (1, 1, 4 * width)]
        outputs = plan[-1][2]
        self.pre, self.count, channels = pre, len(plan), inputs
        for number, (kernel, step, filters) in enumerate(plan, 1):
            self.add_module(f"bn{number}", nn.BatchNorm2d(channels if pre else filters))
            self.add_module(f"conv{number}", conv(channels, filters, kernel, step))
            channels = filters
        self.padding = 0
        if stride != 1 or inputs != outputs:
            self.stride = stride
            if option == "A":
                self.padding = outputs - inputs
            else:
                change = [conv(inputs, outputs, 1, stride)]
                self.downsample = nn.Sequential(
                    *(change if pre else change + [nn.BatchNorm2d(outputs)]))

    def shortcut(self, x):
        if self.padding:
            return F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.padding))
        return self.downsample(x) if hasattr(self, "downsample") else x

    def forward(self, x):
        y = x
        for number in range(1, self.count + 1):
            normalization, convolution = getattr(self, f"bn{number}"), getattr(self, f"conv{number}")
            if self.pre:
                y = convolution(F.relu(normalization(y)))
            else:
                y = normalization(convolution(y))
                y = F.relu(y) if number < self.count else y
        y = y + self.shortcut(x)
        return y if self.pre else F.relu(y)


class ResNet(nn.Module):
    """One block in each of three stages; stem and head of the plain and the pre-activation form."""

    def __init__(self, width, classes, bottleneck=False, pre=False, option="B"):
        super().__init__()
        self.conv1 = conv(3, width, 3)
        self.pre, inputs = pre, width
        for stage in range(3):
            filters = width * 2**stage
            block = ResidualBlock(inputs, filters, min(stage, 1) + 1, bottleneck, pre, option)
            self.add_module(f"layer{stage + 1}", nn.Sequential(block))
            inputs = filters * (4 if bottleneck else 1)
        self.add_module("bn" if pre else "bn1", nn.BatchNorm2d(inputs if pre else width))
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.conv1(x) if self.pre else F.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(pooled(F.relu(self.bn(x)) if self.pre else x))


class DenseLayer(nn.Module):
    def __init__(self, inputs, growth):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv(inputs, 4 * growth, 1)
        self.bn2 = nn.BatchNorm2d(4 * growth)
        self.conv2 = conv(4 * growth, growth, 3)

    def forward(self, x):
        y = self.conv1(F.relu(self.bn1(x)))
        return torch.cat([x, self.conv2(F.relu(self.bn2(y)))], 1)


class Transition(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(inputs)
        self.conv1 = conv(inputs, inputs // 2, 1)

    def forward(self, x):
        return F.avg_pool2d(self.conv1(F.relu(self.bn1(x))), 2)


class DenseNetBC(nn.Module):
    def __init__(self, depth, growth, classes):
        super().__init__()
        channels = 2 * growth
        self.conv1 = conv(3, channels, 3)
        for block in range(1, 4):
            layers = []
            for _ in range((depth - 4) // 6):
                layers.append(DenseLayer(channels, growth))
                channels += growth
            self.add_module(f"dense{block}", nn.Sequential(*layers))
            if block < 3:
                self.add_module(f"trans{block}", Transition(channels))
                channels //= 2
        self.bn = nn.BatchNorm2d(channels)
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.trans1(self.dense1(self.conv1(x)))
        x = self.dense3(self.trans2(self.dense2(x)))
        return self.fc(pooled(F.relu(self.bn(x))))


class NeXtBlock(nn.Module):
    def __init__(self, inputs, inner, outputs, groups, stride):
        super().__init__()
        self.conv_reduce, self.bn_reduce = conv(inputs, inner, 1), nn.BatchNorm2d(inner)
        self.conv_conv = conv(inner, inner, 3, stride, groups=groups)
        self.bn = nn.BatchNorm2d(inner)
        self.conv_expand, self.bn_expand = conv(inner, outputs, 1), nn.BatchNorm2d(outputs)
        self.shortcut = nn.Sequential()
        self.shortcut.add_module("shortcut_conv", conv(inputs, outputs, 1, stride))
        self.shortcut.add_module("shortcut_bn", nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = F.relu(self.bn_reduce(self.conv_reduce(x)))
        y = F.relu(self.bn(self.conv_conv(y)))
        return F.relu(self.bn_expand(self.conv_expand(y)) + self.shortcut(x))


class ResNeXt(nn.Module):
    """One bottleneck in each of three stages."""

    def __init__(self, groups, group_width, width, classes):
        super().__init__()
        self.conv_1_3x3, self.bn_1 = conv(3, width, 3), nn.BatchNorm2d(width)
        inputs = width
        for stage in range(3):
            outputs = 4 * width * 2**stage
            block = NeXtBlock(
                inputs, groups * group_width * 2**stage, outputs, groups, min(stage, 1) + 1)
            holder = nn.Sequential()
            holder.add_module(f"stage_{stage + 1}_bottleneck_0", block)
            self.add_module(f"stage_{stage + 1}", holder)
            inputs = outputs
        self.classifier = nn.Linear(inputs, classes)

    def forward(self, x):
        x = F.relu(self.bn_1(self.conv_1_3x3(x)))
        return self.classifier(pooled(self.stage_3(self.stage_2(self.stage_1(x)))))


class Autoencoder(nn.Module):
    """Sigmoid code; the output is log-odds."""

    def __init__(self, inputs, hidden):
        super().__init__()
        self.encoder, self.decoder = nn.Linear(inputs, hidden), nn.Linear(hidden, inputs)

    def forward(self, x):
        return self.decoder(self.encoder(x.flatten(1)).sigmoid())


def bare_norm(channels, flat=False):
    """Batch normalization as DCGAN's MNIST code has it."""
    return (nn.BatchNorm1d if flat else nn.BatchNorm2d)(channels, eps=1e-8, affine=False)


class Generator(nn.Module):
    def __init__(self, noise, width, side):
        super().__init__()
        self.map = (16 * width, side // 4, side // 4)
        self.fc = nn.Linear(noise, 16 * width * (side // 4) ** 2, bias=False)
        self.bn1, self.bn2 = bare_norm(16 * width), bare_norm(width)
        self.deconv1 = nn.ConvTranspose2d(16 * width, width, 5, 2, 2, 1, bias=False)
        self.deconv2 = nn.ConvTranspose2d(width, 1, 5, 2, 2, 1, bias=False)

    def forward(self, z):
        x = F.relu(self.bn1(self.fc(z).unflatten(1, self.map)))
        return self.deconv2(F.relu(self.bn2(self.deconv1(x)))).sigmoid()


class Discriminator(nn.Module):
    def __init__(self, width, side):
        super().__init__()
        self.conv1, self.conv2 = conv(1, width, 5, 2), conv(width, 2 * width, 5, 2)
        self.bn2, self.bn3 = bare_norm(2 * width), bare_norm(16 * width, flat=True)
        self.fc1 = nn.Linear(2 * width * (side // 4) ** 2, 16 * width, bias=False)
        self.fc2 = nn.Linear(16 * width, 1, bias=False)

    def forward(self, x):
        x = F.leaky_relu(self.conv1(x), 0.2)
        x = F.leaky_relu(self.bn2(self.conv2(x)), 0.2)
        return self.fc2(F.leaky_relu(self.bn3(self.fc1(x.flatten(1))), 0.2))
