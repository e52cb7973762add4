"""Exercise 1: cross-correlation by hand.

Cross-correlation is what deep learning calls a convolution: a small *kernel* slides over an image,
and each place where it fits gives one number of the result. Here you write it without the help of
a ready-made convolution. Loops are fine, and so are `Tensor.unfold`, `as_strided` and `einsum`.

Every result has the dtype of the input and lives on its device. No argument is ever changed.
"""

import torch
from torch import Tensor, nn


def corr2d(X: Tensor, K: Tensor) -> Tensor:
    """Slide the kernel K over the image X, without flipping it.

    Each number of the result belongs to one window of X that is as large as K. Multiply the
    window and the kernel entry by entry and add up the products. Windows start at every place
    where the kernel fits whole, so nothing is added around the image.

    Args:
        X: the image, of shape (H, W).
        K: the kernel, of shape (h, w).

    Returns:
        A tensor of shape (H - h + 1, W - w + 1). Gradients reach both X and K.

    Raises:
        ValueError: X or K is not 2-D, or K is higher or wider than X.

    The top left window below holds 0, 1, 3, 4, so the first number is 0*0 + 1*1 + 3*2 + 4*3 = 19:

    >>> X = torch.tensor([[0.0, 1.0, 2.0], [3.0, 4.0, 5.0], [6.0, 7.0, 8.0]])
    >>> K = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
    >>> corr2d(X, K)
    tensor([[19., 25.],
            [37., 43.]])

    See torch.nn.functional.conv2d, which does the same for batches of images.
    """
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError(f"X and K must be 2-D, not {X.dim()}-D and {K.dim()}-D")
    (H, W), (h, w) = X.shape, K.shape
    if h > H or w > W:
        raise ValueError(f"K ({h}, {w}) does not fit into X ({H}, {W})")

    # A view, not a copy: windows[i, j] is the window whose top left corner is X[i, j].
    windows = X.unfold(0, h, 1).unfold(1, w, 1)  # (H - h + 1, W - w + 1, h, w)
    return (windows * K).sum(dim=(2, 3))  # (H - h + 1, W - w + 1)


def corr2d_multi_in(X: Tensor, K: Tensor) -> Tensor:
    """Cross-correlate an image of several channels with a kernel of as many channels.

    Channel c of the image meets channel c of the kernel. The planes that come out are added up,
    so the result is a single plane, however many channels went in.

    Args:
        X: the image, of shape (C, H, W).
        K: the kernel, of shape (C, h, w).

    Returns:
        A tensor of shape (H - h + 1, W - w + 1). Gradients reach both X and K.

    Raises:
        ValueError: X and K have different numbers of channels.

    The second channel here is the first plus 1, and so is its kernel. It alone would give
    [[37, 47], [67, 77]]:

    >>> X = torch.arange(9.0).reshape(3, 3)
    >>> K = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
    >>> corr2d_multi_in(torch.stack([X, X + 1]), torch.stack([K, K + 1]))
    tensor([[ 56.,  72.],
            [104., 120.]])

    See torch.nn.Conv2d: `in_channels` is this C.
    """
    if X.shape[0] != K.shape[0]:
        raise ValueError(f"X has {X.shape[0]} channels, but K has {K.shape[0]}")
    return sum(corr2d(x, k) for x, k in zip(X, K, strict=True))  # (H', W')


