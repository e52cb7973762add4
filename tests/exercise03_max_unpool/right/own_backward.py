"""Gradients written by hand, as torch.autograd.Function; convolution does the averaging."""

import torch
import torch.nn.functional as F
from torch.autograd import Function


class Geometry:
    def __init__(self, kernel_size, stride, padding):
        self.k = self._pair(kernel_size)
        self.s = self.k if stride is None else self._pair(stride)
        self.p = self._pair(padding)

    @staticmethod
    def _pair(v):
        return (v, v) if isinstance(v, int) else tuple(v)

    def pooled(self, size):
        return [(n + 2 * p - k) // s + 1 for n, k, s, p in zip(size, self.k, self.s, self.p)]

    def unpooled(self, size):
        return [(n - 1) * s - 2 * p + k for n, k, s, p in zip(size, self.k, self.s, self.p)]

    def spans(self, size):
        """Row and column slices of each window, cut off at the edge of the image."""
        rows, cols = self.pooled(size)
        for i in range(rows):
            top = i * self.s[0] - self.p[0]
            for j in range(cols):
                left = j * self.s[1] - self.p[1]
                yield (
                    (i, j),
                    (max(top, 0), min(top + self.k[0], size[0])),
                    (max(left, 0), min(left + self.k[1], size[1])),
                )


class _MaxPool(Function):
    @staticmethod
    def forward(ctx, x, geometry):
        height, width = x.shape[2:]
        shape = (*x.shape[:2], *geometry.pooled((height, width)))
        output = x.new_empty(shape)
        indices = x.new_empty(shape, dtype=torch.long)
        for (i, j), (top, bottom), (left, right) in geometry.spans((height, width)):
            window = x[:, :, top:bottom, left:right].flatten(2)
            output[:, :, i, j], local = window.max(dim=2)
            span = right - left
            indices[:, :, i, j] = (top + local // span) * width + left + local % span
        ctx.save_for_backward(indices)
        ctx.shape = x.shape
        ctx.mark_non_differentiable(indices)
        return output, indices

    @staticmethod
    def backward(ctx, grad, _):
        (indices,) = ctx.saved_tensors
        flat = grad.new_zeros(*ctx.shape[:2], ctx.shape[2] * ctx.shape[3])
        flat.scatter_add_(2, indices.flatten(2), grad.flatten(2))  # one pixel can win twice
        return flat.reshape(ctx.shape), None


class _Unpool(Function):
    @staticmethod
    def forward(ctx, x, indices, height, width):
        ctx.save_for_backward(indices)
        plane = x.new_zeros(x.shape[0], x.shape[1], height * width)
        plane.scatter_(2, indices.flatten(2), x.flatten(2))
        return plane.view(x.shape[0], x.shape[1], height, width)

    @staticmethod
    def backward(ctx, grad):
        (indices,) = ctx.saved_tensors
        back = grad.flatten(2).gather(2, indices.flatten(2)).reshape(indices.shape)
        return back, None, None, None


class Unpooling(torch.nn.Module):
    """What any unpooling needs to know."""

    def __init__(self, *window):
        super().__init__()
        self.geometry = Geometry(*window)

    def check(self, x, indices, size):
        usual = self.geometry.unpooled(x.shape[2:])
        size = usual if size is None else size
        far = [abs(a - b) >= s for a, b, s in zip(size, usual, self.geometry.s)]
        if any(far):
            raise ValueError(f"output_size must be near {usual}")
        if bool((indices < 0).any()) or bool((indices >= size[0] * size[1]).any()):
            raise ValueError("indices must be in the plane")
        return size


class MaxUnpool2d(Unpooling):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__(kernel_size, stride, padding)

    def forward(self, x, indices, output_size=None):
        if output_size is not None and len(output_size) == 4:
            output_size = output_size[2:]
        return _Unpool.apply(x, indices, *self.check(x, indices, output_size))


def max_pool2d(x, kernel_size, stride=None, padding=0):
    return _MaxPool.apply(x, Geometry(kernel_size, stride, padding))


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    g = Geometry(kernel_size, stride, padding)
    kernel = x.new_ones(x.shape[1], 1, *g.k)  # one small kernel for each channel
    sums = F.conv2d(x, kernel, stride=g.s, padding=g.p, groups=x.shape[1])
    if count_include_pad:
        return sums / kernel[0].numel()
    return sums / F.conv2d(torch.ones_like(x[:1, :1]), kernel[:1], stride=g.s, padding=g.p)
