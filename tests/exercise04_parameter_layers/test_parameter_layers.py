"""Hidden suite of exercise 4: layers of your own.

Initial values are free, so weights are loaded by name before numbers are compared.
"""

import math

import torch

from grader.checks import SubjectError, gradients, loaded, points, random_numbers

DOUBLE = torch.float64


def filled(module, state):
    """`module` with these values; buffers of the student's own stay as they are."""
    own = module.state_dict()
    extra = [name for name in module.named_buffers() if name in own and name not in state]
    return loaded(module, state | {name: own[name] for name in extra})


def new(module):
    """`module` with the values that it was made with, on the device under examination."""
    return loaded(module, module.state_dict())


# --- CenteredLayer ---


def planes(draw, dtype=torch.float32):
    """Planes, rows and columns with means of their own, and none of them is 0.

    There are 64 elements, a power of two, so the mean of integers is exact.
    """
    steps = 1000 * torch.arange(1, 3)[:, None, None] + 200 * torch.arange(4)[:, None]
    return draw.distinct(2, 4, 8, dtype=dtype) + steps + 7 * torch.arange(8) ** 2


@points("CenteredLayer", 4)
def test_one_mean_for_all(same, draw):
    """One mean over all elements together is subtracted from each."""
    X = planes(draw)
    same(lambda m: filled(m.CenteredLayer(), {})(X))
    row = X[1, 2]

    def one_after_the_other(m):
        layer = filled(m.CenteredLayer(), {})
        return [layer(X), layer(row), layer.eval()(X)]

    same(one_after_the_other)


@points("CenteredLayer", 2)
def test_centred_gradients(same, draw):
    """Gradients flow through the mean as well, and the layer has no parameters."""
    X = planes(draw)
    same(lambda m: gradients(filled(m.CenteredLayer(), {}), X))


@points("CenteredLayer", 2)
def test_centring_leaves_its_input(unchanged, draw):
    """The input is the caller's: the layer gives back a new tensor."""
    X = planes(draw)
    unchanged(lambda m: m.CenteredLayer()(X))


@points("CenteredLayer", 2)
def test_centring_elsewhere(same, portable, draw):
    """The result has the dtype and the device of the input."""
    X = planes(draw, DOUBLE)
    same(lambda m: filled(m.CenteredLayer(), {})(X))
    portable(lambda m: filled(m.CenteredLayer(), {})(X))


# --- MyLinear ---


def linear(m, weight, bias=None):
    """A layer of the right size that holds these values."""
    outputs, inputs = weight.shape
    if bias is None:
        return filled(m.MyLinear(inputs, outputs, bias=False), {"weight": weight})
    return filled(m.MyLinear(inputs, outputs), {"weight": weight, "bias": bias})


@points("MyLinear", 5)
def test_weighted_sums(same, draw):
    """Each output is a weighted sum of the inputs plus its own bias."""
    X, weight, bias = draw.distinct(5, 3), draw.distinct(4, 3), draw.distinct(4)
    # With x = 0 the bias stands alone; minus ten thousand shows a ReLU for certain.
    X[0], bias[1] = 0, -10_000
    same(lambda m: linear(m, weight, bias)(X))


@points("MyLinear", 4)
def test_leading_dimensions(same, draw):
    """x may be one vector, or have several dimensions in front of its features."""
    vector, block = draw.distinct(3), draw.distinct(2, 5, 3)
    weight, bias = draw.distinct(4, 3), draw.distinct(4)

    def experiment(m):
        layer = linear(m, weight, bias)
        return [layer(vector), layer(block), layer(vector[None])]

    same(experiment)
    # A single output is a dimension of its own as well.
    same(lambda m: linear(m, weight[:1], bias[:1])(block))


@points("MyLinear", 5)
def test_linear_gradients(same, draw):
    """Weight, bias and input all get their gradients, in float64 too."""
    X, weight = draw.normal(5, 3, dtype=DOUBLE), draw.normal(4, 3, dtype=DOUBLE)
    bias = draw.normal(4, dtype=DOUBLE)
    same(lambda m: gradients(linear(m, weight, bias), X))


@points("MyLinear", 4)
def test_no_bias(same, draw):
    """With bias=False there is no bias: its name is registered as None."""
    X, weight = draw.distinct(5, 3), draw.distinct(4, 3)

    def names(m):
        layers = {"with a bias": m.MyLinear(3, 4), "without one": m.MyLinear(3, 4, bias=False)}
        return {
            f"the list of parameters {which}": ", ".join(sorted(layer.named_parameters()))
            for which, layer in layers.items()
        }

    def experiment(m):
        layer = linear(m, weight)
        return gradients(layer, X) | {"bias": layer.get("bias")}

    same(names)
    same(experiment)


