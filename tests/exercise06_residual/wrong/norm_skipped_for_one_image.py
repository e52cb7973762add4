"""A single image passes without its batch norms.

Why it is wrong: in eval mode a batch norm works with what it remembers, for one image as for many.
The result for an image must not hang on how many others are beside it.
Hint: Compare block(x)[:1] with block(x[:1]) in eval mode. What in your code looks at the batch?
"""

import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        super().__init__()
        if not use_1x1conv and (in_channels != out_channels or stride != 1):
            raise ValueError("the shortcut needs a 1x1 convolution")
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1, stride=stride)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv3 = nn.Conv2d(in_channels, out_channels, 1, stride=stride) if use_1x1conv else None

    def forward(self, x):
        y = self.conv1(x)
        y = torch.relu(self.bn1(y) if len(x) > 1 else y)
        y = self.conv2(y)
        y = self.bn2(y) if len(x) > 1 else y
        return torch.relu(y + (x if self.conv3 is None else self.conv3(x)))
