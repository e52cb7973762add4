"""InceptionA pads the results, not the inputs, of its convolutions.

Why it is wrong: a ring of zeros around a result gives back the size but not the numbers: at the
border the convolution has seen nothing.
Hint: Look at the outermost ring of your 5x5 branch. Should it be zero everywhere?
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
        branch5x5 = F.pad(self.branch5x5_2(self.branch5x5_1(x)), (2, 2, 2, 2))
        branch3x3 = F.pad(self.branch3x3_2(self.branch3x3_1(x)), (1, 1, 1, 1))
        branch3x3 = F.pad(self.branch3x3_3(branch3x3), (1, 1, 1, 1))
        branch_pool = self.branch_pool(F.avg_pool2d(x, kernel_size=3, stride=1, padding=1))
        return torch.cat([branch1x1, branch5x5, branch3x3, branch_pool], dim=1)
