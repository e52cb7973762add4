"""The block has no shortcut: x is never added.

Why it is wrong: without the sum it is an ordinary pair of convolutions. It has to learn to copy
its input, and that is what the shortcut should spare it.
Hint: How many arrows leave x in the picture, and how many in your forward?
"""

import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, x):
        y = torch.relu(self.conv1(x))
        return torch.relu(self.conv2(y))
