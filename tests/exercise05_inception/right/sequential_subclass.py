"""Subclasses of torch's layers and containers, star imports, lambdas."""
# ruff: noqa: E731, F403, F405

import math
from collections import OrderedDict

from torch import *
from torch.nn import *
from torch.nn import functional as F

pair = lambda k: k if isinstance(k, tuple) else (k, k)


class Same(Conv2d):
    """A convolution that keeps the plane."""

    def __init__(self, inside, outside, side=1):
        super().__init__(inside, outside, side, padding="same")


class Activated(Same):
    def forward(self, x):
        return F.relu(super().forward(x), inplace=True)


class InceptionA(Module):
    def __init__(self, in_channels):
        super().__init__()
        self.add_module("branch1x1", Same(in_channels, 16))
        self.add_module("branch5x5_1", Same(in_channels, 16))
        self.add_module("branch3x3_1", Same(in_channels, 16))
        self.add_module("branch5x5_2", Same(16, 24, 5))
        self.add_module("branch3x3_2", Same(16, 24, 3))
        self.add_module("branch3x3_3", Same(24, 24, 3))
        self.add_module("branch_pool", Same(in_channels, 24))
        self.pooling = AvgPool2d(3, 1, 1)
        self.branches = [
            lambda x: self.branch1x1(x),
            lambda x: self.branch5x5_2(self.branch5x5_1(x)),
            lambda x: self.branch3x3_3(self.branch3x3_2(self.branch3x3_1(x))),
            lambda x: self.branch_pool(self.pooling(x)),
        ]

    def forward(self, x):
        return cat([branch(x) for branch in self.branches], axis=1)


class Inception(Module):
    def __init__(self, in_channels, c1, c2, c3, c4):
        super().__init__()
        self.p1_1 = Activated(in_channels, c1)
        self.p2_1 = Activated(in_channels, c2[0])
        self.p2_2 = Activated(*c2, 3)
        self.p3_1 = Activated(in_channels, c3[0])
        self.p3_2 = Activated(*c3, 5)
        self.p4_2 = Activated(in_channels, c4)

    def forward(self, x):
        path1 = self.p1_1(x)
        path2 = Sequential(self.p2_1, self.p2_2)(x)
        path3 = Sequential(self.p3_1, self.p3_2)(x)
        path4 = self.p4_2(F.max_pool2d(x, (3, 3), (1, 1), (1, 1)))
        return cat((path1, path2, path3, path4), 1)


conv_cost = lambda in_channels, out_channels, kernel_size, height, width: math.prod(
    [in_channels, out_channels, height, width, *pair(kernel_size)]
)


class InceptionNet(Sequential):
    def __init__(self, num_classes=10):
        layers = OrderedDict()
        for number, inside, outside in ((1, 1, 10), (2, 88, 20)):
            layers[f"conv{number}"] = Conv2d(inside, outside, 5)
            layers[f"pool{number}"] = MaxPool2d(2)
            layers[f"relu{number}"] = ReLU(inplace=True)
            layers[f"incep{number}"] = InceptionA(outside)
        layers["flatten"] = Flatten()
        layers["fc"] = Linear(22 * 64, num_classes)
        super().__init__(layers)
