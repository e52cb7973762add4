"""Buffers, attributes and a base class of its own, which cost nothing."""

from functools import reduce

import torch
from torch import nn
from torch.nn import Parameter, ParameterDict, ParameterList, init


class Counting(nn.Module):
    """Counts its calls in a buffer and remembers how it was made."""

    def __init__(self, **options):
        super().__init__()
        self.register_buffer("calls", torch.zeros((), dtype=torch.int64))
        self.register_buffer("scratch", torch.ones(2), persistent=False)
        self.register_buffer("one", torch.ones(()))
        self.options = options
        self.history = []

    def forward(self, *inputs):
        self.calls += 1
        self.history.append(tuple(inputs[0].shape))
        return self.compute(*inputs)


class CenteredLayer(Counting):
    def compute(self, x):
        return torch.sub(x, torch.mean(x))


class MyLinear(Counting):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__(in_features=in_features, out_features=out_features, bias=bias)
        self.bias = Parameter(torch.zeros(out_features)) if bias else None
        self.weight = Parameter(torch.empty((out_features, in_features)))
        init.xavier_uniform_(self.weight)

    def compute(self, x):
        rows = x.reshape(-1, x.shape[-1])
        if self.bias is None:
            y = torch.mm(rows, self.weight.t())
        else:
            y = torch.addmm(self.bias, rows, self.weight.t())
        return y.reshape(x.shape[:-1] + y.shape[-1:])


class MyListDense(Counting):
    def __init__(self, sizes):
        super().__init__(sizes=sizes)
        self.params = ParameterList()
        self.params.extend(
            init.normal_(Parameter(torch.empty(sizes[i], sizes[i + 1])))
            for i in range(len(sizes) - 1)
        )

    def compute(self, x):
        return reduce(torch.matmul, self.params, x)


class MyDictDense(Counting):
    def __init__(self, sizes):
        super().__init__(sizes=sizes)
        self.params = ParameterDict()
        # The other way round: names decide, not the order.
        for name, (rows, columns) in reversed(sizes.items()):
            self.params.update({name: init.ones_(Parameter(torch.empty(rows, columns)))})

    def compute(self, x, choice):
        matrices = dict(self.params.items())
        return torch.matmul(x, matrices[choice])


class TiedMLP(Counting):
    def __init__(self, features):
        super().__init__(features=features)
        self.linear = nn.Linear(features, features)

    def compute(self, x):
        layers = [self.linear, nn.ReLU(), self.linear]
        return reduce(lambda value, layer: layer(value), layers, x)


class FixedProjection(Counting):
    def __init__(self, in_features, out_features, seed):
        super().__init__(seed=seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            self.register_buffer("projection", torch.empty(in_features, out_features).uniform_())

    def compute(self, x):
        return x.matmul(self.projection)
