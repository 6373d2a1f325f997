"""VGG for 32×32 images, without batch normalization, with hidden layers of 512 units."""

from torch import nn

STAGES = {11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


class VGG(nn.Module):
    def __init__(self, depth, classes=10):
        super().__init__()
        layers, inputs = [], 3
        for count, outputs in zip(STAGES[depth], (64, 128, 256, 512, 512)):
            for _ in range(count):
                layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(inplace=True)]
                inputs = outputs
            layers.append(nn.MaxPool2d(2))
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Sequential(
            nn.Linear(512, 512), nn.ReLU(inplace=True), nn.Dropout(0.5),
            nn.Linear(512, 512), nn.ReLU(inplace=True), nn.Dropout(0.5),
            nn.Linear(512, classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))
