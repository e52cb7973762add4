"""Hidden suite of exercise 6: shortcuts.

Weights are small integers of both signs and biases are never 0, so that a forgotten layer shows.
Batch norms have their own weight, bias, mean and variance in every place: no two can be mixed up.
"""

import torch

from grader.checks import gradients, loaded, points, shapes, two_modules

FLOAT32, FLOAT64 = torch.float32, torch.float64
# In training mode a bias before a batch norm has no effect: its gradient is nothing but rounding,
# so rounding has to be forgiven by an absolute number. Results are of the order of 1 to 1000.
NOISE = 1e-6
# Six layers deep, the bound for rounding in float32 would be wider than the scores. They are about
# 1; float32 gives them to 1e-5.
SINGLE = 1e-3


def convolution(draw, name, before, after, size, dtype=FLOAT32):
    """The state of one convolution, `before` to `after` channels."""
    return {
        f"{name}.weight": draw.integers(after, before, size, size, low=-3, high=3, dtype=dtype),
        f"{name}.bias": draw.distinct(after, dtype=dtype),
    }


def batch_norm(draw, name, channels, dtype=FLOAT32):
    """The state of one batch norm that has seen some batches.

    Its variance is about that of the convolution before it: numbers stay small through a stage.
    """
    return {
        f"{name}.weight": draw.distinct(channels, dtype=dtype) / 4,
        f"{name}.bias": draw.distinct(channels, dtype=dtype) / 4,
        f"{name}.running_mean": draw.distinct(channels, dtype=dtype),
        f"{name}.running_var": draw.integers(channels, low=100, high=900, dtype=dtype),
        f"{name}.num_batches_tracked": torch.tensor(draw.size(1, 9)),
    }


def block_state(draw, channels, dtype=FLOAT32):
    """The state of a ResidualBlock."""
    first = convolution(draw, "conv1", channels, channels, 3, dtype)
    return first | convolution(draw, "conv2", channels, channels, 3, dtype)


def residual_state(draw, before, after, use_1x1conv=False, dtype=FLOAT32):
    """The state of a Residual."""
    state = convolution(draw, "conv1", before, after, 3, dtype)
    state |= batch_norm(draw, "bn1", after, dtype)
    state |= convolution(draw, "conv2", after, after, 3, dtype)
    state |= batch_norm(draw, "bn2", after, dtype)
    return state | (convolution(draw, "conv3", before, after, 1, dtype) if use_1x1conv else {})


def stage_state(draw, before, after, count, first_block=False, dtype=FLOAT32):
    """The state of a stage of `count` residuals."""
    state = {}
    for i in range(count):
        halves = i == 0 and not first_block
        part = residual_state(draw, before if halves else after, after, halves, dtype)
        state |= under(str(i), part)
    return state


def net_state(draw, num_classes, dtype):
    """The state of a ResidualNet: normal numbers, scaled so that they keep their size."""

    def layer(name, after, *others):
        weight = draw.normal(after, *others, dtype=dtype)
        bias = draw.normal(after, dtype=dtype)
        return {f"{name}.weight": weight / weight[0].numel() ** 0.5, f"{name}.bias": bias / 2}

    def block(name, c):
        return under(name, layer("conv1", c, c, 3, 3) | layer("conv2", c, c, 3, 3))

    state = layer("conv1", 16, 1, 5, 5) | block("rblock1", 16)
    state |= layer("conv2", 32, 16, 5, 5) | block("rblock2", 32)
    state |= layer("fc", num_classes, 32 * 7 * 7)
    # Biases of both signs that outweigh the rest: some scores are negative.
    return state | {"fc.bias": draw.distinct(num_classes, dtype=dtype)}


def under(name, state):
    """A state as it is called inside of a larger module."""
    return {f"{name}.{key}": value for key, value in state.items()}


def statistics(module, *norms):
    """What the batch norms of a module remember."""
    buffers = module.named_buffers()
    names = [f"{norm}.{kind}" for norm in norms for kind in ("running_mean", "running_var")]
    return {name: buffers.get(name) for name in names}


