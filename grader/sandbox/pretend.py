"""A pretend accelerator: tensors that hold real data on the CPU and say that they live elsewhere.

Code that mixes them with a CPU tensor fails as it would with CUDA, while `.item()`, branches on
values and data-dependent shapes work, because the numbers are real. It is a Python backend on
torch's PrivateUse1 key: each operation is run on the data inside, and its result is wrapped again.
"""

import contextlib
from collections.abc import Iterator
from functools import cache
from typing import Any

import torch
from torch.utils._mode_utils import no_dispatch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

from grader.sandbox.trees import map_tensors, tensors_in

NAME = "gpu"
_kernels = torch.library.Library("aten", "IMPL")
aten = torch.ops.aten

# CUDA accepts a CPU operand here: copies from device to device, and indices.
_CROSSING = {aten.copy_.default, aten._to_copy.default, aten.index.Tensor, aten.lift_fresh.default}
# CUDA wants every operand of these on the device, single numbers too.
_STRICT = {aten.cat.default, aten.stack.default}
_STORES = {aten.index_put_.default, aten.index_put.default, aten._index_put_impl_.default}


class MixedDevices(RuntimeError):
    """An operation met tensors of two devices."""

    def __init__(self) -> None:
        super().__init__(
            f"Expected all tensors to be on the same device, but found at least two devices, "
            f"{NAME}:0 and cpu!"
        )


