"""Exercise 6: shortcuts, blocks that add what came in to what they computed.

Every result has the dtype of the input and lives on its device. No argument is ever changed.
Write the blocks with the layers of torch; do not use torchvision here.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ResidualBlock(nn.Module):
    """Two convolutions, and a shortcut around both of them.

    With h = relu(conv1(x)), the result is relu(x + conv2(h)).

    Both convolutions are 3x3 with padding 1 and have a bias. They keep the number of channels
    and the plane, so the sum always fits.

    Shape: x (N, channels, H, W) -> (N, channels, H, W). The input is not changed.

    Attributes: `conv1` and `conv2` (nn.Conv2d). The grader loads weights by these names.

    Example: one channel, and kernels whose only non-zero number is the middle one. Such a
    convolution multiplies each pixel by that number. Take 2 for conv1 and 0.5 for conv2.

    >>> block = ResidualBlock(1)
    >>> with torch.no_grad():
    ...     for conv, middle in ((block.conv1, 2.0), (block.conv2, 0.5)):
    ...         _ = conv.weight.zero_()
    ...         conv.weight[0, 0, 1, 1] = middle
    ...         _ = conv.bias.zero_()
    ...     y = block(torch.tensor([[[[1.0, -2.0, 3.0]]]]))
    >>> y.tolist()
    [[[[2.0, 0.0, 6.0]]]]

    By hand: conv1 gives 2, -4, 6. The ReLU makes it 2, 0, 6. conv2 gives 1, 0, 3.
    Add the input 1, -2, 3 and you have 2, -2, 6. The last ReLU makes it 2, 0, 6.

    See torch.nn.Conv2d and torch.nn.functional.relu.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        """Send x (N, channels, H, W) through both paths; return the activated sum."""
        y = torch.relu(self.conv1(x))  # (N, C, H, W)
        # No ReLU on conv2: the branch must be able to lower a value as well as raise it.
        # A new tensor (x + ..., never x += ...): x still belongs to the caller.
        return torch.relu(x + self.conv2(y))


class Residual(nn.Module):
    """The block of a ResNet: batch norm after each convolution, and a shortcut that can adapt.

    The main path is conv1, bn1, ReLU, conv2, bn2. The shortcut is x itself, or conv3(x) where
    there is a 1x1 convolution. The two are added, and one ReLU follows the sum.

    Args:
        in_channels: channels of the input.
        out_channels: channels of the result.
        use_1x1conv: put the 1x1 convolution `conv3` on the shortcut. It is there whenever this
            is true, also when nothing changes its size.
        stride: how far conv1 steps. The shortcut has to arrive at the same size.

    Shape: x (N, in_channels, H, W) -> (N, out_channels, ceil(H / stride), ceil(W / stride)).
    The input is not changed.

    Attributes (the grader loads weights by these names):
        `conv1`: 3x3, padding 1, with the stride. `conv2`: 3x3, padding 1.
        `bn1`, `bn2`: nn.BatchNorm2d of out_channels each.
        `conv3`: 1x1, with the stride; or None. It has no batch norm and no ReLU of its own.
        All convolutions have a bias.

    Raises:
        ValueError: at construction, when use_1x1conv is false and in_channels differs from
            out_channels, or stride differs from 1. Then the two paths could not be added.

    Examples:

    >>> Residual(3, 3)(torch.zeros(4, 3, 6, 6)).shape
    torch.Size([4, 3, 6, 6])
    >>> Residual(3, 6, use_1x1conv=True, stride=2)(torch.zeros(4, 3, 6, 6)).shape
    torch.Size([4, 6, 3, 3])

    When the weight of bn2 is 0 (its bias is 0 from the start), the main path adds nothing.
    Only the shortcut and the last ReLU are left.

    >>> block = Residual(1, 1)
    >>> _ = nn.init.zeros_(block.bn2.weight)
    >>> block(torch.tensor([[[[1.0, -2.0, 3.0]]]])).tolist()
    [[[[1.0, 0.0, 3.0]]]]

    See torch.nn.BatchNorm2d.
    """

    def __init__(
        self, in_channels: int, out_channels: int, use_1x1conv: bool = False, stride: int = 1
    ) -> None:
        super().__init__()
        if not use_1x1conv and in_channels != out_channels:
            raise ValueError(
                f"in_channels {in_channels} -> out_channels {out_channels} needs use_1x1conv=True"
            )
        if not use_1x1conv and stride != 1:
            raise ValueError(f"stride {stride} needs use_1x1conv=True")
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, padding=1, stride=stride)
        # Two batch norms: each has to remember the mean and variance of its own place.
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        # The same stride as conv1: both paths must shrink the plane alike.
        self.conv3 = (
            nn.Conv2d(in_channels, out_channels, kernel_size=1, stride=stride)
            if use_1x1conv
            else None
        )

    def forward(self, x: Tensor) -> Tensor:
        """Send x (N, in_channels, H, W) through both paths; return the activated sum."""
        y = torch.relu(self.bn1(self.conv1(x)))  # (N, out_channels, H', W')
        y = self.bn2(self.conv2(y))  # (N, out_channels, H', W')
        shortcut = x if self.conv3 is None else self.conv3(x)  # (N, out_channels, H', W')
        return torch.relu(y + shortcut)