# ---------------------------------------------------------------------------- ResidualBlock


@points("ResidualBlock", 6)
def test_block_values(same, draw):
    """Two convolutions and a shortcut: every number of a batch of small images."""
    X, state = draw.integers(2, 3, 5, 7), block_state(draw, 3)
    same(lambda m: loaded(m.ResidualBlock(3), state)(X))
    # A second image, alone in its batch, and a second block: nothing is left over from the first.
    Y, others = draw.integers(1, 3, 5, 7), block_state(draw, 3)
    same(lambda m: two_modules(lambda: m.ResidualBlock(3), (state, others), X, Y))


@points("ResidualBlock", 4)
def test_block_middle_only(same, draw):
    """Kernels with a middle number only, as in the docstring's example: check it by hand."""
    signs = torch.tensor([1.0, -1.0, 1.0, -1.0, -1.0, 1.0])
    X = draw.integers(2, 1, 1, 6, low=1, high=8) * signs
    # A negative conv2 shows a ReLU on the branch; a negative conv1 shows a ReLU before it.
    a, b, c, d = (float(number) for number in draw.shuffled([2, 3, 4, 5]))
    middles = [(a, -b), (-b, c), (-c, -d), (d, a)]

    def multiply(m, first, second):
        state = {}
        for name, middle in (("conv1", first), ("conv2", second)):
            weight = torch.zeros(1, 1, 3, 3)
            weight[0, 0, 1, 1] = middle
            state |= {f"{name}.weight": weight, f"{name}.bias": torch.zeros(1)}
        return loaded(m.ResidualBlock(1), state)(X)

    same(lambda m: [multiply(m, *pair) for pair in middles])


@points("ResidualBlock", 3)
def test_block_thin_planes(same, draw):
    """Planes of one pixel, one row and one column keep their shape too."""
    state = block_state(draw, 4)
    planes = [draw.integers(3, 4, 1, 1), draw.integers(3, 4, 1, 6), draw.integers(3, 4, 5, 1)]
    same(lambda m: [loaded(m.ResidualBlock(4), state)(X) for X in planes])


@points("ResidualBlock", 3)
def test_block_float64(same, draw):
    """Numbers in float64 come out in float64, with all their digits."""
    X = draw.normal(2, 2, 6, 4, dtype=FLOAT64)
    state = block_state(draw, 2, FLOAT64)
    same(lambda m: loaded(m.ResidualBlock(2), state)(X))


@points("ResidualBlock", 5)
def test_block_gradients(same, draw):
    """Gradients reach both convolutions, and x along both paths."""
    X, state = draw.integers(2, 3, 4, 5, dtype=FLOAT64), block_state(draw, 3, FLOAT64)
    # Halves and quarters: no ReLU ever sees a 0, where right answers may differ in slope.
    state["conv1.bias"] += 0.5
    state["conv2.bias"] += 0.25
    same(lambda m: gradients(loaded(m.ResidualBlock(3), state), X))


@points("ResidualBlock", 2)
def test_block_input_unchanged(unchanged, draw):
    """The caller's tensor, negative numbers and all, is the same after the call."""
    X, state = draw.distinct(2, 3, 4, 5), block_state(draw, 3)
    unchanged(lambda m: loaded(m.ResidualBlock(3), state)(X))


@points("ResidualBlock", 2)
def test_block_portable(same, portable, draw):
    """The block works where its weights and its input live, not only on the CPU."""
    X, state = draw.integers(2, 3, 4, 5), block_state(draw, 3)
    # Here first: what is wrong everywhere is no matter of devices.
    same(lambda m: loaded(m.ResidualBlock(3), state)(X))
    portable(lambda m: loaded(m.ResidualBlock(3), state)(X))


# ---------------------------------------------------------------------------- Residual


@points("Residual", 5)
def test_residual_plain(same, draw):
    """Same channels, same plane: x itself is the shortcut (eval mode)."""
    X, state = draw.integers(2, 4, 5, 7), residual_state(draw, 4, 4)
    same(lambda m: loaded(m.Residual(4, 4), state).eval()(X))
    same(lambda m: loaded(m.Residual(4, 4), state).eval()(X[:1]))


