"""An in-place ReLU at the start of the block overwrites x.

Why it is wrong: the ReLU writes into the caller's tensor. Its negative values are gone, for the
caller as well as for the shortcut.
Hint: Print x before and after the call, with negative numbers in it. Who changed it?
"""

from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.conv1(self.relu(x))
        y = self.conv2(self.relu(y))
        return self.relu(x + y)
