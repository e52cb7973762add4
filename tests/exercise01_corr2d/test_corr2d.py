"""Hidden suite of exercise 1: cross-correlation by hand.

Images and kernels hold small integers, so that every right order of summing gives the same
float32. Kernels come from `draw.distinct`: no two entries are alike, so a flip always shows.
"""

import math

import torch

from grader.checks import gradients, loaded, points, two_modules

# ---------------------------------------------------------------------------------- corr2d: 30


@points("corr2d", 5)
def test_square(same, draw):
    """A square kernel on a square image."""
    # Twice as large: windows side by side are two in each direction, and no single one.
    X, K = draw.integers(6, 6), draw.distinct(3, 3)
    same(lambda m: m.corr2d(X, K))


@points("corr2d", 5)
def test_rectangles(same, draw):
    """A tall kernel on a wide image, and the other way round: rows are not columns."""
    # The wide one is the transpose of a tall one: its rows are not next to each other in memory.
    wide, tall = draw.distinct(8, 5).t(), draw.integers(7, 4)
    high_kernel, flat_kernel = draw.distinct(3, 2), draw.distinct(2, 3)
    same(lambda m: [m.corr2d(wide, high_kernel), m.corr2d(tall, flat_kernel)])
    # Of the same sizes once more: what was remembered of an image is of no use for another.
    other = draw.integers(7, 4)
    same(lambda m: [m.corr2d(tall, flat_kernel), m.corr2d(other, flat_kernel)])


@points("corr2d", 4)
def test_extremes(same, draw):
    """A kernel of one pixel, a kernel as large as the image, an image of one row."""
    X, pixel, whole = draw.distinct(3, 4), draw.distinct(1, 1), draw.distinct(3, 4)
    row, short = draw.distinct(1, 6), draw.distinct(1, 2)
    same(lambda m: [m.corr2d(X, pixel), m.corr2d(X, whole), m.corr2d(row, short)])


@points("corr2d", 5)
def test_gradients(same, draw):
    """Learning a kernel needs gradients to reach the image and the kernel."""
    X, K = draw.integers(4, 6), draw.distinct(2, 3)
    same(lambda m: gradients(m.corr2d, X, K))


@points("corr2d", 3)
def test_double_precision(same, draw):
    """Numbers of double precision (float64) stay so, to the last digit."""
    X, K = draw.normal(5, 4, dtype=torch.float64), draw.normal(2, 3, dtype=torch.float64)
    same(lambda m: m.corr2d(X, K))


@points("corr2d", 2)
def test_on_another_device(portable, draw):
    """The result lives where the image lives, on a GPU too."""
    X, K = draw.distinct(4, 5), draw.distinct(2, 3)
    portable(lambda m: m.corr2d(X, K))


@points("corr2d", 2)
def test_arguments_unchanged(unchanged, draw):
    """The image and the kernel are afterwards what they were before."""
    X, K = draw.distinct(4, 5), draw.distinct(2, 3)
    unchanged(lambda m: m.corr2d(X, K))


@points("corr2d", 1)
def test_kernel_too_high(rejects, draw):
    """A kernel higher than the image is rejected."""
    X, K, larger = draw.distinct(3, 5), draw.distinct(4, 2), draw.distinct(4, 6)
    # First one that is too wide as well: who lets it pass compares nothing at all.
    rejects(lambda m: m.corr2d(X, larger), ValueError)
    rejects(lambda m: m.corr2d(X, K), ValueError)


@points("corr2d", 1)
def test_kernel_too_wide(rejects, draw):
    """A kernel wider than the image is rejected."""
    X, K, larger = draw.distinct(5, 3), draw.distinct(2, 4), draw.distinct(6, 4)
    rejects(lambda m: m.corr2d(X, larger), ValueError)
    rejects(lambda m: m.corr2d(X, K), ValueError)


@points("corr2d", 1)
def test_image_not_flat(rejects, draw):
    """An image that is not 2-D is rejected."""
    X, K = draw.distinct(2, 4, 5), draw.distinct(2, 3)
    rejects(lambda m: m.corr2d(X, K), ValueError)
    rejects(lambda m: m.corr2d(X[0, 0], K), ValueError)


