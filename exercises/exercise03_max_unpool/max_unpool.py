"""Exercise 3: pooling and its inverse.

A pooling layer makes a plane smaller: it slides a window over the plane and keeps one number
for each window. Max pooling keeps the largest number and can tell where it stood. Average
pooling keeps the mean. Unpooling takes the numbers that max pooling kept and puts each of
them back where it stood.

Words used below: N is the batch, C the channels, H and W the rows and columns of a plane.
A *pair* is one int for both directions, or a tuple of two ints, height first.

Do not use torch's own pooling or unpooling here, nor F.unfold: they do the work for you. Slices,
loops, F.pad and Tensor.unfold are fine.
"""

import torch
from torch import Tensor, nn


def max_pool2d(
    x: Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
) -> tuple[Tensor, Tensor]:
    """Keep the largest number of every window, and say where it stood.

    A window of `kernel_size` slides over each plane by steps of `stride`. Each channel of
    each image is a plane of its own. Windows that would not fit entirely are left out.

    Args:
        x: the planes, (N, C, H, W).
        kernel_size: height and width of the window, a pair.
        stride: how far the window moves from one place to the next, a pair.
            None means: as far as the window is large.
        padding: how many rows are added above and below, and how many columns left and
            right, a pair; at most half the kernel. The added cells hold minus infinity.

    Returns:
        (output, indices), both (N, C, H', W') with H' = (H + 2 * padding - kernel) // stride + 1
        and W' likewise.
        output: the maxima, with the dtype and device of x. Gradients flow back to x.
        indices: int64, on the device of x. The pixel at row r and column c of the plane has
            the index r * W + c.
            The count begins at 0 in every plane, and padding is not counted. Where several
            pixels of a window are the largest, the first one in row order is named.

    x itself is not changed.

    >>> x = torch.tensor([[3., 4., 6., 5.],
    ...                   [2., 4., 6., 8.],
    ...                   [1., 6., 7., 8.],
    ...                   [9., 7., 4., 6.]]).reshape(1, 1, 4, 4)
    >>> output, indices = max_pool2d(x, 2)
    >>> output
    tensor([[[[4., 8.],
              [9., 8.]]]])
    >>> indices
    tensor([[[[ 1,  7],
              [12, 11]]]])

    With padding, four windows of 2x2 see one pixel each of this image. The pixels are
    negative, and still they are the largest:

    >>> max_pool2d(torch.tensor([[[[-1., -2.], [-3., -4.]]]]), 2, padding=1)[0]
    tensor([[[[-1., -2.],
              [-3., -4.]]]])

    See torch.nn.functional.max_pool2d.
    """
    raise NotImplementedError


def avg_pool2d(
    x: Tensor,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
    padding: int | tuple[int, int] = 0,
    count_include_pad: bool = True,
) -> Tensor:
    """Replace every window by its mean.

    Windows move as in `max_pool2d`. The cells that padding adds hold zero.

    Args:
        x: the planes, (N, C, H, W).
        kernel_size: height and width of the window, a pair.
        stride: how far the window moves, a pair. None means: as far as the window is large.
        padding: rows added above and below, columns added left and right, a pair; at most
            half the kernel.
        count_include_pad: by how many cells a sum is divided. True: by all cells of the
            window. False: only by those that lie in the image.

    Returns:
        The means, (N, C, H', W'), with the dtype and device of x. Gradients flow back to x.
        x itself is not changed.

    >>> x = torch.tensor([[3., 4., 6., 5.],
    ...                   [2., 4., 6., 8.],
    ...                   [1., 6., 7., 8.],
    ...                   [9., 7., 4., 6.]]).reshape(1, 1, 4, 4)
    >>> avg_pool2d(x, 2)
    tensor([[[[3.2500, 6.2500],
              [5.7500, 6.2500]]]])

    Here each window holds one pixel and three cells of padding:

    >>> corner = torch.tensor([[[[1., 2.], [3., 4.]]]])
    >>> avg_pool2d(corner, 2, padding=1)
    tensor([[[[0.2500, 0.5000],
              [0.7500, 1.0000]]]])
    >>> avg_pool2d(corner, 2, padding=1, count_include_pad=False)
    tensor([[[[1., 2.],
              [3., 4.]]]])

    See torch.nn.functional.avg_pool2d.
    """
    raise NotImplementedError


class MaxUnpool2d(nn.Module):
    """Put the numbers that max pooling kept back where they stood.

    Build it with the `kernel_size`, `stride` and `padding` of the pooling that it undoes
    (pairs; a stride of None is the kernel size). It has no parameters.

    Call it with `(x, indices, output_size=None)`:
        x: the numbers to put back, (N, C, h, w).
        indices: where to, int64, the same shape; counted as `max_pool2d` counts them.
        output_size: the size of the plane to fill. The last two dimensions, (H, W), or the
            full shape, (N, C, H, W). Several sizes pool to the same h and w, and this says
            which one it was. None means
            H = (h - 1) * stride - 2 * padding + kernel, and W likewise.

    It returns planes (N, C, H, W), with the dtype and device of x. Each number stands at its
    index; everything else is 0. Where windows overlapped, two of them may bring the same pixel
    back: it is put there, not added up. Gradients flow back to x. Neither x nor indices change.

    Raises:
        ValueError: output_size lies a stride or more away from the size for None, in
            either dimension.
        ValueError: an index lies outside of the plane (negative, or H * W and more).

    >>> x = torch.tensor([[0., 4., 4., 3.],
    ...                   [3., 3., 1., 1.],
    ...                   [4., 2., 3., 4.],
    ...                   [1., 3., 3., 0.]]).reshape(1, 1, 4, 4)
    >>> output, indices = max_pool2d(x, 2)
    >>> indices
    tensor([[[[ 1,  2],
              [ 8, 11]]]])
    >>> MaxUnpool2d(2)(torch.tensor([[[[10., 20.], [30., 40.]]]]), indices)
    tensor([[[[ 0., 10., 20.,  0.],
              [ 0.,  0.,  0.,  0.],
              [30.,  0.,  0., 40.],
              [ 0.,  0.,  0.,  0.]]]])

    See torch.nn.MaxUnpool2d.
    """

    def __init__(
        self,
        kernel_size: int | tuple[int, int],
        stride: int | tuple[int, int] | None = None,
        padding: int | tuple[int, int] = 0,
    ) -> None:
        raise NotImplementedError

    def forward(
        self, x: Tensor, indices: Tensor, output_size: tuple[int, ...] | None = None
    ) -> Tensor:
        """Return planes (N, C, H, W) that hold x at the indices and 0 elsewhere."""
        raise NotImplementedError
