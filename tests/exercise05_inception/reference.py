"""Exercise 5 by torch: the same graphs, from torch's layers."""

import torch
from torch import nn
from torch.nn import functional as F


class InceptionA(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        self.branch1x1 = nn.Conv2d(in_channels, 16, 1)
        self.branch5x5_1 = nn.Conv2d(in_channels, 16, 1)
        self.branch5x5_2 = nn.Conv2d(16, 24, 5, padding=2)
        self.branch3x3_1 = nn.Conv2d(in_channels, 16, 1)
        self.branch3x3_2 = nn.Conv2d(16, 24, 3, padding=1)
        self.branch3x3_3 = nn.Conv2d(24, 24, 3, padding=1)
        self.branch_pool = nn.Conv2d(in_channels, 24, 1)

    def forward(self, x):
        branches = (
            self.branch1x1(x),
            self.branch5x5_2(self.branch5x5_1(x)),
            self.branch3x3_3(self.branch3x3_2(self.branch3x3_1(x))),
            self.branch_pool(F.avg_pool2d(x, 3, stride=1, padding=1)),
        )
        return torch.cat(branches, dim=1)


class Inception(nn.Module):
    def __init__(self, in_channels, c1, c2, c3, c4):
        super().__init__()
        self.p1_1 = nn.Conv2d(in_channels, c1, 1)
        self.p2_1 = nn.Conv2d(in_channels, c2[0], 1)
        self.p2_2 = nn.Conv2d(c2[0], c2[1], 3, padding=1)
        self.p3_1 = nn.Conv2d(in_channels, c3[0], 1)
        self.p3_2 = nn.Conv2d(c3[0], c3[1], 5, padding=2)
        self.p4_2 = nn.Conv2d(in_channels, c4, 1)

    def forward(self, x):
        paths = (
            self.p1_1(x),
            self.p2_2(self.p2_1(x).relu()),
            self.p3_2(self.p3_1(x).relu()),
            self.p4_2(F.max_pool2d(x, 3, stride=1, padding=1)),
        )
        return torch.cat(paths, dim=1).relu()


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    # Each multiplication meets one weight at one pixel: torch itself counts the weights.
    with torch.device("meta"):
        layer = nn.Conv2d(in_channels, out_channels, kernel_size, bias=False)
    return layer.weight.numel() * height * width


class InceptionNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, 5)
        self.incep1 = InceptionA(10)
        self.conv2 = nn.Conv2d(88, 20, 5)
        self.incep2 = InceptionA(20)
        self.fc = nn.Linear(1408, num_classes)

    def forward(self, x):
        x = self.incep1(F.max_pool2d(self.conv1(x), 2).relu())
        x = self.incep2(F.max_pool2d(self.conv2(x), 2).relu())
        return self.fc(x.flatten(1))
