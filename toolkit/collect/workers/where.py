"""Where files are read: on this machine, or on a Dask cluster.

In: what ``--executor`` says. Out: a Place; ExecutorError where there is none at that address.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from toolkit.collect.workers.worker import Place, here
from toolkit.finding import Place as At
from toolkit.finding import ToolkitError, finding

DASK = "dask://"
SECONDS = 10


class ExecutorError(ToolkitError):
    """There is nothing at the address where files should be read."""


@contextmanager
def reading_place(executor: str, count: int) -> Iterator[Place]:
    """Where ``count`` files are read; '' is this machine, ``dask://HOST:PORT`` a cluster."""
    if not executor:
        with here(count) as place:
            yield place
    elif executor.startswith(DASK):
        with _cluster(executor) as place:
            yield place
    else:
        raise ExecutorError([finding("executor-unknown", At(executor))])


@contextmanager
def _cluster(executor: str) -> Iterator[Place]:
    """Dask's own executor; a worker reads as many batches at once as it has threads."""
    try:
        dask: Any = import_module("distributed")
    except ImportError:
        raise ExecutorError([finding("executor-missing", At(executor))]) from None
    address = f"tcp://{executor.removeprefix(DASK)}"
    try:
        client = dask.Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = f"{error}"
        raise ExecutorError([finding("executor-away", At(executor), reason=reason)]) from None
    with client, client.get_executor(pure=False) as pool:
        workers = sum(client.ncores().values())
        if not workers:
            raise ExecutorError([finding("executor-idle", At(executor))])
        yield Place(pool, workers)
