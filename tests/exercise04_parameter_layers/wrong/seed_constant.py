"""Another seed gives the same matrix.

Why it is wrong: all layers have the same matrix, whatever seed was asked for.
Hint: Build two layers with two different seeds and compare their matrices. Where does your code
use the seed?
"""

import torch
from torch import Tensor, nn


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        projection = torch.randn(in_features, out_features, generator=generator)
        self.register_buffer("projection", projection)

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.projection
