"""Layers and paths come from tables; the forward walks through them."""

import math
from functools import partial

import torch
from torch import nn
from torch.nn import functional

# name: (channels in, channels out, kernel); None stands for the channels of the input
LAYERS = {
    "branch_pool": (None, 24, 1),
    "branch3x3_1": (None, 16, 1),
    "branch3x3_2": (16, 24, 3),
    "branch3x3_3": (24, 24, 3),
    "branch5x5_1": (None, 16, 1),
    "branch5x5_2": (16, 24, 5),
    "branch1x1": (None, 16, 1),
}
PATHS = (
    ("branch1x1",),
    ("branch5x5_1", "branch5x5_2"),
    ("branch3x3_1", "branch3x3_2", "branch3x3_3"),
    ("average", "branch_pool"),
)


class InceptionA(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        for name, (inside, outside, kernel) in LAYERS.items():
            layer = nn.Conv2d(inside or in_channels, outside, kernel, padding=kernel // 2)
            nn.init.xavier_uniform_(layer.weight)
            nn.init.zeros_(layer.bias)
            setattr(self, name, layer)
        self.average = nn.AvgPool2d(kernel_size=3, stride=1, padding=1)

    def forward(self, x):
        results = []
        for path in PATHS:
            result = x
            for name in path:
                result = getattr(self, name)(result)
            results.append(result)
        return torch.cat(results, 1)


class Inception(nn.Module):
    def __init__(self, in_channels, c1, c2, c3, c4):
        super().__init__()
        sizes = [
            ("p4_2", in_channels, c4, 1),
            ("p3_2", *c3, 5),
            ("p3_1", in_channels, c3[0], 1),
            ("p2_2", *c2, 3),
            ("p2_1", in_channels, c2[0], 1),
            ("p1_1", in_channels, c1, 1),
        ]
        for name, inside, outside, kernel in sizes:
            self.add_module(name, nn.Conv2d(inside, outside, kernel, padding=(kernel - 1) // 2))
        self.pool = nn.MaxPool2d(3, 1, 1)
        self.act = nn.ReLU()

    def forward(self, x):
        steps = [[self.p1_1], [self.p2_1, self.p2_2], [self.p3_1, self.p3_2], [self.p4_2]]
        outputs = []
        for number, path in enumerate(steps):
            y = self.pool(x) if number == 3 else x
            for layer in path:
                y = self.act(layer(y))
            outputs += [y]
        return torch.concat(outputs, dim=-3)


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    sides = kernel_size if isinstance(kernel_size, (tuple, list)) else [kernel_size] * 2
    return math.prod([in_channels, out_channels, *sides, height, width])


class InceptionNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        convolution = partial(nn.Conv2d, kernel_size=5)
        self.incep2, self.incep1 = InceptionA(20), InceptionA(10)
        self.conv2, self.conv1 = convolution(88, 20), convolution(1, 10)
        # The size of the flattened result is found by a dry run.
        with torch.no_grad():
            features = self.features(torch.zeros(1, 1, 28, 28))
        self.fc = nn.Linear(features.numel(), num_classes)

    def features(self, x):
        for convolution, block in ((self.conv1, self.incep1), (self.conv2, self.incep2)):
            x = functional.max_pool2d(functional.relu(convolution(x)), kernel_size=2)
            x = block(x)
        return x

    def forward(self, x):
        return self.fc(self.features(x).view(x.size(0), -1))