def variety(layer):
    """Whether a new layer's weights differ, read from what it does: eye gives their columns."""
    of_each, of_none = layer(torch.eye(64)), layer(torch.zeros(1, 64))
    if (of_each.shape, of_none.shape) != ((64, 64), (1, 64)):
        return "of another shape"
    columns = of_each - of_none
    if not columns.any():
        return "all 0"
    # What is left of a bias that was added and taken away again is not a difference.
    least = 1e-3 * columns.abs().max()
    if columns.max() - columns.min() < least:
        return "all equal"
    units = columns - columns[:, :1]
    return "different" if units.abs().max() > least else "the same for every output"


def spread(outputs):
    """The standard deviation, told as coarsely as the contract does."""
    deviation = float(outputs.std())
    if 0.2 <= deviation <= 2:
        return "between 0.2 and 2"
    return "over 2" if deviation > 2 else "under 0.2" if deviation < 0.2 else "not a number"


@points("MyLinear", 2)
def test_first_weights_differ(holds):
    """A new layer's weights are not all equal, or all its units would stay alike."""
    holds(
        lambda m: f"weights {variety(new(m.MyLinear(64, 64)))}",
        lambda value: value == "weights different",
        "the weights of a new layer differ from each other",
    )


@points("MyLinear", 3)
def test_first_outputs_keep_their_size(holds, draw):
    """A new layer neither blows up its input nor lets it vanish."""
    X = draw.normal(200, 64)

    def experiment(m):
        layer = new(m.MyLinear(64, 64))
        return f"{spread(layer(X))} with weights {variety(layer)}"

    holds(
        experiment,
        lambda value: value.startswith("between"),
        "for standard normal x the outputs have a standard deviation between 0.2 and 2",
    )


@points("MyLinear", 2)
def test_linear_elsewhere(same, portable, draw):
    """The layer works where its input lives, with a bias and without."""
    X, weight, bias = draw.distinct(5, 3), draw.distinct(4, 3), draw.distinct(4)
    # Here first: what is wrong everywhere is no matter of devices.
    same(lambda m: linear(m, weight, bias)(X))
    portable(lambda m: linear(m, weight, bias)(X))
    portable(lambda m: linear(m, weight)(X))


# --- MyListDense ---


def chain(m, *matrices):
    """A MyListDense that holds these matrices."""
    sizes = [matrices[0].shape[0], *(matrix.shape[1] for matrix in matrices)]
    state = {f"params.{i}": matrix for i, matrix in enumerate(matrices)}
    return filled(m.MyListDense(sizes), state)


def one_negative(matrix):
    """`matrix` with a second column below 0 and no other: a ReLU loses exactly that one."""
    matrix = matrix.abs()
    matrix[:, 1] *= -1
    return matrix


@points("MyListDense", 6)
def test_chain_of_squares(same, draw):
    """The result of one matrix goes into the next, up to the last one."""
    # Whatever is drawn, a ReLU after any of these matrices changes the result.
    X, last = draw.integers(3, 4, low=1), -draw.distinct(4, 1).abs()
    matrices = [one_negative(draw.distinct(4, 4)) for _ in range(2)]
    same(lambda m: chain(m, *matrices, last)(X))


@points("MyListDense", 5)
def test_chain_of_rectangles(same, draw):
    """Matrix i has sizes[i] rows and sizes[i+1] columns."""
    X = draw.integers(4, 3, low=1)
    first, last = one_negative(draw.distinct(3, 5)), one_negative(draw.distinct(5, 2))
    same(lambda m: chain(m, first, last)(X))
    same(lambda m: chain(m, first)(X))  # a chain of one matrix


@points("MyListDense", 4)
def test_chain_gradients(same, draw):
    """Every matrix is a parameter of its own and gets a gradient, and so does x."""
    X, last = draw.integers(3, 4, low=1), -draw.distinct(4, 1).abs()
    matrices = [one_negative(draw.distinct(4, 4)) for _ in range(2)]
    same(lambda m: gradients(chain(m, *matrices, last), X))


@points("MyListDense", 2)
def test_new_chain(holds, unchanged, draw):
    """A new chain turns sizes[0] numbers into sizes[-1] numbers."""
    X, sizes = draw.normal(6, 3), [3, 5, 4, 2]
    holds(
        lambda m: str(tuple(new(m.MyListDense(sizes))(X).shape)),
        lambda shape: shape == "(6, 2)",
        "sizes [3, 5, 4, 2] make a result of shape (6, 2) for 6 rows",
    )
    unchanged(lambda m: "a chain" if m.MyListDense(sizes) else None)


