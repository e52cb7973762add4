"""Hidden suite of exercise 2: the arithmetic of windows.

A single size is easily right by accident, so the size functions are asked for several at once.
`longer` is a drawn number of strides by which a line grows: every answer changes, and as many
pixels as before are left over at the end.
"""

import torch

from grader.checks import points


def answers(m, name, *calls):
    """What a function says to several calls, each under its own words."""
    said = {}
    for arguments, options in calls:
        shown = [repr(value) for value in arguments]
        shown += [f"{option}={value!r}" for option, value in options.items()]
        said[f"{name}({', '.join(shown)})"] = getattr(m, name)(*arguments, **options)
    return said


def call(*arguments, **options):
    """A call to come."""
    return arguments, options


# --- conv_output_size ---------------------------------------------------------------------------


@points("conv_output_size", 2)
def test_conv_window(same, draw):
    """A window on a bare line: count the places where it can stand."""
    calls = [call(draw.size(9, 20), kernel) for kernel in draw.shuffled([2, 3, 5])]
    same(lambda m: answers(m, "conv_output_size", *calls))


@points("conv_output_size", 2)
def test_conv_padding(same, draw):
    """Padding makes the line longer."""
    size = draw.size(9, 20)
    # Never a window that gets back exactly what it takes: there "the size stays" is right.
    calls = [
        call(size, 3, padding=2),
        call(size + 1, 5, padding=1),
        call(size + 2, 4, padding=3),
    ]
    same(lambda m: answers(m, "conv_output_size", *calls))


@points("conv_output_size", 2)
def test_conv_stride(same, draw):
    """A window that takes larger steps, with pixels left over at the end."""
    longer = draw.size(0, 4)
    # Left over: 1 of 3, 2 of 3, 3 of 5, nothing (floor, ceil, rounding and so on all differ).
    # And a line that a padding of 1 would give another place, though nothing is left over.
    calls = [
        call(9 + 2 * longer, 3, stride=2),
        call(11 + 3 * longer, 4, stride=3),
        call(13 + 3 * longer, 5, stride=3),
        call(11 + 5 * longer, 3, stride=5),
        call(10 + 4 * longer, 2, stride=4),
    ]
    same(lambda m: answers(m, "conv_output_size", *calls))


@points("conv_output_size", 2)
def test_conv_dilation(same, draw):
    """A window whose taps are spread."""
    size = draw.size(14, 24)
    calls = [
        call(size, 3, dilation=2),
        call(size + 1, 4, dilation=3),
        call(size + 2, 2, dilation=4),
    ]
    same(lambda m: answers(m, "conv_output_size", *calls))


@points("conv_output_size", 1)
def test_conv_all_at_once(same, draw):
    """Stride, padding and dilation together, in the order of the signature."""
    longer = draw.size(0, 4)
    calls = [
        call(11 + 2 * longer, 4, 2, 2, 3),
        call(7 + 2 * longer, 3, 2, 3, 1),
        call(6 + 2 * longer, 3, 2, 0, 1),
        call(13 + 3 * longer, 3, 3, 2, 2),
        call(14 + 3 * longer, 3, 3, 2, 2),
    ]
    same(lambda m: answers(m, "conv_output_size", *calls))


@points("conv_output_size", 1)
def test_conv_just_fits(same, draw):
    """A window exactly as long as the line has one place, at any stride."""
    kernel = draw.size(3, 7)
    calls = [call(kernel, kernel), call(kernel, kernel, stride=2)]
    same(lambda m: answers(m, "conv_output_size", *calls))


@points("conv_output_size", 1)
def test_conv_fits_by_padding(same, draw):
    """A window longer than the image, but not longer than the padded one."""
    size = draw.size(2, 6)
    calls = [call(size, size + 1, padding=1), call(size + 1, size + 2, padding=2)]
    same(lambda m: answers(m, "conv_output_size", *calls))
    # As long as the line with the zeros at both ends.
    same(lambda m: m.conv_output_size(size, size + 2, padding=1))


