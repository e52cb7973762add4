"""The 1x1 convolutions of one block run as one, and ReLU comes after the joining."""

import torch
import torch.nn.functional as F
from torch import nn


def together(x, *layers):
    """Several 1x1 convolutions of the same x in one call."""
    weight = torch.cat([layer.weight for layer in layers])
    bias = torch.cat([layer.bias for layer in layers])
    return F.conv2d(x, weight, bias).split([layer.out_channels for layer in layers], dim=1)


class Block(nn.Module):
    """What both blocks share: small ways to make layers."""

    def conv(self, name, inside, outside, side=1):
        self.register_module(name, nn.Conv2d(inside, outside, side, padding=(side - 1) // 2))


class InceptionA(Block):
    def __init__(self, in_channels):
        super().__init__()
        for name in ("branch5x5_1", "branch1x1", "branch3x3_1"):
            self.conv(name, in_channels, 16)
        self.conv("branch_pool", in_channels, 24)
        self.conv("branch5x5_2", 16, 24, 5)
        self.conv("branch3x3_2", 16, 24, 3)
        self.conv("branch3x3_3", 24, 24, 3)

    def forward(self, x):
        one, five, three = together(x, self.branch1x1, self.branch5x5_1, self.branch3x3_1)
        # The average is a convolution too, channel by channel with nine equal weights.
        ninth = torch.full_like(x[:1, :1, :1, :1], 1 / 9).expand(x.shape[1], 1, 3, 3)
        pooled = F.conv2d(x, ninth, padding=1, groups=x.shape[1])
        five = self.branch5x5_2(five)
        three = self.branch3x3_3(self.branch3x3_2(three))
        return torch.cat([one, five, three, self.branch_pool(pooled)], dim=1)


class Inception(Block):
    def __init__(self, in_channels, c1, c2, c3, c4):
        super().__init__()
        self.conv("p1_1", in_channels, c1)
        self.conv("p2_1", in_channels, c2[0])
        self.conv("p3_1", in_channels, c3[0])
        self.conv("p2_2", c2[0], c2[1], 3)
        self.conv("p3_2", c3[0], c3[1], 5)
        self.conv("p4_2", in_channels, c4)

    def forward(self, x):
        one, two, three = together(x, self.p1_1, self.p2_1, self.p3_1)
        pooled = F.max_pool2d(x, 3, padding=1, stride=1)
        two, three = self.p2_2(two.clamp_min(0)), self.p3_2(three.clamp_min(0))
        return torch.cat([one, two, three, self.p4_2(pooled)], dim=1).clamp_min(0)


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if not hasattr(kernel_size, "__len__"):
        kernel_size = (kernel_size, kernel_size)
    weights = out_channels * in_channels * kernel_size[0] * kernel_size[1]
    pixels = height * width
    return weights * pixels


class InceptionNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.fc = nn.Linear(in_features=1408, out_features=num_classes)
        self.conv1 = nn.Conv2d(1, 10, (5, 5), padding="valid")
        self.conv2 = nn.Conv2d(88, 20, (5, 5), padding="valid")
        self.incep1 = InceptionA(10)
        self.incep2 = InceptionA(20)

    def stage(self, x, conv, block):
        return block(torch.relu(torch.max_pool2d(conv(x), 2)))

    def forward(self, x):
        x = self.stage(x, self.conv1, self.incep1)
        x = self.stage(x, self.conv2, self.incep2)
        return self.fc(torch.flatten(x, 1))
