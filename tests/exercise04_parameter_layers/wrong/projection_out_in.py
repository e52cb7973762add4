"""The matrix has the shape (out, in).

Why it is wrong: that is how nn.Linear keeps its weight. This contract multiplies x @
projection.
Hint: Compare the shape of projection with (in_features, out_features).
"""

import torch
from torch import Tensor, nn


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        projection = torch.randn(out_features, in_features, generator=generator)
        self.register_buffer("projection", projection)

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.projection.T
