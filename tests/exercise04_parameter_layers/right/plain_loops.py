"""Plain Python loops: every product is written out, nothing is multiplied as a matrix."""

import math

import torch
import torch.nn as nn


def times(x, matrix):
    """x (..., in) @ matrix (in, out), one output column after the other."""
    columns = []
    for j in range(matrix.shape[1]):
        total = 0
        for i in range(matrix.shape[0]):
            total = total + x[..., i] * matrix[i, j]
        columns.append(total)
    return torch.stack(columns, dim=-1)


class CenteredLayer(nn.Module):
    def forward(self, x):
        return x - x.sum() / x.numel()


class MyLinear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super(MyLinear, self).__init__()  # noqa: UP008 - the old spelling is right as well
        bound = 1 / math.sqrt(in_features)
        weight = torch.empty(out_features, in_features)
        for row in range(out_features):
            weight[row] = (torch.rand(in_features) * 2 - 1) * bound
        self.weight = nn.Parameter(weight)
        if bias:
            self.bias = nn.Parameter((torch.rand(out_features) * 2 - 1) * bound)
        else:
            self.bias = None

    def forward(self, x):
        outputs = []
        for row in range(self.weight.shape[0]):
            y = (x * self.weight[row]).sum(-1)
            if self.bias is not None:
                y = y + self.bias[row]
            outputs.append(y)
        return torch.stack(outputs, -1)


class MyListDense(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.params = nn.ParameterList()
        for k in range(1, len(sizes)):
            self.params.append(nn.Parameter(torch.randn(sizes[k - 1], sizes[k])))

    def forward(self, x):
        for i in range(len(self.params)):
            x = times(x, self.params[i])
        return x


class MyDictDense(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.params = nn.ParameterDict()
        for name in sizes:
            rows, columns = sizes[name]
            self.params[name] = nn.Parameter(torch.randn(rows, columns))

    def forward(self, x, choice):
        for name, matrix in self.params.items():
            if name == choice:
                return times(x, matrix)
        raise KeyError(choice)


class TiedMLP(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.linear = nn.Linear(features, features)

    def forward(self, x):
        for use in range(2):
            if use > 0:
                x = torch.relu(x)
            x = self.linear(x)
        return x


class FixedProjection(nn.Module):
    def __init__(self, in_features, out_features, seed):
        super().__init__()
        state = torch.get_rng_state()
        torch.manual_seed(seed)
        matrix = torch.rand(in_features, out_features)
        torch.set_rng_state(state)
        self.register_buffer("projection", matrix)

    def forward(self, x):
        return times(x, self.projection)
