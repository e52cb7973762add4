"""Layers that work out their own input: nobody counts the channels or the row before `fc`."""

from torch import nn
from torch.nn import functional as F


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.LazyConv2d(channels, kernel_size=3, padding="same")
        self.conv2 = nn.LazyConv2d(channels, kernel_size=3, padding="same")

    def forward(self, x):
        return F.relu(x + self.conv2(F.relu(self.conv1(x))))


class Residual(nn.Module):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        super().__init__()
        if not use_1x1conv and (in_channels, 1) != (out_channels, stride):
            raise ValueError(
                f"without use_1x1conv, in_channels {in_channels} and out_channels {out_channels} "
                f"must be equal and stride {stride} must be 1"
            )
        self.conv1 = nn.LazyConv2d(out_channels, kernel_size=3, padding=1, stride=stride)
        self.conv2 = nn.LazyConv2d(out_channels, kernel_size=3, padding=1)
        self.conv3 = None
        if use_1x1conv:
            self.conv3 = nn.LazyConv2d(out_channels, kernel_size=1, stride=stride)
        self.bn1 = nn.LazyBatchNorm2d()
        self.bn2 = nn.LazyBatchNorm2d()

    def forward(self, X):
        Y = F.relu(self.bn1(self.conv1(X)))
        Y = self.bn2(self.conv2(Y))
        if self.conv3:
            X = self.conv3(X)
        return F.relu(X + Y)


def resnet_block(in_channels, out_channels, num_residuals, first_block=False):
    stage = nn.Sequential()
    for i in range(num_residuals):
        halves = i == 0 and not first_block
        before = in_channels if i == 0 else out_channels
        stage.append(Residual(before, out_channels, use_1x1conv=halves, stride=1 + halves))
    return stage


class ResidualNet(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.LazyConv2d(16, kernel_size=5, padding=2)
        self.conv2 = nn.LazyConv2d(32, kernel_size=5, padding=2)
        self.rblock1 = ResidualBlock(16)
        self.rblock2 = ResidualBlock(32)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.LazyLinear(num_classes)

    def forward(self, x):
        x = self.rblock1(self.pool(self.conv1(x).relu()))
        x = self.rblock2(self.pool(self.conv2(x).relu()))
        return self.fc(nn.Flatten()(x))
