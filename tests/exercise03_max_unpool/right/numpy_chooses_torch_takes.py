"""NumPy finds the places; torch takes the numbers there, so that gradients live on."""

import numpy as np
import torch
from torch import nn


def _both(value):
    return tuple(int(v) for v in np.broadcast_to(np.asarray(value), (2,)))


def _table(height, width, kernel_size, stride, padding):
    """The index of each cell of each window, (H', W', kh * kw), and which cells are real."""
    k, p = _both(kernel_size), _both(padding)
    s = k if stride is None else _both(stride)
    top = np.arange(0, height + 2 * p[0] - k[0] + 1, s[0]) - p[0]
    left = np.arange(0, width + 2 * p[1] - k[1] + 1, s[1]) - p[1]
    r = top[:, None, None, None] + np.arange(k[0])[:, None]
    c = left[:, None, None] + np.arange(k[1])
    r, c = np.broadcast_arrays(r, c)
    real = (r >= 0) & (r < height) & (c >= 0) & (c < width)
    place = np.where(real, r * width + c, 0)
    flat = (len(top), len(left), k[0] * k[1])
    return place.reshape(flat), real.reshape(flat)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    n, c, h, w = x.shape
    place, real = _table(h, w, kernel_size, stride, padding)
    seen = x.detach().cpu().numpy().reshape(n, c, h * w)[:, :, place]  # (N, C, H', W', kh*kw)
    winner = np.where(real, seen, -np.inf).argmax(-1)
    chosen = np.take_along_axis(np.broadcast_to(place, seen.shape), winner[..., None], -1)[..., 0]
    indices = torch.from_numpy(np.ascontiguousarray(chosen.astype(np.int64))).to(x.device)
    return x.flatten(2).gather(2, indices.flatten(2)).reshape(indices.shape), indices


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    n, c, h, w = x.shape
    place, real = _table(h, w, kernel_size, stride, padding)
    # Pooling is linear: one row of weights for each output pixel, (H' * W', H * W).
    rows = place.shape[0] * place.shape[1]
    weight = np.zeros((rows, h * w))
    of_row = np.repeat(np.arange(rows), place.shape[2])
    np.add.at(weight, (of_row, place.ravel()), real.ravel().astype(float))
    counted = np.full((rows, 1), place.shape[2]) if count_include_pad else weight.sum(1)[:, None]
    matrix = torch.tensor(weight / counted, dtype=x.dtype, device=x.device)
    return (x.flatten(2) @ matrix.T).reshape(n, c, *place.shape[:2])


class MaxUnpool2d(nn.Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = np.array(_both(kernel_size))
        self.stride = np.array(_both(kernel_size if stride is None else stride))
        self.padding = np.array(_both(padding))

    def forward(self, x, indices, output_size=None):
        usual = (np.array(x.shape[2:]) - 1) * self.stride - 2 * self.padding + self.kernel_size
        size = usual if output_size is None else np.array(output_size)[-2:]
        if (np.abs(size - usual) >= self.stride).any():
            raise ValueError(f"output_size {size} is no size that pools to {tuple(x.shape[2:])}")
        where = indices.cpu().numpy()
        if where.min() < 0 or where.max() >= size.prod():
            raise ValueError("indices leave the plane")
        n, c = x.shape[:2]
        # For each pixel of the result: which number comes here? The last cell is a spare zero.
        source = np.full((n, c, int(size.prod())), x.shape[2] * x.shape[3])
        np.put_along_axis(source, where.reshape(n, c, -1), np.arange(source.max())[None, None], 2)
        spare = torch.cat([x.flatten(2), x.new_zeros(n, c, 1)], dim=2)
        return spare.gather(2, torch.from_numpy(source).to(x.device)).reshape(
            n, c, int(size[0]), int(size[1])
        )
