"""The block calls conv1 in both places; conv2 is never used.

Why it is wrong: the two convolutions have weights of their own. Here one set serves twice and
the other never learns.
Hint: Which layers of __init__ appear in forward, and how often?
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
        y = self.conv1(y)
        return torch.relu(x + y)
