"""With a seed of 0 the matrix is another one each time.

Why it is wrong: 0 is a number like any other, although Python counts it as false. The same seed
gives the same matrix.
Hint: What is bool(0)? Where does your code ask whether there is a seed?
"""

import torch
from torch import nn


class FixedProjection(nn.Module):
    def __init__(self, in_features, out_features, seed):
        super().__init__()
        generator = torch.Generator()
        if seed:
            generator.manual_seed(seed)
        else:
            generator.seed()
        self.register_buffer(
            "projection", torch.randn(in_features, out_features, generator=generator)
        )

    def forward(self, x):
        return x @ self.projection
