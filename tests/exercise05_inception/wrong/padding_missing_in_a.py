"""A branch of InceptionA shrinks the plane: a window in it has no padding.

Why it is wrong: a window without padding fits into fewer places than there are pixels, so the
branch loses rows and columns and no longer fits beside the others.
Hint: Print the height and width of each branch before you join them.
"""

import torch
import torch.nn.functional as F
from torch import nn


class InceptionA(nn.Module):
    def __init__(self, in_channels):
        super().__init__()
        self.branch1x1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch5x5_1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch5x5_2 = nn.Conv2d(16, 24, kernel_size=5)
        self.branch3x3_1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch3x3_2 = nn.Conv2d(16, 24, kernel_size=3)
        self.branch3x3_3 = nn.Conv2d(24, 24, kernel_size=3)
        self.branch_pool = nn.Conv2d(in_channels, 24, kernel_size=1)

    def forward(self, x):
        branch1x1 = self.branch1x1(x)
        branch5x5 = self.branch5x5_2(self.branch5x5_1(x))
        branch3x3 = self.branch3x3_3(self.branch3x3_2(self.branch3x3_1(x)))
        branch_pool = self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1))
        return torch.cat([branch1x1, branch5x5, branch3x3, branch_pool], dim=1)
