"""Numbers are drawn by numpy, products are written as einsum, and names come from a star import."""

from itertools import pairwise

import numpy as np
import torch.nn.functional as F
from torch import *  # noqa: F403
from torch import einsum, from_numpy, nn


def drawn(generator, *shape):
    """Standard normal numbers in float32."""
    return from_numpy(generator.standard_normal(shape).astype("float32"))


class FixedProjection(nn.Module):
    def __init__(self, in_features, out_features, seed):
        super().__init__()
        self.register_buffer(
            "projection", drawn(np.random.default_rng(seed), in_features, out_features)
        )

    def forward(self, x):
        return einsum("ni,io->no", x, self.projection)


class TiedMLP(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.add_module("linear", nn.Linear(features, features))

    def forward(self, x):
        weight, bias = self.linear.weight, self.linear.bias
        hidden = F.relu(einsum("ni,oi->no", x, weight) + bias)
        return F.linear(hidden, weight, bias)


class MyDictDense(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        generator = np.random.default_rng()
        matrices = {name: nn.Parameter(drawn(generator, *pair)) for name, pair in sizes.items()}
        self.params = nn.ParameterDict(matrices)

    def forward(self, x, choice):
        try:
            matrix = self.params[choice]
        except (AttributeError, KeyError):
            raise KeyError(f"{choice} is unknown") from None
        return einsum("ni,io->no", x, matrix)


class MyListDense(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        generator = np.random.default_rng()
        # A ParameterList makes Parameters of the tensors that it is given.
        self.params = nn.ParameterList([drawn(generator, i, o) for i, o in pairwise(sizes)])

    def forward(self, x):
        for param in self.params:
            x = einsum("ni,io->no", x, param)
        return x


class MyLinear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        generator = np.random.default_rng()
        scale = (2 / in_features) ** 0.5
        start = nn.Parameter(drawn(generator, out_features)) if bias else None
        # The bias comes first here; the order of definition is free.
        self.register_parameter("bias", start)
        self.register_parameter(
            "weight", nn.Parameter(drawn(generator, out_features, in_features) * scale)
        )

    def forward(self, x):
        y = einsum("...i,oi->...o", x, self.weight)
        if self.bias is not None:
            y += self.bias
        return y


class CenteredLayer(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, x):
        return x - einsum("i->", x.reshape(-1)) / x.numel()
