"""The plane is halved only where the channels change.

Why it is wrong: every stage halves once, in its first block. Only first_block=True is an exception,
and it says so.
Hint: What decides about the stride in your code? Try a stage from 4 to 4 channels.
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
    blocks = []
    for i in range(num_residuals):
        if i == 0 and not first_block:
            stride = 2 if in_channels != out_channels else 1
            blocks.append(_Residual(in_channels, out_channels, True, stride))
        else:
            blocks.append(_Residual(out_channels, out_channels))
    return nn.Sequential(*blocks)
