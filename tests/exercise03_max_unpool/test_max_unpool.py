"""Hidden suite of exercise 3: pooling and its inverse."""

import torch
import torch.nn.functional as F

from grader.checks import gradients, points


def counted(draw, *shape):
    """The numbers 1, 2, 3 … in random order: all different, all positive."""
    size = torch.Size(shape).numel()
    return torch.tensor(draw.shuffled(range(1, size + 1)), dtype=torch.float32).reshape(shape)


def pooled(X, *window, ceil_mode=False):
    """Maxima and indices to hand to MaxUnpool2d; made here, never by the student."""
    return F.max_pool2d(X, *window, ceil_mode=ceil_mode, return_indices=True)


# max_pool2d: 35 points


@points("max_pool2d", 5)
def test_maxima(same, unchanged, draw):
    """Windows of 2x3 over planes of 5x7: the largest number of each window."""
    X = draw.distinct(2, 3, 5, 7)
    X[1, 2, 0, :2] = torch.tensor([-2000.0, 1000.0])  # far from 0 is not large
    same(lambda m: m.max_pool2d(X, (2, 3))[0], exact=True)
    unchanged(lambda m: m.max_pool2d(X, (2, 3))[0])


@points("max_pool2d", 4)
def test_max_stride(same, draw):
    """Steps of 2 down and 1 across: the stride is not always the kernel size."""
    # Channels last: the numbers of a row are not next to each other in memory.
    X = draw.distinct(2, 7, 6, 2).permute(0, 3, 1, 2)
    same(lambda m: m.max_pool2d(X, 3, stride=(2, 1))[0], exact=True)


@points("max_pool2d", 6)
def test_max_padding(same, draw):
    """Max pooling with padding where every number of the image is negative."""
    X = -counted(draw, 2, 2, 5, 6)
    same(lambda m: m.max_pool2d(X, (3, 2), stride=(2, 1), padding=(1, 0))[0], exact=True)
    # However far below 0 they are; and at the right edge as well.
    low = X * 2.0**100
    same(lambda m: m.max_pool2d(low, (2, 3), stride=(2, 1), padding=(0, 1))[0], exact=True)


@points("max_pool2d", 6)
def test_indices(same, draw):
    """The indices of the maxima, in several planes."""
    X = draw.distinct(2, 3, 5, 7)
    X[:, :, 3, 4] = 1000.0  # the same place wins in every plane, beyond its first row
    same(lambda m: m.max_pool2d(X, (2, 3))[1], exact=True)
    # Windows that do not lie side by side: a window's number is not where it begins.
    same(lambda m: m.max_pool2d(X, (3, 2), stride=(2, 1))[1], exact=True)


@points("max_pool2d", 5)
def test_indices_with_padding(same, draw):
    """The indices count pixels of the image, with or without padding around it."""
    X = counted(draw, 2, 2, 4, 6)
    same(lambda m: m.max_pool2d(X, (2, 3), stride=(2, 2), padding=(1, 1))[1], exact=True)


@points("max_pool2d", 3)
def test_ties(same, draw):
    """Of equal maxima, the first in row order gives its index."""
    X = counted(draw, 2, 2, 2, 3)
    X = X.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3)
    # Three equal numbers in each 2x2 window: right of, below and across from a smaller one.
    X[:, :, ::2, ::2] -= 0.5
    same(lambda m: m.max_pool2d(X, 2)[1], exact=True)


@points("max_pool2d", 3)
def test_max_gradient(same, draw):
    """Gradients in float64 through overlapping windows: each goes to the pixel that won."""
    X = draw.normal(2, 2, 4, 5, dtype=torch.float64).abs()  # what padding holds is not asked here

    def experiment(m, padding):
        found = gradients(m.max_pool2d, X, kernel_size=(2, 3), stride=1, padding=padding)
        return {**found, "result": found["result"][0]}  # indices are asked for elsewhere

    for padding in ((1, 0), 0):
        same(lambda m, padding=padding: experiment(m, padding))