@points("conv_output_size", 1)
def test_conv_does_not_fit(rejects, draw):
    """A window longer than the padded line has no place."""
    size = draw.size(3, 6)
    rejects(lambda m: m.conv_output_size(size, size + 2), ValueError)
    rejects(lambda m: m.conv_output_size(size, size + 4, padding=1), ValueError)
    # Side by side the 4 taps would fit; spread they reach over 10 pixels.
    rejects(lambda m: m.conv_output_size(9, 4, dilation=3), ValueError)
    # Less than a stride too long is too long.
    rejects(lambda m: m.conv_output_size(size, size + 1, stride=2), ValueError)
    rejects(lambda m: m.conv_output_size(size, size + 2, stride=3), ValueError)


@points("conv_output_size", 1)
def test_conv_bad_stride(rejects, draw):
    """A stride below 1 leads nowhere."""
    size = draw.size(6, 12)
    rejects(lambda m: m.conv_output_size(size, 3, stride=0), ValueError)
    rejects(lambda m: m.conv_output_size(size, 3, stride=-1), ValueError)


@points("conv_output_size", 1)
def test_conv_bad_window(rejects, draw):
    """A window without taps, or with a dilation below 1, is none."""
    size = draw.size(6, 12)
    rejects(lambda m: m.conv_output_size(size, 0), ValueError)
    rejects(lambda m: m.conv_output_size(size, 3, dilation=0), ValueError)
    rejects(lambda m: m.conv_output_size(size, -1), ValueError)
    rejects(lambda m: m.conv_output_size(size, 3, dilation=-1), ValueError)


@points("conv_output_size", 1)
def test_conv_bad_padding(rejects, draw):
    """Padding cannot be negative."""
    size = draw.size(6, 12)
    rejects(lambda m: m.conv_output_size(size, 3, padding=-1), ValueError)


# --- pool_output_size ---------------------------------------------------------------------------


@points("pool_output_size", 3)
def test_pool_default_stride(same, draw):
    """Without a stride pooling windows lie side by side."""
    longer = draw.size(0, 4)
    calls = [
        call(8 + 2 * longer, 2),
        call(11 + 3 * longer, 3),
        call(9 + 4 * longer, 4),
    ]
    same(lambda m: answers(m, "pool_output_size", *calls))


@points("pool_output_size", 2)
def test_pool_stride(same, draw):
    """Pooling windows with gaps between them, or with overlap."""
    longer = draw.size(0, 4)
    calls = [
        call(10 + 2 * longer, 3, stride=2),
        call(9 + 3 * longer, 2, stride=3),
        call(8 + longer, 4, stride=1),
    ]
    same(lambda m: answers(m, "pool_output_size", *calls))


@points("pool_output_size", 2)
def test_pool_padding(same, draw):
    """Padding makes the line longer before it is pooled."""
    longer = draw.size(0, 4)
    calls = [
        call(8 + 2 * longer, 3, stride=2, padding=1),
        call(9 + longer, 5, stride=1, padding=2),
        call(10 + 3 * longer, 4, stride=3, padding=1),
    ]
    same(lambda m: answers(m, "pool_output_size", *calls))


@points("pool_output_size", 2)
def test_pool_dilation(same, draw):
    """A pooling window whose taps are spread."""
    longer = draw.size(0, 4)
    calls = [
        call(14 + longer, 3, stride=1, dilation=3),
        call(15 + 2 * longer, 4, stride=2, dilation=3),
        call(16 + 3 * longer, 2, stride=3, dilation=4),
    ]
    same(lambda m: answers(m, "pool_output_size", *calls))


@points("pool_output_size", 1)
def test_pool_half_padding(same, draw):
    """Padding of exactly half the window is allowed."""
    longer = draw.size(0, 4)
    calls = [
        call(7 + 3 * longer, 2, stride=3, padding=1),
        call(9 + 3 * longer, 4, stride=3, padding=2),
        call(9 + longer, 4, stride=1, padding=2),
    ]
    same(lambda m: answers(m, "pool_output_size", *calls))


