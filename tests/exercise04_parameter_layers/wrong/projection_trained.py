"""The matrix is a parameter that gets trained.

Why it is wrong: an optimizer would change it, and then it is no longer the projection of its
seed.
Hint: Print list(layer.parameters()). What would an optimizer do with this?
"""

import torch
from torch import Tensor, nn


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        projection = torch.randn(in_features, out_features, generator=generator)
        self.projection = nn.Parameter(projection)

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.projection
