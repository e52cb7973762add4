"""In eval mode a mean from training is subtracted.

Why it is wrong: this layer remembers nothing. In either mode it subtracts the mean of what it is
given.
Hint: What does your forward do after .eval()? Does the task say a word about modes?
"""

import torch
from torch import nn


class CenteredLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.zeros(()), persistent=False)

    def forward(self, X):
        if not self.training:
            return X - self.mean
        mean = X.mean()
        self.mean = mean.detach()
        return X - mean
