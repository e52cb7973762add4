"""The block's last ReLU comes before the addition.

Why it is wrong: after that ReLU the branch can only raise values, never lower them, and the
sum goes on to the next layer without any ReLU.
Hint: Can the output of your block be negative? Feed it x = -5 and a branch of zeros.
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
        y = torch.relu(self.conv2(y))
        return x + y