@points("corr2d", 1)
def test_kernel_not_flat(rejects, draw):
    """A kernel that is not 2-D is rejected."""
    X, K = draw.distinct(4, 5), draw.distinct(2, 2, 3)
    rejects(lambda m: m.corr2d(X, K), ValueError)
    rejects(lambda m: m.corr2d(X, K[0, 0]), ValueError)


# ------------------------------------------------------------------------- corr2d_multi_in: 15


@points("corr2d_multi_in", 5)
def test_three_channels(same, draw):
    """Three channels with three kernels give one plane."""
    X, K = draw.integers(3, 4, 6), draw.distinct(3, 2, 3)
    same(lambda m: m.corr2d_multi_in(X, K))
    # Channels last: the numbers of a row are not next to each other in memory.
    permuted = draw.integers(4, 6, 3).permute(2, 0, 1)
    same(lambda m: m.corr2d_multi_in(permuted, K))


@points("corr2d_multi_in", 2)
def test_one_channel(same, draw):
    """A single channel gives a plane as well, of shape (H', W')."""
    X, K = draw.integers(1, 5, 4), draw.distinct(1, 3, 2)
    same(lambda m: m.corr2d_multi_in(X, K))


@points("corr2d_multi_in", 3)
def test_gradients_of_channels(same, draw):
    """Gradients reach every channel of the image and of the kernel."""
    X, K = draw.distinct(2, 4, 3), draw.distinct(2, 2, 3)
    same(lambda m: gradients(m.corr2d_multi_in, X, K))


@points("corr2d_multi_in", 2)
def test_channels_in_double_precision(same, draw):
    """Sums over channels keep double precision (float64)."""
    X, K = draw.normal(2, 4, 3, dtype=torch.float64), draw.normal(2, 2, 2, dtype=torch.float64)
    same(lambda m: m.corr2d_multi_in(X, K))


@points("corr2d_multi_in", 1)
def test_channels_on_another_device(portable, draw):
    """The sum over channels is made where the image lives."""
    X, K = draw.distinct(2, 3, 2), draw.distinct(2, 2, 2)
    portable(lambda m: m.corr2d_multi_in(X, K))


@points("corr2d_multi_in", 1)
def test_channel_counts_differ(rejects, draw):
    """Three channels with two kernels are rejected, and two with three."""
    X, K = draw.distinct(3, 4, 5), draw.distinct(2, 2, 3)
    rejects(lambda m: m.corr2d_multi_in(X, K), ValueError)
    few, many = draw.distinct(2, 4, 5), draw.distinct(3, 2, 3)
    rejects(lambda m: m.corr2d_multi_in(few, many), ValueError)


@points("corr2d_multi_in", 1)
def test_one_kernel_for_many_channels(rejects, draw):
    """Three channels with a single kernel are rejected: it is not used three times."""
    X, K = draw.distinct(3, 4, 5), draw.distinct(1, 2, 3)
    rejects(lambda m: m.corr2d_multi_in(X, K), ValueError)


# --------------------------------------------------------------------- corr2d_multi_in_out: 20


@points("corr2d_multi_in_out", 6)
def test_more_outputs_than_inputs(same, draw):
    """Two input channels, three kernels: three output channels."""
    X, K = draw.integers(2, 4, 6), draw.distinct(3, 2, 2, 3)
    same(lambda m: m.corr2d_multi_in_out(X, K))
    # Channels last: the numbers of a row are not next to each other in memory.
    permuted = draw.integers(4, 6, 2).permute(2, 0, 1)
    same(lambda m: m.corr2d_multi_in_out(permuted, K))


@points("corr2d_multi_in_out", 4)
def test_as_many_outputs_as_inputs(same, draw):
    """As many outputs as inputs: which axis of K is which?"""
    X, K = draw.integers(2, 5, 4), draw.distinct(2, 2, 3, 2)
    same(lambda m: m.corr2d_multi_in_out(X, K))


@points("corr2d_multi_in_out", 2)
def test_one_output(same, draw):
    """A single kernel gives one output channel, and the axis stays: (1, H', W')."""
    X, K = draw.integers(3, 3, 4), draw.distinct(1, 3, 2, 2)
    # Two kernels as well: planes that were summed or joined look the same when there is one.
    two = draw.distinct(2, 3, 2, 2)
    same(lambda m: [m.corr2d_multi_in_out(X, K), m.corr2d_multi_in_out(X, two)])
    # Kernels as wide as the image, or as high: an axis of 1 stays as well.
    wide, high = draw.distinct(2, 3, 2, 4), draw.distinct(2, 3, 3, 2)
    same(lambda m: [m.corr2d_multi_in_out(X, wide), m.corr2d_multi_in_out(X, high)])