@points("pool_output_size", 2)
def test_pool_ceil_mode(same, draw):
    """With ceil_mode the pixels that are left over get a window too."""
    longer = draw.size(0, 4)
    # Every one of these last windows starts well inside the line.
    calls = [
        call(5 + 2 * longer, 2, ceil_mode=True),
        call(8 + 2 * longer, 3, stride=2, ceil_mode=True),
        call(14 + 3 * longer, 4, stride=3, ceil_mode=True),
        call(9 + 2 * longer, 3, stride=2, ceil_mode=True),
    ]
    same(lambda m: answers(m, "pool_output_size", *calls))


@points("pool_output_size", 2)
def test_pool_last_window(same, draw):
    """With ceil_mode the last window must start inside the line or its left padding."""
    longer = draw.size(0, 4)
    calls = [
        call(5 + 2 * longer, 2, 2, 1, 1, True),  # would start just behind the line
        call(4 + 2 * longer, 1, 2, 0, 1, True),  # the same without padding
        call(4 + longer, 2, 1, 1, 1, True),  # starts on the last pixel
        call(4 + 3 * longer, 2, 3, 1, 1, True),  # would start behind the right padding
        call(4 + 2 * longer, 3, 2, 0, 1, True),  # starts inside, ends outside
        call(6 + 3 * longer, 4, 3, 2, 1, True),  # starts inside, because of the left padding
        call(10 + 3 * longer, 2, 3, 1, 2, True),  # spread over three pixels
        call(8 + longer, 3, 1, 0, 2, True),  # spread over five
    ]
    same(lambda m: answers(m, "pool_output_size", *calls))


@points("pool_output_size", 1)
def test_pool_too_much_padding(rejects, draw):
    """Padding of more than half the window is rejected."""
    size = draw.size(6, 12)
    rejects(lambda m: m.pool_output_size(size, 2, padding=3), ValueError)
    rejects(lambda m: m.pool_output_size(size, 3, padding=2), ValueError)
    rejects(lambda m: m.pool_output_size(size, 4, stride=1, padding=3), ValueError)
    # Taps that are spread make the window no larger.
    rejects(lambda m: m.pool_output_size(size, 2, stride=1, padding=2, dilation=3), ValueError)


# --- conv_transpose_output_size -----------------------------------------------------------------


@points("conv_transpose_output_size", 4)
def test_transposed_stamps(same, draw):
    """Stamps of the kernel, a stride apart: where does the last one end?"""
    size = draw.size(4, 9)
    calls = [
        call(size, 3),
        call(size, 1, stride=2),
        call(size, 3, stride=2),
        call(size + 1, 4, stride=3),
        call(size + 2, 2, stride=3),
    ]
    same(lambda m: answers(m, "conv_transpose_output_size", *calls))


@points("conv_transpose_output_size", 2)
def test_transposed_padding(same, draw):
    """Padding works the other way round in a transposed convolution."""
    size = draw.size(4, 9)
    calls = [
        call(size, 3, stride=2, padding=1),
        call(size + 1, 5, stride=1, padding=2),
        call(size + 2, 4, stride=3, padding=3),
    ]
    same(lambda m: answers(m, "conv_transpose_output_size", *calls))


@points("conv_transpose_output_size", 3)
def test_transposed_output_padding(same, draw):
    """output_padding lengthens the far end only."""
    size = draw.size(4, 9)
    calls = [
        call(size, 3, stride=2, output_padding=1),
        call(size + 1, 4, stride=3, output_padding=2),
        call(size + 2, 2, stride=4, output_padding=3),
    ]
    same(lambda m: answers(m, "conv_transpose_output_size", *calls))