@points("max_pool2d", 1)
def test_single_row(same, draw):
    """A plane of a single row, and windows of a single column."""
    row, X = counted(draw, 1, 1, 1, 6), counted(draw, 2, 2, 4, 5)
    same(
        lambda m: [*m.max_pool2d(row, (1, 2)), *m.max_pool2d(X, (2, 1), padding=(1, 0))],
        exact=True,
    )


@points("max_pool2d", 2)
def test_max_portable(portable, draw):
    """Planes on another device: maxima and indices stay there."""
    X = counted(draw, 2, 2, 4, 5)
    portable(lambda m: list(m.max_pool2d(X, 2, stride=(2, 1), padding=1)))


# avg_pool2d: 25 points


@points("avg_pool2d", 5)
def test_means(same, draw):
    """Windows of 2x3 over planes of 5x7: the mean of each window."""
    X = counted(draw, 2, 3, 5, 7) - 50.0  # both signs, yet not all windows can sum to 0
    same(lambda m: m.avg_pool2d(X, (2, 3)))


@points("avg_pool2d", 3)
def test_avg_stride(same, draw):
    """Steps of 2 down and 1 across while averaging."""
    # Channels last: the numbers of a row are not next to each other in memory.
    X = counted(draw, 2, 7, 6, 2).permute(0, 3, 1, 2)
    X[:, 1] += 1000.0  # no mean of one channel is a mean of the other
    same(lambda m: m.avg_pool2d(X, 3, stride=(2, 1)))


@points("avg_pool2d", 4)
def test_border_counted(same, draw):
    """With padding, a mean at the border counts the padded cells."""
    X = counted(draw, 2, 2, 5, 6)  # all positive: no window sums to 0, so the divisor shows
    same(lambda m: m.avg_pool2d(X, (3, 2), stride=(2, 1), padding=(1, 0)))
    same(lambda m: m.avg_pool2d(X, (2, 3), stride=(2, 1), padding=(0, 1)))


@points("avg_pool2d", 5)
def test_border_not_counted(same, draw):
    """With count_include_pad=False, a mean at the border counts pixels only."""
    X = counted(draw, 2, 2, 4, 6)
    X[:, :, 0, 0] = 0.0  # a pixel that is 0 is a pixel
    same(lambda m: m.avg_pool2d(X, (2, 3), stride=(2, 2), padding=(1, 1), count_include_pad=False))
    # Windows that reach over all four edges, with another padding for each direction.
    Y = counted(draw, 1, 2, 5, 5).double()
    same(lambda m: m.avg_pool2d(Y, (3, 4), stride=(2, 1), padding=(1, 2), count_include_pad=False))


@points("avg_pool2d", 4)
def test_avg_gradient(same, draw):
    """Gradients in float64 through overlapping means, padding included."""
    X = draw.normal(1, 2, 4, 5, dtype=torch.float64)
    window = {"kernel_size": (2, 3), "stride": 1, "padding": (1, 0)}
    same(lambda m: gradients(m.avg_pool2d, X, **window))
    same(lambda m: gradients(m.avg_pool2d, X, **window, count_include_pad=False))
    same(lambda m: gradients(m.avg_pool2d, X, kernel_size=(2, 3), stride=1))


@points("avg_pool2d", 2)
def test_unchanged(unchanged, draw):
    """Averaging leaves the image as it was."""
    X = draw.distinct(1, 2, 4, 6)
    unchanged(lambda m: m.avg_pool2d(X, (2, 3)))


@points("avg_pool2d", 2)
def test_avg_portable(portable, draw):
    """Planes on another device: the means stay there."""
    X = draw.distinct(1, 2, 4, 5)
    portable(lambda m: m.avg_pool2d(X, 2, padding=1, count_include_pad=False))
    portable(lambda m: m.avg_pool2d(X, 2, padding=1))


