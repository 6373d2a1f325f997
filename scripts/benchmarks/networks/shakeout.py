"""Shakeout as a PyTorch user would write it."""

import torch
import torch.nn.functional as F
from torch import nn


class ShakeoutLinear(nn.Linear):
    """A linear layer whose weights are enhanced or reversed per sample and input unit.

    The gradient takes tanh for the sign, as the paper says.
    """

    def __init__(self, inputs, outputs, drop, c):
        super().__init__(inputs, outputs)
        self.drop, self.c = drop, c

    def forward(self, x):
        if not self.training:
            return super().forward(x)
        keep = 1 - self.drop
        factor = torch.empty_like(x).bernoulli_(keep).div_(keep)
        smooth = torch.tanh(self.weight)
        sign = smooth + (self.weight.sign() - smooth).detach()
        return super().forward(x * factor) + self.c * F.linear(x * (factor - 1), sign)
