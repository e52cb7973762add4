"""Hidden suite of exercise 5: parallel branches."""

import torch

from grader.checks import gradients, loaded, points, shapes, two_modules


def layers_of_a(in_channels):
    """The convolutions of InceptionA: name -> (channels out, channels in, side of the kernel)."""
    return {
        "branch1x1": (16, in_channels, 1),
        "branch5x5_1": (16, in_channels, 1),
        "branch5x5_2": (24, 16, 5),
        "branch3x3_1": (16, in_channels, 1),
        "branch3x3_2": (24, 16, 3),
        "branch3x3_3": (24, 24, 3),
        "branch_pool": (24, in_channels, 1),
    }


def layers_of_inception(in_channels, c1, c2, c3, c4):
    """The convolutions of Inception, in the same way."""
    return {
        "p1_1": (c1, in_channels, 1),
        "p2_1": (c2[0], in_channels, 1),
        "p2_2": (c2[1], c2[0], 3),
        "p3_1": (c3[0], in_channels, 1),
        "p3_2": (c3[1], c3[0], 5),
        "p4_2": (c4, in_channels, 1),
    }


LAYERS_OF_NET = {
    "conv1": (10, 1, 5),
    **{f"incep1.{name}": sizes for name, sizes in layers_of_a(10).items()},
    "conv2": (20, 88, 5),
    **{f"incep2.{name}": sizes for name, sizes in layers_of_a(20).items()},
}


def whole_numbers(draw, layers):
    """Weights of small whole numbers, so that a student can read what differs."""
    state = {}
    for name, (outside, inside, side) in layers.items():
        weight = draw.integers(outside, inside, side, side, low=-3, high=3)
        # A 1x1 kernel has few weights: none of them may be zero, or it would hide its input.
        state[f"{name}.weight"] = draw.distinct(*weight.shape) if side == 1 else weight
        state[f"{name}.bias"] = draw.distinct(outside)
    return state


def real_numbers(draw, layers, dtype=torch.float64):
    """Weights that neither blow the numbers up nor let them fade; no two activations tie."""
    state = {}
    for name, (outside, inside, side) in layers.items():
        weight = draw.normal(outside, inside, side, side, dtype=dtype)
        state[f"{name}.weight"] = weight / (inside * side * side) ** 0.5
        state[f"{name}.bias"] = draw.normal(outside, dtype=dtype)
    return state


def silenced(state, *branches):
    """The state with these branches giving nothing but zeros, so that the other can be heard."""
    return {key: torch.zeros_like(t) if key.startswith(branches) else t for key, t in state.items()}


def sizes(module, x, layers):
    """The shapes of all parameters of some layers of a module for inputs like x."""
    names = [f"{layer}.{kind}" for layer in layers for kind in ("weight", "bias")]
    return shapes(module, x, *names)


# ------------------------------------------------------------------ InceptionA


@points("InceptionA", 4)
def test_a_shape(same, draw):
    """88 channels leave the block, and height and width stay as they are."""
    c = draw.size(2, 5)
    # The state is the student's own here, so the names of the layers do not matter yet.
    x = draw.normal(2, c, 5, 8, dtype=torch.float64)
    same(lambda m: list(m.InceptionA(c).to(x.dtype)(x).shape))


@points("InceptionA", 3)
def test_a_layers(same, draw):
    """Seven convolutions with the right names, kernels and channels."""
    c = draw.size(5, 9)
    x = draw.normal(1, c, 4, 4)
    same(lambda m: sizes(m.InceptionA(c), x, layers_of_a(c)))


@points("InceptionA", 4)
def test_a_branch5x5(same, draw):
    """The 5x5 branch: all other branches are silenced."""
    x = draw.integers(2, 3, 5, 7)
    state = silenced(whole_numbers(draw, layers_of_a(3)), "branch1x1", "branch3x3", "branch_pool")
    same(lambda m: loaded(m.InceptionA(3), state)(x))


