"""Plain `pytest`: the grader's own tests, and every hidden suite against its solution."""

import pytest

from grader.sandbox import pretend
from grader.suite import SolutionSuite

# `grade verify` tries many seeds; here one is enough to see that a suite and its solution agree.
SEED = 0


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept`: what reports look like now is what they shall look like."""
    parser.addoption("--accept", action="store_true", help="overwrite the golden reports")


def pytest_configure(config: pytest.Config) -> None:
    """Give the hidden suites their fixtures."""
    pretend.install()  # before anything runs backward
    config.pluginmanager.register(SolutionSuite(SEED), "solutions")