def resnet_block(
    in_channels: int, out_channels: int, num_residuals: int, first_block: bool = False
) -> nn.Sequential:
    """A stage of a ResNet: num_residuals blocks in a row, as an nn.Sequential of `Residual`.

    The first block goes from in_channels to out_channels and halves height and width. It does
    so with a stride of 2 and a 1x1 convolution on its shortcut. All other blocks keep the
    shape and have no 1x1 convolution.

    With first_block=True the stage stands right behind the start of a network, where a pooling
    has halved the plane already. Then its first block is a plain one too. Nothing is halved,
    and in_channels equals out_channels.

    Shape: (N, in_channels, H, W) -> (N, out_channels, ceil(H / 2), ceil(W / 2)), or with
    first_block=True the shape of the input.

    The blocks are the children 0, 1, ... of the nn.Sequential. The grader loads by these names,
    for example `0.conv3.weight`.

    >>> stage = resnet_block(2, 4, 3)
    >>> len(stage)
    3
    >>> stage(torch.zeros(5, 2, 8, 6)).shape
    torch.Size([5, 4, 4, 3])
    >>> [name for name in stage.state_dict() if "conv3" in name]
    ['0.conv3.weight', '0.conv3.bias']
    >>> resnet_block(2, 2, 3, first_block=True)(torch.zeros(5, 2, 8, 6)).shape
    torch.Size([5, 2, 8, 6])

    See torch.nn.Sequential.
    """
    blocks = []
    for i in range(num_residuals):
        if i == 0 and not first_block:
            blocks.append(Residual(in_channels, out_channels, use_1x1conv=True, stride=2))
        else:
            blocks.append(Residual(out_channels, out_channels))
    return nn.Sequential(*blocks)


class ResidualNet(nn.Module):
    """A small network with two shortcuts, for grey images of 28x28 pixels.

    In this order:

    1. `conv1`, 5x5, padding 2, 1 -> 16 channels. Then ReLU, then 2x2 max pooling.
    2. `rblock1`, a ResidualBlock of 16 channels.
    3. `conv2`, 5x5, padding 2, 16 -> 32 channels. Then ReLU, then 2x2 max pooling.
    4. `rblock2`, a ResidualBlock of 32 channels.
    5. Every image is laid out as one row of numbers.
    6. `fc`, an nn.Linear to num_classes raw scores. No softmax.

    How many numbers the row has is for you to work out: channels x height x width of what
    rblock2 returns. Follow one image through the steps. With padding 2 a 5x5 convolution
    keeps the plane, and each pooling halves it.

    Shape: (N, 1, 28, 28) -> (N, num_classes).

    The grader loads weights by the names above, for example `rblock1.conv1.weight`.

    >>> ResidualNet()(torch.zeros(2, 1, 28, 28)).shape
    torch.Size([2, 10])
    >>> ResidualNet(num_classes=3)(torch.zeros(2, 1, 28, 28)).shape
    torch.Size([2, 3])

    See torch.nn.MaxPool2d and torch.nn.Linear.
    """

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, kernel_size=5, padding=2)
        self.rblock1 = ResidualBlock(16)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=5, padding=2)
        self.rblock2 = ResidualBlock(32)
        # The convolutions keep the plane, the poolings halve it: 28 -> 14 -> 7.
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x: Tensor) -> Tensor:
        """Return the raw scores (N, num_classes) of images x (N, 1, 28, 28)."""
        x = F.max_pool2d(torch.relu(self.conv1(x)), 2)  # (N, 16, 14, 14)
        x = self.rblock1(x)
        x = F.max_pool2d(torch.relu(self.conv2(x)), 2)  # (N, 32, 7, 7)
        x = self.rblock2(x)
        return self.fc(x.flatten(1))  # (N, num_classes)
