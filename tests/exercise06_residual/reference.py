"""The blocks of exercise 6, by the layers of torch."""

from torch import nn
from torch.nn import functional as F


class ResidualBlock(nn.Module):
    """relu(x + conv2(relu(conv1(x))))."""

    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, x):
        """From input to result."""
        return F.relu(x + self.conv2(F.relu(self.conv1(x))))


class Residual(nn.Module):
    """The same with batch norm, and a 1x1 convolution on the shortcut where asked for."""

    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        super().__init__()
        if not use_1x1conv and (in_channels != out_channels or stride != 1):
            raise ValueError("a change of in_channels or stride needs use_1x1conv")
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1, stride=stride)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv3 = nn.Conv2d(in_channels, out_channels, 1, stride=stride) if use_1x1conv else None

    def forward(self, x):
        """From input to result."""
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (self.conv3(x) if self.conv3 else x))


def resnet_block(in_channels, out_channels, num_residuals, first_block=False):
    """A stage: the first block halves, unless first_block."""
    first = (
        Residual(out_channels, out_channels)
        if first_block
        else Residual(in_channels, out_channels, use_1x1conv=True, stride=2)
    )
    rest = [Residual(out_channels, out_channels) for _ in range(num_residuals - 1)]
    return nn.Sequential(first, *rest)


class ResidualNet(nn.Module):
    """Two convolutions, each with a pooling and a residual block behind it."""

    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 5, padding=2)
        self.rblock1 = ResidualBlock(16)
        self.conv2 = nn.Conv2d(16, 32, 5, padding=2)
        self.rblock2 = ResidualBlock(32)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        """From input to result."""
        x = self.rblock1(F.max_pool2d(F.relu(self.conv1(x)), 2))
        x = self.rblock2(F.max_pool2d(F.relu(self.conv2(x)), 2))
        return self.fc(x.flatten(1))
