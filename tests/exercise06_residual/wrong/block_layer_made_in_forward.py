"""A convolution in the block is made anew in forward, or kept where the module cannot see it.

Why it is wrong: such a layer has weights of its own. They are not the ones that were loaded or
learnt, and they stay float32 on the CPU.
Hint: Where is each convolution that your forward calls made? Call the block twice with the same x.
"""

import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, x):
        self.conv1 = nn.Conv2d(x.shape[1], x.shape[1], kernel_size=3, padding=1)
        y = torch.relu(self.conv1(x))
        return torch.relu(x + self.conv2(y))
