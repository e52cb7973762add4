"""InceptionA returns its last branch alone.

Why it is wrong: the block is all its branches side by side. Here the other branches do not reach
the result.
Hint: How many channels leave your block, and how many are promised?
"""

import torch.nn.functional as F
from torch import nn


class InceptionA(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        self.branch1x1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch5x5_1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch5x5_2 = nn.Conv2d(16, 24, kernel_size=5, padding=2)
        self.branch3x3_1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch3x3_2 = nn.Conv2d(16, 24, kernel_size=3, padding=1)
        self.branch3x3_3 = nn.Conv2d(24, 24, kernel_size=3, padding=1)
        self.branch_pool = nn.Conv2d(in_channels, 24, kernel_size=1)

    def forward(self, x):
        out = self.branch1x1(x)
        out = self.branch5x5_2(self.branch5x5_1(x))
        out = self.branch3x3_3(self.branch3x3_2(self.branch3x3_1(x)))
        out = self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))
        return out
