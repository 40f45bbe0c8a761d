"""Updates on their way in: each one is handled before Telegram is told that it has arrived.

The library confirms updates once they are in its queue, in memory; a process that dies then loses them.
This queue hands an update on at once and returns when its message is stored in the gateway, so what was
not stored comes again. Making the answer goes on beside.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from telegram import Update

_REMEMBERED = 5000


class Intake(asyncio.Queue[object]):
    """The queue of an Application; `handle` is set once the application is there."""

    def __init__(self) -> None:
        super().__init__()
        self.handle: Callable[[Update], Awaitable[None]] | None = None
        self._order = asyncio.Lock()
        self._seen: OrderedDict[int, None] = OrderedDict()

    async def put(self, item: object) -> None:
        """Handle an update, one after another; what is no update is the library's own signal."""
        if not isinstance(item, Update) or self.handle is None:
            await super().put(item)
            return
        async with self._order:
            if item.update_id in self._seen:
                return
            await self.handle(item)
            self._seen[item.update_id] = None
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
