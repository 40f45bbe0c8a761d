"""Short pieces of database work, called from the event loop.

A *unit* is one transaction. It runs in a small pool of threads that keep their connections, because
Django's own adapter makes a thread and a connection for every request. A unit may be run again.
"""

from __future__ import annotations

import asyncio
import contextvars
import random
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import cache, wraps
from typing import ParamSpec, TypeVar

from django.db import InterfaceError, OperationalError, connection, connections, transaction

from bot.conversations.problems import busy

P = ParamSpec("P")
T = TypeVar("T")

THREADS = 8
# Seconds between tries; each try itself waits for a lock as long as the database's settings say.
_PAUSES = (0.02, 0.05)
_PASSING = (OperationalError, InterfaceError)
_writing = threading.Lock()


def unit(work: Callable[P, T]) -> Callable[P, T]:
    """One writing transaction, tried again when the database is locked or lost; then a 503 problem."""

    @wraps(work)
    def run_unit(*args: P.args, **kwargs: P.kwargs) -> T:
        with _turn(), transaction.atomic():
            return work(*args, **kwargs)

    return patient(run_unit)


def patient(work: Callable[P, T]) -> Callable[P, T]:
    """The same for work that only reads: no transaction, which on SQLite would wait for the writers."""

    @wraps(work)
    def try_again(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return work(*args, **kwargs)
        for pause in _PAUSES:
            with suppress(*_PASSING):
                return work(*args, **kwargs)
            _mend_connection()
            time.sleep(random.uniform(0.5, 1.5) * pause)
        try:
            return work(*args, **kwargs)
        except _PASSING as error:
            raise busy() from error

    return try_again


@patient
def wiped() -> bool:
    """Have what was deleted vanish from SQLite's log too; False while others are reading from it."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        busy: int = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def _turn() -> AbstractContextManager[object]:
    # SQLite lets writers wait in unfair, growing pauses; among our own threads a lock is both fair and quick.
    alone = connection.vendor == "sqlite" and not connection.in_atomic_block
    return _writing if alone else nullcontext()


def _mend_connection() -> None:
    if not connection.is_usable():
        connection.close()


async def run(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call synchronous database work in the pool; its result or error."""
    context = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool(), lambda: context.run(work, *args, **kwargs))


def close() -> None:
    """Close the pool and its connections; the next `run` opens new ones."""
    if _pool.cache_info().currsize:
        pool = _pool()
        _pool.cache_clear()
        # Each thread waits at the barrier, so that every one of them takes exactly one of these.
        barrier = threading.Barrier(THREADS)
        for _ in range(THREADS):
            pool.submit(_close_connections, barrier)
        pool.shutdown()


def _close_connections(barrier: threading.Barrier) -> None:
    connections.close_all()
    barrier.wait()


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="database")