@points("corr2d_multi_in_out", 4)
def test_gradients_of_outputs(same, draw):
    """Gradients reach the image and each of the kernels."""
    X, K = draw.distinct(2, 3, 4), draw.distinct(3, 2, 2, 2)
    same(lambda m: gradients(m.corr2d_multi_in_out, X, K))


@points("corr2d_multi_in_out", 2)
def test_outputs_in_double_precision(same, draw):
    """Every output channel keeps double precision (float64)."""
    X = draw.normal(2, 4, 3, dtype=torch.float64)
    K = draw.normal(3, 2, 2, 2, dtype=torch.float64)
    same(lambda m: m.corr2d_multi_in_out(X, K))


@points("corr2d_multi_in_out", 2)
def test_outputs_on_another_device(portable, draw):
    """The output channels live where the image lives."""
    X, K = draw.distinct(2, 2, 3), draw.distinct(3, 2, 1, 2)
    portable(lambda m: m.corr2d_multi_in_out(X, K))


# ---------------------------------------------------------------------------------- Conv2D: 15


def conv2d_state(draw, h, w, dtype=torch.float32):
    """A kernel, and a bias that is not 0."""
    return {"weight": draw.distinct(h, w, dtype=dtype), "bias": draw.distinct(1, dtype=dtype)}


@points("Conv2D", 3)
def test_parameters(same):
    """A new layer has the parameters `weight` (h, w) and `bias` (1,)."""

    def registered(m):
        layer = m.Conv2D((3, 2))
        parameters, buffers = layer.named_parameters(), layer.named_buffers()
        wanted = ("weight", "bias")

        def kind(name):
            if name in parameters:
                return f"a parameter of shape {tuple(parameters[name].shape)}"
            if name in buffers:
                return "a buffer"
            return "not registered, but other names are" if others else "not registered"

        others = {*parameters} - {*wanted}
        return {name: kind(name) for name in wanted}

    same(registered)


@points("Conv2D", 4)
def test_forward(same, draw):
    """Forward is the cross-correlation with the weight, plus the bias."""
    X, state = draw.integers(5, 6), conv2d_state(draw, 2, 3)
    same(lambda m: loaded(m.Conv2D((2, 3)), state)(X))
    # Two layers at once, in float64: each has numbers of its own, and no image is left over.
    double = torch.float64
    Y, Z = X.double(), draw.integers(5, 6, dtype=double)
    states = conv2d_state(draw, 2, 3, double), conv2d_state(draw, 2, 3, double)
    same(lambda m: two_modules(lambda: m.Conv2D((2, 3)), states, Y, Z))


@points("Conv2D", 2)
def test_one_number_for_the_kernel_size(same, draw):
    """`Conv2D(2)` has a kernel of 2 x 2."""
    X, state = draw.integers(5, 4), conv2d_state(draw, 2, 2)
    same(lambda m: loaded(m.Conv2D(2), state)(X))
    same(lambda m: loaded(m.Conv2D(2), state)(X[:2, :2]))  # a plane of one number stays a plane


@points("Conv2D", 4)
def test_gradients_of_parameters(same, draw):
    """Gradients reach the image, the weight and the bias."""
    X, state = draw.integers(4, 5), conv2d_state(draw, 2, 3)
    same(lambda m: gradients(loaded(m.Conv2D((2, 3)), state), X))


@points("Conv2D", 2)
def test_layer_on_another_device(portable, draw):
    """A layer that was moved to another device works there."""
    X, state = draw.distinct(3, 4), conv2d_state(draw, 2, 3)
    portable(lambda m: loaded(m.Conv2D((2, 3)), state)(X))


# ---------------------------------------------------------------------------- learn_kernel: 20


def dark_band():
    """A white image with a dark band, and 1 and -1 where white ends and begins."""
    X = torch.ones(6, 8)
    X[:, 2:6] = 0
    return X, X[:, :-1] - X[:, 1:]


def random_task(draw, dtype=torch.float32):
    """A random image, and what a random 2 x 3 kernel makes of it."""
    X, K = draw.normal(12, 10, dtype=dtype), draw.normal(2, 3, dtype=dtype)
    return X, (X.unfold(0, 2, 1).unfold(1, 3, 1) * K).sum(dim=(2, 3))


