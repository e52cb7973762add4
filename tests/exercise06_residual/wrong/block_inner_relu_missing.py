"""There is no ReLU between the two convolutions of the block.

Why it is wrong: two convolutions in a row are only one bigger linear map. The ReLU between them
is what makes the second one worth having.
Hint: Count the ReLUs in the picture of the block. How many does your forward have?
"""

import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, x):
        y = self.conv2(self.conv1(x))
        return torch.relu(x + y)
