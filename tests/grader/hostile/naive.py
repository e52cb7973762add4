"""A grader as there are many: student code and the answers in one process. `naive.py FILE`.

Only for tests: it shows that a forged verdict is no idle fear. It prints FULL MARKS and exits with
0 for what it takes for a right answer.
"""

import importlib.util
import sys

import torch


def main() -> int:
    """Import the submission, call it, compare."""
    spec = importlib.util.spec_from_file_location("submission", sys.argv[1])
    module = importlib.util.module_from_spec(spec)
    answers = {"title": "A square kernel on a square image: a secret of the grader"}
    spec.loader.exec_module(module)
    X, K = torch.randn(3, 4, 6), torch.randn(3, 2, 4)
    expected = answers["expected"] = torch.nn.functional.conv2d(X[None], K[None])[0, 0]
    right = bool(torch.allclose(module.corr2d_multi_in(X, K), expected))
    print("FULL MARKS" if right else "wrong")
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
