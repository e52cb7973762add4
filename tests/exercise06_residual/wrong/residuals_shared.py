"""The plain blocks of the stage are one block, called several times.

Why it is wrong: one object at several places is still one object. All its places share one set of
weights, so they cannot learn different things.
Hint: Are these several blocks, or one block at several places? Change a weight of one and look.
"""

import torch
from torch import nn


class _Residual(nn.Module):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1, stride=stride)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv3 = nn.Conv2d(in_channels, out_channels, 1, stride=stride) if use_1x1conv else None

    def forward(self, x):
        y = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return torch.relu(y + (x if self.conv3 is None else self.conv3(x)))


def resnet_block(in_channels, out_channels, num_residuals, first_block=False):
    plain = _Residual(out_channels, out_channels)
    if first_block:
        return nn.Sequential(*[plain] * num_residuals)
    first = _Residual(in_channels, out_channels, use_1x1conv=True, stride=2)
    return nn.Sequential(first, *[plain] * (num_residuals - 1))
