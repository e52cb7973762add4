"""Every pixel of every window looked up by its index, then one matrix product."""

import torch


class Windows:
    """Looks up the windows of planes of one size."""

    def __init__(self, plane, kernel):
        (self.H, self.W), (self.h, self.w) = plane, kernel
        self.size = (self.H - self.h + 1, self.W - self.w + 1)

    def rows(self, device):
        i = torch.arange(self.size[0], device=device).view(-1, 1, 1, 1)
        a = torch.arange(self.h, device=device).view(1, 1, -1, 1)
        return i + a

    def columns(self, device):
        j = torch.arange(self.size[1], device=device).view(1, -1, 1, 1)
        b = torch.arange(self.w, device=device).view(1, 1, 1, -1)
        return j + b

    def __call__(self, X):
        """X (C, H, W) -> (H' * W', C * h * w)."""
        found = X[:, self.rows(X.device), self.columns(X.device)]  # (C, H', W', h, w)
        return found.permute(1, 2, 0, 3, 4).reshape(self.size[0] * self.size[1], -1)


def corr2d_multi_in_out(X, K):
    windows = Windows(X.shape[1:], K.shape[2:])
    columns = windows(X) @ K.reshape(K.shape[0], -1).t()  # (H' * W', O)
    return columns.t().reshape(K.shape[0], *windows.size)


def corr2d_multi_in(X, K):
    if K.shape[:1] != X.shape[:1]:
        raise ValueError(f"K: {K.shape[0]} channels where X has {X.shape[0]}")
    return corr2d_multi_in_out(X, K.unsqueeze(0)).squeeze(0)


def corr2d(X, K):
    for name, tensor in {"X": X, "K": K}.items():
        if len(tensor.shape) != 2:
            raise ValueError(f"{name} must be 2-D")
    for dimension in range(2):
        if K.shape[dimension] > X.shape[dimension]:
            raise ValueError(f"K is larger than X in dimension {dimension}")
    return corr2d_multi_in(X[None], K[None])


class Conv2D(torch.nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        try:
            h, w = kernel_size
        except TypeError:
            h = w = kernel_size
        self.kernel_size = (h, w)
        weight = torch.empty(h, w)
        torch.nn.init.xavier_uniform_(weight)
        self.weight = torch.nn.Parameter(weight)
        self.bias = torch.nn.Parameter(torch.tensor([0.0]))

    def __call__(self, X):
        return super().__call__(X)

    def forward(self, X):
        Y = corr2d(X, self.weight)
        Y += self.bias
        return Y


def learn_kernel(X, Y, kernel_size, lr=0.3, steps=300):
    windows = Windows(X.shape, kernel_size)(X[None])  # (H' * W', h * w)
    k = torch.randn(windows.shape[1], dtype=X.dtype, device=X.device)
    for _ in range(steps):
        error = windows @ k - Y.flatten()
        k = k - lr * (windows.t() @ error) * 2 / error.numel()
        if error.abs().max() < 1e-5:  # near enough: no need of the other steps
            break
    return k.reshape(kernel_size)