@points("Residual", 4)
def test_residual_channels(same, draw):
    """Other channels: the 1x1 convolution is the shortcut (eval mode)."""
    X, state = draw.integers(2, 3, 6, 5), residual_state(draw, 3, 5, True)
    same(lambda m: loaded(m.Residual(3, 5, use_1x1conv=True), state).eval()(X))


@points("Residual", 2)
def test_residual_1x1_as_asked(same, draw):
    """The 1x1 convolution is there when it is asked for, needed or not, and not otherwise."""
    X, state = draw.integers(2, 4, 3, 6), residual_state(draw, 4, 4, True)
    names = "conv1.weight", "conv2.weight", "conv3.weight"

    def with_1x1(m):
        block = m.Residual(4, 4, use_1x1conv=True)
        found = shapes(block, X, *names)
        # Where it is missing, nothing can be loaded into it.
        ready = "not there" not in found.values()
        return {**found, "the result": loaded(block, state).eval()(X) if ready else None}

    same(with_1x1)
    same(lambda m: shapes(m.Residual(4, 4), X, *names))


@points("Residual", 4)
def test_residual_stride_2(same, draw):
    """A stride of 2 halves both paths alike, thin and odd planes too (eval mode)."""
    state = residual_state(draw, 5, 3, True)
    # Thin ones first: there a path that shrinks too little or too much is stretched to the other
    # one without an error, and the numbers tell which path it was.
    planes = [draw.integers(4, 5, *size) for size in ((2, 1), (3, 1), (7, 9))]
    for X in planes:
        same(lambda m, X=X: loaded(m.Residual(5, 3, True, stride=2), state).eval()(X))


@points("Residual", 2)
def test_residual_stride_3(same, draw):
    """A stride of 3 shrinks both paths alike (eval mode)."""
    state = residual_state(draw, 3, 4, True)
    planes = [draw.integers(4, 3, *size) for size in ((3, 1), (4, 1), (8, 10))]
    for X in planes:
        same(lambda m, X=X: loaded(m.Residual(3, 4, True, 3), state).eval()(X))


@points("Residual", 4)
def test_residual_training(same, draw):
    """In training mode the batch norms use the mean and the variance of the batch."""
    X = draw.integers(3, 4, 5, 4, dtype=FLOAT64)
    state = residual_state(draw, 4, 4, dtype=FLOAT64)
    same(lambda m: loaded(m.Residual(4, 4), state).train()(X), within=NOISE)


@points("Residual", 4)
def test_residual_running_statistics(same, draw):
    """Training moves what each batch norm remembers, and eval mode uses it and leaves it alone."""
    X, Y = draw.integers(3, 4, 4, 5, dtype=FLOAT64), draw.integers(2, 4, 3, 4, dtype=FLOAT64)
    plain = (4, 4), residual_state(draw, 4, 4, dtype=FLOAT64)
    wider = (4, 3, True), residual_state(draw, 4, 3, True, dtype=FLOAT64)

    def train_then_eval(m, arguments, state):
        block = loaded(m.Residual(*arguments), state)
        block.train()
        block(X)
        remembered = statistics(block, "bn1", "bn2")
        block.eval()
        result = block(Y)
        afterwards = statistics(block, "bn1", "bn2")
        return {**remembered, "result": result, **under("after eval", afterwards)}

    same(lambda m: train_then_eval(m, *plain), within=NOISE)
    same(lambda m: train_then_eval(m, *wider), within=NOISE)


@points("Residual", 3)
def test_residual_gradients(same, draw):
    """Gradients reach every layer, and x along both paths, in eval and in training mode."""
    X = draw.integers(2, 4, 5, 4, dtype=FLOAT64)
    state = residual_state(draw, 4, 4, dtype=FLOAT64)
    same(lambda m: gradients(loaded(m.Residual(4, 4), state).eval(), X), within=NOISE)
    same(lambda m: gradients(loaded(m.Residual(4, 4), state).train(), X), within=NOISE)
    # Through the 1x1 convolution as well.
    wider = residual_state(draw, 4, 3, True, dtype=FLOAT64)
    same(lambda m: gradients(loaded(m.Residual(4, 3, True), wider).eval(), X), within=NOISE)


