"""The ruler: for each property that a result can be wrong in, one that is wrong in it alone."""

import copy
import functools
import math
from typing import Any

import pytest
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch import Tensor

from grader.checks.compare import (
    PICTURE,
    ROUNDING,
    Difference,
    Expected,
    Rule,
    difference,
)
from grader.checks.experiment import to_double
from grader.checks.wording import described, number
from grader.model import Planes
from grader.sandbox.proxy import Handle
from grader.sandbox.trees import map_tensors
from grader.sandbox.wire import Foreign, Reference

NAN, INF = math.nan, math.inf
FLOATING = [torch.float16, torch.bfloat16, torch.float32, torch.float64]
COMPLEX = [torch.complex64, torch.complex128]
WHOLE = [torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64]

each_floating = pytest.mark.parametrize("dtype", FLOATING, ids=str)
each_inexact = pytest.mark.parametrize("dtype", FLOATING + COMPLEX, ids=str)
sampled = settings(max_examples=40, deadline=None, database=None)
seeds = st.integers(0, 2**32 - 1)


def compared(
    actual: Any,
    like: Any,
    exact: Any = None,
    magnitude: Any = None,
    *,
    device: str | None = None,
    **rule: Any,
) -> Difference | None:
    """The first difference from `like`, or from `exact` where its float64 values are others."""
    exact = map_tensors(like, to_double) if exact is None else exact
    expected = Expected(like, exact, magnitude)
    return difference(actual, expected, device=device, rule=Rule(**rule))


def sentence(actual: Any, like: Any, *more: Any, **how: Any) -> str | None:
    """What is said about the first difference; None where there is none."""
    found = compared(actual, like, *more, **how)
    return None if found is None else found.sentence


def handle(kind: str) -> Handle:
    """An object that stayed in the worker."""
    return Handle(None, Reference(0, kind, False), "")


def on(device: str, tensor: Tensor) -> Tensor:
    """A tensor as it comes off the wire, from a device."""
    tensor = tensor.clone()
    tensor.lived_on = device
    return tensor


def numbers_of(seed: int, *shape: int, dtype: torch.dtype = torch.float32) -> Tensor:
    """Standard normal numbers."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed), dtype=dtype)


def above(tensor: Tensor) -> Tensor:
    """The next larger number of the dtype, for every number."""
    return torch.nextafter(tensor, torch.full_like(tensor, INF))


# ------------------------------------------------------------------------------- what is equal


EQUAL = [
    *[torch.tensor([[0, 1, 2], [3, 4, 5]], dtype=dtype) for dtype in WHOLE + FLOATING + COMPLEX],
    torch.tensor([True, False]),
    torch.tensor(2.5),
    torch.tensor(7),
    torch.empty(0),
    torch.empty(0, 3),
    torch.empty(2, 0, 3, dtype=torch.int64),
    torch.tensor([NAN, INF, -INF, 1.0]),
    torch.tensor([complex(NAN, 0), complex(INF, 1), 1j]),
    torch.tensor([NAN, NAN]),
    None,
    True,
    3,
    2**53 + 1,
    2.5,
    NAN,
    INF,
    -INF,
    "to the kernel",
    torch.float64,
    [],
    (),
    {},
    [torch.tensor([1.0]), (2, None), {"a": torch.tensor([1, 2])}],
    {"result": torch.tensor([1.0]), "gradient of X": torch.tensor([[2.0]]), "gradient of K": None},
]


@pytest.mark.parametrize("value", EQUAL, ids=repr)
@pytest.mark.parametrize("rule", [{}, {"exactly": True}, {"within": 0.0}], ids=str)
def test_a_copy_is_the_same(value, rule):
    """A result that equals the expected one passes however strict the comparison is."""
    twin = copy.deepcopy(value)

    assert compared(twin, value, **rule) is None


@pytest.mark.parametrize(
    "stored",
    [
        lambda x: x.t().contiguous().t(),
        lambda x: torch.stack([x, x], dim=2)[:, :, 1],
        lambda x: torch.cat([x, x])[2:],
        lambda x: x.flip(0).flip(0),
        lambda x: x.clone().requires_grad_(),
    ],
    ids=["transposed", "every second", "with an offset", "flipped back", "requires grad"],
)
def test_how_a_tensor_is_stored_does_not_matter(stored):
    """Strides, offset and requires_grad are no part of a result."""
    x = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])

    assert compared(stored(x), x) is None


def test_one_number_spread_out_equals_the_same_number_many_times():
    """A stride of 0 is a way of storing, too."""
    assert compared(torch.tensor([[2.0]]).expand(3, 4), torch.full((3, 4), 2.0)) is None


@pytest.mark.parametrize("lazily", [lambda x: x.conj().conj(), lambda x: x.conj_physical().conj()])
def test_a_conjugate_that_is_only_marked_counts_as_conjugated(lazily):
    """A complex tensor with torch's conjugate bit is compared by its values."""
    x = torch.tensor([1 + 2j, 3 - 4j])

    assert compared(lazily(x), x) is None


