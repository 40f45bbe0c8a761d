"""Work beside other work, in a process of its own: Python runs one thread at a time."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from typing import Any, Final, Generic, TypeVar

T = TypeVar("T")

_FORK: Final = "fork"


class Beside(Generic[T]):
    """Begins `work` at once in a copy of this process; `result` waits for what it returns.

    The copy sees everything as it is now and changes nothing here; only what is returned comes back, pickled.
    Where processes cannot be copied, `result` does the work itself.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._child: Any = None
        if _FORK in multiprocessing.get_all_start_methods():
            context = multiprocessing.get_context(_FORK)
            self._answer, sender = context.Pipe(duplex=False)
            self._child = context.Process(target=_send, args=(work, sender), daemon=True)
            self._child.start()
            # Else a child that died would leave the answer open, and be waited for.
            sender.close()

    def result(self) -> T:
        """What the work returned, once; raises what it raised, or RuntimeError when its process died."""
        if self._child is None:
            return self._work()
        try:
            done, found = self._answer.recv()
        except EOFError:
            self._child.join()
            raise RuntimeError(f"A process of its own ended with {self._child.exitcode}.") from None
        self._child.join()
        if not done:
            raise found
        answer: T = found
        return answer


def _send(work: Callable[[], Any], sender: Any) -> None:
    try:
        sender.send((True, work()))
    except Exception as error:
        sender.send((False, error))
