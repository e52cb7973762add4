"""The result of InceptionA lives on the CPU, wherever x lives.

Why it is wrong: on a GPU the result comes back in the wrong memory. A new tensor lives on the CPU
unless it is told where to live.
Hint: Where does a tensor of torch.zeros live? Where does x live?
"""

import torch
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
        branch1x1 = self.branch1x1(x)
        branch5x5 = self.branch5x5_2(self.branch5x5_1(x))
        branch3x3 = self.branch3x3_3(self.branch3x3_2(self.branch3x3_1(x)))
        branch_pool = self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))
        result = torch.zeros(x.shape[0], 88, x.shape[2], x.shape[3], dtype=x.dtype)
        result[:, :16] = branch1x1
        result[:, 16:40] = branch5x5
        result[:, 40:64] = branch3x3
        result[:, 64:] = branch_pool
        return result