def test_zero_has_no_sign():
    """-0.0 is as good as 0.0, exactly too."""
    assert compared(torch.tensor([-0.0]), torch.tensor([0.0]), exactly=True) is None


# ------------------------------------------------------------------------------------- type


ONE = torch.tensor([1.0])
NOT_A_TENSOR = [
    ((ONE,), "a tuple of 1"),
    ([ONE], "a list of 1"),
    ({"result": ONE}, "a dict with the keys 'result'"),
    (dict.fromkeys(range(12)), f"a dict with the keys {', '.join(map(str, range(12)))}"),
    (dict.fromkeys(range(13)), f"a dict with the keys {', '.join(map(str, range(12)))}, …"),
    (1.0, "1.0"),
    (1, "1"),
    (True, "True"),
    ("tensor", "'tensor'"),
    (torch.float32, "torch.float32"),
    (Foreign("tensor of layout torch.sparse_coo"), "a tensor of layout torch.sparse_coo"),
    (handle("numpy.ndarray"), "an object of type numpy.ndarray"),
    (handle("tensor"), "an object of type tensor"),
]


@pytest.mark.parametrize(("actual", "name"), NOT_A_TENSOR, ids=lambda v: repr(v)[:30])
def test_what_is_no_tensor_is_not_taken_for_one(actual, name):
    """Where a tensor is expected, nothing else will do, though it holds the same number."""
    expected = f"the result is {name}, expected a float32 tensor of shape (1,)"

    assert sentence(actual, ONE) == expected


@pytest.mark.parametrize(("like", "name"), NOT_A_TENSOR, ids=lambda v: repr(v)[:30])
def test_a_tensor_is_not_taken_for_something_else(like, name):
    """Where something else is expected, a tensor that holds the same will not do."""
    expected = f"the result is a float32 tensor of shape (1,), expected {name}"

    assert sentence(ONE, like) == expected


@pytest.mark.parametrize(
    ("actual", "like"),
    [
        (True, 1),
        (1, True),
        (False, 0),
        (0, False),
        (1, 1.0),
        (1.0, 1),
        (1.0, True),
        (True, 1.0),
        (0, None),
        (None, 0),
        (None, False),
        (False, None),
        (None, 0.0),
        ("1", 1),
        (torch.tensor(1), 1),
        (torch.tensor(1.0), 1.0),
        (torch.tensor(True), True),
        (handle("numpy.int64"), 1),
        (handle("numpy.float64"), 1.0),
        (handle("numpy.bool"), True),
        (Foreign("int of 99 bits"), 1),
        ((), []),
        ([], ()),
        ((1, 2), [1, 2]),
        ([1, 2], (1, 2)),
        ({}, []),
        ([], None),
        ("ab", ["a", "b"]),
        ("torch.float32", torch.float32),
    ],
    ids=lambda v: repr(v)[:30],
)
def test_equal_values_of_two_types_differ(actual, like):
    """bool, int, float, numpy's scalars, lists and tuples are told apart."""
    found = sentence(actual, like)

    assert found.startswith(f"the result is {described(actual)}")
    assert f"expected {described(like)}" in found


@pytest.mark.parametrize(
    ("actual", "like", "expected"),
    [
        (3.0, 3, "the result is 3.0, a float; expected 3, an int"),
        (1, True, "the result is 1, an int; expected True, a bool"),
        ("1", 1, "the result is '1', a str; expected 1, an int"),
    ],
)
def test_plain_values_that_look_alike_are_told_with_their_types(actual, like, expected):
    """`3.0, expected 3` would leave a reader wondering."""
    assert sentence(actual, like) == expected


@pytest.mark.parametrize("like", [ONE, 0, [ONE]], ids=["tensor", "int", "list"])
def test_nothing_where_something_is_expected_asks_for_a_return(like):
    """Whoever prints a result instead of returning it is told so."""
    assert sentence(None, like).endswith("; is a `return` missing?")
    assert "return" not in sentence({"gradient of X": None}, {"gradient of X": like})


@pytest.mark.parametrize(
    ("fact", "actual", "like", "expected"),
    [
        ("conv3.weight", "not there", "of shape (4,)", "conv3.weight is not there, expected of "),
        ("the same seed gives the same", False, True, "this is not so: the same seed gives the "),
        ("a call changes x", True, False, "this is so, and should not be: a call changes x"),
        ("training", False, True, "training is False, expected True"),
        ("the number of layers", 2, 3, "the number of layers is 2, expected 3"),
    ],
)
def test_a_fact_that_a_suite_has_a_name_for_is_told_in_its_words(fact, actual, like, expected):
    """Without the quotes and the capitals of Python's own spelling."""
    assert sentence({fact: actual}, {fact: like}).startswith(expected)


