"""Modules only hold the numbers: the arithmetic is functional, ReLU is a clamp, pooling a reshape."""

import torch
from torch import nn
from torch.nn.functional import batch_norm, conv2d, linear

relu = lambda t: t.clamp(min=0)


def convolve(x, layer):
    return conv2d(x, layer.weight, layer.bias, layer.stride, layer.padding)


def normalise(x, layer):
    if layer.training:
        layer.num_batches_tracked += 1
    return batch_norm(
        x, layer.running_mean, layer.running_var, layer.weight, layer.bias, layer.training
    )


def halve(x):
    n, c, h, w = x.shape
    return x.reshape(n, c, h // 2, 2, w // 2, 2).amax(dim=(3, 5))


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        for name in ("conv1", "conv2"):
            setattr(self, name, nn.Conv2d(channels, channels, 3, padding=1))

    def forward(self, x):
        branch = convolve(relu(convolve(x, self.conv1)), self.conv2)
        return relu(torch.add(branch, x))


class Residual(nn.Module):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        super().__init__()
        if not use_1x1conv and (in_channels, stride) != (out_channels, 1):
            raise ValueError("in_channels, stride: these need use_1x1conv")
        self.conv3 = None
        if use_1x1conv:
            self.conv3 = nn.Conv2d(in_channels, out_channels, 1, stride)
        for i, before, step in ((1, in_channels, stride), (2, out_channels, 1)):
            setattr(self, f"conv{i}", nn.Conv2d(before, out_channels, 3, step, 1))
            setattr(self, f"bn{i}", nn.BatchNorm2d(out_channels))

    def forward(self, x):
        main = normalise(convolve(x, self.conv1), self.bn1)
        main = normalise(convolve(relu(main), self.conv2), self.bn2)
        return relu(torch.stack((main, self.shortcut(x))).sum(0))

    def shortcut(self, x):
        return x if self.conv3 is None else convolve(x, self.conv3)


def resnet_block(in_channels, out_channels, num_residuals, first_block=False):
    first = () if first_block else (Residual(in_channels, out_channels, True, 2),)
    others = (Residual(out_channels, out_channels) for _ in range(num_residuals - len(first)))
    return nn.Sequential(*first, *others)


class ResidualNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5, padding=2)
        self.rblock1 = ResidualBlock(16)
        self.conv2 = nn.Conv2d(16, 32, 5, padding=2)
        self.rblock2 = ResidualBlock(32)
        with torch.no_grad():
            row = self.features(torch.zeros(1, 1, 28, 28))
        self.fc = nn.Linear(row.shape[1], num_classes)

    def features(self, x):
        x = self.rblock1(halve(relu(convolve(x, self.conv1))))
        x = self.rblock2(halve(relu(convolve(x, self.conv2))))
        return x.reshape(len(x), -1)

    def forward(self, x):
        return linear(self.features(x), self.fc.weight, self.fc.bias)
