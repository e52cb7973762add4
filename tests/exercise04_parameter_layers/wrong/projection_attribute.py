"""The matrix stays behind when the module is moved: it is a plain attribute.

Why it is wrong: a Module moves and saves its parameters and its buffers, and no other tensors.
Hint: Move the layer with .to(torch.float64) and print the dtype of its matrix.
"""

import torch
from torch import Tensor, nn


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.projection = torch.randn(in_features, out_features, generator=generator)

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.projection