@pytest.mark.parametrize(
    ("actual", "like"),
    [
        (3, 4),
        (2**53, 2**53 + 1),
        (True, False),
        (-1, 1),
        ("away", "towards"),
        ("", "a"),
        (torch.float32, torch.float64),
    ],
    ids=repr,
)
def test_another_value_of_the_same_type_differs(actual, like):
    """Integers, texts and dtypes have to be equal; large integers to the last digit."""
    assert sentence(actual, like) == f"the result is {actual!r}, expected {like!r}"


# ------------------------------------------------------------------------------------- shape


@pytest.mark.parametrize(
    ("actual", "like"),
    [
        ((5, 1), (5, 5)),
        ((1, 5), (5, 5)),
        ((5, 5), (5, 1)),
        ((1, 1), (5, 5)),
        ((), (1,)),
        ((1,), ()),
        ((), (3,)),
        ((5,), (1, 5)),
        ((1, 5), (5,)),
        ((5,), (5, 1)),
        ((4, 6), (6, 4)),
        ((6,), (2, 3)),
        ((2, 3), (6,)),
        ((2, 3), (2, 4)),
        ((2, 3, 1), (2, 3)),
        ((0,), (1,)),
        ((1,), (0,)),
        ((), (0,)),
        ((0, 3), (0, 4)),
        ((2, 0), (0, 2)),
        ((0,), (0, 0)),
    ],
    ids=str,
)
@pytest.mark.parametrize("rule", [{}, {"exactly": True}, {"within": INF}], ids=str)
def test_another_shape_differs(actual, like, rule):
    """Shapes are compared before values and never broadcast: all the numbers here are 1."""
    found = sentence(torch.ones(actual), torch.ones(like), **rule)

    assert found == f"the result has shape {actual}, expected {like}"


@sampled
@given(shapes=st.lists(st.lists(st.integers(0, 3), max_size=4), min_size=2, max_size=2))
def test_two_shapes_are_never_the_same(shapes):
    """Whatever two shapes are compared, only equal ones pass."""
    actual, like = shapes

    same = compared(torch.ones(actual), torch.ones(like)) is None

    assert same == (actual == like)


# --------------------------------------------------------------------------- dtype and device


ALL = WHOLE + FLOATING + COMPLEX + [torch.bool]


@pytest.mark.parametrize("like", ALL, ids=str)
@pytest.mark.parametrize("rule", [{}, {"exactly": True}, {"within": INF}], ids=str)
def test_another_dtype_differs(like, rule):
    """Equal numbers of any other dtype will not do."""
    expected = str(like).removeprefix("torch.")

    found = {dtype: sentence(torch.ones(2, dtype=dtype), torch.ones(2, dtype=like), **rule)
             for dtype in ALL}  # fmt: skip

    assert found == {
        dtype: None
        if dtype == like
        else f"the result has dtype {str(dtype).removeprefix('torch.')}, expected {expected}"
        for dtype in ALL
    }


def test_the_dtype_of_an_empty_tensor_counts():
    """There are no values to compare, but a dtype."""
    found = sentence(torch.empty(0, 2), torch.empty(0, 2, dtype=torch.float64))

    assert found == "the result has dtype float32, expected float64"


@pytest.mark.parametrize(
    ("actual", "device"), [("cpu", "gpu"), ("gpu", "cpu"), ("cuda", "gpu"), ("cpu", "cuda")]
)
def test_a_result_on_another_device_differs(actual, device):
    """A tensor has to be where it was asked for, wherever the expected one was computed."""
    found = sentence(on(actual, torch.ones(2)), torch.ones(2), device=device)

    assert found == f"the result lives on {actual}, expected {device}, as its input does"


def test_a_result_on_the_device_that_was_asked_for_is_the_same():
    """The reference computes on the CPU; that is no difference."""
    assert compared(on("gpu", torch.ones(2)), on("cpu", torch.ones(2)), device="gpu") is None


@pytest.mark.parametrize(("actual", "like"), [("cpu", "gpu"), ("gpu", "cpu")])
def test_without_a_device_to_be_on_the_expected_tensor_gives_it(actual, like):
    """So two recorded results are compared, both from the same device."""
    found = sentence(on(actual, torch.ones(2)), on(like, torch.ones(2)))

    assert found == f"the result lives on {actual}, expected {like}, as its input does"
    assert compared(on(like, torch.ones(2)), on(like, torch.ones(2))) is None


def test_a_tensor_inside_a_result_has_to_be_on_the_device_too():
    """Every tensor is asked where it lived."""
    actual = {"result": on("gpu", ONE), "gradient of X": [on("gpu", ONE), on("cpu", ONE)]}
    like = {"result": ONE, "gradient of X": [ONE, ONE]}

    found = compared(actual, like, device="gpu")

    assert found is not None
    assert found.where == "gradient of X[1]"