@points("learn_kernel", 6)
def test_edge_detector(same):
    """The edge detector [[1, -1]] is found again, to 0.01."""
    X, Y = dark_band()
    same(lambda m: m.learn_kernel(X, Y, (1, 2)), within=1e-2)


@points("learn_kernel", 5)
def test_random_kernel(same, draw):
    """A random 2 x 3 kernel is found again, to 0.01."""
    X, Y = random_task(draw)
    same(lambda m: m.learn_kernel(X, Y, (2, 3)), within=1e-2)


@points("learn_kernel", 3)
def test_downhill(holds):
    """As many steps as asked, downhill, each by its own gradient alone and as far as lr says."""
    X, _ = dark_band()
    # So far from every start that the start makes no difference: what is left of the distance
    # after one step and after two is the same for every random kernel.
    goal = 1e6

    def direction(m):
        kernels = [m.learn_kernel(X, goal * X, (1, 1), steps=steps) for steps in (1, 2)]
        first, second = (1 - kernel.item() / goal for kernel in kernels)
        if not math.isfinite(second):
            return "nowhere: the kernel is not a number any more"
        if first > 1.001:
            return "away from the kernel"
        if first < -1.001:
            return "past the kernel, and farther away than before"
        length, moved = first - second, 1 - first
        if moved < 1e-3 < length:
            return "to the kernel, but only from the second step on"
        # The second step goes by its own gradient (`first` times the first one) and that of step 1.
        if moved > 1e-3 and abs(length - (1 + first) * moved) < 1e-3 * moved:
            return "to the kernel, but the second step repeats the first"
        return "to the kernel"

    def number_of_steps(m):
        kernels = [m.learn_kernel(X, goal * X, (1, 1), lr=0.1, steps=steps) for steps in (1, 2)]
        first, second = (1 - kernel.item() / goal for kernel in kernels)
        if abs(1 - first) < 1e-3 and abs(1 - second) < 1e-3:
            # Steps of a length of their own, as Adam's, are too short to be seen beside the goal.
            return "one after the other" if moves(m) else "nowhere: the kernel stays where it is"
        # After as many steps, no more than two random starts is between them.
        if abs(first - second) > 2e-5:
            return "one after the other"
        return "all the way at once" if abs(first) < 1e-3 else "to one place, however many"

    def moves(m):
        far = m.learn_kernel(X, goal * X, (1, 1), lr=0.1 * goal, steps=2).item()
        if abs(far) > 1e-3 * goal:
            return True
        up, down = (m.learn_kernel(X, sign * X, (1, 1)).item() for sign in (1, -1))
        return abs(up - 1) < 0.3 and abs(down + 1) < 0.3

    def tiny_steps(m):
        kernel = m.learn_kernel(X, goal * X, (1, 1), lr=1e-12)
        return "it stays" if abs(kernel.item()) < 1e-3 * goal else "it goes far"

    holds(direction, lambda value: value == "to the kernel", "each step goes to the kernel")
    holds(
        number_of_steps,
        lambda value: value == "one after the other",
        "the kernel moves, and two steps take it elsewhere than one step",
    )
    holds(
        tiny_steps,
        lambda value: value == "it stays",
        "with lr=1e-12 a kernel stays near where it starts",
    )


@points("learn_kernel", 2)
def test_learning_in_double_precision(same, draw):
    """The kernel has the dtype of the image (float64)."""
    X, Y = random_task(draw, torch.float64)
    same(lambda m: m.learn_kernel(X, Y, (2, 3), steps=2).dtype)


@points("learn_kernel", 2)
def test_learning_on_another_device(portable, draw):
    """The kernel is learned where the image lives."""
    X, Y = random_task(draw)
    # Two steps get nowhere near, so any kernel will do: only where it lives is looked at.
    portable(lambda m: m.learn_kernel(X, Y, (2, 3), steps=2), within=math.inf)


@points("learn_kernel", 2)
def test_needs_no_grad(same):
    """What was learned needs no grad."""
    X, Y = dark_band()

    def needs(m):
        # A result arrives as a copy; `required_grad` tells what it was where it was made.
        kernel = m.learn_kernel(X, Y, (1, 2), steps=2)
        return "a kernel that needs grad" if kernel.required_grad else "a kernel without grad"

    same(needs)
