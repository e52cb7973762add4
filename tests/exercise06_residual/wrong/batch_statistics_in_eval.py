"""The batch norms use the statistics of the batch in eval mode too.

Why it is wrong: in eval mode the remembered mean and variance count. Otherwise the result for one
image depends on the other images that happen to be with it.
Hint: Does your block treat an image in the same way when it comes alone, in eval mode?
"""

import torch
from torch import nn
from torch.nn import functional as F


class Residual(nn.Module):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        super().__init__()
        if not use_1x1conv and (in_channels != out_channels or stride != 1):
            raise ValueError("a change of in_channels or stride needs use_1x1conv=True")
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1, stride=stride)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv3 = None
        if use_1x1conv:
            self.conv3 = nn.Conv2d(in_channels, out_channels, kernel_size=1, stride=stride)

    def forward(self, x):
        y = torch.relu(self._normalise(self.conv1(x), self.bn1))
        y = self._normalise(self.conv2(y), self.bn2)
        if self.conv3 is not None:
            x = self.conv3(x)
        return torch.relu(y + x)

    def _normalise(self, x, bn):
        mean, var = bn.running_mean, bn.running_var
        return F.batch_norm(x, mean, var, bn.weight, bn.bias, training=True)
