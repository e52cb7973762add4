"""The matrix does not depend on the seed.

Why it is wrong: every new layer draws another matrix, so nobody can build the same one again.
Hint: Build two layers with the same seed and compare their matrices. Which generator draws the
numbers?
"""

import torch
from torch import Tensor, nn


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        self.register_buffer("projection", torch.randn(in_features, out_features))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.projection