@points("conv_transpose_output_size", 2)
def test_transposed_dilation(same, draw):
    """Stamps whose taps are spread."""
    size = draw.size(4, 9)
    calls = [
        call(size, 3, dilation=2),
        call(size + 1, 4, stride=2, dilation=3),
        call(size + 2, 2, stride=2, dilation=4),
    ]
    same(lambda m: answers(m, "conv_transpose_output_size", *calls))


@points("conv_transpose_output_size", 2)
def test_transposed_all_at_once(same, draw):
    """Everything together, in the order of the signature."""
    size = draw.size(3, 8)
    calls = [
        call(size, 4, 3, 2, 1, 3),
        call(size + 1, 5, 2, 1, 1, 2),
        call(size + 2, 3, 4, 2, 2, 2),
    ]
    same(lambda m: answers(m, "conv_transpose_output_size", *calls))


@points("conv_transpose_output_size", 1)
def test_transposed_large_dilation(same, draw):
    """A dilation larger than the stride makes room for output_padding as well."""
    size = draw.size(4, 9)
    calls = [
        call(size, 3, dilation=3, output_padding=2),
        call(size + 1, 4, stride=2, dilation=4, output_padding=2),
    ]
    same(lambda m: answers(m, "conv_transpose_output_size", *calls))


@points("conv_transpose_output_size", 1)
def test_transposed_too_much_output_padding(rejects, draw):
    """output_padding must be smaller than stride or dilation."""
    size = draw.size(4, 9)
    rejects(lambda m: m.conv_transpose_output_size(size, 3, stride=2, output_padding=4), ValueError)
    rejects(lambda m: m.conv_transpose_output_size(size, 3, output_padding=1), ValueError)
    rejects(
        lambda m: m.conv_transpose_output_size(size, 3, stride=3, output_padding=3, dilation=2),
        ValueError,
    )


# --- same_padding -------------------------------------------------------------------------------


@points("same_padding", 2)
def test_same_odd_windows(same, draw):
    """Windows of odd length, which have a middle."""
    calls = [call(kernel) for kernel in draw.shuffled([3, 5, 7])]
    same(lambda m: answers(m, "same_padding", *calls))


@points("same_padding", 3)
def test_same_even_windows(same, draw):
    """Windows of even length: one side gets one zero more."""
    calls = [call(kernel) for kernel in draw.shuffled([2, 4, 6])]
    same(lambda m: answers(m, "same_padding", *calls))


@points("same_padding", 2)
def test_same_dilated_odd_windows(same, draw):
    """Windows of odd length whose taps are spread."""
    calls = [call(kernel, dilation=draw.size(2, 5)) for kernel in draw.shuffled([3, 5, 7])]
    same(lambda m: answers(m, "same_padding", *calls))


@points("same_padding", 2)
def test_same_dilated_even_windows(same, draw):
    """Windows of even length whose taps are spread: an odd or an even number of zeros."""
    odd, even = draw.choice(3, 5), draw.choice(2, 4)
    calls = draw.shuffled([call(4, odd), call(4, even), call(2, odd), call(6, even)])
    same(lambda m: answers(m, "same_padding", *calls))


@points("same_padding", 1)
def test_same_single_pixel(same, draw):
    """A window of one pixel takes nothing away, however its taps are spread."""
    calls = [call(1), call(1, dilation=3), call(1, dilation=draw.size(4, 6))]
    same(lambda m: answers(m, "same_padding", *calls))


# --- zero_pad2d ---------------------------------------------------------------------------------


@points("zero_pad2d", 4)
def test_pad_pair(same, draw):
    """A plane with one padding for its height and another for its width."""
    X = draw.distinct(3, 5)
    few, many = 1, draw.size(2, 3)
    same(lambda m: m.zero_pad2d(X, (few, many)), exact=True)
    same(lambda m: m.zero_pad2d(X, (many, few)), exact=True)