@points("MyListDense", 3)
def test_chain_elsewhere(portable, draw):
    """The matrices move with the module, and keep its dtype."""
    X = draw.integers(4, 3, low=1, dtype=DOUBLE)
    first, last = (one_negative(draw.distinct(*s, dtype=DOUBLE)) for s in ((3, 5), (5, 2)))
    portable(lambda m: chain(m, first, last)(X))


# --- MyDictDense ---


def choices(m, matrices):
    """A MyDictDense that holds these matrices."""
    sizes = {name: tuple(matrix.shape) for name, matrix in matrices.items()}
    return filled(m.MyDictDense(sizes), {f"params.{name}": p for name, p in matrices.items()})


def three_matrices(draw, dtype=torch.float32):
    """Three matrices for one x; the last two could be taken for each other by their shape."""
    shapes = {"wide": (3, 5), "left": (3, 3), "right": (3, 3)}
    return {name: draw.distinct(*shape, dtype=dtype) for name, shape in shapes.items()}


@points("MyDictDense", 6)
def test_each_choice(same, draw):
    """The choice decides which one of the matrices x is multiplied by."""
    X, matrices = draw.distinct(4, 3), three_matrices(draw)
    order = draw.shuffled(["wide", "left", "right"])

    def experiment(m):
        layer = choices(m, matrices)
        return {name: layer(X, name) for name in order}

    same(experiment)


@points("MyDictDense", 5)
def test_choice_gradients(same, draw):
    """The chosen matrix and x get gradients, the other matrices get none."""
    X, matrices = draw.distinct(4, 3), three_matrices(draw)
    name = draw.choice("left", "right")
    same(lambda m: gradients(choices(m, matrices), X, name))


@points("MyDictDense", 2)
def test_unknown_choice(rejects, draw):
    """A choice that does not exist is a KeyError."""
    X = draw.distinct(4, 3)
    sizes = {"wide": (3, 5), "left": (3, 3)}
    for name in ("bronze", "wider", "lef"):
        rejects(lambda m, name=name: new(m.MyDictDense(sizes))(X, name), KeyError)


@points("MyDictDense", 2)
def test_unknown_choice_is_named(holds, draw):
    """The KeyError says which choice does not exist."""
    X, name = draw.distinct(4, 3), draw.choice("bronze", "silver")

    def experiment(m):
        layer = new(m.MyDictDense({"wide": (3, 5), "left": (3, 3)}))
        try:
            layer(X, name)
        except SubjectError as error:
            if "KeyError" not in (error.failure.type, *error.failure.bases):
                raise
            named = name in error.failure.message
            return "a KeyError with the name" if named else "a KeyError without it"
        return "no error"

    holds(experiment, lambda value: value.endswith("the name"), f"a KeyError with {name!r} in it")


@points("MyDictDense", 2)
def test_new_choices(holds, unchanged, draw):
    """A new layer turns the first number of a pair into the second."""
    X, sizes = draw.normal(6, 3), {"wide": (3, 5), "narrow": (3, 2)}

    def experiment(m):
        layer = new(m.MyDictDense(sizes))
        return " and ".join(str(tuple(layer(X, name).shape)) for name in sizes)

    holds(
        experiment,
        lambda shapes: shapes == "(6, 5) and (6, 2)",
        "the pairs (3, 5) and (3, 2) make results of shape (6, 5) and (6, 2) for 6 rows",
    )
    unchanged(lambda m: "a layer" if m.MyDictDense(sizes) else None)


@points("MyDictDense", 3)
def test_choices_elsewhere(portable, draw):
    """The matrices move with the module, and keep its dtype."""
    X, matrices = draw.distinct(4, 3, dtype=DOUBLE), three_matrices(draw, DOUBLE)
    portable(lambda m: choices(m, matrices)(X, "left"))


# --- TiedMLP ---


def tied_values(draw, dtype=torch.float32):
    """x, weight and bias for which one hidden number and one output lie below 0 for certain."""
    weight = draw.distinct(3, 3, dtype=dtype).abs()
    weight[1] *= -1
    state = {"linear.weight": weight, "linear.bias": torch.tensor([5, -3, 2], dtype=dtype)}
    return draw.integers(4, 3, low=1, dtype=dtype), state


@points("TiedMLP", 4)
def test_tied_values(same, draw):
    """Linear, ReLU, and the same linear again, with nothing after it."""
    X, state = tied_values(draw)
    same(lambda m: filled(m.TiedMLP(3), state)(X))


@points("TiedMLP", 5)
def test_tied_gradients(same, draw):
    """The gradient of a shared parameter is the sum over both uses."""
    X, state = tied_values(draw, DOUBLE)
    same(lambda m: gradients(filled(m.TiedMLP(3), state), X))


