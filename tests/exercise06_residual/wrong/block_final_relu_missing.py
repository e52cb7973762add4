"""Nothing follows the addition in the block: the last ReLU is missing.

Why it is wrong: the block returns relu(x + branch), so a negative sum must come out as 0.
Hint: What is the smallest value that your block can return? And the smallest in the picture?
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
        return x + self.conv2(y)