@pytest.mark.parametrize(
    ("actual", "word"),
    [
        (on("gpu", torch.zeros(3, dtype=torch.float64)), "shape"),
        (on("gpu", torch.zeros(2, dtype=torch.float64)), "dtype"),
        (on("gpu", torch.zeros(2)), "lives on"),
        (on("cpu", torch.zeros(2)), "at [0]"),
    ],
    ids=["shape", "dtype", "device", "values"],
)
def test_what_is_wrong_is_told_in_a_fixed_order(actual, word):
    """Shape, dtype, device, values: of many differences the first is the one to mend first."""
    found = sentence(actual, torch.ones(2), device="cpu")

    assert found is not None
    assert word in found


# ----------------------------------------------------------------------------- single values


LIKE = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@pytest.mark.parametrize("row", [0, 1])
@pytest.mark.parametrize("column", [0, 1, 2])
def test_one_wrong_element_is_found_and_named(row, column):
    """Wherever it is, a single wrong number is a difference, and the sentence says where."""
    actual = LIKE.clone()
    actual[row, column] = 9

    found = sentence(actual, LIKE)

    right = int(LIKE[row, column])
    assert found == f"the result at [{row}, {column}] is 9, expected {right}; 1 of 6 values differs"


# bfloat16 counts in steps of 1/16 near 8, and some of these are forgiven.
FINE = [dtype for dtype in WHOLE + FLOATING + COMPLEX if dtype != torch.bfloat16]


@sampled
@given(seed=seeds, place=st.integers(0, 59), dtype=st.sampled_from(FINE))
def test_one_wrong_element_is_found_in_any_tensor(seed, place, dtype):
    """One step more in one place, in whatever dtype, is a difference."""
    generator = torch.Generator().manual_seed(seed)
    like = torch.randint(0, 9, (3, 4, 5), generator=generator).to(dtype)
    actual = like.clone()
    actual.view(-1)[place] += 1

    found = compared(actual, like)

    assert found is not None
    assert found.sentence.endswith("; 1 of 60 values differs")


def test_the_count_of_wrong_values_is_told():
    """All wrong is another mistake than one wrong."""
    found = sentence(LIKE + 1, LIKE)

    assert found == "the result at [0, 0] is 2, expected 1; 6 of 6 values differ"


def test_the_only_value_needs_neither_place_nor_count():
    """A loss is one number."""
    assert sentence(torch.tensor(2.0), torch.tensor(0.5)) == "the result is 2, expected 0.5"


SPECIAL = [
    (NAN, 1.0), (INF, 1.0), (-INF, 1.0), (INF, -INF), (-INF, INF), (NAN, INF), (INF, NAN),
    (1.0, NAN), (0.0, NAN), (1.0, INF), (1.0, -INF), (0.0, INF),
]  # fmt: skip


@pytest.mark.parametrize(("actual", "like"), SPECIAL, ids=str)
@pytest.mark.parametrize("rule", [{}, {"exactly": True}, {"within": 1e300}], ids=str)
@each_inexact
def test_a_value_that_is_not_finite_equals_itself_alone(actual, like, rule, dtype):
    """NaN and the infinities pass only where the same is expected; no tolerance reaches them."""
    got = torch.tensor([1.0, actual, -2.0], dtype=dtype)
    expected = torch.tensor([1.0, like, -2.0], dtype=dtype)

    found = sentence(got, expected, **rule)

    assert found is not None
    assert found.startswith("the result at [1] is ")


@each_floating
def test_the_largest_number_is_not_infinite(dtype):
    """What just does not overflow differs from what does, both ways round."""
    largest = torch.tensor([torch.finfo(dtype).max], dtype=dtype)
    infinite = torch.tensor([INF], dtype=dtype)

    assert compared(largest, infinite) is not None
    assert compared(infinite, largest) is not None


def test_values_that_are_not_finite_do_not_widen_the_tolerance_of_others():
    """An infinity beside it does not make a wrong number right."""
    found = sentence(torch.tensor([INF, NAN, 1.5]), torch.tensor([INF, NAN, 1.0]))

    assert found == "the result at [2] is 1.5, expected 1; 1 of 3 values differs"


@pytest.mark.parametrize("dtype", WHOLE, ids=str)
def test_whole_numbers_are_compared_exactly(dtype):
    """Off by one is off, by the loosest of rules."""
    like = torch.tensor([100, 101, 102], dtype=dtype)

    assert compared(like + 1, like, within=2.0) is not None


@pytest.mark.parametrize("large", [2**53, 2**62, -(2**53)])
def test_large_whole_numbers_do_not_pass_through_floats(large):
    """2**53 and 2**53 + 1 are one number in float64, but two in int64."""
    found = sentence(torch.tensor([large + 1]), torch.tensor([large]))

    assert found == f"the result at [0] is {large + 1}, expected {large}"


def test_one_wrong_truth_value_is_found():
    """A mask with one bit flipped is another mask."""
    found = sentence(torch.tensor([True, False, True]), torch.tensor([True, True, True]))

    assert found == "the result at [1] is False, expected True; 1 of 3 values differs"


