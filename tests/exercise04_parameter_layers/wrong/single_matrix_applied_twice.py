"""In a chain of one matrix, that matrix is applied twice.

Why it is wrong: there the first matrix is the last one as well. It counts once.
Hint: Follow your code for sizes [4, 4]. How often is params[0] used?
"""

from itertools import pairwise

import torch
from torch import nn


class MyListDense(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.params = nn.ParameterList(
            nn.Parameter(torch.randn(rows, columns)) for rows, columns in pairwise(sizes)
        )

    def forward(self, x):
        x = x @ self.params[0]
        for matrix in list(self.params)[1:-1]:
            x = x @ matrix
        return x @ self.params[-1]
