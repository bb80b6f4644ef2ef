"""An output file that is either whole or not there.

Reads   nothing.
Writes  beside the wanted file under another name, and renames it when all is written.
Never   leaves a partial file under the final name.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO


@contextmanager
def open_whole(path: Path) -> Iterator[TextIO]:
    """A UTF-8 stream that becomes `path` when the block ends well, and vanishes when it does not.

    A symbolic link is followed, and an existing file keeps its permissions. A device or
    named pipe is written to directly, since it cannot be replaced.

    Raises:
        OSError: the folder is missing or not writable, or the disk is full.
    """
    if path.exists() and not path.is_file():
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder", str(path))
        # Not resolved: /dev/stdout leads to "pipe:[…]", which is no path.
        with path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        return
    target = path.resolve()
    try:
        descriptor, partial = tempfile.mkstemp(
            prefix=f".{target.name[:40]}.", suffix=".part", dir=target.parent
        )
    except OSError as error:  # it names the partial file, which means nothing to a user
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(partial).chmod(_mode(target))
        Path(partial).replace(target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


@contextmanager
def open_together(folder: Path) -> Iterator[Callable[[Path], Path]]:
    """Files that all become what they are to be when the block ends well, or none of them.

    The function that it gives takes a final path on the folder's disk and gives the path to
    write to until then.

    Raises:
        OSError: the folder is missing or not writable, the disk is full, or a final path is
            a folder.
    """
    try:
        scratch = Path(tempfile.mkdtemp(prefix=".marsad-", suffix=".part", dir=folder))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(folder)) from error
    planned: dict[Path, Path] = {}

    def reserve(target: Path) -> Path:
        if target.is_dir():
            raise IsADirectoryError(21, "it is a folder", str(target))
        part = scratch / f"{len(planned)}-{target.name[-80:]}"
        planned[part] = target
        return part

    try:
        yield reserve
        for part, target in planned.items():
            with part.open("rb+") as stream:
                os.fsync(stream.fileno())
            part.chmod(_mode(target))
        for part, target in planned.items():
            part.replace(target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _mode(target: Path) -> int:
    """The permissions `target` has, or would get if created in the ordinary way."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