@pytest.mark.parametrize("actual", [1 + 2j, -1 - 2j, 2 - 1j, 1 + 0j], ids=str)
def test_a_complex_number_is_compared_in_both_of_its_parts(actual):
    """A conjugate, a sign, swapped parts, a lost part: each is found."""
    found = sentence(torch.tensor([actual]), torch.tensor([1 - 2j]))

    assert found == f"the result at [0] is {actual}, expected (1-2j)"


# ----------------------------------------------------------------------------------- rounding


@each_floating
@pytest.mark.parametrize("size", [1.0, 0.125, 1024.0])
def test_one_ulp_is_forgiven_unless_exactness_is_asked_for(dtype, size):
    """The last bit depends on the order of summing; what is copied has no such order."""
    like = torch.tensor([size, 2 * size], dtype=dtype)
    actual = like.clone()
    actual[1] = above(like)[1]

    found = sentence(actual, like, exactly=True)

    assert compared(actual, like) is None
    assert found is not None
    assert found.startswith("the result at [1] is ")


def test_numbers_that_differ_in_their_last_digit_are_written_so_that_it_shows():
    """`1, expected 1` would help nobody."""
    like = torch.tensor([1.0, 1.0])

    found = sentence(above(like), like, exactly=True)

    assert found == "the result at [0] is 1.0000001192092896, expected 1; 2 of 2 values differ"


@each_inexact
@pytest.mark.parametrize("scale", [1.0, 2.0**-10, 2.0**10])
def test_the_tolerance_follows_the_dtype_and_the_magnitude(dtype, scale):
    """ROUNDING steps of the dtype are forgiven, relative to the value, and no more."""
    eps = torch.finfo(dtype).eps
    like = torch.tensor([scale], dtype=dtype)
    near = like * torch.tensor(1 + (ROUNDING - 1) * eps, dtype=dtype)
    far = like * torch.tensor(1 + (ROUNDING + 1) * eps, dtype=dtype)

    assert compared(near, like) is None
    assert compared(far, like) is not None


@pytest.mark.parametrize(
    ("actual", "like"),
    [(1e-30, 0.0), (2e-30, 1e-30), (1e-12, 0.0), (-1e-30, 1e-30), (1.001e30, 1e30)],
)
def test_no_constant_forgives_small_numbers(actual, like):
    """There is no absolute tolerance that a tiny result, or a gradient, could hide under."""
    assert compared(torch.tensor([actual]), torch.tensor([like])) is not None


def test_values_are_compared_with_the_reference_in_float64():
    """The reference's own rounding in the student's dtype takes no part."""
    exact = torch.tensor([1 / 3], dtype=torch.float64)
    like = exact.float() * 1.01

    assert compared(exact.float(), like, exact) is None
    assert compared(like, like, exact) is not None


def test_the_tolerance_belongs_to_the_dtype_that_was_asked_for():
    """A float32 sum that was only converted to float64 has not its precision."""
    exact = torch.tensor([0.1, 0.7, 3.3], dtype=torch.float64)
    through_float32 = exact.float().double()

    assert compared(through_float32, exact) is not None
    assert compared(exact.float(), exact.float(), exact) is None


def in_a_loop(terms: Tensor, order: Tensor) -> Tensor:
    """The sum, one term after the other."""
    return functools.reduce(torch.add, terms[order])


@sampled
@given(seed=seeds, count=st.integers(1, 400), positive=st.booleans())
def test_a_loop_over_some_hundred_products_passes_in_any_order(seed, count, positive):
    """Naive summing in float32 is right, be the terms of one sign or of both."""
    x, w = numbers_of(seed, 2, count)
    x, w = (x.abs(), w.abs()) if positive else (x, w)
    order = torch.randperm(count, generator=torch.Generator().manual_seed(seed))
    exact = x.double() @ w.double()
    magnitude = x.double().abs() @ w.double().abs()

    found = sentence(in_a_loop(x * w, order), exact.float(), exact, magnitude)

    assert found is None


@sampled
@given(
    seed=seeds,
    shape=st.lists(st.integers(1, 4), max_size=3),
    dtype=st.sampled_from([torch.float32, torch.float64]),
    factor=st.sampled_from([1 + 1e-3, 1 - 1e-3]),
)
def test_a_relative_error_of_a_thousandth_never_passes(seed, shape, dtype, factor):
    """Rounding is forgiven; a wrong constant, a missing epsilon or a coarse dtype is not."""
    exact = numbers_of(seed, *shape, dtype=torch.float64)

    found = compared((exact * factor).to(dtype), exact.to(dtype), exact)

    assert found is not None


@sampled
@given(seed=seeds, place=st.integers(0, 11), sign=st.sampled_from([1, -1]))
def test_a_relative_error_of_a_thousandth_in_one_element_never_passes(seed, place, sign):
    """Among numbers of about one size, a small error in one of them is seen."""
    exact = numbers_of(seed, 3, 4, dtype=torch.float64).clamp(-3, 3)
    exact = torch.where(exact < 0, exact - 1, exact + 1)
    actual = exact.clone()
    actual.view(-1)[place] *= 1 + sign * 1e-3

    found = sentence(actual.float(), exact.float(), exact)

    assert found is not None
    assert found.endswith("; 1 of 12 values differs")


