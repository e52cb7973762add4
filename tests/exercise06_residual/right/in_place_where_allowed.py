"""Saves memory: writes in place, but only into tensors that the block made itself."""

from itertools import pairwise

from torch import nn
from torch.nn import functional as F


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.conv2(self.relu(self.conv1(x)))
        y += x
        return self.relu(y)


class Residual(nn.Module):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        if not use_1x1conv:
            if in_channels != out_channels:
                raise ValueError(f"out_channels must be {in_channels} without the 1x1 convolution")
            if stride > 1:
                raise ValueError("stride must be 1 without the 1x1 convolution")
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.register_module("conv3", None)
        if use_1x1conv:
            self.conv3 = nn.Conv2d(in_channels, out_channels, 1, stride=stride)
        self.bn1, self.bn2 = nn.BatchNorm2d(out_channels), nn.BatchNorm2d(out_channels)

    def forward(self, x):
        y = F.relu_(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        y.add_(self.conv3(x) if self.conv3 else x)
        return F.relu(y, inplace=True)


def resnet_block(in_channels, out_channels, num_residuals, first_block=False):
    channels = [in_channels] + [out_channels] * num_residuals
    blocks = nn.ModuleList()
    for i, (before, after) in enumerate(pairwise(channels)):
        halves = i == 0 and not first_block
        blocks.append(Residual(before, after, use_1x1conv=halves, stride=2 if halves else 1))
    return nn.Sequential(*blocks)


class ResidualNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5, padding=2)
        self.conv2 = nn.Conv2d(16, 32, 5, padding=2)
        self.pool = nn.MaxPool2d(2, 2)
        self.rblock1 = ResidualBlock(16)
        self.rblock2 = ResidualBlock(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        # Pooling first, then ReLU: the greatest value after a ReLU is the ReLU of the greatest.
        x = self.rblock1(F.relu_(self.pool(self.conv1(x))))
        x = self.rblock2(F.relu_(self.pool(self.conv2(x))))
        return self.fc(x.view(x.size(0), -1))