# MaxUnpool2d: 40 points


@points("MaxUnpool2d", 7)
def test_places(same, unchanged, draw):
    """Maxima of 2x3 windows return to where they stood, zeros everywhere else."""
    X = draw.distinct(2, 3, 4, 6)
    X[:, :, 1, 2] += 1000.0  # a maximum that is not in the corner of its window
    kept, indices = pooled(X, (2, 3))
    same(lambda m: m.MaxUnpool2d((2, 3))(kept, indices), exact=True)
    others = pooled(draw.distinct(2, 3, 4, 6), (2, 3))

    def one_after_the_other(m):
        layer = m.MaxUnpool2d((2, 3))
        return [layer(kept, indices), layer(*others)]

    same(one_after_the_other, exact=True)
    unchanged(lambda m: m.MaxUnpool2d((2, 3))(kept, indices))
    # One plane alone is a batch of one with one channel.
    alone = pooled(draw.distinct(1, 1, 4, 6), (2, 3))
    same(lambda m: m.MaxUnpool2d((2, 3))(*alone), exact=True)


@points("MaxUnpool2d", 6)
def test_default_size(same, draw):
    """The size of the plane follows from kernel, stride and padding."""
    X = draw.distinct(2, 2, 6, 5)
    # The windows leave gaps, so no pixel wins twice. The default size is the image's:
    # (3 - 1) * 3 - 2 + 2 = 6 rows and (3 - 1) * 2 - 0 + 1 = 5 columns.
    kept, indices = pooled(X, (2, 1), (3, 2), (1, 0))
    same(lambda m: m.MaxUnpool2d((2, 1), stride=(3, 2), padding=(1, 0))(kept, indices), exact=True)
    # The same lying on its side, while a layer with other settings is there as well.
    lying = kept.transpose(2, 3).contiguous()
    places = (indices % 5 * 6 + indices // 5).transpose(2, 3).contiguous()

    def beside_another(m):
        layer = m.MaxUnpool2d((1, 2), stride=(2, 3), padding=(0, 1))
        m.MaxUnpool2d((2, 1), stride=(3, 2), padding=(1, 0))
        return layer(lying, places)

    same(beside_another, exact=True)


@points("MaxUnpool2d", 6)
def test_output_size(same, draw):
    """output_size=(5, 7) and (3, 5) where the default would be (4, 6)."""
    X, Y = draw.distinct(2, 2, 5, 7), draw.distinct(2, 2, 3, 5)
    # A maximum below the first row, where a wrong width shows; and none in row 3, so that all
    # indices lie in a plane of 4x6 too: who takes that gets a wrong picture and no error.
    X[:, :, 1, 2], X[:, :, 3], Y[:, :, 1, 3] = 1000.0, -1000.0, 1000.0
    kept, indices = pooled(X, 2)
    # With windows that hang over the edge, 3x5 pools to 2x3 as well.
    others, places = pooled(Y, 2, ceil_mode=True)
    same(lambda m: m.MaxUnpool2d(2)(kept, indices, output_size=(5, 7)), exact=True)
    same(lambda m: m.MaxUnpool2d(2)(others, places, output_size=(3, 5)), exact=True)
    # And one place that a plane of 4x6 has not.
    X[:, :, 3, 5] = 2000.0
    far = pooled(X, 2)
    same(lambda m: m.MaxUnpool2d(2)(*far, output_size=(5, 7)), exact=True)

    def asked_once(m):
        layer = m.MaxUnpool2d(2)
        return [layer(kept, indices, output_size=(5, 7)), layer(kept, indices)]

    same(asked_once, exact=True)


@points("MaxUnpool2d", 3)
def test_full_shape(same, draw):
    """output_size may be the full shape of the image that was pooled."""
    X = draw.distinct(3, 4, 3, 5)
    # As above: every index fits into the default size of 2x4 as well, and into N x C = 3x4.
    X[:, :, 1, 1], X[:, :, 1, 3] = 1000.0, -1000.0
    kept, indices = pooled(X, 2)
    same(lambda m: m.MaxUnpool2d(2)(kept, indices, output_size=(3, 4, 3, 5)), exact=True)


@points("MaxUnpool2d", 5)
def test_shared_maxima(same, draw):
    """A pixel that won in several overlapping windows returns once, as it was."""
    X = draw.distinct(2, 2, 4, 5)
    X[:, :, 1, 2] = torch.tensor([[1000.0, 1001.0], [1002.0, 1003.0]])  # wins six windows
    kept, indices = pooled(X, (2, 3), 1)
    same(lambda m: m.MaxUnpool2d((2, 3), stride=1)(kept, indices), exact=True)


@points("MaxUnpool2d", 4)
def test_unpool_gradient(same, draw):
    """Gradients in float64 flow from the plane back to the numbers put there."""
    kept, indices = pooled(draw.normal(2, 2, 4, 6, dtype=torch.float64), (2, 3))
    same(lambda m: gradients(m.MaxUnpool2d((2, 3)), kept, indices))


@points("MaxUnpool2d", 3)
def test_wrong_output_size(same, rejects, draw):
    """An output_size a stride or more from the default is refused, and no other."""
    kept, indices = pooled(draw.distinct(2, 2, 4, 6), 2)
    for size in ((7, 6), (4, 9), (1, 6), (4, 3), (2, 2, 7, 9)):
        rejects(lambda m, size=size: m.MaxUnpool2d(2)(kept, indices, output_size=size), ValueError)
    # Exactly one stride; and indices that fit into the smallest plane.
    first = torch.zeros_like(indices)
    for size in ((6, 6), (4, 8), (2, 6), (4, 4), (1, 1)):
        rejects(lambda m, size=size: m.MaxUnpool2d(2)(kept, first, output_size=size), ValueError)
    # Here a stride is less than a kernel: two rows more than the default are two strides.
    overlapping = pooled(draw.distinct(2, 2, 4, 6), 3, 1)
    rejects(lambda m: m.MaxUnpool2d(3, stride=1)(*overlapping, output_size=(6, 6)), ValueError)
    # Each dimension has a stride of its own: three columns more are too many for a stride of 2.
    apart = pooled(draw.distinct(2, 2, 6, 8), 2, (4, 2))
    unpool = {"kernel_size": 2, "stride": (4, 2)}
    rejects(lambda m: m.MaxUnpool2d(**unpool)(*apart, output_size=(6, 11)), ValueError)
    # Two rows and columns more are less than a stride of 3. All indices fit into 6x6 as well.
    image = draw.distinct(1, 2, 8, 8)
    image[:, :, 3, 1], image[:, :, 3, 4] = 1000.0, 2000.0
    wide = pooled(image, 3)
    same(lambda m: m.MaxUnpool2d(3)(*wide, output_size=(8, 8)), exact=True)


@points("MaxUnpool2d", 2)
def test_index_too_large(rejects, draw):
    """A plane of 4x6 has no index 24."""
    kept, indices = pooled(draw.distinct(2, 2, 4, 6), 2)
    indices[0, 0, 1, 2] = 24
    rejects(lambda m: m.MaxUnpool2d(2)(kept, indices), ValueError)


@points("MaxUnpool2d", 2)
def test_negative_index(rejects, draw):
    """No plane has an index below 0."""
    kept, indices = pooled(draw.distinct(2, 2, 4, 6), 2)
    indices[1, 1, 0, 0] = -1
    rejects(lambda m: m.MaxUnpool2d(2)(kept, indices), ValueError)


@points("MaxUnpool2d", 2)
def test_unpool_portable(portable, draw):
    """Numbers and indices on another device: the plane is made there."""
    kept, indices = pooled(draw.distinct(2, 2, 4, 6), (2, 3))
    portable(lambda m: m.MaxUnpool2d((2, 3))(kept, indices))