@sampled
@given(seed=seeds, count=st.integers(2, 300))
def test_a_lost_term_never_passes(seed, count):
    """A term of the average size that is missing in a sum of some hundred is no rounding."""
    terms = numbers_of(seed, count)
    exact, magnitude = terms.double().sum(), terms.double().abs().sum()
    assume(abs(float(terms[0])) > float(magnitude) / count)

    found = compared(terms[1:].sum(), exact.float(), exact, magnitude)

    assert found is not None


CANCELLING = torch.tensor([1e4, 0.1, -1e4])


def test_cancellation_is_forgiven_what_the_cancelled_terms_explain():
    """Where large terms cancel, the error is that of the large terms."""
    exact, magnitude = CANCELLING.double().sum(), CANCELLING.double().abs().sum()
    actual = in_a_loop(CANCELLING, torch.arange(3))

    assert float(actual) != float(exact.float())
    assert compared(actual, exact.float(), exact, magnitude) is None
    assert compared(actual, exact.float(), exact) is not None


def test_cancellation_forgives_no_more_than_that():
    """The tolerance is wider, but not open."""
    exact, magnitude = CANCELLING.double().sum(), CANCELLING.double().abs().sum()

    assert compared(torch.tensor(0.2), exact.float(), exact, magnitude) is not None
    assert compared(torch.tensor(NAN), exact.float(), exact, magnitude) is not None


def test_cancellation_inside_a_structure_is_forgiven_in_its_place_only():
    """Each tensor of a result has the magnitude of its own computation."""
    exact = {"result": torch.tensor([0.1]).double(), "gradient of X": torch.tensor([0.1]).double()}
    magnitude = {"result": torch.tensor([2e4]).double(), "gradient of X": torch.tensor([0.1])}
    like = map_tensors(exact, torch.Tensor.float)
    off = torch.tensor([0.1005])

    assert compared({**like, "result": off}, like, exact, magnitude) is None
    assert compared({**like, "gradient of X": off}, like, exact, magnitude) is not None


@pytest.mark.parametrize(
    "magnitude",
    [
        torch.full((3,), 1e6),
        torch.tensor([NAN, INF]),
        torch.tensor([1e-6, 1e-6]),
        None,
        1e6,
        [torch.full((2,), 1e6)],
        Foreign("tensor of layout torch.sparse_coo"),
    ],
    ids=["another shape", "not finite", "smaller", "none", "a number", "a list", "foreign"],
)
def test_a_magnitude_that_is_of_no_use_leaves_that_of_the_values(magnitude):
    """Absolute values may be no valid input; then the expected values must do."""
    like = torch.tensor([1.0, 2.0])

    assert compared(above(like), like, None, magnitude) is None
    assert compared(like + 1e-3, like, None, magnitude) is not None


def test_a_magnitude_with_other_keys_is_of_no_use_either():
    """What the reference makes of absolute values may be built differently."""
    like = {"result": torch.tensor([1.0])}

    assert compared({"result": above(ONE)}, like, None, {"other": torch.tensor([1e6])}) is None
    assert compared({"result": ONE + 1e-3}, like, None, {"other": torch.tensor([1e6])}) is not None


# ------------------------------------------------------------------------------------- within


@pytest.mark.parametrize(
    ("actual", "same"),
    [(1.0, True), (1.0099, True), (0.9901, True), (1.0101, False), (0.9899, False), (-1, False)],
)
@pytest.mark.parametrize("kind", [float, torch.tensor], ids=["float", "tensor"])
def test_within_is_an_absolute_tolerance(actual, same, kind):
    """`within=0.01` means 0.01, up and down."""
    found = compared(kind(float(actual)), kind(1.0), within=0.01)

    assert (found is None) == same


@pytest.mark.parametrize("kind", [float, torch.tensor], ids=["float", "tensor"])
def test_the_tolerance_itself_is_within(kind):
    """A quarter is within 0.25."""
    assert compared(kind(1.25), kind(1.0), within=0.25) is None


def test_within_replaces_what_rounding_would_allow():
    """Near 1e6 rounding explains more than 0.01, but the exercise says 0.01."""
    like = torch.tensor([1e6])

    assert compared(like + 0.5, like) is None
    assert compared(like + 0.5, like, within=0.01) is not None


def test_within_does_not_grow_with_the_value():
    """It is no relative tolerance."""
    like = torch.tensor([100.0], dtype=torch.float64)

    assert compared(like + 0.02, like, within=0.01) is not None


