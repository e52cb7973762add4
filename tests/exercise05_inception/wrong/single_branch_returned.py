"""Inception returns its last path alone.

Why it is wrong: the block is all its paths side by side. Here the other paths do not reach the
result.
Hint: How many channels leave your block? Compare with c1 + c2[1] + c3[1] + c4.
"""

import torch.nn.functional as F
from torch import nn


class Inception(nn.Module):
    def __init__(self, in_channels, c1, c2, c3, c4):
        super().__init__()
        self.p1_1 = nn.Conv2d(in_channels, c1, kernel_size=1)
        self.p2_1 = nn.Conv2d(in_channels, c2[0], kernel_size=1)
        self.p2_2 = nn.Conv2d(c2[0], c2[1], kernel_size=3, padding=1)
        self.p3_1 = nn.Conv2d(in_channels, c3[0], kernel_size=1)
        self.p3_2 = nn.Conv2d(c3[0], c3[1], kernel_size=5, padding=2)
        self.p4_2 = nn.Conv2d(in_channels, c4, kernel_size=1)

    def forward(self, x):
        out = F.relu(self.p1_1(x))
        out = F.relu(self.p2_2(F.relu(self.p2_1(x))))
        out = F.relu(self.p3_2(F.relu(self.p3_1(x))))
        out = F.relu(self.p4_2(F.max_pool2d(x, kernel_size=3, stride=1, padding=1)))
        return out
