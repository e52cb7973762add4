"""The second convolution of the block reads x, not what conv1 made.

Why it is wrong: the result of conv1 has no part in what the block returns, so conv1 never learns.
Hint: Follow the output of conv1 through your forward. Who uses it?
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
        y = self.conv2(x)
        return torch.relu(x + y)