@points("InceptionA", 4)
def test_a_branch3x3(same, draw):
    """The branch of two 3x3 convolutions: all other branches are silenced."""
    x = draw.integers(2, 3, 5, 7)
    state = silenced(whole_numbers(draw, layers_of_a(3)), "branch1x1", "branch5x5", "branch_pool")
    same(lambda m: loaded(m.InceptionA(3), state)(x))


@points("InceptionA", 5)
def test_a_branch_pool(same, draw):
    """The average pooling and its 1x1: all other branches are silenced."""
    x = draw.distinct(2, 3, 5, 7)
    state = silenced(whole_numbers(draw, layers_of_a(3)), "branch1x1", "branch5x5", "branch3x3")
    same(lambda m: loaded(m.InceptionA(3), state)(x))


@points("InceptionA", 5)
def test_a_joined(same, draw):
    """All four branches, joined along the channels in the right order."""
    x = draw.normal(2, 4, 6, 5, dtype=torch.float64)
    state = real_numbers(draw, layers_of_a(4))
    same(lambda m: loaded(m.InceptionA(4), state)(x))
    # A second image, alone in its batch, and a second block: nothing is left over from the first.
    y, others = draw.normal(1, 4, 6, 5, dtype=torch.float64), real_numbers(draw, layers_of_a(4))
    same(lambda m: two_modules(lambda: m.InceptionA(4), (state, others), x, y))


@points("InceptionA", 3)
def test_a_gradients(same, draw):
    """Learning: gradients reach the input and every layer of InceptionA."""
    x = draw.normal(2, 3, 5, 6, dtype=torch.float64)
    state = real_numbers(draw, layers_of_a(3))
    same(lambda m: gradients(loaded(m.InceptionA(3), state), x))


@points("InceptionA", 2)
def test_a_portable(portable, draw):
    """InceptionA on another device: everything that it makes lives where x lives."""
    x = draw.normal(2, 3, 6, 5)
    state = real_numbers(draw, layers_of_a(3), dtype=torch.float32)
    portable(lambda m: loaded(m.InceptionA(3), state)(x))


# ------------------------------------------------------------------- Inception


def drawn_widths(draw):
    """in_channels, c1, c2, c3, c4: no two widths are equal."""
    a, b, c, d, e, f = draw.shuffled([2, 3, 4, 5, 6, 7])
    return 3, a, (b, c), (d, e), f


@points("Inception", 4)
def test_shape(same, draw):
    """The channels of the four paths add up, and height and width stay as they are."""
    widths = drawn_widths(draw)
    x = draw.normal(2, 3, 5, 8, dtype=torch.float64)
    same(lambda m: list(m.Inception(*widths).to(x.dtype)(x).shape))


@points("Inception", 3)
def test_layers(same, draw):
    """Six convolutions with the right names, kernels and channels."""
    x, widths = draw.normal(1, 3, 4, 4), drawn_widths(draw)
    same(lambda m: sizes(m.Inception(*widths), x, layers_of_inception(*widths)))


@points("Inception", 3)
def test_equal_widths(same, draw):
    """Four paths of equally many channels are still laid behind one another."""
    # Here a wrong dimension or an addition raises no error: only the shape tells.
    c = draw.size(2, 4)
    x = draw.distinct(2, 3, 5, 7)
    widths = (3, c, (2, c), (3, c), c)
    state = whole_numbers(draw, layers_of_inception(*widths))
    same(lambda m: loaded(m.Inception(*widths), state)(x))


@points("Inception", 5)
def test_path2(same, draw):
    """Path 2, 1x1 and 3x3: all other paths are silenced."""
    x, widths = draw.integers(2, 3, 5, 7), drawn_widths(draw)
    state = silenced(whole_numbers(draw, layers_of_inception(*widths)), "p1", "p3", "p4")
    same(lambda m: loaded(m.Inception(*widths), state)(x))


