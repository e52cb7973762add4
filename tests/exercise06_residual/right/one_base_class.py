"""One base class knows how to add; the blocks say what the two paths are. Weights start as He's."""

from collections.abc import Callable

from torch import Tensor, nn


class AddAndActivate(nn.Module):
    """relu(branch(x) + shortcut(x))"""

    shortcut: Callable[[Tensor], Tensor] = staticmethod(lambda x: x)

    def forward(self, x: Tensor) -> Tensor:
        return (self.branch(x) + self.shortcut(x)).relu()


def he(module: nn.Module) -> None:
    if isinstance(module, nn.Conv2d):
        nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.zeros_(module.bias)


class ResidualBlock(AddAndActivate):
    def __init__(self, channels: int):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, 1, 1)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1)
        self.apply(he)

    def branch(self, x: Tensor) -> Tensor:
        return self.conv2(self.conv1(x).relu())


class Residual(ResidualBlock):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        if in_channels != out_channels and not use_1x1conv:
            raise ValueError("in_channels and out_channels differ: use_1x1conv must be True")
        if stride != 1 and not use_1x1conv:
            raise ValueError("stride is not 1: use_1x1conv must be True")
        super().__init__(out_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, 1)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.conv3 = nn.Conv2d(in_channels, out_channels, 1, stride) if use_1x1conv else None
        self.apply(he)

    def shortcut(self, x: Tensor) -> Tensor:
        return self.conv3(x) if self.conv3 else x

    def branch(self, x: Tensor) -> Tensor:
        return self.bn2(self.conv2(self.bn1(self.conv1(x)).relu()))


def resnet_block(in_channels, out_channels, num_residuals, first_block=False):
    def block(index):
        if index or first_block:
            return Residual(out_channels, out_channels)
        return Residual(in_channels, out_channels, use_1x1conv=True, stride=2)

    return nn.Sequential(*map(block, range(num_residuals)))


class ResidualNet(nn.Module):
    def __init__(self, num_classes: int = 10):
        super().__init__()
        channels, plane = (1, 16, 32), 28
        for i in (1, 2):
            self.add_module(f"conv{i}", nn.Conv2d(channels[i - 1], channels[i], 5, padding=2))
            self.add_module(f"rblock{i}", ResidualBlock(channels[i]))
            plane //= 2
        self.fc = nn.Linear(channels[-1] * plane**2, num_classes)

    def forward(self, images: Tensor) -> Tensor:
        after1 = self.rblock1(nn.functional.max_pool2d(self.conv1(images).relu(), 2))
        after2 = self.rblock2(nn.functional.max_pool2d(self.conv2(after1).relu(), 2))
        return self.fc(after2.flatten(start_dim=1))
