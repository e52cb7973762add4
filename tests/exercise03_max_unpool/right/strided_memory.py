"""Windows by as_strided, averages by einsum, unpooling by index_put on four axes."""

from math import prod

import torch
from torch import Tensor, nn

pair = lambda v: (v, v) if type(v) is int else tuple(v)  # noqa: E731


class MaxUnpool2d(nn.Module):  # defined first: nothing here leans on the order
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.register_buffer("_kernel", torch.tensor(pair(kernel_size)), persistent=False)
        self.stride = pair(kernel_size) if stride is None else pair(stride)
        self.padding = pair(padding)

    def size(self, x: Tensor) -> list[int]:
        k = self._kernel.tolist()
        return [(x.shape[2 + d] - 1) * self.stride[d] - 2 * self.padding[d] + k[d] for d in (0, 1)]

    def forward(self, x: Tensor, indices: Tensor, output_size=None) -> Tensor:
        usual = self.size(x)
        H, W = usual if output_size is None else list(output_size)[-2:]
        if not (abs(H - usual[0]) < self.stride[0] and abs(W - usual[1]) < self.stride[1]):
            raise ValueError(f"output_size: {(H, W)} cannot pool to {tuple(x.shape[-2:])}")
        if torch.any(indices.lt(0)) or torch.any(indices.ge(H * W)):
            raise ValueError("indices: outside of the plane")
        n, c = torch.meshgrid(
            torch.arange(x.shape[0], device=x.device),
            torch.arange(x.shape[1], device=x.device),
            indexing="ij",
        )
        result = torch.zeros(*x.shape[:2], H, W, dtype=x.dtype, device=x.device)
        rows = torch.div(indices, W, rounding_mode="floor")
        result[n[..., None, None], c[..., None, None], rows, indices.remainder(W)] = x
        return result


def _bordered(x: Tensor, padding, fill: float) -> Tensor:
    ph, pw = pair(padding)
    n, c, h, w = x.shape
    wide = torch.full((n, c, h + 2 * ph, w + 2 * pw), fill, dtype=x.dtype, device=x.device)
    wide[:, :, ph : ph + h, pw : pw + w] = x
    return wide


def _views(x: Tensor, kernel_size, stride, padding, fill: float) -> Tensor:
    x = _bordered(x, padding, fill)  # contiguous, whatever came in
    (kh, kw), (sh, sw) = pair(kernel_size), pair(kernel_size if stride is None else stride)
    n, c, h, w = x.shape
    return x.as_strided(
        (n, c, (h - kh) // sh + 1, (w - kw) // sw + 1, kh, kw),
        (c * h * w, h * w, sh * w, sw, w, 1),
    )


def max_pool2d(x, kernel_size, stride=None, padding=0):
    views = _views(x, kernel_size, stride, padding, float("-inf"))
    (kh, kw), (ph, pw) = pair(kernel_size), pair(padding)
    sh, sw = pair(kernel_size if stride is None else stride)
    flat = views.reshape(*views.shape[:4], kh * kw)
    local = flat.detach().argmax(-1)
    rows = local // kw + (torch.arange(views.shape[2], device=x.device) * sh - ph).view(-1, 1)
    cols = local % kw + torch.arange(views.shape[3], device=x.device) * sw - pw
    return flat.take_along_dim(local[..., None], -1)[..., 0], rows * x.shape[3] + cols


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    weigh = torch.ones(pair(kernel_size), dtype=x.dtype, device=x.device)
    means = torch.einsum("nchwij,ij->nchw", _views(x, kernel_size, stride, padding, 0.0), weigh)
    if count_include_pad:
        return means / prod(weigh.shape)
    real = _views(torch.ones_like(x), kernel_size, stride, padding, 0.0)
    return means / torch.einsum("nchwij->nchw", real)
