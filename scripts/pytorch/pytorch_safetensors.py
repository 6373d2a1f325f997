#!/usr/bin/env python3
"""Makes the safetensors file that Tests/WeightsTests reads, with PyTorch's own writer.

    pip install torch==2.13.0 safetensors==0.8.0
    scripts/pytorch/pytorch_safetensors.py Tests/WeightsTests/Files/pytorch.safetensors

A convolution, a batch normalization and a fully connected layer that reads a flattened 3x2x2 map,
as `state_dict` gives them, with elements in all types that weights have. The n-th number of a tensor
is n/4 + k for the k-th tensor, which is exact in each of them.
"""

import sys

import torch
from safetensors.torch import save_file
from torch import nn

TYPES = {"conv1.bias": torch.float64, "bn1.bias": torch.float16, "bn1.running_mean": torch.bfloat16}


def main():
    network = nn.Sequential()
    network.add_module("conv1", nn.Conv2d(2, 3, 3))
    network.add_module("bn1", nn.BatchNorm2d(3))
    network.add_module("flatten", nn.Flatten())
    network.add_module("fc", nn.Linear(12, 2))
    state = network.state_dict()
    numbers = {}
    for place, (name, tensor) in enumerate(state.items()):
        if name.endswith("num_batches_tracked"):
            numbers[name] = torch.tensor(7)
            continue
        values = torch.arange(tensor.numel()).reshape(tensor.shape) / 4 + place
        numbers[name] = values.to(TYPES.get(name, torch.float32))
    save_file(numbers, sys.argv[1], metadata={"format": "pt"})


main()
