"""Exercise 5: parallel branches.

Four paths read the same image side by side, each with a window of its own size. Their results
are laid behind one another along the channels, and the next layer picks what it needs.

Every result has the dtype of the input and lives on its device. No argument is ever changed.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class InceptionA(nn.Module):
    """Four linear branches side by side: (N, in_channels, H, W) -> (N, 88, H, W).

    Every branch reads the same ``x`` and keeps its height and width. There is no activation
    inside. The results are joined along the channels, in this order:

    ===========  =================================================================
    1x1 branch   ``branch1x1`` 1x1 to 16 channels
    5x5 branch   ``branch5x5_1`` 1x1 to 16 -> ``branch5x5_2`` 5x5 to 24
    3x3 branch   ``branch3x3_1`` 1x1 to 16 -> ``branch3x3_2`` 3x3 to 24
                 -> ``branch3x3_3`` 3x3 to 24
    pool branch  3x3 average pooling, stride 1 -> ``branch_pool`` 1x1 to 24
    ===========  =================================================================

    The names in the table are the names of the attributes. Each is an ``nn.Conv2d`` with a bias.
    The pooling looks at a plane with a border of zeros and always divides by 9, as torch does
    by default: in the corner of a plane of ones it gives 4/9.

    Args:
        in_channels: channels of ``x``.

    >>> block = InceptionA(3)
    >>> block(torch.zeros(2, 3, 5, 7)).shape                   # 16 + 24 + 24 + 24 = 88
    torch.Size([2, 88, 5, 7])
    >>> block.branch5x5_2.weight.shape                         # (out, in, height, width)
    torch.Size([24, 16, 5, 5])

    See torch.nn.Conv2d, torch.nn.functional.avg_pool2d and torch.cat.
    """

    def __init__(self, in_channels: int) -> None:
        super().__init__()
        self.branch1x1 = nn.Conv2d(in_channels, 16, kernel_size=1)

        self.branch5x5_1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch5x5_2 = nn.Conv2d(16, 24, kernel_size=5, padding=2)

        self.branch3x3_1 = nn.Conv2d(in_channels, 16, kernel_size=1)
        self.branch3x3_2 = nn.Conv2d(16, 24, kernel_size=3, padding=1)
        self.branch3x3_3 = nn.Conv2d(24, 24, kernel_size=3, padding=1)

        self.branch_pool = nn.Conv2d(in_channels, 24, kernel_size=1)

    def forward(self, x: Tensor) -> Tensor:
        branch1x1 = self.branch1x1(x)  # (N, 16, H, W)
        branch5x5 = self.branch5x5_2(self.branch5x5_1(x))  # (N, 24, H, W)
        branch3x3 = self.branch3x3_3(self.branch3x3_2(self.branch3x3_1(x)))  # (N, 24, H, W)
        # A pooling window moves by its own size unless told otherwise: stride 1 keeps the plane.
        pooled = F.avg_pool2d(x, kernel_size=3, stride=1, padding=1)  # (N, in_channels, H, W)
        branch_pool = self.branch_pool(pooled)  # (N, 24, H, W)

        # Dimension 1 holds the channels: the only one in which the branches may differ.
        return torch.cat((branch1x1, branch5x5, branch3x3, branch_pool), dim=1)  # (N, 88, H, W)


class Inception(nn.Module):
    """GoogLeNet's block: four branches, with a ReLU after every convolution.

    (N, in_channels, H, W) -> (N, c1 + c2[1] + c3[1] + c4, H, W). Every branch reads the same
    ``x`` and keeps its height and width. They are joined along the channels in this order:

    ======  ==================================================================
    path 1  ``p1_1`` 1x1 to ``c1`` channels
    path 2  ``p2_1`` 1x1 to ``c2[0]`` -> ``p2_2`` 3x3 to ``c2[1]``
    path 3  ``p3_1`` 1x1 to ``c3[0]`` -> ``p3_2`` 5x5 to ``c3[1]``
    path 4  3x3 max pooling, stride 1 -> ``p4_2`` 1x1 to ``c4``
    ======  ==================================================================

    The names in the table are the names of the attributes. Each is an ``nn.Conv2d`` with a bias.
    The border of the max pooling never wins, whatever the sign of the numbers inside.

    Args:
        in_channels: channels of ``x``.
        c1: channels that leave path 1.
        c2: a pair: channels between the two convolutions of path 2, and channels that leave it.
        c3: the same pair for path 3.
        c4: channels that leave path 4.

    >>> block = Inception(192, 64, (96, 128), (16, 32), 32)
    >>> block(torch.zeros(1, 192, 4, 6)).shape                 # 64 + 128 + 32 + 32 = 256
    torch.Size([1, 256, 4, 6])
    >>> block.p3_2.weight.shape                                # (out, in, height, width)
    torch.Size([32, 16, 5, 5])

    See torch.nn.functional.max_pool2d, torch.relu and torch.cat.
    """

    def __init__(
        self, in_channels: int, c1: int, c2: tuple[int, int], c3: tuple[int, int], c4: int
    ) -> None:
        super().__init__()
        self.p1_1 = nn.Conv2d(in_channels, c1, kernel_size=1)

        self.p2_1 = nn.Conv2d(in_channels, c2[0], kernel_size=1)
        self.p2_2 = nn.Conv2d(c2[0], c2[1], kernel_size=3, padding=1)

        self.p3_1 = nn.Conv2d(in_channels, c3[0], kernel_size=1)
        self.p3_2 = nn.Conv2d(c3[0], c3[1], kernel_size=5, padding=2)

        self.p4_2 = nn.Conv2d(in_channels, c4, kernel_size=1)

    def forward(self, x: Tensor) -> Tensor:
        p1 = F.relu(self.p1_1(x))  # (N, c1, H, W)
        p2 = F.relu(self.p2_2(F.relu(self.p2_1(x))))  # (N, c2[1], H, W)
        p3 = F.relu(self.p3_2(F.relu(self.p3_1(x))))  # (N, c3[1], H, W)
        p4 = F.relu(self.p4_2(F.max_pool2d(x, kernel_size=3, stride=1, padding=1)))  # (N, c4, H, W)
        return torch.cat((p1, p2, p3, p4), dim=1)


def conv_cost(
    in_channels: int,
    out_channels: int,
    kernel_size: int | tuple[int, int],
    height: int,
    width: int,
) -> int:
    """Count the multiplications of one convolution that keeps the plane's height and width.

    Only the multiplications of a weight with a pixel count: no additions, no bias. A window that
    hangs over the border is counted in full.

    Args:
        in_channels: channels that the convolution reads.
        out_channels: channels that it writes.
        kernel_size: height and width of the kernel, or one number for both.
        height: height of the plane.
        width: width of the plane.

    Returns:
        The number of multiplications, a whole number.

    One pixel of one output channel needs a whole kernel for each input channel. With 2 channels
    and a 1x3 kernel these are 6 multiplications; a plane of 4x5 with 1 output channel has 20
    such pixels:

    >>> conv_cost(2, 1, (1, 3), 4, 5)
    120

    A 5x5 convolution from 192 to 32 channels on a 28x28 plane, directly and through a 1x1
    convolution to 16 channels first:

    >>> conv_cost(192, 32, 5, 28, 28)
    120422400
    >>> conv_cost(192, 16, 1, 28, 28) + conv_cost(16, 32, 5, 28, 28)
    12443648

    See "Going deeper with convolutions" (Szegedy and others, 2014), section 4.
    """
    kernel_height, kernel_width = (
        (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    )
    one_number = in_channels * kernel_height * kernel_width  # for one pixel of one channel
    return one_number * out_channels * height * width


class InceptionNet(nn.Module):
    """A small classifier of 28x28 images with two blocks: (N, 1, 28, 28) -> (N, num_classes).

    The layers, in order; the names are the names of the attributes:

    1. ``conv1``: 1 to 10 channels, 5x5, no padding; 2x2 max pooling; ReLU
    2. ``incep1``: an ``InceptionA``
    3. ``conv2``: 88 to 20 channels, 5x5, no padding; 2x2 max pooling; ReLU
    4. ``incep2``: an ``InceptionA``
    5. flatten everything but the batch
    6. ``fc``: a linear layer to ``num_classes`` raw scores, with no activation behind it

    ``incep1`` and ``incep2`` keep the names of your ``InceptionA`` inside: ``incep1.branch1x1``,
    ``incep1.branch5x5_1`` and so on. How many inputs ``fc`` has is for you to work out.

    Args:
        num_classes: how many scores each image gets.

    >>> InceptionNet()(torch.zeros(2, 1, 28, 28)).shape
    torch.Size([2, 10])
    >>> InceptionNet(num_classes=3)(torch.zeros(4, 1, 28, 28)).shape
    torch.Size([4, 3])

    See torch.nn.Linear and torch.flatten.
    """

    def __init__(self, num_classes: int = 10) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 10, kernel_size=5)
        self.incep1 = InceptionA(in_channels=10)
        self.conv2 = nn.Conv2d(88, 20, kernel_size=5)
        self.incep2 = InceptionA(in_channels=20)
        # The plane: 28 -> 24 (conv1) -> 12 (pool) -> 8 (conv2) -> 4 (pool); the blocks keep it.
        self.fc = nn.Linear(88 * 4 * 4, num_classes)

    def forward(self, x: Tensor) -> Tensor:
        x = self.incep1(F.relu(F.max_pool2d(self.conv1(x), 2)))  # (N, 88, 12, 12)
        x = self.incep2(F.relu(F.max_pool2d(self.conv2(x), 2)))  # (N, 88, 4, 4)
        return self.fc(x.flatten(start_dim=1))  # (N, num_classes)