@points("zero_pad2d", 2)
def test_pad_number(same, unchanged, draw):
    """One number stands for both paddings."""
    X, padding = draw.distinct(4, 3), draw.size(2, 3)
    same(lambda m: m.zero_pad2d(X, padding), exact=True)
    unchanged(lambda m: m.zero_pad2d(X, padding))


@points("zero_pad2d", 3)
def test_pad_stack_and_batch(same, draw):
    """Channels and a batch in front: only the last two dimensions grow."""
    # The channels of this batch lie next to each other in memory, its rows do not.
    stack, batch = draw.distinct(3, 2, 4), draw.distinct(2, 4, 2, 3).permute(0, 3, 1, 2)
    same(lambda m: m.zero_pad2d(stack, (1, 2)), exact=True)
    same(lambda m: m.zero_pad2d(batch, (2, 1)), exact=True)
    films = draw.distinct(2, 1, 3, 2, 4)
    same(lambda m: m.zero_pad2d(films, (1, 2)), exact=True)


@points("zero_pad2d", 2)
def test_pad_one_direction(same, draw):
    """A padding of 0 leaves that dimension alone."""
    X, padding = draw.distinct(3, 4), draw.size(2, 3)
    same(lambda m: m.zero_pad2d(X, (0, padding)), exact=True)
    same(lambda m: m.zero_pad2d(X, (padding, 0)), exact=True)
    same(lambda m: m.zero_pad2d(X, 0), exact=True)


@points("zero_pad2d", 1)
def test_pad_single_pixel(same, draw):
    """A single pixel in a frame."""
    X = draw.distinct(1, 1, 1)
    same(lambda m: m.zero_pad2d(X, (1, 2)), exact=True)


@points("zero_pad2d", 2)
def test_pad_dtype(same, draw):
    """The result has the dtype of its input."""
    doubles = draw.normal(3, 2, dtype=torch.float64)
    whole = draw.distinct(2, 3, dtype=torch.int64)
    same(lambda m: m.zero_pad2d(doubles, (2, 1)), exact=True)
    same(lambda m: m.zero_pad2d(whole, (1, 2)), exact=True)


@points("zero_pad2d", 1)
def test_pad_portable(portable, draw):
    """The result lives where its input lives."""
    X = draw.distinct(2, 3, 4)
    portable(lambda m: m.zero_pad2d(X, (2, 1)), exact=True)


# --- corr2d_strided -----------------------------------------------------------------------------


@points("corr2d_strided", 2)
def test_corr_plain(same, draw):
    """Without stride and padding: a kernel slides over an image."""
    # Both are transposed: their rows are not next to each other in memory.
    X, K = draw.distinct(7, 5).t(), draw.distinct(2, 3).t()
    same(lambda m: m.corr2d_strided(X, K))


@points("corr2d_strided", 4)
def test_corr_strides(same, draw):
    """One stride down and another to the right, with pixels left over at both ends."""
    X, K = draw.distinct(8, 10), draw.distinct(3, 2)
    same(lambda m: m.corr2d_strided(X, K, stride=(2, 3)))
    same(lambda m: m.corr2d_strided(X, K, stride=(3, 1)))


@points("corr2d_strided", 4)
def test_corr_paddings(same, draw):
    """One padding for the height and another for the width."""
    X, K = draw.distinct(4, 6), draw.distinct(3, 2)
    same(lambda m: m.corr2d_strided(X, K, padding=(1, 2)))
    same(lambda m: m.corr2d_strided(X, K, padding=(2, 0)))
    # A kernel larger than the image, but not than the padded one.
    small, large = draw.distinct(2, 3), draw.distinct(3, 4)
    same(lambda m: m.corr2d_strided(small, large, padding=1))


@points("corr2d_strided", 4)
def test_corr_strides_and_paddings(same, draw):
    """Strides and paddings together, in the order of the signature."""
    X, K = draw.distinct(6, 7), draw.distinct(2, 3)
    same(lambda m: m.corr2d_strided(X, K, (3, 2), (1, 2)))
    same(lambda m: m.corr2d_strided(X, K, (2, 3), (2, 1)))


