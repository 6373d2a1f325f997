"""ReLU, and what takes its place, as a PyTorch user would write it."""

from functools import partial

import torch
import torch.nn.functional as F
from torch import nn

relu = partial(F.relu, inplace=True)


class DropActivation(nn.Module):
    """Each ReLU is the identity with probability 1 - keep; evaluation is the mean."""

    def __init__(self, keep):
        super().__init__()
        self.keep = keep

    def forward(self, x):
        if not self.training:
            return F.leaky_relu(x, 1 - self.keep)
        return torch.where(torch.rand_like(x) < self.keep, F.relu(x), x)
