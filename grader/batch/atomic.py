"""Files that are there whole or not at all, however the program ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from grader.errors import UsageError


@contextmanager
def writing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` when the block ends well.

    When it does not, `path` is as it was. Raises `UsageError` when it cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        _discard(draft)
        raise UsageError(
            f"{path} cannot be written: {error.strerror}. Choose another folder with -o."
        ) from error
    except BaseException:
        _discard(draft)
        raise


def _discard(draft: Path) -> None:
    try:
        draft.unlink()
    except OSError:
        return  # it never came to be, or its folder is gone; what made us stop is what to tell