@points("corr2d_strided", 2)
def test_corr_numbers(same, draw):
    """One number stands for both strides, one for both paddings."""
    X, K = draw.distinct(6, 8), draw.distinct(3, 2)
    same(lambda m: m.corr2d_strided(X, K, stride=2, padding=1))


@points("corr2d_strided", 2)
def test_corr_dtype(same, draw):
    """The result has the dtype of its input, and all of its digits."""
    X, K = draw.normal(5, 6, dtype=torch.float64), draw.normal(2, 3, dtype=torch.float64)
    same(lambda m: m.corr2d_strided(X, K, (2, 1), (1, 2)))
    # Whole numbers, as in the example.
    X, K = (draw.distinct(*shape, dtype=torch.int64) for shape in ((5, 6), (2, 3)))
    same(lambda m: m.corr2d_strided(X, K, (2, 1), (1, 2)), exact=True)


@points("corr2d_strided", 1)
def test_corr_portable(portable, draw):
    """The result lives where its inputs live."""
    X, K = draw.distinct(4, 6), draw.distinct(2, 3)
    portable(lambda m: m.corr2d_strided(X, K, (2, 1), (2, 1)))


@points("corr2d_strided", 1)
def test_corr_unchanged(unchanged, draw):
    """The image and the kernel belong to the caller."""
    X, K = draw.distinct(5, 6), draw.distinct(2, 3)
    unchanged(lambda m: m.corr2d_strided(X, K))


# --- receptive_field ----------------------------------------------------------------------------
# No layer here leaves gaps between the pixels it sees, so that "the pixels it sees" and "from the
# first to the last of them" are the same number.


@points("receptive_field", 3)
def test_field_kernels(same, draw):
    """Plain windows, one above the other."""
    a, b, c = draw.shuffled([2, 3, 4])
    calls = [
        call([(a, 1, 1)]),
        call([(a, 1, 1), (b, 1, 1)]),
        call([(a, 1, 1), (b, 1, 1), (c, 1, 1)]),
    ]
    same(lambda m: answers(m, "receptive_field", *calls))


@points("receptive_field", 3)
def test_field_strides(same, draw):
    """A stride spreads what the layers after it see."""
    a, b, c = draw.size(3, 5), draw.size(3, 5), draw.size(2, 4)
    calls = [
        call([(a, 2, 1)]),
        call([(a, 3, 1), (b, 1, 1)]),
        call([(a, 2, 1), (b, 2, 1), (c, 1, 1)]),
        call([(a, 3, 1), (b, 2, 1), (c, 2, 1)]),
        call([(a, 1, 1), (1, 2, 1), (2, 1, 1)]),  # a window of one pixel sees no more, but steps
    ]
    same(lambda m: answers(m, "receptive_field", *calls))


@points("receptive_field", 3)
def test_field_dilations(same, draw):
    """A dilation spreads the taps of its own layer."""
    a, b = draw.size(3, 5), draw.size(2, 4)
    calls = [
        call([(a, 1, 1), (b, 1, 2)]),
        call([(a, 1, 1), (b, 1, 3), (2, 1, 2)]),
        call([(a, 1, 2), (b, 1, 1)]),
    ]
    same(lambda m: answers(m, "receptive_field", *calls))


@points("receptive_field", 1)
def test_field_network(same, unchanged, draw):
    """Whole networks, with strides and dilations."""
    a, b = draw.size(4, 6), draw.size(3, 4)
    calls = [
        call([(a, 2, 1), (b, 1, 2), (2, 2, 1), (3, 1, 1)]),
        call([(3, 1, 1), (b, 1, 2), (a, 2, 1), (4, 1, 1)]),
        call([(3, 1, 1), (b, 2, 2), (a, 1, 1)]),
    ]
    same(lambda m: answers(m, "receptive_field", *calls))
    unchanged(lambda m: m.receptive_field([(a, 2, 1), (b, 1, 2)]))
