"""The frame repeats the border of the image.

Why it is wrong: the frame is made of zeros. Repeating the border is another kind of padding.
Hint: Pad a plane full of 7 and look at the corner. What should be there?
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W = X.shape[-2:]
    rows = torch.arange(-ph, H + ph, device=X.device).clamp(0, H - 1)
    columns = torch.arange(-pw, W + pw, device=X.device).clamp(0, W - 1)
    return X[..., rows, :][..., columns]