def made(block):
    """Plain data in place of a block, so that a missing refusal can be recognised."""
    return "a block" if block else None


@points("Residual", 2)
def test_residual_rejects_channels(rejects, draw):
    """A change of channels without the 1x1 convolution is refused at construction."""
    few, many = draw.size(1, 3), draw.size(4, 6)
    rejects(lambda m: made(m.Residual(few, many)), ValueError)
    rejects(lambda m: made(m.Residual(many, few)), ValueError)


@points("Residual", 2)
def test_residual_rejects_stride(rejects, draw):
    """A stride without the 1x1 convolution is refused at construction."""
    channels = draw.size(2, 6)
    for stride in (2, 3):
        rejects(
            lambda m, stride=stride: made(m.Residual(channels, channels, stride=stride)), ValueError
        )


@points("Residual", 1)
def test_residual_input_unchanged(unchanged, draw):
    """The caller's tensor is the same after the call."""
    X, state = draw.distinct(2, 3, 4, 5), residual_state(draw, 3, 3)
    unchanged(lambda m: loaded(m.Residual(3, 3), state).eval()(X))


@points("Residual", 2)
def test_residual_portable(portable, draw):
    """The block works where its weights and its input live, not only on the CPU."""
    X, state = draw.integers(2, 3, 5, 4), residual_state(draw, 3, 4, True)
    portable(lambda m: loaded(m.Residual(3, 4, use_1x1conv=True), state).eval()(X))


# ---------------------------------------------------------------------------- resnet_block


def shape(stage, X):
    """The shape of what a new stage makes of X, which is float64."""
    return list(stage.to(FLOAT64)(X).shape)


def parts(stage, X):
    """How a stage is made up, as plain data."""
    kernels = "0.conv1.weight", "0.conv3.weight", "1.conv1.weight", "2.conv2.weight"
    stage.to(FLOAT64)
    found = shapes(stage, X, *kernels)
    state = stage.state_dict()
    return {
        "the list of blocks": sorted({name.split(".")[0] for name in state}),
        "the number of blocks": stage.call("__len__"),
        "the list of 1x1 convolutions": sorted(n for n in state if n.endswith("conv3.weight")),
        **found,
        "the shape of the result": shape(stage, X),
    }


@points("resnet_block", 4)
def test_stage_parts(same, draw):
    """As many blocks as asked for; a 1x1 convolution only where the plane is halved."""
    before, after = draw.choice((2, 5), (3, 4))
    X, Y = (draw.normal(2, channels, 12, 18, dtype=FLOAT64) for channels in (before, after))
    same(lambda m: parts(m.resnet_block(before, after, 3), X))
    same(lambda m: parts(m.resnet_block(after, after, 3, first_block=True), Y))


@points("resnet_block", 3)
def test_stage_halves(same, draw):
    """The stage halves height and width once, odd ones too, with or without other channels."""
    X, Y = draw.normal(2, 3, 12, 18, dtype=FLOAT64), draw.normal(2, 4, 9, 13, dtype=FLOAT64)
    same(lambda m: shape(m.resnet_block(3, 4, 3), X))
    same(lambda m: shape(m.resnet_block(4, 4, 2), Y))


@points("resnet_block", 4)
def test_stage_values(same, draw):
    """Three blocks in a row, each with its own weights (eval mode)."""
    X, state = draw.integers(2, 3, 6, 8), stage_state(draw, 3, 4, 3)
    double = X.double()
    # The shape first: it tells apart stages whose parameters have the same wrong names.
    same(lambda m: shape(m.resnet_block(3, 4, 3), double))
    same(lambda m: loaded(m.resnet_block(3, 4, 3), state).eval()(X))


