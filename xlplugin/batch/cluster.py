"""A dask cluster as an executor (extra `cluster`). Its machines need this program and must see the files under the same paths."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Iterator
from typing import Any

from xlplugin import __version__
from xlplugin.batch.executors import Job, Numbered, mapped, run_watched
from xlplugin.batch.stop import Stop
from xlplugin.errors import UserError

CONNECT_SECONDS = 15
AHEAD = 2
"""Workbooks under way a thread of the cluster: the next one is there when one is done."""


def version() -> str:
    """The program's version, asked for on every machine of the cluster."""
    return __version__


def cluster(
    jobs: Iterable[Job], stop: Stop, address: str, limit: float | None
) -> Generator[Numbered]:
    """On a cluster. A machine that is lost has its workbooks done by the others.

    Raises UserError where dask is missing, the cluster cannot be reached, or its machines have another version of us.
    """
    with _connected(address) as client:
        threads = sum(client.nthreads().values())
        yield from mapped(
            client.get_executor(pure=False), run_watched, jobs, stop, AHEAD * threads, limit
        )


@contextlib.contextmanager
def _connected(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError:
        raise UserError(
            '用 --cluster 要先安装 dask：pip install "xlplugin[cluster]"。不用集群的，去掉 --cluster 即可。'
        ) from None
    try:
        client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call, unused-ignore]
    except (OSError, ValueError, TypeError):
        raise UserError(
            f"连不上集群 {address}。请核对地址（如 tcp://192.168.1.10:8786），看 dask scheduler 是否开着。"
        ) from None
    with contextlib.closing(client):
        _check(client, address)
        yield client


def _check(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        found = set(client.run(version).values())
    except TimeoutError:
        raise UserError(f"集群 {address} 上没有正在工作的机器。请先启动 dask worker。") from None
    except Exception as failure:
        raise UserError(
            f"集群 {address} 的机器上用不了本程序（{type(failure).__name__}）。请在每台机器上安装 xlplugin {__version__}。"
        ) from None
    if found != {__version__}:
        others = "、".join(sorted(found - {__version__}))
        raise UserError(
            f"集群上装的是 {others} 版，这里是 {__version__} 版。请在每台机器上装同一版本。"
        )
