"""forward works with another matrix than the one that is kept.

Why it is wrong: projection itself is moved, but forward uses something that stays float32 on the
CPU: a matrix that it draws anew, a second one, or a float32 copy.
Hint: Where in forward do you use self.projection? Is there a second matrix?
"""

import torch
from torch import Tensor, nn


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        projection = torch.randn(in_features, out_features, generator=generator)
        self.register_buffer("projection", projection)

    def forward(self, x: Tensor) -> Tensor:
        return x @ torch.randn(self.projection.shape)