@points("resnet_block", 3)
def test_stage_first_block(same, draw):
    """With first_block=True all blocks are plain and nothing is halved (eval mode)."""
    X, state = draw.integers(2, 4, 5, 6), stage_state(draw, 4, 4, 2, True)
    double = X.double()
    same(lambda m: [shape(m.resnet_block(4, 4, 2, first), double) for first in (True, False)])
    same(lambda m: loaded(m.resnet_block(4, 4, 2, first_block=True), state).eval()(X))


@points("resnet_block", 2)
def test_stage_of_one(same, draw):
    """A stage of a single block halves, or with first_block=True stays plain (eval mode)."""
    X, Y = draw.integers(2, 4, 6, 7), draw.integers(2, 3, 5, 4)
    double = Y.double()
    halving, plain = stage_state(draw, 4, 3, 1), stage_state(draw, 3, 3, 1, True)
    same(lambda m: loaded(m.resnet_block(4, 3, 1), halving).eval()(X))
    same(lambda m: shape(m.resnet_block(3, 3, 1, True), double))
    same(lambda m: loaded(m.resnet_block(3, 3, 1, True), plain).eval()(Y))


@points("resnet_block", 2)
def test_stage_training(same, draw):
    """In training mode every batch norm of the stage remembers its own place."""
    X = draw.integers(3, 2, 7, 6, dtype=FLOAT64)
    state = stage_state(draw, 2, 4, 3, dtype=FLOAT64)

    def train(m):
        stage = loaded(m.resnet_block(2, 4, 3), state)
        stage.train()
        norms = [f"{i}.bn{k}" for i in range(3) for k in (1, 2)]
        return {"result": stage(X), **statistics(stage, *norms)}

    same(lambda m: shape(m.resnet_block(2, 4, 3), X))
    same(train, within=NOISE)


@points("resnet_block", 2)
def test_stage_portable(portable, draw):
    """The stage works where its weights and its input live, not only on the CPU."""
    X, state = draw.integers(2, 3, 4, 6), stage_state(draw, 3, 4, 1)
    portable(lambda m: loaded(m.resnet_block(3, 4, 1), state).eval()(X))


# ---------------------------------------------------------------------------- ResidualNet


@points("ResidualNet", 3)
def test_net_shapes_of_parameters(same, draw):
    """Every layer has the shape that one image of 28x28 asks for, the last one too."""
    kernels = ["conv1", "rblock1.conv1", "rblock1.conv2", "conv2", "rblock2.conv1", "fc"]
    X, names = draw.normal(1, 1, 28, 28), [f"{name}.weight" for name in kernels]
    same(lambda m: shapes(m.ResidualNet(), X, *names))


@points("ResidualNet", 7)
def test_net_scores(same, draw):
    """The raw scores of two images."""
    X, state = draw.normal(2, 1, 28, 28, dtype=FLOAT64), net_state(draw, 10, FLOAT64)
    same(lambda m: loaded(m.ResidualNet(), state)(X))
    same(lambda m: loaded(m.ResidualNet(), state).eval()(X))  # raw scores, whatever the mode

    def fewer_images(m):
        net = loaded(m.ResidualNet(), state)
        return [net(X), net(X[:1])]

    same(fewer_images)


@points("ResidualNet", 3)
def test_net_number_of_classes(same, draw):
    """Another number of classes gives as many scores an image; one image alone works too."""
    count = draw.size(2, 7)
    X, state = draw.normal(1, 1, 28, 28), net_state(draw, count, FLOAT32)
    same(lambda m: loaded(m.ResidualNet(num_classes=count), state)(X), within=SINGLE)


@points("ResidualNet", 4)
def test_net_gradients(same, draw):
    """Gradients reach every layer: none is left out."""
    X, state = draw.normal(2, 1, 28, 28, dtype=FLOAT64), net_state(draw, 4, FLOAT64)
    same(lambda m: gradients(loaded(m.ResidualNet(4), state), X), within=NOISE)


@points("ResidualNet", 3)
def test_net_portable(portable, draw):
    """The network works where its weights and its images live, not only on the CPU."""
    X, state = draw.normal(2, 1, 28, 28), net_state(draw, 10, FLOAT32)
    portable(lambda m: loaded(m.ResidualNet(), state)(X), within=SINGLE)