@points("TiedMLP", 4)
def test_tied_once(same):
    """There is one layer, and it is registered under one name."""

    def experiment(m):
        net = m.TiedMLP(3)
        buffers = net.named_buffers()
        saved = [name for name in net.state_dict() if name not in buffers]
        return {
            "the number of parameters": len(net.named_parameters()),
            "the number of names in the state_dict": len(saved),
        }

    same(experiment)


@points("TiedMLP", 2)
def test_tied_elsewhere(portable, draw):
    """The layer works where its input lives."""
    X, state = tied_values(draw)
    portable(lambda m: filled(m.TiedMLP(3), state)(X))


# --- FixedProjection ---


def projecting(m, matrix):
    """A FixedProjection that holds this float64 matrix."""
    layer = m.FixedProjection(*matrix.shape, 5)
    # Used before it is loaded: nothing may be left over from the values that it was made with.
    new(layer.to(DOUBLE))(torch.zeros(1, matrix.shape[0], dtype=DOUBLE))
    return filled(layer, {"projection": matrix})


def dtype_after_moving(m):
    """Whether the matrix moves is one thing, whether it is saved and used are others."""
    moved = m.FixedProjection(4, 3, 5).to(DOUBLE)
    return {"the dtype of projection after .to(torch.float64)": str(moved.get("projection").dtype)}


@points("FixedProjection", 3)
def test_projection_values(same, draw):
    """x is multiplied by the matrix, which moves with the module and is in its state_dict."""
    X, matrix = draw.distinct(5, 4, dtype=DOUBLE), draw.distinct(4, 3, dtype=DOUBLE)
    same(dtype_after_moving)
    same(lambda m: projecting(m, matrix)(X))
    # Not trained itself, it hands gradients on to what comes before it.
    same(lambda m: {"gradient of x": gradients(projecting(m, matrix), X)["gradient of x"]})


@points("FixedProjection", 2)
def test_projection_not_trained(same, holds, draw):
    """No gradient reaches the matrix, so no optimizer changes it."""
    X, matrix = draw.distinct(5, 4, dtype=DOUBLE), draw.distinct(4, 3, dtype=DOUBLE)
    same(dtype_after_moving)
    holds(
        # A parameter that needs no gradient is as good as a buffer.
        lambda m: gradients(projecting(m, matrix), X).get("gradient of projection"),
        lambda gradient: gradient is None,
        "no gradient for the projection",
    )


@points("FixedProjection", 2)
def test_projection_elsewhere(same, portable, draw):
    """The matrix moves with the module."""
    X, nothing = draw.distinct(5, 4), torch.zeros(1, 4, dtype=DOUBLE)
    same(dtype_after_moving)
    same(lambda m: new(m.FixedProjection(4, 3, 5).to(DOUBLE))(nothing))

    # The numbers are free; where the result lives is not.
    portable(lambda m: new(m.FixedProjection(4, 3, 5))(X), within=math.inf)


@points("FixedProjection", 2)
def test_projection_seeds(same, draw):
    """The same seed gives the same matrix, another seed another one."""
    seed = draw.size(1, 1000)

    def experiment(m):
        one = m.FixedProjection(4, 3, seed).get("projection")
        # The seed alone decides, however far the global generator has gone.
        random_numbers(m, 3)
        again = m.FixedProjection(4, 3, seed).get("projection")
        other = m.FixedProjection(4, 3, seed + 1).get("projection")
        small = m.FixedProjection(2, 1, seed).get("projection")
        return {
            "the same seed gives the same matrix": torch.equal(one, again),
            "another seed gives another": not torch.equal(one, other),
            "the shape of a smaller one": list(small.shape),
        }

    same(experiment)

    def of_seed_0(m):
        one, again = (m.FixedProjection(4, 3, 0).get("projection") for _ in range(2))
        return {"seed 0 gives the same matrix": torch.equal(one, again)}

    same(of_seed_0)


@points("FixedProjection", 1)
def test_projection_leaves_random_numbers(same, draw):
    """Whoever draws from the global generator gets the same numbers as without the layer."""
    seed = draw.size(1, 1000)

    def starts_over(m):
        m.FixedProjection(4, 3, seed)
        first = random_numbers(m, 3)
        m.FixedProjection(4, 3, seed)
        again = torch.equal(first, random_numbers(m, 3))
        return {"the layer makes the generator start over": again}

    def after(m):
        m.FixedProjection(4, 3, seed)
        return random_numbers(m, 3).tolist()

    same(starts_over)
    same(after, exact=True)