class PretendTensor(torch.Tensor):
    """A tensor whose data, `inner`, is on the CPU, and whose device is the pretend one."""

    inner: torch.Tensor  # type: ignore[assignment]  # torch's stubs claim the name

    @staticmethod
    def __new__(cls, inner: torch.Tensor) -> "PretendTensor":
        """A tensor on the pretend device around `inner`."""
        tensor: PretendTensor = torch.Tensor._make_wrapper_subclass(
            cls,
            inner.shape,
            strides=inner.stride(),
            storage_offset=inner.storage_offset(),
            dtype=inner.dtype,
            device=torch.device(NAME, 0),
            requires_grad=False,
        )
        return tensor

    def __init__(self, inner: torch.Tensor) -> None:
        self.inner = inner

    __torch_function__ = torch._C._disabled_torch_function_impl  # type: ignore[assignment]

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls, operator: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        """Run an operation on the data inside."""
        return _run(operator, args, kwargs or {})

    def __repr__(self, **_options: Any) -> str:  # type: ignore[override]
        return f"{self.inner!r} on {NAME}:0"

    def __format__(self, specification: str) -> str:
        return format(self.item() if self.dim() == 0 else repr(self), specification)

    def tolist(self) -> Any:
        """The numbers; torch copies them to the CPU here too."""
        return self.inner.tolist()

    def numpy(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refused, as CUDA refuses it."""
        raise TypeError(
            f"can't convert {NAME}:0 device type tensor to numpy. Use Tensor.cpu() to copy the "
            "tensor to host memory first."
        )


@contextlib.contextmanager
def pretending() -> Iterator[None]:
    """While active, operations that name the pretend device, or its tensors, run on it."""
    future = torch.__future__
    before = future.get_swap_module_params_on_conversion()
    # Module.to() moves a parameter by changing its data, which works within one kind of tensor
    # only; swapped, it stays the same parameter for whoever else holds it.
    future.set_swap_module_params_on_conversion(True)
    try:
        with _Pretending():  # type: ignore[no-untyped-call]
            yield
    finally:
        future.set_swap_module_params_on_conversion(before)


class _Pretending(TorchDispatchMode):
    """Runs operations on the pretend device that name it, or its tensors."""

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """torch would otherwise import its compiler, for two seconds, to keep it away from here."""
        return False

    def __torch_dispatch__(
        self, operator: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        """Run an operation where its operands are."""
        return _run(operator, args, kwargs or {})


def install() -> None:
    """Register the device with torch: once a process, before its first backward pass."""
    accelerator = torch.accelerator.current_accelerator()
    _setup_privateuseone_for_python_backend(NAME)
    # Code that asks which accelerator there is must not be told of this one.
    torch.accelerator.current_accelerator = lambda check_available=False: accelerator
    # torch.tensor and its kin make and read single numbers past every dispatch mode.
    for operator, kernel in (
        ("empty_strided", _empty_strided),
        ("_copy_from", _copy_from),
        ("_local_scalar_dense", _number_in),
    ):
        _kernels.impl(operator, kernel, "PrivateUse1")


def to_pretend(value: Any) -> Any:
    """`value` with every tensor in it moved to the pretend device."""
    return map_tensors(value, lambda tensor: PretendTensor(_plain(tensor)))


def _plain(tensor: torch.Tensor) -> torch.Tensor:
    """A tensor whose numbers are what they are: not conjugated, or negated, when they are read."""
    if tensor.is_conj():
        tensor = tensor.conj().conj_physical()
    return torch._neg_view(tensor).neg() if tensor.is_neg() else tensor


def _empty_strided(
    size: Any, stride: Any, *, dtype: torch.dtype | None = None, **_where: Any
) -> torch.Tensor:
    return PretendTensor(torch.empty_strided(size, stride, dtype=dtype))


def _copy_from(source: torch.Tensor, target: torch.Tensor, *_options: Any) -> torch.Tensor:
    data_of(target).copy_(data_of(source))
    return target


def _number_in(tensor: torch.Tensor) -> Any:
    return data_of(tensor).item()


def data_of(tensor: torch.Tensor) -> torch.Tensor:
    """The CPU tensor to look at for any tensor."""
    return tensor.inner if isinstance(tensor, PretendTensor) else tensor


def _run(operator: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    """Run one operation on the data inside, where CUDA would have accepted its operands."""
    on_device = _target(operator, args, kwargs)
    if kwargs.get("device") is not None:
        kwargs = {**kwargs, "device": torch.device("cpu")}
    result = operator(*_unwrap(args), **_unwrap(kwargs))
    if operator is aten._local_scalar_dense.default:
        return result
    base = args[0] if args else None
    if isinstance(base, PretendTensor) and _changes_view(operator):
        with no_dispatch():  # what a caller sees of the shape has to change as well
            operator(*args, **kwargs)
    if _writes(operator) and (result is None or result is getattr(base, "inner", None)):
        return None if result is None else base
    return to_pretend(result) if on_device else result


def _target(operator: Any, args: Any, kwargs: dict[str, Any]) -> bool:
    """Whether the result lives on the pretend device; `MixedDevices` where CUDA would refuse."""
    tensors = list(tensors_in((args, kwargs)))
    ours = [isinstance(tensor, PretendTensor) for tensor in tensors]
    if kwargs.get("device") is not None:
        return torch.device(kwargs["device"]).type == NAME
    base = args[0] if args else None
    base_is_ours = isinstance(base, PretendTensor)
    if operator is aten.copy_.default:
        return base_is_ours
    if operator is aten.index.Tensor:
        return _index_target(base_is_ours, any(ours))
    if operator in _STORES:
        return _store_target(base_is_ours, args)
    if operator not in _CROSSING and any(ours):
        foreign = [t for t, mine in zip(tensors, ours, strict=True) if not mine]
        in_place = isinstance(base, torch.Tensor) and operator._schema.name[-1] == "_"
        # A CPU scalar (0-dimensional) may take part in CUDA arithmetic, but not receive it.
        alone = bool(foreign) and operator in _STRICT
        if any(tensor.dim() for tensor in foreign) or (in_place and not base_is_ours) or alone:
            raise MixedDevices
    return any(ours)


def _index_target(base_is_ours: bool, any_ours: bool) -> bool:
    if any_ours and not base_is_ours:
        raise MixedDevices
    return base_is_ours


def _store_target(base_is_ours: bool, args: Any) -> bool:
    indices, values = args[1], args[2]
    if isinstance(values, PretendTensor) != base_is_ours and values.dim():
        raise MixedDevices
    if not base_is_ours and any(isinstance(index, PretendTensor) for index in indices):
        raise MixedDevices
    return base_is_ours


@cache
def _changes_view(operator: Any) -> bool:
    """Whether an operator changes the shape of its operand in place."""
    return torch.Tag.inplace_view in operator.tags


@cache
def _writes(operator: Any) -> bool:
    """Whether an operator writes to an operand: in place, or where it is told to by `out=`."""
    arguments = operator._schema.arguments
    return any(
        argument.alias_info is not None and argument.alias_info.is_write for argument in arguments
    )


def _unwrap(value: Any) -> Any:
    return map_tensors(value, data_of)
