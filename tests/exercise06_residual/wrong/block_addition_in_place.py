"""The block adds into x itself, in place.

Why it is wrong: the sum is right, but it is written into the caller's tensor. Autograd objects
too, when x is a leaf that wants a gradient.
Hint: Compare the tensor that you passed in with itself after the call. Which line writes to it?
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
        x += self.conv2(y)
        return torch.relu(x)