def test_within_anything_looks_at_everything_but_finite_values():
    """An infinite tolerance asks for type, shape, dtype and device only."""
    like = torch.tensor([1.0, 2.0])

    assert compared(torch.tensor([-1e30, 1e30]), like, within=INF) is None
    assert compared(torch.tensor([NAN, 2.0]), like, within=INF) is not None
    assert compared(torch.tensor([1.0]), like, within=INF) is not None


# ---------------------------------------------------------------------------- Python numbers


def test_a_python_number_out_of_a_float32_tensor_is_forgiven_its_rounding():
    """`.item()` gives a double with the precision of a float32."""
    third = torch.tensor(1 / 3).item()

    assert compared(third, 1 / 3) is None
    assert compared(third, 1 / 3, exactly=True) is not None


@pytest.mark.parametrize(
    ("actual", "like"),
    [(1.001, 1.0), (0.999, 1.0), (-1.0, 1.0), (1e-9, 0.0), (NAN, 1.0), (INF, 1.0), (-INF, 1.0),
     (1.0, NAN), (INF, NAN)],
)  # fmt: skip
def test_another_python_number_differs(actual, like):
    """A thousandth, a sign, a trace of something where 0 is expected, NaN."""
    assert sentence(actual, like) == f"the result is {actual!r}, expected {like!r}"


@pytest.mark.parametrize(
    ("actual", "like"), [(1.0, INF), (-INF, INF), (INF, -INF), (0.0, -INF), (1e308, INF)]
)
def test_a_python_number_equals_an_infinite_one_only_if_it_is_the_same(actual, like):
    """Whatever is expected, an infinite number is not matched by another one."""
    assert compared(actual, like) is not None


def test_an_infinite_magnitude_does_not_make_every_python_number_right():
    """Absolute values may overflow where the values do not."""
    assert compared(2.0, 1.0, None, INF) is not None


def test_the_magnitude_of_a_python_number_widens_its_tolerance():
    """A mean that cancels is forgiven as a tensor would be."""
    assert compared(0.1005, 0.1, None, 2e4) is None
    assert compared(0.2, 0.1, None, 2e4) is not None
    assert compared(0.1005, 0.1, None, None) is not None


# --------------------------------------------------------------------------------- structures


@pytest.mark.parametrize("kind", [list, tuple], ids=["list", "tuple"])
@pytest.mark.parametrize("length", [0, 1, 3])
def test_another_length_differs(kind, length):
    """A missing or an extra item is a difference, whatever the items are."""
    actual, like = kind([ONE] * length), kind([ONE] * 2)

    items = "1 item" if length == 1 else f"{length} items"
    assert sentence(actual, like) == f"the result has {items}, expected 2"


def test_one_wrong_item_is_found_and_named():
    """The path leads to the tensor that is wrong."""
    like = [ONE, (ONE, [ONE, torch.ones(2, 2)])]
    actual = copy.deepcopy(like)
    actual[1][1][1][0, 1] = 5

    found = sentence(actual, like)

    assert found == "result[1][1][1] at [0, 1] is 5, expected 1; 1 of 4 values differs"


@pytest.mark.parametrize(
    ("actual", "where"),
    [
        ([torch.ones(3), ONE], "result[0]"),
        ([ONE, ONE.double()], "result[1]"),
        ([None, 2 * ONE], "result[0]"),
    ],
)
def test_the_first_wrong_item_is_told(actual, where):
    """Of several wrong items, the first in order."""
    found = compared(actual, [ONE, ONE])

    assert found is not None
    assert found.where == where


def test_items_in_another_order_differ():
    """The same tensors in another order are another result."""
    assert compared([ONE, 2 * ONE], [2 * ONE, ONE]) is not None


GRADIENTS = {
    "result": torch.tensor([3.0]),
    "gradient of X": torch.tensor([[1.0, 2.0]]),
    "gradient of K": torch.tensor([4.0, 5.0]),
}


@pytest.mark.parametrize(
    ("key", "wrong", "expected"),
    [
        ("result", torch.tensor([4.0]), "the result at [0] is 4, expected 3"),
        (
            "gradient of X",
            torch.tensor([[1.0, 7.0]]),
            "gradient of X at [0, 1] is 7, expected 2; 1 of 2 values differs",
        ),
        (
            "gradient of X",
            torch.tensor([1.0, 2.0]),
            "gradient of X has shape (2,), expected (1, 2)",
        ),
        (
            "gradient of K",
            torch.tensor([-4.0, -5.0]),
            "gradient of K at [0] is -4, expected 4; 2 of 2 values differ",
        ),
        ("gradient of K", None, "gradient of K is None, expected a float32 tensor of shape (2,)"),
    ],
)
def test_only_one_gradient_being_wrong_is_a_difference(key, wrong, expected):
    """A right result with one wrong or missing gradient is a wrong answer, and named as such."""
    assert sentence({**GRADIENTS, key: wrong}, GRADIENTS) == expected


def test_a_gradient_where_none_is_expected_differs():
    """What does not depend on an input must not send it a gradient."""
    found = sentence(GRADIENTS, {**GRADIENTS, "gradient of K": None})

    assert found == "gradient of K is a float32 tensor of shape (2,), expected None"


