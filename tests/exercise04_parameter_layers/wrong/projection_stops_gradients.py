"""No gradient reaches x through the product.

Why it is wrong: the matrix is not trained, but layers before this one are. Their gradients have to
come through the product.
Hint: Which of the two factors needs no gradient? What do no_grad, .detach() and .data do to the
other one?
"""

import torch
from torch import nn


class FixedProjection(nn.Module):
    def __init__(self, in_features, out_features, seed):
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.register_buffer(
            "projection", torch.randn(in_features, out_features, generator=generator)
        )

    def forward(self, x):
        with torch.no_grad():
            return x @ self.projection
