"""One call of the block runs the main path twice.

Why it is wrong: in training mode each run moves what the batch norms remember. One call of the
block must move it once.
Hint: How often does bn1 see a batch in one call of forward?
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
        if self.conv3 is not None and self._main(x).shape != self.conv3(x).shape:
            raise ValueError("the paths do not fit")
        return torch.relu(self._main(x) + (x if self.conv3 is None else self.conv3(x)))

    def _main(self, x):
        return self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
