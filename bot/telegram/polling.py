"""Fetching updates: one that cannot be read is passed over, and an end of the fetching is seen."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from telegram import Update
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

log = logging.getLogger(__name__)

# As the library calls it.
_TASK = "Updater:start_polling:polling_task"


class Fetching(HTTPXRequest):
    """The requests for updates.

    The library reads a batch whole or not at all, and asks for the same again at once: one update that it
    cannot read would keep all others from being answered.
    """

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer; of an update that cannot be read only the number is left, so that it is confirmed.

        Raises TelegramError, after which the library waits before it asks again.
        """
        answer = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return answer


def task() -> asyncio.Task[Any]:
    """The task that fetches; it ends by itself when the token is refused."""
    return next(task for task in asyncio.all_tasks() if task.get_name() == _TASK)


def _readable(update: Any) -> Any:
    try:
        Update.de_json(update, None)
    except Exception as error:
        number = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(number, int):
            raise TelegramError("an update without a number") from None
        # Neither the update nor the error's own words: they hold what somebody wrote.
        log.error("update %d cannot be read (%s); passed over", number, type(error).__name__)
        return {"update_id": number}
    return update
