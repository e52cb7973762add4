"""Exercise 1 by torch: what every answer is compared with."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn


def corr2d(X: Tensor, K: Tensor) -> Tensor:
    """One plane and one kernel."""
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    return F.conv2d(X[None, None], K[None, None])[0, 0]


def corr2d_multi_in(X: Tensor, K: Tensor) -> Tensor:
    """Several channels in, one plane out."""
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K differ in their channels")
    return F.conv2d(X[None], K[None])[0, 0]


def corr2d_multi_in_out(X: Tensor, K: Tensor) -> Tensor:
    """Several channels in, several out."""
    return F.conv2d(X[None], K)[0]


class Conv2D(nn.Module):
    """A kernel and a bias. Where it starts is free, so nothing is compared with this start."""

    def __init__(self, kernel_size: int | tuple[int, int]) -> None:
        super().__init__()
        h, w = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
        self.weight = nn.Parameter(torch.ones(h, w))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X: Tensor) -> Tensor:
        """X (H, W) -> (H', W')."""
        return corr2d(X, self.weight) + self.bias


def learn_kernel(
    X: Tensor, Y: Tensor, kernel_size: tuple[int, int], lr: float = 0.3, steps: int = 100
) -> Tensor:
    """The kernel that gradient descent tends to: the least squares solution itself."""
    windows = F.unfold(X[None, None], kernel_size)[0].T  # (H' * W', h * w)
    return (torch.linalg.pinv(windows) @ Y.flatten()).reshape(kernel_size)
