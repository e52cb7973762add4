"""The result of Inception is float32, whatever goes in.

Why it is wrong: float64 numbers lose half of their digits. A new tensor is float32 unless it is
told otherwise.
Hint: Feed float64 into the block. Which dtype comes out, and which line makes it so?
"""

import torch
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
        p1 = F.relu(self.p1_1(x))
        p2 = F.relu(self.p2_2(F.relu(self.p2_1(x))))
        p3 = F.relu(self.p3_2(F.relu(self.p3_1(x))))
        p4 = F.relu(self.p4_2(F.max_pool2d(x, kernel_size=3, stride=1, padding=1)))
        paths = [p1, p2, p3, p4]
        channels = sum(p.shape[1] for p in paths)
        result = torch.zeros(x.shape[0], channels, x.shape[2], x.shape[3], device=x.device)
        start = 0
        for p in paths:
            result[:, start : start + p.shape[1]] = p
            start += p.shape[1]
        return result
