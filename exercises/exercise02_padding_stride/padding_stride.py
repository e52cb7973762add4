"""Exercise 2: the arithmetic of windows.

A layer with a window (a convolution, a pooling) turns a size into another size. Five of
these tasks compute such sizes, without a layer and without a tensor. Two let you carry
out what the sizes promise: padding a plane with zeros, and sliding a kernel in strides.

All sizes here belong to one dimension. For a plane, do the sum twice: once for the
height, once for the width.

Do not use torch's own convolutions here, nor F.pad, nn.ZeroPad2d or F.unfold: they do the
work for you. Slices, loops and Tensor.unfold are fine.
"""

from collections.abc import Sequence

import torch
from torch import Tensor


def conv_output_size(
    size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """How many places a convolution's window finds along one dimension.

    The line is `size` pixels long. `padding` zeros are put before it and as many after it.
    The window has `kernel_size` taps. With `dilation` d the taps lie d pixels apart, so
    that d - 1 pixels between two neighbours are stepped over. The window starts at the
    very first (padded) pixel and moves on by `stride` pixels. It never hangs over the end.

    A line of 8 pixels, a window of 3, a zero on each side: still 8 places. A taller window
    needs more padding to keep the size:

    >>> conv_output_size(8, 3, padding=1)
    8
    >>> conv_output_size(8, 5, padding=2)
    8
    >>> conv_output_size(512, 3)
    510

    In a line of 8 pixels a window of 3 that moves by 2 starts at 0, at 2 and at 4. At 6 it
    would hang over the end:

    >>> conv_output_size(8, 3, stride=2)
    3

    Three taps that lie 2 pixels apart reach over 5 pixels, so 4 places are left of 8:

    >>> conv_output_size(8, 3, dilation=2)
    4

    The result is an int, not a float: a window has whole places.

    Raises:
        ValueError: `kernel_size`, `stride` or `dilation` is below 1, `padding` is below 0,
            or the window is longer than the padded line.

    See torch.nn.Conv2d, under "Shape".
    """
    raise NotImplementedError


def pool_output_size(
    size: int,
    kernel_size: int,
    stride: int | None = None,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """How many places a pooling window finds along one dimension, as in `nn.MaxPool2d`.

    It is the count of `conv_output_size`, with two differences.

    A pooling window steps by its own size when no stride is given (`stride=None`), so that
    windows lie side by side:

    >>> pool_output_size(8, 2)
    4
    >>> pool_output_size(8, 2, stride=1)
    7

    With `ceil_mode=True` pixels that are left over at the end get a window too, although
    it hangs over the end. Of 5 pixels, windows of 2 leave one over:

    >>> pool_output_size(5, 2)
    2
    >>> pool_output_size(5, 2, ceil_mode=True)
    3

    But every window must start inside the line or in the padding before it (on the left).
    One that would start in the padding after the line, or beyond, is dropped. With one
    padded pixel on each side, the 5 pixels get windows at -1, 1 and 3. The next would
    start at 5, where the line has ended:

    >>> pool_output_size(5, 2, padding=1, ceil_mode=True)
    3

    Raises:
        ValueError: `padding` is more than half of `kernel_size`.

    See torch.nn.MaxPool2d, the note on ceil_mode and "Shape".
    """
    raise NotImplementedError


def conv_transpose_output_size(
    size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """How long the output of a transposed convolution is along one dimension.

    A transposed convolution goes the other way. Each of the `size` input pixels stamps a
    copy of the kernel into the output, and each copy starts `stride` pixels after the one
    before. `dilation` spreads the taps of the kernel, as in `conv_output_size`. Then
    `padding` pixels are cut off at both ends. `output_padding` pixels are kept at the far
    end only.

    Three stamps of 3 that start at 0, 2 and 4 end at 6. That makes 7 pixels:

    >>> conv_transpose_output_size(3, 3, stride=2)
    7
    >>> conv_transpose_output_size(3, 3, stride=2, padding=1)
    5
    >>> conv_transpose_output_size(3, 3, stride=2, padding=1, output_padding=1)
    6
    >>> conv_transpose_output_size(512, 3, stride=2)
    1025

    Why output_padding exists: lines of 5 and of 6 pixels both shrink to 3 under a window
    of 3 with stride 2 and padding 1. On the way back it says which of the two is meant.

    Raises:
        ValueError: `output_padding` is not smaller than the larger of `stride` and
            `dilation`.

    See torch.nn.ConvTranspose2d, under "Shape".
    """
    raise NotImplementedError


def same_padding(kernel_size: int, dilation: int = 1) -> tuple[int, int]:
    """How many zeros before and after a line keep its size, at stride 1.

    Returns the tuple (before, after), two ints. Where the zeros cannot be shared equally, the odd
    one goes after the line, as in torch's `padding="same"`.

    >>> same_padding(3)
    (1, 1)
    >>> same_padding(4)
    (1, 2)

    Dilation makes the window longer. Three taps that lie 2 pixels apart reach over 5:

    >>> same_padding(3, dilation=2)
    (2, 2)

    See torch.nn.Conv2d, under "padding".
    """
    raise NotImplementedError


def zero_pad2d(X: Tensor, padding: int | tuple[int, int]) -> Tensor:
    """Put a frame of zeros around every plane of X.

    X has the shape (..., H, W): one plane, a stack of planes, a batch of stacks. `padding`
    is a pair (ph, pw), height first, or one number for both. There are ph rows of zeros
    above the plane and ph below it, pw columns to the left and pw to the right.

    Returns a tensor (..., H + 2 * ph, W + 2 * pw) with the dtype and the device of X. X
    itself is not changed.

    >>> zero_pad2d(torch.tensor([[1, 2], [3, 4]]), (1, 2))
    tensor([[0, 0, 0, 0, 0, 0],
            [0, 0, 1, 2, 0, 0],
            [0, 0, 3, 4, 0, 0],
            [0, 0, 0, 0, 0, 0]])

    See torch.nn.ZeroPad2d.
    """
    raise NotImplementedError


def corr2d_strided(
    X: Tensor, K: Tensor, stride: int | tuple[int, int] = 1, padding: int | tuple[int, int] = 0
) -> Tensor:
    """Slide the kernel K over the zero-padded image X in steps of `stride`.

    X is an image (H, W), K a kernel (h, w). It is a cross-correlation: K is not flipped.
    In every place the window is multiplied with K element by element, and the products are
    summed. `stride` and `padding` are pairs, height first, or one number for both.

    Returns a tensor (H', W') with the dtype and the device of X. H' and W' are those of
    `conv_output_size`. X and K themselves are not changed.

    >>> X = torch.tensor([
    ...     [3, 4, 6, 5, 7],
    ...     [2, 4, 6, 8, 2],
    ...     [1, 6, 7, 8, 4],
    ...     [9, 7, 4, 6, 2],
    ...     [3, 7, 5, 4, 1],
    ... ])
    >>> K = torch.tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    >>> corr2d_strided(X, K, padding=1)
    tensor([[ 91, 168, 224, 215, 127],
            [114, 211, 295, 262, 149],
            [192, 259, 282, 214, 122],
            [194, 251, 253, 169,  86],
            [ 96, 112, 110,  68,  31]])

    With stride 2, every second row and every second column of that is left:

    >>> corr2d_strided(X, K, stride=2, padding=1)
    tensor([[ 91, 224, 127],
            [192, 282, 122],
            [ 96, 110,  31]])

    The 91 by hand. The window hangs over the corner, so five of its pixels are padding:
    5*3 + 6*4 + 8*2 + 9*4 = 91.

    See torch.nn.functional.conv2d.
    """
    raise NotImplementedError


def receptive_field(layers: Sequence[tuple[int, int, int]]) -> int:
    """How many input pixels one output pixel sees along one dimension.

    `layers` holds one (kernel_size, stride, dilation) for each layer, the first layer
    first. What an output pixel sees is counted from the first input pixel that it depends
    on to the last, away from the borders. Padding does not matter. `layers` is not changed.

    Two windows of 3 see as much as one of 5, and three as much as one of 7:

    >>> receptive_field([(3, 1, 1)])
    3
    >>> receptive_field([(3, 1, 1), (3, 1, 1)])
    5
    >>> receptive_field([(3, 1, 1), (3, 1, 1), (3, 1, 1)])
    7

    After a stride of 2, neighbouring pixels lie 2 input pixels apart. The second window
    has taps at 0, 2 and 4, and the last of them sees 4, 5 and 6:

    >>> receptive_field([(3, 2, 1), (3, 1, 1)])
    7

    A dilation spreads the taps of its own layer. Here they stand at 0, 2 and 4 of the first
    layer's output, and the last of them sees 4, 5 and 6:

    >>> receptive_field([(3, 1, 1), (3, 1, 2)])
    7

    See "Computing Receptive Fields of Convolutional Neural Networks", distill.pub, 2019.
    """
    raise NotImplementedError