def corr2d_multi_in_out(X: Tensor, K: Tensor) -> Tensor:
    """Cross-correlate an image with several kernels: each of them gives one output channel.

    Every one of the O kernels sees all C channels of the image. Output channel o is what
    `corr2d_multi_in` gives for X and kernel K[o].

    Args:
        X: the image, of shape (C, H, W).
        K: the kernels, of shape (O, C, h, w).

    Returns:
        A tensor of shape (O, H - h + 1, W - w + 1). Gradients reach both X and K.

    With kernels of one pixel every output pixel is a weighted sum of the channels. The first
    kernel below adds both channels, the second takes the first channel from the second:

    >>> X = torch.tensor([[[1.0, 2.0, 3.0]], [[10.0, 20.0, 30.0]]])  # (2, 1, 3)
    >>> K = torch.tensor([[1.0, 1.0], [-1.0, 1.0]]).reshape(2, 2, 1, 1)
    >>> corr2d_multi_in_out(X, K)
    tensor([[[11., 22., 33.]],
    <BLANKLINE>
            [[ 9., 18., 27.]]])

    See torch.nn.Conv2d: `out_channels` is this O, and the weight has the layout of this K.
    """
    return torch.stack([corr2d_multi_in(X, k) for k in K])  # (O, H', W')


class Conv2D(nn.Module):
    """A layer that cross-correlates its input with a kernel of its own and adds a bias.

    Kernel and bias are parameters, so that an optimizer finds them and can train them. The grader
    loads its own values into them, by these names:

    - `weight`, of shape (h, w): the kernel. How you fill it at first is up to you.
    - `bias`, of shape (1,): one number, added to every pixel of the result.

    Args:
        kernel_size: (h, w), height first, or one int for a square kernel.

    >>> layer = Conv2D((1, 2))
    >>> state = {"weight": torch.tensor([[1.0, -1.0]]), "bias": torch.tensor([0.5])}
    >>> layer.load_state_dict(state)
    <All keys matched successfully>
    >>> layer(torch.tensor([[5.0, 3.0, 4.0]])).tolist()
    [[2.5, -0.5]]

    See torch.nn.Parameter.
    """

    def __init__(self, kernel_size: int | tuple[int, int]) -> None:
        super().__init__()
        if isinstance(kernel_size, int):
            kernel_size = (kernel_size, kernel_size)
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X: Tensor) -> Tensor:
        """X (H, W) -> corr2d(X, weight) + bias, of shape (H - h + 1, W - w + 1)."""
        return corr2d(X, self.weight) + self.bias


def learn_kernel(
    X: Tensor, Y: Tensor, kernel_size: tuple[int, int], lr: float = 0.3, steps: int = 100
) -> Tensor:
    """Find the kernel that turns the image X into Y, by gradient descent.

    Start from a random kernel. Then, again and again: compute corr2d(X, K), measure how far it is
    from Y, and move K a little against the gradient of that error.

    The defaults of `lr` and `steps` suit an error that is a mean over the pixels. A sum has a much
    larger gradient and needs a smaller `lr`. You may change both defaults. With them, each entry
    of K must come within 0.01 of the true kernel, on two images:

    - 6 x 8 pixels, white (1) with a dark band (0): the edge detector [[1, -1]];
    - 12 x 10 pixels drawn by `torch.randn`: a 2 x 3 kernel drawn by `torch.randn`.

    Args:
        X: the image, of shape (H, W).
        Y: what corr2d(X, K) should become, of shape (H - h + 1, W - w + 1).
        kernel_size: (h, w), the shape of K.
        lr: the learning rate, which is the length of a step per unit of gradient.
        steps: how many steps to take.

    Returns:
        K of shape (h, w), of the dtype of X, that needs no grad.

    >>> X = torch.ones(6, 8)
    >>> X[:, 2:6] = 0.0  # the dark band
    >>> Y = corr2d(X, torch.tensor([[1.0, -1.0]]))  # 1 where white turns dark, -1 where it ends
    >>> K = learn_kernel(X, Y, (1, 2))
    >>> [round(k, 2) for k in K.flatten().tolist()], K.requires_grad
    ([1.0, -1.0], False)

    See torch.Tensor.backward.
    """
    K = torch.randn(kernel_size, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        loss = (corr2d(X, K) - Y).square().mean()
        loss.backward()
        with torch.no_grad():  # the step itself is no part of what is differentiated
            K -= lr * K.grad
        K.grad = None  # backward adds to the gradient that it finds
    return K.detach()