@points("Inception", 4)
def test_path3(same, draw):
    """Path 3, 1x1 and 5x5: all other paths are silenced."""
    x, widths = draw.integers(2, 3, 5, 7), drawn_widths(draw)
    state = silenced(whole_numbers(draw, layers_of_inception(*widths)), "p1", "p2", "p4")
    same(lambda m: loaded(m.Inception(*widths), state)(x))


@points("Inception", 5)
def test_path4(same, draw):
    """Path 4, max pooling and 1x1, for an image without a positive number."""
    # Below zero everywhere, so that a border of zeros would win.
    x, widths = -draw.distinct(2, 3, 5, 7).abs(), drawn_widths(draw)
    state = silenced(whole_numbers(draw, layers_of_inception(*widths)), "p1", "p2", "p3")
    # One channel of positive weights and the next of negative ones: ReLU lets one of them pass.
    signs = torch.tensor([-1.0, 1.0]).repeat(4)[: widths[-1]].view(-1, 1, 1, 1)
    state["p4_2.weight"] = state["p4_2.weight"].abs() * signs
    same(lambda m: loaded(m.Inception(*widths), state)(x))
    far_below = x * 2.0**60
    same(lambda m: loaded(m.Inception(*widths), state)(far_below))


@points("Inception", 4)
def test_joined(same, draw):
    """All four paths, joined along the channels in the right order."""
    x, widths = draw.normal(2, 3, 6, 5, dtype=torch.float64), drawn_widths(draw)
    layers = layers_of_inception(*widths)
    state = real_numbers(draw, layers)
    same(lambda m: loaded(m.Inception(*widths), state)(x))
    # A second image, alone in its batch, and a second block: nothing is left over from the first.
    y, others = draw.normal(1, 3, 6, 5, dtype=torch.float64), real_numbers(draw, layers)
    same(lambda m: two_modules(lambda: m.Inception(*widths), (state, others), x, y))


@points("Inception", 3)
def test_gradients(same, draw):
    """Learning: gradients reach the input and every layer of Inception."""
    x, widths = draw.normal(2, 3, 5, 6, dtype=torch.float64), drawn_widths(draw)
    state = real_numbers(draw, layers_of_inception(*widths))
    same(lambda m: gradients(loaded(m.Inception(*widths), state), x))


@points("Inception", 2)
def test_portable(portable, draw):
    """Inception on another device: everything that it makes lives where x lives."""
    x, widths = draw.normal(2, 3, 6, 5), drawn_widths(draw)
    state = real_numbers(draw, layers_of_inception(*widths), dtype=torch.float32)
    portable(lambda m: loaded(m.Inception(*widths), state)(x))


@points("Inception", 2)
def test_input_unchanged(unchanged, draw):
    """The input still holds the same numbers after the call."""
    x, widths = draw.distinct(2, 3, 5, 6), drawn_widths(draw)
    unchanged(lambda m: m.Inception(*widths)(x))


# ------------------------------------------------------------------- conv_cost


def drawn_sizes(draw):
    """Channels in and out, a kernel, a plane: different primes, so no factor hides another."""
    inside, outside = draw.shuffled([11, 13, 17, 19])[:2]
    kernel = draw.shuffled([3, 5, 7])[:2]
    plane = draw.shuffled([23, 29, 31, 37])[:2]
    return inside, outside, tuple(kernel), *plane


@points("conv_cost", 5)
def test_rectangles(same, draw):
    """A kernel and a plane that are not square."""
    arguments = drawn_sizes(draw)
    same(lambda m: m.conv_cost(*arguments))
    # Sides of even length as well: the plane keeps its size all the same.
    inside, outside, _, height, width = arguments
    same(lambda m: m.conv_cost(inside, outside, (2, 4), height, width))


@points("conv_cost", 4)
def test_one_number(same, draw):
    """One number for the kernel means a square."""
    inside, outside, (side, _), height, width = drawn_sizes(draw)
    same(lambda m: m.conv_cost(inside, outside, side, height, width))


