"""The shortcut of the block is added twice.

Why it is wrong: the result is 2x + branch. The picture has one plus sign.
Hint: Set the kernels and biases to zero. How much of x comes out of your block?
"""

import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, x):
        return torch.relu(x + self.residual(x))

    def residual(self, x):
        y = torch.relu(self.conv1(x))
        return self.conv2(y) + x
