"""One connection a thread: made when a thread first asks, closed when it has ended."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, Protocol, TypeVar

from errors import StorageError


class Closable(Protocol):
    """What is kept for each thread."""

    busy: threading.Lock

    def close(self) -> None:
        """Close it; harmless when it is closed already."""


C = TypeVar("C", bound=Closable)


class ConnectionPerThread(Generic[C]):
    """Keep a connection for each living thread that asked for one."""

    def __init__(self, make: Callable[[], C]) -> None:
        self._make = make
        self._mine = threading.local()
        self._all: dict[threading.Thread, C] = {}
        self._lock = threading.Lock()
        self._closed = False

    def mine(self) -> C:
        """Return this thread's connection, making it on the first call.

        Raises:
            StorageError: the database was closed, or cannot be reached.
        """
        if self._closed:
            raise StorageError("The database is closed.", "Start Greenroom again.")
        kept: C | None = getattr(self._mine, "connection", None)
        if kept is not None:
            return kept
        made = self._make()
        with self._lock:
            ended = [thread for thread in self._all if not thread.is_alive()]
            left = [self._all.pop(thread) for thread in ended]
            self._all[threading.current_thread()] = made
        self._mine.connection = made
        for connection in left:
            connection.close()
        return made

    def close(self, patience: float = 5.0) -> None:
        """Close every thread's connection, each as soon as its transaction has ended.

        `patience` is how many seconds one open transaction is waited for.
        """
        self._closed = True
        with self._lock:
            connections = list(self._all.values())
            self._all.clear()
        for connection in connections:
            ended = connection.busy.acquire(timeout=patience)
            connection.close()
            if ended:
                connection.busy.release()


@contextmanager
def alone(connection: Closable) -> Iterator[None]:
    """Hold a connection for one transaction.

    Raises:
        RuntimeError: this thread has a transaction open already; a mistake of the caller.
    """
    if not connection.busy.acquire(blocking=False):
        raise RuntimeError("this thread has a transaction open already")
    try:
        yield
    finally:
        connection.busy.release()


def refuse_commit_after(failure: StorageError | None) -> None:
    """Raise when a statement of the transaction failed and the failure was swallowed.

    PostgreSQL would quietly roll back, SQLite would commit the other half.
    """
    if failure is not None:
        raise StorageError(
            "Nothing was stored, because a part of it failed: " + failure.sentence, failure.advice
        )
