"""Everything is counted: places by walking, sums by four nested loops."""

import torch


def _walk(size, reach, stride):
    """The starts of all windows that end inside a line."""
    start = 0
    while start + reach <= size:
        yield start
        start += stride


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1:
        raise ValueError("kernel_size")
    if stride < 1:
        raise ValueError("stride")
    if padding < 0:
        raise ValueError("padding")
    if dilation < 1:
        raise ValueError("dilation")
    taps = range(0, kernel_size * dilation, dilation)
    places = len(list(_walk(size + padding + padding, taps[-1] + 1, stride)))
    if places == 0:
        raise ValueError("kernel_size: the window does not fit")
    return places


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if 2 * padding > kernel_size:
        raise ValueError("padding")
    stride = stride or kernel_size
    reach = (kernel_size - 1) * dilation + 1
    end = padding + size + padding
    places = 0
    start = 0
    while True:
        inside = start + reach <= end
        # One more window may follow the last that fits, if the last left pixels over.
        left_over = ceil_mode and start - stride + reach < end and start < padding + size
        if not inside and not left_over:
            return places
        places += 1
        start += stride


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= stride and output_padding >= dilation:
        raise ValueError("output_padding")
    touched = set()
    for pixel in range(size):
        for tap in range(kernel_size):
            touched.add(pixel * stride + tap * dilation)
    return max(touched) + 1 - padding - padding + output_padding


def same_padding(kernel_size, dilation=1):
    before = after = 0
    for number in range((kernel_size - 1) * dilation):
        if number % 2 == 0:
            after += 1
        else:
            before += 1
    return before, after


def zero_pad2d(X, padding):
    if isinstance(padding, int):
        padding = (padding, padding)
    top, left = padding
    height, width = X.size(-2), X.size(-1)
    shape = list(X.shape)
    shape[-2] += 2 * top
    shape[-1] += 2 * left
    Y = torch.zeros(shape, dtype=X.dtype, device=X.device)
    for i in range(height):
        for j in range(width):
            Y[..., top + i, left + j] = X[..., i, j]
    return Y


def corr2d_strided(X, K, stride=1, padding=0):
    if isinstance(stride, int):
        stride = (stride, stride)
    P = zero_pad2d(X, padding)
    rows = list(_walk(P.shape[0], K.shape[0], stride[0]))
    columns = list(_walk(P.shape[1], K.shape[1], stride[1]))
    Y = X.new_zeros(len(rows), len(columns))
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            total = 0
            for a in range(K.shape[0]):
                for b in range(K.shape[1]):
                    total = total + P[top + a, left + b] * K[a, b]
            Y[i, j] = total
    return Y


def receptive_field(layers):
    # From the top down: which pixels does one pixel touch in the layer below?
    pixels = {0}
    for kernel_size, stride, dilation in reversed(list(layers)):
        pixels = {
            pixel * stride + tap * dilation for pixel in pixels for tap in range(kernel_size)
        }
    return max(pixels) - min(pixels) + 1
