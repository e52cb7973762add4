"""The matrix is moved, but left out of the state_dict.

Why it is wrong: whoever loads the file gets another matrix. A buffer with persistent=False is such
a one.
Hint: Print list(layer.state_dict()). Is everything there that another machine needs?
"""

import torch
from torch import Tensor, nn


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        projection = torch.randn(in_features, out_features, generator=generator)
        self.register_buffer("projection", projection, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.projection