@pytest.mark.parametrize(
    ("actual", "got"),
    [
        ({"weight": ONE}, "lacks 'bias'"),
        ({}, "lacks 'weight', 'bias'"),
        (
            {"bias": ONE, "weight": ONE},
            "has the keys 'bias', 'weight'; expected the keys 'weight', 'bias'",
        ),
        ({"weight": ONE, "bias": ONE, "extra": ONE}, "has 'extra', which is not expected"),
        ({"weight": ONE, "Bias": ONE}, "lacks 'bias' and has 'Bias', which is not expected"),
    ],
    ids=["one missing", "all missing", "another order", "one more", "another name"],
)
def test_other_keys_differ(actual, got):
    """Names, their number and their order are part of a result."""
    found = sentence(actual, {"weight": ONE, "bias": ONE})

    assert found == f"the result {got}"


@pytest.mark.parametrize("key", [1.0, True])
def test_keys_of_two_types_differ(key):
    """A dict of layer numbers has whole numbers as keys."""
    assert compared({key: ONE}, {1: ONE}) is not None


def test_a_wrong_value_inside_nested_dicts_is_named_by_its_path():
    """The path leads through the keys."""
    like = {"state": {"weight": ONE, "bias": [ONE]}}
    actual = {"state": {"weight": ONE, "bias": [2 * ONE]}}

    assert sentence(actual, like) == "state['bias'][0] at [0] is 2, expected 1"


# ---------------------------------------------------------------------------- what is written


def test_a_small_plane_is_drawn_with_the_first_difference_in_it():
    """Expected and actual of the 2-D plane in which the first difference is."""
    like = torch.arange(12.0).reshape(2, 3, 2)
    actual = like.clone()
    actual[1, 2, 0] = -1

    found = compared(actual, like)

    assert found is not None
    assert found.planes == Planes(
        name="the result[1]",
        expected=((6, 7), (8, 9), (10, 11)),
        actual=((6, 7), (8, 9), (-1, 11)),
    )


def test_a_value_that_is_only_rounded_is_drawn_as_expected():
    """A picture marks what differs: as many values as the sentence counts."""
    found = compared(torch.tensor([1 / 3, 5.0]), torch.tensor([1 / 3, 2.0]), torch.tensor(
        [1 / 3, 2.0], dtype=torch.float64
    ))  # fmt: skip

    assert found is not None
    assert found.sentence.endswith("1 of 2 values differs")
    assert found.planes == Planes("the result", ((1 / 3, 2),), ((1 / 3, 5),))


def test_a_row_of_numbers_is_drawn_as_one_row():
    """A vector is a plane of height 1."""
    found = compared(torch.tensor([1, 5]), torch.tensor([1, 2]))

    assert found is not None
    assert found.planes == Planes("the result", ((1, 2),), ((1, 5),))


@pytest.mark.parametrize(
    ("like", "drawn"),
    [
        (torch.zeros(PICTURE, PICTURE), True),
        (torch.zeros(PICTURE + 1, 2), False),
        (torch.zeros(2, PICTURE + 1), False),
        (torch.zeros(PICTURE + 1, 2, 2), True),
        (torch.zeros(()), False),
        (torch.zeros(2, 2, dtype=torch.complex64), False),
        (torch.zeros(2, 2, dtype=torch.bool), True),
    ],
    ids=["just fits", "too high", "too wide", "many planes", "one number", "complex", "bool"],
)
def test_only_what_fits_is_drawn(like, drawn):
    """A large plane, a single number and complex numbers are not drawn."""
    found = compared(torch.ones_like(like), like)

    assert found is not None
    assert (found.planes is not None) == drawn


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"), (-0.25, "-0.25"), (NAN, "nan"), (INF, "inf"), (-INF, "-inf"), (7, "7"),
        (True, "True"), (2**60, str(2**60)), (1 / 3, "0.333333"), (1 + 2j, "(1+2j)"),
        (1e-12, "1e-12"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_short_as_it_can_be(value, text):
    """Six digits say enough to a reader; whole numbers lose none of theirs."""
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (torch.zeros(2, 3), "a float32 tensor of shape (2, 3)"),
        (torch.zeros((), dtype=torch.bool), "a bool tensor of shape ()"),
        ([1, 2], "a list of 2"),
        ((), "a tuple of 0"),
        ({"a": 1, 2: 3}, "a dict with the keys 'a', 2"),
        ({}, "a dict with no keys"),
        (None, "None"),
        ("text", "'text'"),
        ("x" * 100, "'" + "x" * 76 + "…"),
        (Foreign("tensor of torch.qint8"), "a tensor of torch.qint8"),
        (handle("answer.Net"), "an object of type answer.Net"),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_a_value_is_described_in_a_few_words(value, text):
    """Enough to recognise it, never its whole content."""
    assert described(value) == text
