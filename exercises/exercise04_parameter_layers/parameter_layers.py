"""Exercise 4: layers of your own.

A module computes, and it keeps numbers. Some are trained, some are only moved and saved along with
it, and some nobody knows about. In these six small layers you decide which is which. Weights are
loaded into them by name, so the names that a docstring gives matter; the rest is up to you.

Every result has the dtype of the input and lives on its device. No argument is ever changed.
"""

import torch
from torch import Tensor, nn


class CenteredLayer(nn.Module):
    """Shift all elements of x so that their mean is 0.

    forward(x): x of any shape, the result has the same shape. There is one mean, taken over
    all elements together. The layer has no parameters. Gradients flow through the mean too.

    >>> CenteredLayer()(torch.tensor([1.0, 2.0, 3.0, 4.0, 5.0]))
    tensor([-2., -1.,  0.,  1.,  2.])

    See torch.mean.
    """

    def __init__(self) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x of any shape -> the same shape."""
        raise NotImplementedError


class MyLinear(nn.Module):
    """A fully connected layer: each output is a weighted sum of all inputs, plus a bias.

    Parameters, loaded by name: `weight` (out_features, in_features) and `bias`
    (out_features,). With bias=False the name `bias` stays, registered as None.
    forward(x): x (..., in_features) -> (..., out_features), for any leading dimensions.
    A new layer has weights that differ from each other, of a size that keeps activations
    alive: with 64 inputs and 64 outputs, standard normal x must give outputs with a standard
    deviation between 0.2 and 2. Do not use nn.Linear or F.linear here: this is what you write.

    Row k of the weight is k·[1, 1, 1], so output k is k·(1 + 2 + 3) + 0.5:

    >>> layer = MyLinear(3, 4)
    >>> rows = torch.tensor([[1.0], [2.0], [3.0], [4.0]]).repeat(1, 3)
    >>> layer.load_state_dict({"weight": rows, "bias": torch.full((4,), 0.5)})
    <All keys matched successfully>
    >>> layer(torch.tensor([1.0, 2.0, 3.0])).tolist()
    [6.5, 12.5, 18.5, 24.5]

    See torch.nn.Linear.
    """

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (..., in_features) -> (..., out_features)."""
        raise NotImplementedError


class MyListDense(nn.Module):
    """A chain of matrices: x @ p0 @ p1 @ ..., without biases and without activations.

    sizes: how many numbers go in, then how many come out of each matrix. [4, 4, 4, 1] makes
    three matrices, of shapes (4, 4), (4, 4) and (4, 1).
    Attribute, loaded by name: `params`, an nn.ParameterList of (sizes[i], sizes[i+1])
    matrices.
    forward(x): x (N, sizes[0]) -> (N, sizes[-1]).

    [1, 1] times the first matrix is [4, 6], and 4·1 + 6·10 is 64:

    >>> net = MyListDense([2, 2, 1])
    >>> net.load_state_dict({"params.0": torch.tensor([[1.0, 2.0], [3.0, 4.0]]),
    ...                      "params.1": torch.tensor([[1.0], [10.0]])})
    <All keys matched successfully>
    >>> net(torch.tensor([[1.0, 1.0]])).tolist()
    [[64.0]]

    See torch.nn.ParameterList.
    """

    def __init__(self, sizes: list[int]) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (N, sizes[0]) -> (N, sizes[-1])."""
        raise NotImplementedError


class MyDictDense(nn.Module):
    """Several matrices with names; each call chooses one.

    sizes: a dict from a name to (in, out), such as {"twice": (2, 2), "total": (2, 1)}.
    Attribute, loaded by name: `params`, an nn.ParameterDict of (in, out) matrices.
    forward(x, choice): x (N, in) -> x @ the matrix called `choice` (N, out).
    Raises KeyError, naming the choice, where there is no matrix of that name.

    >>> net = MyDictDense({"twice": (2, 2), "total": (2, 1)})
    >>> net.load_state_dict({"params.twice": torch.tensor([[2.0, 0.0], [0.0, 2.0]]),
    ...                      "params.total": torch.tensor([[1.0], [1.0]])})
    <All keys matched successfully>
    >>> x = torch.tensor([[3.0, 4.0]])
    >>> net(x, "twice").tolist(), net(x, "total").tolist()
    ([[6.0, 8.0]], [[7.0]])

    See torch.nn.ParameterDict.
    """

    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor, choice: str) -> Tensor:
        """x (N, in) -> (N, out) of the matrix called `choice`."""
        raise NotImplementedError


class TiedMLP(nn.Module):
    """One linear layer used twice: linear, ReLU, then the same linear again.

    Attribute, loaded by name: `linear`, one nn.Linear(features, features). It is registered
    once, under this name only, so the network has two parameters: `linear.weight` and
    `linear.bias`. The gradient of each is the sum over both uses. ReLU sets negative numbers
    to 0 and keeps the others: -2, 3 becomes 0, 3.
    forward(x): x (N, features) -> (N, features). There is no ReLU at the end.

    With weight 3 and bias 0, an input of 1 becomes 3 and then 9. The first use gives the
    weight a gradient of 3, the second another 3:

    >>> net = TiedMLP(1)
    >>> net.load_state_dict({"linear.weight": torch.tensor([[3.0]]),
    ...                      "linear.bias": torch.tensor([0.0])})
    <All keys matched successfully>
    >>> y = net(torch.tensor([[1.0]]))
    >>> y.sum().backward()
    >>> y.item(), net.linear.weight.grad.item()
    (9.0, 6.0)

    See torch.nn.Linear and torch.nn.functional.relu.
    """

    def __init__(self, features: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (N, features) -> (N, features)."""
        raise NotImplementedError


class FixedProjection(nn.Module):
    """Multiply by a random matrix that is drawn once and never trained.

    Attribute, loaded by name: `projection` (in_features, out_features). It follows .to(), it
    is saved in the state_dict, and training leaves it alone.
    seed: an int. The same seed gives the same matrix, another seed another one. Drawing the
    matrix leaves the global random number generator as it was.
    forward(x): x (N, in_features) -> x @ projection (N, out_features).

    >>> before = torch.get_rng_state()
    >>> one, two = FixedProjection(3, 2, seed=7), FixedProjection(3, 2, seed=7)
    >>> torch.equal(one.projection, two.projection)
    True
    >>> torch.equal(before, torch.get_rng_state())
    True
    >>> list(one.state_dict()), one.projection.requires_grad
    (['projection'], False)

    See torch.nn.Module.register_buffer and torch.Generator.
    """

    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        raise NotImplementedError

    def forward(self, x: Tensor) -> Tensor:
        """x (N, in_features) -> (N, out_features)."""
        raise NotImplementedError