@points("conv_cost", 3)
def test_detour(same, draw):
    """Directly, and through a 1x1 convolution to a few channels first."""
    inside, outside, kernel, height, width = drawn_sizes(draw)
    few = draw.size(2, 6)
    same(
        lambda m: {
            "directly": m.conv_cost(inside, outside, kernel, height, width),
            "1x1 first": m.conv_cost(inside, few, (1, 1), height, width),
            "then the kernel": m.conv_cost(few, outside, kernel, height, width),
        }
    )


@points("conv_cost", 3)
def test_large_numbers(same, draw):
    """A count is a whole number, exact to the last digit however large."""
    # About 10^18, all factors odd: beyond 2^53 a float has no place for the last digits.
    inside, outside = draw.shuffled([4099, 4111])
    kernel = tuple(draw.shuffled([31, 37]))
    height, width = draw.shuffled([8191, 8209])
    same(lambda m: m.conv_cost(inside, outside, kernel, height, width))


# ---------------------------------------------------------------- InceptionNet


def drawn_net(draw, classes=10, dtype=torch.float64):
    """A state for the whole net; the number of classes must be even."""
    state = real_numbers(draw, LAYERS_OF_NET, dtype=dtype)
    # Half of the scores are the others with the opposite sign: some are always below zero.
    weight = draw.normal(classes // 2, 1408, dtype=dtype) / 1408**0.5
    bias = draw.normal(classes // 2, dtype=dtype)
    return state | {
        "fc.weight": torch.cat([weight, -weight]),
        "fc.bias": torch.cat([bias, -bias]),
    }


@points("InceptionNet", 3)
def test_net_layers(same, draw):
    """Two convolutions and two blocks with the right names, kernels and channels."""
    x, classes = draw.normal(1, 1, 28, 28), draw.size(3, 9)
    same(lambda m: sizes(m.InceptionNet(classes), x, LAYERS_OF_NET))


@points("InceptionNet", 3)
def test_net_fc(same, draw):
    """The last layer has an input for each number that arrives, an output for each class."""
    x, classes = draw.normal(1, 1, 28, 28), draw.size(3, 9)
    same(lambda m: sizes(m.InceptionNet(classes), x, ["fc"]))


@points("InceptionNet", 3)
def test_net_one_image(same, draw):
    """A single image is a batch too, and gets as many scores as classes are asked for."""
    x, classes = draw.normal(1, 1, 28, 28, dtype=torch.float64), draw.size(3, 9)
    same(lambda m: list(m.InceptionNet(num_classes=classes).to(x.dtype)(x).shape))


@points("InceptionNet", 7)
def test_net_scores(same, draw):
    """The scores of two images, for ten classes by default."""
    x = draw.normal(2, 1, 28, 28, dtype=torch.float64)
    state = drawn_net(draw)
    same(lambda m: loaded(m.InceptionNet(), state)(x))

    def fewer_images(m):
        net = loaded(m.InceptionNet(), state)
        return [net(x), net(x[:1])]

    same(fewer_images)
    same(lambda m: loaded(m.InceptionNet(), state).eval()(x))  # raw scores, whatever the mode


@points("InceptionNet", 2)
def test_net_gradients(same, draw):
    """Learning: gradients reach the image and every layer of the net."""
    x = draw.normal(1, 1, 28, 28, dtype=torch.float64)
    state = drawn_net(draw, classes=4)
    same(lambda m: gradients(loaded(m.InceptionNet(4), state), x))


@points("InceptionNet", 2)
def test_net_portable(portable, draw):
    """The net on another device: everything that it makes lives where x lives."""
    x = draw.normal(1, 1, 28, 28)
    state = drawn_net(draw, classes=4, dtype=torch.float32)
    portable(lambda m: loaded(m.InceptionNet(4), state)(x))
