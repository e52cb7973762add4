"""The answers of exercise 3, by torch."""

import torch.nn.functional as F
from torch import nn


def max_pool2d(x, kernel_size, stride=None, padding=0):
    """Maxima and their indices."""
    return F.max_pool2d(x, kernel_size, stride, padding, return_indices=True)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Means."""
    return F.avg_pool2d(x, kernel_size, stride, padding, count_include_pad=count_include_pad)


class MaxUnpool2d(nn.Module):
    """Maxima put back; a bad index is a ValueError here."""

    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.unpool = nn.MaxUnpool2d(kernel_size, stride, padding)

    def forward(self, x, indices, output_size=None):
        """Planes with x at the indices and zeros elsewhere."""
        try:
            return self.unpool(x, indices, output_size)  # refuses sizes by ValueError itself
        except RuntimeError as error:
            # torch says "Found an invalid max index: …" as a RuntimeError.
            if "max index" not in str(error):
                raise
            raise ValueError("indices: outside of the plane") from error
