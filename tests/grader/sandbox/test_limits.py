"""How much time a check has; what enforces the limits is tried with real workers elsewhere."""

import pytest

from grader.sandbox.limits import time_left


@pytest.mark.parametrize(
    ("seconds", "timeouts", "left"),
    [
        (10, 0, 10),
        (10, 1, 2),
        (10, 2, 1),
        (10, 7, 1),
        (2, 1, 0.5),  # a fifth of it may be too little for a check that works
        (0.1, 0, 0.1),
        (0.1, 3, 0.1),  # and nobody gets more than was there
    ],
)
def test_a_check_has_less_time_after_others_ran_out_of_it(seconds, timeouts, left):
    """Less than they had, and enough for one that works."""
    assert time_left(seconds, timeouts) == left
