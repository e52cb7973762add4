"""Everything is a layer: ReLU, pooling and flattening are modules, in nn.Sequential subclasses."""

from collections import OrderedDict

from torch.nn import BatchNorm2d, Conv2d, Flatten, Linear, MaxPool2d, Module, ReLU, Sequential


class ResidualBlock(Module):
    def __init__(self, channels):
        super().__init__()
        self.relu1 = ReLU()
        self.relu2 = ReLU()
        self.conv2 = Conv2d(channels, channels, (3, 3), padding=(1, 1))
        self.conv1 = Conv2d(channels, channels, (3, 3), padding="same")

    def forward(self, x):
        out = self.conv1(x)
        out = self.relu1(out)
        out = self.conv2(out)
        out = out + x
        out = self.relu2(out)
        return out


class Residual(Module):
    def __init__(self, in_channels, out_channels, use_1x1conv=False, stride=1):
        super().__init__()
        self.relu = ReLU()
        if use_1x1conv:
            self.conv3 = Conv2d(in_channels, out_channels, 1, stride)
        elif in_channels == out_channels and stride == 1:
            self.conv3 = None
        else:
            raise ValueError("use_1x1conv is False, but in_channels or stride changes the shape")
        self.bn2 = BatchNorm2d(out_channels)
        self.conv2 = Conv2d(out_channels, out_channels, 3, 1, 1)
        self.bn1 = BatchNorm2d(out_channels)
        self.conv1 = Conv2d(in_channels, out_channels, 3, stride, 1)

    def forward(self, x):
        identity = x
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.bn2(out)
        if self.conv3 is not None:
            identity = self.conv3(x)
        out = out + identity
        return self.relu(out)


def resnet_block(in_channels, out_channels, num_residuals, first_block=False):
    net = Sequential()
    for i in range(num_residuals):
        if i == 0 and first_block is False:
            net.add_module(str(i), Residual(in_channels, out_channels, True, 2))
        else:
            net.add_module(str(i), Residual(out_channels, out_channels))
    return net


class ResidualNet(Sequential):
    def __init__(self, num_classes=10):
        super().__init__(
            OrderedDict(
                conv1=Conv2d(1, 16, 5, padding=2),
                relu1=ReLU(),
                pool1=MaxPool2d(2),
                rblock1=ResidualBlock(16),
                conv2=Conv2d(16, 32, 5, padding=2),
                relu2=ReLU(),
                pool2=MaxPool2d(2),
                rblock2=ResidualBlock(32),
                flatten=Flatten(),
                fc=Linear(32 * 49, num_classes),
            )
        )
