"""The projection is a Parameter that needs no gradient; containers and modules are subclassed."""

import torch
from torch import Tensor, nn
from torch.nn.parameter import Parameter


def matrix(rows: int, columns: int, **how) -> Parameter:
    """A new matrix (rows, columns)."""
    return Parameter(torch.randn(rows, columns, **how) * rows**-0.5)


class Matrices(nn.ParameterList):
    """A list of matrices that knows how to be applied one after the other."""

    def chain(self, x: Tensor) -> Tensor:
        y = x
        for one in self:
            y = y.matmul(one)
        return y


class Named(nn.ParameterDict):
    """A dict of matrices that complains properly."""

    def find(self, name: str) -> Parameter:
        if name not in self.keys():
            raise KeyError(f"choice must be one of {sorted(self.keys())}, not {name!r}")
        return self[name]


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        own = torch.Generator()
        own.manual_seed(seed)
        self.projection = matrix(in_features, out_features, generator=own).requires_grad_(False)

    forward = lambda self, x: x @ self.projection  # noqa: E731


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(in_features=features, out_features=features, bias=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(self.linear(x).clamp(min=0))


class MyDictDense(nn.Module):
    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        super().__init__()
        self.params = Named({name: matrix(*pair) for name, pair in sizes.items()})

    forward = lambda self, x, choice: x @ self.params.find(choice)  # noqa: E731


class MyListDense(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.params = Matrices([matrix(*sizes[i : i + 2]) for i in range(len(sizes) - 1)])

    def forward(self, x: Tensor) -> Tensor:
        return self.params.chain(x)


class MyLinear(nn.Module):
    weight: Parameter
    bias: Parameter | None

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.weight = Parameter(torch.empty(out_features, in_features))
        self.register_parameter("bias", Parameter(torch.empty(out_features)) if bias else None)
        self.reset_parameters()

    @torch.no_grad()
    def reset_parameters(self) -> None:
        nn.init.kaiming_uniform_(self.weight, a=5**0.5)
        for parameter in self.parameters():
            if parameter.dim() == 1:
                parameter.uniform_(-0.1, 0.1)

    def forward(self, x: Tensor) -> Tensor:
        # (..., 1, in) @ (in, out) -> (..., 1, out), which also works for one vector.
        y = torch.matmul(x.unsqueeze(-2), self.weight.transpose(0, 1)).squeeze(-2)
        return y if self.bias is None else torch.add(y, self.bias)


class CenteredLayer(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        # A product with ones is a sum, too.
        flat = x.flatten()
        average = flat @ torch.ones_like(flat) / len(flat)
        return (flat - average).reshape_as(x)
