"""What a training step and a prediction are, for one network or for the two of a GAN."""

import torch
from torch import nn

from networks import BENCHMARKS, GAN, dcgan


class NetworkSteps:
    """SGD with momentum and weight decay on random images."""

    def __init__(self, name, batch, layout, fused):
        benchmark = BENCHMARKS[name]
        self.network = benchmark.build().to(memory_format=layout)
        self.images = torch.rand(batch, *benchmark.shape).to(memory_format=layout)
        if benchmark.loss == "pixels":
            self.target, self.loss_of = self.images.flatten(1), nn.BCEWithLogitsLoss()
        else:
            self.target, self.loss_of = torch.randint(0, 10, (batch,)), nn.CrossEntropyLoss()
        self.optimizer = torch.optim.SGD(
            self.network.parameters(), lr=1e-3, momentum=0.9, weight_decay=5e-4, fused=fused)

    def parameters(self):
        """How many numbers are learned, by regbench's name of the network."""
        return {None: count(self.network)}

    def train(self):
        self.optimizer.zero_grad(set_to_none=True)
        self.loss_of(self.network(self.images), self.target).backward()
        self.optimizer.step()

    def evaluate(self):
        self.network.eval()

    def infer(self):
        self.network(self.images)


class AdversarialSteps:
    """One update of the discriminator on real and made images, one of the generator; Adam."""

    def __init__(self, batch, layout, fused):
        self.generator = dcgan.generator().to(memory_format=layout)
        self.discriminator = dcgan.discriminator().to(memory_format=layout)
        self.images = torch.rand(batch, 1, 28, 28).to(memory_format=layout)
        self.noise = torch.rand(batch, dcgan.NOISE) * 2 - 1
        self.real, self.made = torch.ones(batch, 1), torch.zeros(batch, 1)
        self.loss_of = nn.BCEWithLogitsLoss()
        for network in (self.generator, self.discriminator):
            for parameter in network.parameters():
                nn.init.normal_(parameter, 0, 0.02)
        self.generator_optimizer, self.discriminator_optimizer = (
            torch.optim.Adam(
                network.parameters(), lr=2e-4, betas=(0.5, 0.999), weight_decay=2.5e-5, fused=fused)
            for network in (self.generator, self.discriminator))

    def parameters(self):
        return {"dcgan-generator": count(self.generator),
                "dcgan-discriminator": count(self.discriminator)}

    def train(self):
        images = self.generator(self.noise)
        self.discriminator_optimizer.zero_grad(set_to_none=True)
        self.loss_of(self.discriminator(self.images), self.real).backward()
        self.loss_of(self.discriminator(images.detach()), self.made).backward()
        self.discriminator_optimizer.step()
        # The generator's update needs no gradients of the discriminator's weights.
        self.discriminator.requires_grad_(False)
        self.generator_optimizer.zero_grad(set_to_none=True)
        self.loss_of(self.discriminator(images), self.real).backward()
        self.generator_optimizer.step()
        self.discriminator.requires_grad_(True)

    def evaluate(self):
        self.generator.eval()

    def infer(self):
        self.generator(self.noise)


def steps(name, batch, layout, fused):
    """The steps of a network by its name."""
    if name == GAN:
        return AdversarialSteps(batch, layout, fused)
    return NetworkSteps(name, batch, layout, fused)


def count(network):
    return sum(parameter.numel() for parameter in network.parameters())
